using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>入金: GET /v2/payouts and the entries of each.</summary>
internal sealed class ReadPayouts(SquareApi api, SquareSettings settings, LocationCheck location)
{
    private const int LongestWord = 64;

    public async IAsyncEnumerable<Payout> Since(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await location.Problem(cancellation) is { } problem)
            throw new ProviderReadException(problem);

        var rows = ReadLists.All(
            "payouts",
            cursor => api.Get(
                Query.To(
                    "/v2/payouts",
                    ("location_id", settings.LocationId),
                    ("begin_time", Query.Time(since)),
                    ("sort_order", "ASC"),
                    ("limit", Query.Limit),
                    ("cursor", cursor)),
                cancellation));
        await foreach (var row in rows)
            yield return Read(row);
    }

    public async IAsyncEnumerable<SettlementLine> LinesOf(string payout, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var path = $"/v2/payouts/{Uri.EscapeDataString(payout)}";
        var whole = await api.Get(path, cancellation) is SquareAnswer.Done(var body) && body.Child("payout") is { } json && json.Text("id") == payout
            ? json
            : throw new ProviderReadException("Square does not tell the payout whose entries are asked for");

        // A SIMPLE payout has no entries: it shows as an entry of a later BATCH, with the other sign. So it is a line of its own here.
        if (whole.Text("type") == "SIMPLE")
        {
            var read = Read(whole);
            yield return new SettlementLine(read.Reference, SettlementKind.Other, read.Amount, 0, read.Currency, read.CreatedAt) { Word = "SIMPLE" };
            yield break;
        }

        var rows = ReadLists.All(
            "payout_entries",
            cursor => api.Get(Query.To($"{path}/payout-entries", ("sort_order", "ASC"), ("limit", Query.Limit), ("cursor", cursor)), cancellation));
        var count = 0;
        await foreach (var row in rows)
        {
            count++;
            yield return Entry(row, payout);
        }

        // Its amount is never zero, so there is something that it is for.
        if (count == 0)
            throw new ProviderReadException("Square names no entry of a payout");
    }

    private static Payout Read(JsonElement payout)
    {
        if (payout.Id("id") is not { } id
            || Money.Of(payout, "amount_money") is not { } money
            || payout.Instant("created_at") is not { } created
            || !DateOnly.TryParseExact(payout.Text("arrival_date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var arrives))
        {
            throw new ProviderReadException("a payout in Square's list cannot be read");
        }

        var state = payout.Text("status") switch
        {
            "SENT" => PayoutState.Announced,
            "PAID" => PayoutState.Paid,
            "FAILED" => PayoutState.Failed,
            _ => throw new ProviderReadException("a payout in Square's list has a status that is not in its documents"),
        };
        return new Payout(id, state, money.Amount, money.Currency, arrives, created);
    }

    private static SettlementLine Entry(JsonElement entry, string payout)
    {
        if (entry.Id("id") is not { } id
            || entry.Text("payout_id") != payout
            || entry.Text("type") is not { } type || !Ids.IsPlain(type, LongestWord)
            || entry.Instant("effective_at") is not { } at
            || Money.Of(entry, "gross_amount_money") is not { } gross
            || Money.Of(entry, "fee_amount_money") is not { } fee
            || Money.Of(entry, "net_amount_money") is not { } net
            || gross.Currency != fee.Currency || gross.Currency != net.Currency)
        {
            throw new ProviderReadException("an entry of a payout of Square's cannot be read");
        }

        if ((Int128)gross.Amount - fee.Amount != net.Amount)
            throw new ProviderReadException("an entry of a payout of Square's does not add up: gross less fee is not net");

        var details = entry.Child($"type_{type.ToLowerInvariant()}_details");
        return new SettlementLine(id, EntryKinds.Of(type, gross.Amount), gross.Amount, fee.Amount, gross.Currency, at)
        {
            ProviderReference = details?.Id("payment_id"),
            RefundReference = details?.Id("refund_id"),
            Word = type,
        };
    }
}
