using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>Which checkouts Square has. A closed set.</summary>
internal abstract record Found
{
    private Found() { }

    /// <summary>Empty: none.</summary>
    public sealed record Checkouts(IReadOnlyList<Checkout> List) : Found;

    public sealed record Unclear(string Why) : Found;
}

/// <summary>
/// A checkout by its id, or all of one reference. Square cannot be asked for a reference: what its search knows of the hours around the
/// order is read, and compared here.
/// </summary>
internal sealed class FindCheckouts(SquareApi api)
{
    /// <summary>
    /// How far Square's clock and ours may be apart: a checkout outside of this would be taken for one that is not there. An hour of one
    /// device is a page or two.
    /// </summary>
    private static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    /// <summary>None when Square says that there is none; it keeps them for thirty days.</summary>
    public async Task<Found> ById(string id, string reference, CancellationToken cancellation) =>
        await api.Get($"/v2/terminals/checkouts/{Uri.EscapeDataString(id)}", cancellation) switch
        {
            SquareAnswer.Done(var body) => Read(body, id, reference),
            SquareAnswer.Refused(Refusal.NotFound, _) => new Found.Checkouts([]),
            SquareAnswer.Refused(_, var said) => new Found.Unclear(said),
            SquareAnswer.Unclear(var why) => new Found.Unclear(why),
            _ => throw new InvalidOperationException("SquareAnswer is a closed set."),
        };

    public async Task<Found> ByReference(PaymentCase payment, CancellationToken cancellation)
    {
        if (payment.RequestedAt == default)
            return new Found.Unclear("without the time of the order Square cannot be searched");

        var rows = await Rows.Read("checkouts", cursor => api.Post("/v2/terminals/checkouts/search", Search(payment, cursor), cancellation));
        if (rows is Rows.Unclear(var why))
            return new Found.Unclear(why);

        var checkouts = ((Rows.All)rows).List.Select(Checkout.Of).ToList();
        return checkouts.Contains(null)
            ? new Found.Unclear("a checkout in Square's list cannot be read")   // it might be the one
            : new Found.Checkouts([.. checkouts.Where(checkout => checkout!.Reference == payment.Reference)!]);
    }

    private static Found Read(JsonElement body, string id, string reference)
    {
        if (body.Child("checkout") is not { } json || Checkout.Of(json) is not { } checkout)
            return new Found.Unclear("Square told a checkout that is not as in its documents");

        // An answer about another payment (a cache on the way) must not end this one.
        return checkout.Id == id && checkout.Reference == reference
            ? new Found.Checkouts([checkout])
            : new Found.Unclear("Square answered about another checkout than the one that was asked for");
    }

    private static byte[] Search(PaymentCase payment, string? cursor) => RequestBody.Write(json =>
    {
        json.WriteStartObject("query");
        json.WriteStartObject("filter");
        if (payment.Device is { Length: > 0 } device)
            json.WriteString("device_id", device);

        json.WriteStartObject("created_at");
        json.WriteString("start_at", Query.Time(payment.RequestedAt - Apart));
        json.WriteString("end_at", Query.Time(payment.RequestedAt + Apart));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteNumber("limit", Page.Size);
        if (cursor is not null)
            json.WriteString("cursor", cursor);
    });
}
