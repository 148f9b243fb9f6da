using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>What the location took, and what went back: GET /v2/payments and GET /v2/refunds.</summary>
internal sealed class ListPayments(SquareApi api, SquareSettings settings, LocationCheck location)
{
    public async IAsyncEnumerable<ListedPayment> Since(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // An empty list must be Square's, and of this location.
        if (await location.Problem(cancellation) is { } problem)
            throw new ProviderReadException(problem);

        var references = new Dictionary<string, string?>();
        await foreach (var payment in Rows("/v2/payments", "payments", since, cancellation))
        {
            if (payment.Text("status") != "COMPLETED")
                continue;

            var listed = Payment(payment);
            references[listed.ProviderReference] = listed.Reference;
            yield return listed;
        }

        await foreach (var refund in Rows("/v2/refunds", "refunds", since, cancellation))
        {
            if (refund.Text("status") is not ("COMPLETED" or "PENDING"))
                continue;

            var of = refund.Id("payment_id") ?? throw Unreadable("refund");
            if (!references.TryGetValue(of, out var reference))
                references[of] = reference = await ReferenceOf(of, cancellation);

            yield return Refund(refund, of, reference);
        }
    }

    private IAsyncEnumerable<JsonElement> Rows(string path, string list, DateTimeOffset since, CancellationToken cancellation) => ReadLists.All(
        list,
        cursor => api.Get(
            Query.To(path, ("location_id", settings.LocationId), ("begin_time", Query.Time(since)), ("sort_order", "ASC"), ("limit", Query.Limit), ("cursor", cursor)),
            cancellation));

    private static ListedPayment Payment(JsonElement payment) =>
        payment.Id("id") is { } id && Money.Of(payment, "total_money") is { } money && payment.Instant("created_at") is { } at
            ? new ListedPayment(payment.Text("reference_id"), id, money.Amount, money.Currency, at)
            : throw Unreadable("payment");

    private static ListedPayment Refund(JsonElement refund, string payment, string? reference) =>
        Money.Of(refund, "amount_money") is { Amount: > 0 } money && refund.Instant("created_at") is { } at
            ? new ListedPayment(reference, payment, -money.Amount, money.Currency, at)
            : throw Unreadable("refund");

    /// <summary>Of a payment before the time that is listed.</summary>
    private async Task<string?> ReferenceOf(string id, CancellationToken cancellation) =>
        await api.Get($"/v2/payments/{Uri.EscapeDataString(id)}", cancellation) is SquareAnswer.Done(var body) && body.Child("payment") is { } payment && payment.Text("id") == id
            ? payment.Text("reference_id")
            : throw new ProviderReadException("Square does not tell the payment of a refund that it lists");

    private static ProviderReadException Unreadable(string what) => new($"a {what} in Square's list cannot be read");
}
