using System.Runtime.CompilerServices;
using System.Text.Json;
using CashlessGateway.Providers;

namespace Matomete;

/// <summary>GET /v1/charges and GET /v1/refunds from a time on, page by page: what a gateway restored from a backup no longer knows.</summary>
internal static class ListCharges
{
    /// <summary>Of 100 rows each: far more than a city takes between two backups, and an end for a list that has none.</summary>
    private const int MostPages = 10_000;

    public static async IAsyncEnumerable<ListedPayment> Since(MatometeApi api, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Rows(api, "/v1/charges", since, cancellation))
            if (row.Text("status") == "captured") yield return Row(row, Charge.IdPrefix, "chargeId", "capturedAt", 1);
        await foreach (var row in Rows(api, "/v1/refunds", since, cancellation))
            if (row.Text("status") != "failed") yield return Row(row, RefundCharge.IdPrefix, "refundNumber", "acceptedAt", -1);
    }

    private static async IAsyncEnumerable<JsonElement> Rows(MatometeApi api, string path, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = "";
        for (var page = 0; page < MostPages; page++)
        {
            var body = await api.GetPage(path, $"?since={Uri.EscapeDataString(since.UtcDateTime.ToString("O"))}&after={Uri.EscapeDataString(after)}", cancellation) switch
            {
                MatometeAnswer.Done(var told) => told,
                MatometeAnswer.Refused(_, var said) => throw new ProviderReadException(said),
                MatometeAnswer.Unclear(var why) => throw new ProviderReadException(why),
                _ => throw new InvalidOperationException("MatometeAnswer is a closed set."),
            };
            foreach (var row in (body.Member("items", JsonValueKind.Array) ?? throw Unreadable()).EnumerateArray()) yield return row;
            if (body.Member("next", JsonValueKind.Null) is not null) yield break;
            after = body.Text("next") is { Length: > 0 } next && next != after ? next : throw Unreadable();
        }

        throw new ProviderReadException("Matomete's list has no end");
    }

    /// <summary>A row that cannot be read could be the very payment that is looked for: then nothing of the list counts.</summary>
    private static ListedPayment Row(JsonElement row, string prefix, string id, string time, int sign) =>
        row.Text("orderId") is { } reference && row.Id(id, prefix) is { } own && row.Whole("amount") is { } amount and > 0 && row.Text("currency") is { Length: 3 } currency && row.Time(time) is { } at
            ? new ListedPayment(reference, own, sign * amount, currency, at)
            : throw Unreadable();

    private static ProviderReadException Unreadable() => new("Matomete's list cannot be read");
}
