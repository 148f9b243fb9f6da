using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Routing;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>Where and for whom money would go back.</summary>
/// <param name="Terminal">Where somebody stands with the customer's card; null when nobody does.</param>
/// <param name="CityMistake">The city itself was wrong: then also a certificate that was handed over is refunded.</param>
public sealed record RefundAsked(Yen Amount, string Place, string? Terminal, RefundWay? Way, bool CityMistake);

/// <summary>Reads what the rules of refunds look at: the same for a request and for the buttons that are shown before it.</summary>
public sealed class RefundFacts(ProviderInstances instances, Settings settings)
{
    private static readonly Sql LaterOnTerminal = new("""
        select 1
        from payment
        where municipality = @municipality and place = @place and terminal = @terminal and captured_at > @since
        """);

    public async Task<RefundQuestion> Question(Reader reader, Payment payment, Receivable receivable, RefundAsked asked, Instant now)
    {
        var own = payment.Session is { } session ? await SessionStore.FindOpen(reader, payment.Municipality, session) : null;
        return new RefundQuestion(payment, asked.Amount, own is not null, await SessionStore.AnyOpen(reader, payment.Municipality, asked.Place), asked.Way,
            ProviderRefundFacts.Of(instances.Find(payment.Provider), payment, await RefundStore.CountThroughProvider(reader, payment.Municipality, payment.Id), now))
        {
            Undo = await Undo(reader, payment, asked.Terminal, now),
            KeptBecauseHandedOver = !asked.CityMistake && receivable.HandedOverAt is not null && (Names.Parse<ReceivableKind>(receivable.Kind) is ReceivableKind.CounterSale or ReceivableKind.ApplicationFee),
        };
    }

    private async Task<RefundDecision.Forbidden?> Undo(Reader reader, Payment payment, string? terminal, Instant now)
    {
        if (payment.Presentation != Names.Of(Presentation.Terminal) || settings.Brands.Find(payment.How, payment.Brand) is not { } brand || payment.CapturedAt is not { } captured) return null;
        var later = brand.Undo == UndoRule.LastOnTerminal && payment.Terminal is not null
            && await reader.Exists(LaterOnTerminal, new { municipality = payment.Municipality, place = payment.Place, terminal = payment.Terminal, since = captured });
        return UndoRules.Refuse(brand, new UndoAsked(terminal, payment.Terminal, captured, later), now);
    }
}

/// <param name="Terminal">Where it is to be undone; null where nobody stands with the card.</param>
public sealed record UndoAsked(string? Terminal, string? PaidAt, Instant CapturedAt, bool OthersSince);

/// <summary>取消: what the brand's own rule says (RFN-04). Pure.</summary>
public static class UndoRules
{
    /// <summary>Null when the brand does not stand in the way.</summary>
    public static RefundDecision.Forbidden? Refuse(Brand brand, UndoAsked asked, Instant now) => brand.Undo switch
    {
        UndoRule.Provider => null,
        UndoRule.Never => Forbidden(brand),
        UndoRule.LastOnTerminal when asked.OthersSince || Elsewhere(asked) => Forbidden(brand),
        UndoRule.SameTerminal when Elsewhere(asked) || BusinessDate.Of(now) > BusinessDate.Of(asked.CapturedAt).AddDays(brand.UndoDays ?? 0) => Forbidden(brand),
        UndoRule.LastOnTerminal or UndoRule.SameTerminal => null,
    };

    private static bool Elsewhere(UndoAsked asked) => asked.Terminal is { } here && asked.PaidAt is { } there && here != there;

    private static RefundDecision.Forbidden Forbidden(Brand brand) => new("brand-rule", new($"{brand.Name.Ja}: {brand.UndoWords.Ja}", $"{brand.Name.En}: {brand.UndoWords.En}"));
}
