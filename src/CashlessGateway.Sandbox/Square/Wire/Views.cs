using System.Globalization;
using System.Xml;

namespace CashlessGateway.Sandbox.Square.Wire;

/// <summary>Square's objects as they go over the wire, names as in its documents.</summary>
internal static class Views
{
    public static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static object Checkout(CheckoutRecord checkout, SquareSandbox sandbox, Spoil spoil)
    {
        var now = sandbox.Time.GetUtcNow();
        var status = CheckoutRules.StatusAt(checkout, now, sandbox.Terms);
        return new
        {
            id = checkout.Id,
            amount_money = Money(checkout.Amount, spoil),
            reference_id = checkout.ReferenceId,
            note = checkout.Note,
            device_options = new { device_id = checkout.DeviceId, skip_receipt_screen = checkout.SkipReceiptScreen, tip_settings = new { allow_tipping = false } },
            payment_options = new { autocomplete = true },
            deadline_duration = XmlConvert.ToString(checkout.Deadline),
            status = spoil.Status ?? CheckoutRules.Word(status),
            cancel_reason = CheckoutRules.ReasonAt(checkout, now, sandbox.Terms),
            payment_ids = checkout.PaymentId is { } payment ? new[] { payment } : null,
            created_at = Time(checkout.CreatedAt + spoil.Skew),
            updated_at = Time(CheckoutRules.UpdatedAt(checkout, now, sandbox.Terms) + spoil.Skew),
            app_id = "sandbox-sq0idb-practice",
            location_id = sandbox.Seller.LocationId,
            payment_type = checkout.PaymentType,
        };
    }

    /// <summary>Which FeliCa brand it was, Square tells only in versions after the one in hand.</summary>
    public static object Payment(PaymentRecord payment, SquareSandbox sandbox, Spoil spoil, DateOnly version)
    {
        var refunds = sandbox.Book.RefundsOf(payment.Id).ToList();
        var wallet = sandbox.Book.Checkout(payment.CheckoutId)?.PaymentType is "QR_CODE" or "PAYPAY";
        var felica = payment.Brand.StartsWith("FELICA_", StringComparison.Ordinal);
        return new
        {
            id = payment.Id,
            created_at = Time(payment.At + spoil.Skew),
            updated_at = Time(refunds.Select(static refund => refund.At).Append(payment.At).Max() + spoil.Skew),
            amount_money = Money(payment.Amount, spoil),
            total_money = Money(payment.Amount, spoil),
            approved_money = Money(payment.Amount, spoil),
            processing_fee = new[] { new { amount_money = Money(payment.Fee, Spoil.None), effective_at = Time(payment.At), type = "INITIAL" } },
            refunded_money = refunds.Count > 0 ? Money(refunds.Sum(static refund => refund.Amount), Spoil.None) : null,
            refund_ids = refunds.Count > 0 ? refunds.Select(static refund => refund.Id) : null,
            status = spoil.Status ?? "COMPLETED",
            source_type = wallet ? "WALLET" : "CARD",
            card_details = wallet ? null : Card(payment, felica),
            wallet_details = wallet ? new { status = "CAPTURED", brand = payment.Brand } : null,
            electronic_money_details = felica && version > Versions.Known ? new { felica_details = new { terminal_id = "1234567890123", felica_brand = payment.Brand } } : null,
            location_id = sandbox.Seller.LocationId,
            reference_id = payment.ReferenceId,
            note = payment.Note,
            terminal_checkout_id = payment.CheckoutId,
            receipt_number = payment.Id[..4],
            version_token = payment.Id[^10..],
        };
    }

    public static object Refund(RefundRecord refund, SquareSandbox sandbox, Spoil spoil, DateTimeOffset now)
    {
        var status = refund.StatusAt(now, sandbox.Terms);
        return new
        {
            id = refund.Id,
            status = spoil.Status ?? status,
            location_id = sandbox.Seller.LocationId,
            amount_money = Money(refund.Amount, spoil),
            payment_id = refund.PaymentId,
            reason = refund.Reason,
            created_at = Time(refund.At + spoil.Skew),
            updated_at = Time((status == "COMPLETED" ? refund.At + sandbox.Terms.RefundDelay : refund.At) + spoil.Skew),
        };
    }

    public static object Code(CodeRecord code, DateTimeOffset now, Spoil spoil) => new
    {
        id = code.Id,
        name = code.Name,
        code = code.Code,
        device_id = code.DeviceId,
        product_type = "TERMINAL_API",
        location_id = code.LocationId,
        status = code.StatusAt(now),
        pair_by = Time(code.PairBy + spoil.Skew),
        created_at = Time(code.CreatedAt + spoil.Skew),
        status_changed_at = Time(code.PairedAt ?? code.CreatedAt),
        paired_at = code.PairedAt is { } paired ? Time(paired) : null,
    };

    public static object Payout(TruthPayout payout, SquareSandbox sandbox) => new
    {
        id = payout.Id,
        status = payout.Paid ? "PAID" : "SENT",
        location_id = sandbox.Seller.LocationId,
        created_at = Time(payout.CreatedAt),
        updated_at = Time(payout.CreatedAt),
        amount_money = Money(payout.Amount, Spoil.None),
        destination = new { type = "BANK_ACCOUNT", id = "bact:practice" },
        version = 1,
        type = "BATCH",
        arrival_date = payout.ArrivesOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        end_to_end_id = payout.Id[3..14],
    };

    public static object Entry(TruthEntry entry, string payout) => new
    {
        id = entry.Id,
        payout_id = payout,
        effective_at = Time(entry.At),
        type = entry.Type,
        gross_amount_money = Money(entry.Gross, Spoil.None),
        fee_amount_money = Money(entry.Fee, Spoil.None),
        net_amount_money = Money(entry.Gross - entry.Fee, Spoil.None),
        type_charge_details = entry.RefundId is null ? new { payment_id = entry.PaymentId } : null,
        type_refund_details = entry.RefundId is { } refund ? new { payment_id = entry.PaymentId, refund_id = refund } : null,
    };

    private static object Card(PaymentRecord payment, bool felica) => new
    {
        status = "CAPTURED",
        card = new { card_brand = felica ? "FELICA" : payment.Brand, last_4 = "0000" },
        entry_method = felica ? "CONTACTLESS" : "EMV",
        auth_result_code = felica ? null : payment.Id[..6],
        card_payment_timeline = new { authorized_at = Time(payment.At), captured_at = Time(payment.At) },
    };

    private static object Money(long amount, Spoil spoil) => new { amount = amount + spoil.Delta, currency = spoil.Currency };
}
