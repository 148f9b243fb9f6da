using CashlessGateway.Providers;

namespace Matomete;

/// <summary>
/// POST /v1/charges/{orderId}/cancel closes the order: one that waits, and also one that Matomete has not seen yet, which it will then refuse. A captured
/// one it leaves as it is and says so.
/// </summary>
internal static class CancelCharge
{
    private static readonly byte[] Nothing = "{}"u8.ToArray();

    public static async Task<ProviderAnswer> Run(MatometeApi api, string reference, CancellationToken cancellation) =>
        await api.Post($"/v1/charges/{Uri.EscapeDataString(reference)}/cancel", $"{reference}_cancel", Nothing, cancellation) switch
        {
            // A charge that still waits was not cancelled.
            MatometeAnswer.Done(var body) => Charge.Read(body, reference) is { } answer and not ProviderAnswer.Pending ? answer : new ProviderAnswer.Unknown("Matomete answered a cancel without doing it"),
            MatometeAnswer.Refused("charge_not_found", _) => new ProviderAnswer.Absent(),
            MatometeAnswer.Refused(_, var said) => new ProviderAnswer.Unknown(said),
            MatometeAnswer.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("MatometeAnswer is a closed set."),
        };
}
