using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>The payments behind a checkout, and those that name our reference.</summary>
internal sealed class FindPayments(SquareApi api, SquareSettings settings)
{
    /// <summary>The same difference of clocks as for checkouts.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    /// <summary>A payment is made within its checkout's five minutes, or a little later where the customer had begun.</summary>
    private static readonly TimeSpan After = TimeSpan.FromHours(2);

    public async Task<Taken> Of(IEnumerable<Checkout> checkouts, string reference, CancellationToken cancellation)
    {
        var payments = new List<(JsonElement, string?)>();
        foreach (var (checkout, id) in checkouts.SelectMany(static checkout => checkout.PaymentIds.Select(id => (checkout, id))))
        {
            switch (await api.Get($"/v2/payments/{Uri.EscapeDataString(id)}", cancellation))
            {
                case SquareAnswer.Done(var body) when body.Child("payment") is { } payment && Belongs(payment, id, checkout, reference):
                    payments.Add((payment, checkout.PaymentType));
                    break;
                case SquareAnswer.Done:
                    return new Taken.Unclear("Square answered about another payment than the one that was asked for");
                case SquareAnswer.Refused(_, var said):
                    return new Taken.Unclear(said);
                case SquareAnswer.Unclear(var why):
                    return new Taken.Unclear(why);
            }
        }

        return Taken.Of(payments);
    }

    /// <summary>For a payment whose checkout is not found, perhaps because thirty days are over. Null: none.</summary>
    public async Task<Taken?> ByReference(PaymentCase about, CancellationToken cancellation)
    {
        var rows = await Rows.Read("payments", cursor => api.Get(
            Query.To(
                "/v2/payments",
                ("location_id", settings.LocationId),
                ("begin_time", Query.Time(about.RequestedAt - Before)),
                ("end_time", Query.Time(about.RequestedAt + After)),
                ("limit", Query.Limit),
                ("cursor", cursor)),
            cancellation));
        if (rows is Rows.Unclear(var why))
            return new Taken.Unclear(why);

        var ours = ((Rows.All)rows).List.Where(payment => payment.Text("reference_id") == about.Reference).ToList();
        return ours.Count == 0 ? null : Taken.Of([.. ours.Select(static payment => (payment, (string?)null))]);
    }

    private static bool Belongs(JsonElement payment, string id, Checkout checkout, string reference) =>
        payment.Text("id") == id
        && (payment.Lacks("reference_id") || payment.Text("reference_id") == reference)
        && (payment.Lacks("terminal_checkout_id") || payment.Text("terminal_checkout_id") == checkout.Id);
}
