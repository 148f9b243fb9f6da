namespace CashlessGateway.Providers.Stripe;

/// <summary>POST /v1/terminal/readers: the reader shows a code, and a person types it into the gateway.</summary>
internal sealed class PairReader(StripeClient api, StripeSettings settings)
{
    /// <summary>Three words with hyphens; simulated readers have one of Stripe's own.</summary>
    private const int LongestCode = 100;

    private const int LongestLabel = 100;

    public async Task<PairingAnswer> Run(PairingOrder order, CancellationToken cancellation)
    {
        if (!settings.Terminal || settings.TerminalLocation is not { } location)
            return new PairingAnswer.Refused("terminal-not-set", "readers need the settings Terminal and TerminalLocation");

        if (order.ShownCode is null)
            return new PairingAnswer.NeedsShownCode();

        var code = order.ShownCode.Trim().ToLowerInvariant();
        if (code.Length is 0 or > LongestCode || !code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return new PairingAnswer.Refused("code-not-readable", "the code has letters, digits and hyphens");

        // A code that was mistyped and one that is right are two requests; the same one again is one.
        return await api.RegisterReader(Body(order, code, location), $"{order.Reference}-{code}", cancellation) switch
        {
            StripeAnswer<Reader>.Done(var reader) => new PairingAnswer.Paired(reader.Id),
            StripeAnswer<Reader>.Refused(var refusal, var said) => new PairingAnswer.Refused(refusal.Code(), said),
            StripeAnswer<Reader>.Unclear(var why) => new PairingAnswer.Unknown(why),
            _ => throw new InvalidOperationException("StripeAnswer is a closed set."),
        };
    }

    private static Form Body(PairingOrder order, string code, string location) => new()
    {
        { "registration_code", code },
        { "location", location },
        { "label", order.Name.Length <= LongestLabel ? order.Name : order.Name[..LongestLabel] },
        { "metadata", new Form { { Metadata.Pairing, order.Reference } } },
    };
}
