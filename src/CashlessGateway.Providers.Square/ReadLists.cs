using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>A long list, page by page; it is read to its end or not at all.</summary>
internal static class ReadLists
{
    /// <summary>A million rows: more than a city takes in a year.</summary>
    private const int MostPages = 10_000;

    public static async IAsyncEnumerable<JsonElement> All(string list, Func<string?, Task<SquareAnswer>> ask)
    {
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            if (Page.Read(await ask(cursor), list) is not Page.Of(var rows, var next))
                throw new ProviderReadException($"Square's list of {list} was not read to its end");

            foreach (var row in rows)
                yield return row;

            if (next is null)
                yield break;

            cursor = next;
        }

        throw new ProviderReadException($"Square's list of {list} does not end");
    }
}
