using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>One page of one of Square's lists. A closed set.</summary>
internal abstract record Page
{
    /// <summary>By Square's documents, for each of its lists.</summary>
    public const int Size = 100;

    private Page() { }

    /// <param name="Rows">Objects, each of them.</param>
    /// <param name="Cursor">Null on the last page.</param>
    public sealed record Of(IReadOnlyList<JsonElement> Rows, string? Cursor) : Page;

    public sealed record Unclear(string Why) : Page;

    /// <summary>A list with nothing in it is left out of the answer altogether.</summary>
    public static Page Read(SquareAnswer answer, string list) => answer switch
    {
        SquareAnswer.Done(var body) => Read(body, list),
        SquareAnswer.Refused(_, var said) => new Unclear(said),
        SquareAnswer.Unclear(var why) => new Unclear(why),
        _ => throw new InvalidOperationException("SquareAnswer is a closed set."),
    };

    private static Page Read(JsonElement body, string list)
    {
        IReadOnlyList<JsonElement>? rows = body.Lacks(list) ? [] : body.List(list)?.EnumerateArray().ToList();
        if (rows is null || rows.Any(static row => row.ValueKind != JsonValueKind.Object) || (!body.Lacks("cursor") && body.Text("cursor") is null))
            return new Unclear($"Square's list of {list} cannot be read");

        return new Of(rows, body.Text("cursor") is { Length: > 0 } cursor ? cursor : null);
    }
}

/// <summary>A whole list, short enough to be read within one call of the gateway. A closed set.</summary>
internal abstract record Rows
{
    /// <summary>Two thousand rows in the hours around one payment: no location takes so many.</summary>
    private const int MostPages = 20;

    private Rows() { }

    public sealed record All(IReadOnlyList<JsonElement> List) : Rows;

    public sealed record Unclear(string Why) : Rows;

    public static async Task<Rows> Read(string list, Func<string?, Task<SquareAnswer>> ask)
    {
        var rows = new List<JsonElement>();
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            switch (Page.Read(await ask(cursor), list))
            {
                case Page.Unclear(var why):
                    return new Unclear(why);
                case Page.Of(var more, var next):
                    rows.AddRange(more);
                    if (next is null)
                        return new All(rows);

                    cursor = next;
                    break;
            }
        }

        return new Unclear($"Square's list of {list} does not end");
    }
}
