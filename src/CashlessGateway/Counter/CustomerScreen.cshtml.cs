using CashlessGateway.Access.Roles;
using CashlessGateway.Payments;
using CashlessGateway.Receivables;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Counter;

/// <summary>/counter/customer?terminal=: the second screen of a till. Kind, number and sum before anything is paid; never the ground of a reduction.</summary>
[Needs(Right.TakeMoney)]
public sealed class CustomerScreen(TillReader tills, TillStore store) : StaffPage
{
    protected override Words Name => new("お客様の画面", "Customer's screen");

    public TillView View { get; private set; } = null!;

    public CustomerWords Words { get; private set; } = CustomerWords.Of(null);

    public override string LanguageTag => Words.Tag;

    public string Step { get; private set; } = "";

    public IReadOnlyList<ReceivableLine> Lines => View.Sale is null ? View.Cart?.Lines ?? [] : View.SaleLines;

    public PaymentAction? Action => View.Payment is { } payment && View.SaleStatus == ReceivableStatus.InProgress ? PaymentAction.Of(payment) : null;

    /// <summary>To pay with, and then the receipt.</summary>
    public string? Qr => Action is { Type: PaymentAction.ShowCode, Payload: { } payload } ? TillScreen.Picture(payload) : View.Till.ReceiptLink is { } link ? TillScreen.Picture(link) : null;

    private string Terminal => Request.Query["terminal"].ToString();

    public async Task<IActionResult> OnGet() => await Load() ? Page() : NotFound();

    [Needs(Right.TakeMoney)]
    public async Task<IActionResult> OnPost()
    {
        await ReadForm();
        if (!await Load()) return NotFound();
        var code = Form.Raw("language");
        if (CustomerWords.Knows(code)) await store.Change(Me.Municipality, View.Terminal.Code, Me.Principal, till => till with { Language = code });
        Response.Headers.Location = $"/counter/customer?terminal={Uri.EscapeDataString(View.Terminal.Code)}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private async Task<bool> Load()
    {
        if (Terminal.Length is 0 or > 64) return false;
        Step = await store.Step(Me.Municipality, Terminal, HttpContext.RequestAborted);
        if (await tills.Read(Me.Municipality, Terminal, null, HttpContext.RequestAborted) is not { } view || !Me.May(Right.TakeMoney, view.Place.Code)) return false;
        (View, Words) = (view, CustomerWords.Of(view.Till.Language));
        return true;
    }
}
