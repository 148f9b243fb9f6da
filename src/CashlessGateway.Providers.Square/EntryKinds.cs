namespace CashlessGateway.Providers.Square;

/// <summary>The 58 kinds of entries that Square documents. A word that comes later is for a person.</summary>
internal static class EntryKinds
{
    public static SettlementKind Of(string type, long gross) => type switch
    {
        "CHARGE" => SettlementKind.Payment,

        "REFUND" => SettlementKind.Refund,

        "FEE" or "PROCESSING_FEE" or "PROCESSING_FEE_REFUND" or "UNDO_PROCESSING_FEE_REFUND"
            or "DEPOSIT_FEE" or "DEPOSIT_FEE_REVERSED" or "TAX_ON_FEE" or "FREE_PROCESSING"
            or "PAID_SERVICE_FEE" or "PAID_SERVICE_FEE_REFUND" or "THIRD_PARTY_FEE" or "THIRD_PARTY_FEE_REFUND"
            or "APP_FEE_REVENUE" or "APP_FEE_REFUND"
            or "SUBSCRIPTION_FEE" or "SUBSCRIPTION_FEE_REFUND" or "SUBSCRIPTION_FEE_PAID_REFUND"
            or "GIFT_CARD_LOAD_FEE" or "GIFT_CARD_LOAD_FEE_REFUND" or "UNDO_GIFT_CARD_LOAD_FEE_REFUND"
            or "LOCAL_OFFERS_FEE" => SettlementKind.Fee,

        // One word for both directions; which it is, the sign says.
        "DISPUTE" or "OPEN_DISPUTE" => gross > 0 ? SettlementKind.DisputeReversed : SettlementKind.Dispute,

        "ADJUSTMENT" or "OTHER_ADJUSTMENT" or "HOLD_ADJUSTMENT" or "RELEASE_ADJUSTMENT" or "RESERVE_HOLD" or "RESERVE_RELEASE"
            => SettlementKind.Adjustment,

        // Loans, savings, transfers, payroll, gift cards, returned payouts: nothing of that belongs to a city's takings, so a person looks.
        _ => SettlementKind.Other,
    };
}
