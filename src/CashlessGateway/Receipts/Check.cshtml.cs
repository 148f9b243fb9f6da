using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Receipts;

/// <summary>/r/{code}: whoever holds a receipt sees that it is genuine, and nothing that does not prove it.</summary>
[OpenToAll("a receipt proves itself by a code that nobody can guess; of what was bought, how and by whom nothing is shown")]
public sealed class CheckScreen(ReceiptDesk desk) : Screen
{
    private static readonly Words Name = new("領収書などの確認", "Check a receipt");

    public override Words Title => Typed is null ? Name : Found is null ? new Words($"確認できません: {Name.Ja}", $"Not known: {Name.En}") : new Words($"本物です: {Name.Ja}", $"Genuine: {Name.En}");

    /// <summary>What was asked for; null before anything was typed.</summary>
    public string? Typed { get; private set; }

    public Receipt? Found { get; private set; }

    /// <summary>Of a receipt whose money went back, wholly or in part.</summary>
    public IReadOnlyList<ReceiptMark> GivenBack => [.. Found?.Marks.Where(static mark => mark.Date is not null) ?? []];

    public async Task<IActionResult> OnGet(string? code)
    {
        if (OpenDoor.TooOften(HttpContext) is { } wait)
        {
            Response.Headers.RetryAfter = wait;
            return new ErrorResult(Errors.TooManyRequests);
        }

        Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        Typed = code is { Length: > 0 } ? code : Request.Query["code"] is [{ Length: > 0 } typed] ? typed : null;
        if (Typed is null) return Page();
        Found = await desk.OfCode(Typed, HttpContext.RequestAborted) is { } answer && answer.IsOk(out var receipt, out _) ? receipt : null;
        if (Found is null) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }

    public string Day(BusinessDate day) => Language == Language.English ? day.ToString() : ReceiptRows.Both(day);

    public Words WordOf(ReceiptMark mark) => mark.Word == "取消" ? new Words("取り消されています", "voided") : new Words("返金されています", "given back");
}
