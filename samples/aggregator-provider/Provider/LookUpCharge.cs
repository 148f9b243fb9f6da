using CashlessGateway.Providers;

namespace Matomete;

/// <summary>GET /v1/charges/{orderId}: works with our reference alone.</summary>
internal static class LookUpCharge
{
    public static async Task<ProviderAnswer> Run(MatometeApi api, string reference, CancellationToken cancellation) =>
        await api.Get($"/v1/charges/{Uri.EscapeDataString(reference)}", cancellation) switch
        {
            MatometeAnswer.Done(var body) => Charge.Read(body, reference),
            MatometeAnswer.Refused("charge_not_found", _) => new ProviderAnswer.Absent(),
            MatometeAnswer.Refused(_, var said) => new ProviderAnswer.Unknown(said),
            MatometeAnswer.Unclear(var why) => new ProviderAnswer.Unknown(why),
            _ => throw new InvalidOperationException("MatometeAnswer is a closed set."),
        };
}
