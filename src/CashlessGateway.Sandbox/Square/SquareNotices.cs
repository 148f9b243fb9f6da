using System.Text.Json;
using CashlessGateway.Sandbox.Square.Wire;

namespace CashlessGateway.Sandbox.Square;

/// <summary>What is told, and when. Called under the book's lock, so that each notice shows what it is about.</summary>
internal sealed class SquareNotices(SquareSandbox sandbox)
{
    public Task Created(CheckoutRecord checkout)
    {
        _ = TellTimeOut(checkout);
        return Send("terminal.checkout.created", "checkout", checkout.Id, checkout.ReferenceId, new { checkout = Views.Checkout(checkout, sandbox, Spoil.None) });
    }

    public Task Updated(CheckoutRecord checkout) =>
        Send("terminal.checkout.updated", "checkout", checkout.Id, checkout.ReferenceId, new { checkout = Views.Checkout(checkout, sandbox, Spoil.None) });

    public Task Taken(PaymentRecord payment) => Task.WhenAll(Payment("payment.created", payment), Payment("payment.updated", payment));

    /// <summary>Ends when the first of its two notices is delivered; the second may come much later.</summary>
    public Task Refunded(RefundRecord refund)
    {
        _ = Refund("refund.updated", refund, sandbox.Terms.RefundDelay);
        return Refund("refund.created", refund, TimeSpan.Zero);
    }

    public Task Paired(CodeRecord code) => Send("device.code.paired", "code", code.Id, null, new { device_code = Views.Code(code, sandbox.Time.GetUtcNow(), Spoil.None) });

    private Task Payment(string type, PaymentRecord payment) =>
        Send(type, "payment", payment.Id, payment.ReferenceId, new { payment = Views.Payment(payment, sandbox, Spoil.None, Versions.Known) });

    private Task Refund(string type, RefundRecord refund, TimeSpan after) =>
        Send(type, "refund", refund.Id, sandbox.Book.Payment(refund.PaymentId)?.ReferenceId, new { refund = Views.Refund(refund, sandbox, Spoil.None, sandbox.Time.GetUtcNow() + after) }, after);

    /// <summary>Nobody calls when a deadline passes; the notice comes by itself.</summary>
    private async Task TellTimeOut(CheckoutRecord checkout)
    {
        await Task.Delay(checkout.Deadline, sandbox.Time, sandbox.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (sandbox.Stopping.IsCancellationRequested) return;
        lock (sandbox.Book.Gate)
        {
            if (sandbox.Book.Checkout(checkout.Id) is { } now && CheckoutRules.ReasonAt(now, sandbox.Time.GetUtcNow(), sandbox.Terms) == "TIMED_OUT") _ = Updated(now);
        }
    }

    private Task Send(string type, string kind, string id, string? reference, object thing, TimeSpan after = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { merchant_id = sandbox.Seller.MerchantId, type, event_id = SquareIds.Event(), created_at = Views.Time(sandbox.Time.GetUtcNow() + after), data = new { type = kind, id, @object = thing } },
            SandboxJson.Options);
        return sandbox.Webhooks.Send(new SquareNotice(sandbox.Seller, reference ?? "", body), after);
    }
}
