using CashlessGateway.Access.Roles;
using CashlessGateway.Codes;
using CashlessGateway.Money;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Tools;

/// <summary>
/// /tools/scanner: what a scanner sends, and what to change in its settings. The scan comes in a body, so that a customer's code stands in
/// no address, history or log; only its masked form goes back, and nothing is kept.
/// </summary>
[RequestSizeLimit(LargestBody)]
[OpenToAll("keeps nothing of what is scanned")]
public sealed class ScannerScreen(Clock clock, CustomerCodeTable customerCodes) : Screen
{
    /// <summary>4,096 characters, each of them nine in a form (%E3%81%82), and the small fields.</summary>
    private const int LargestBody = 40_960;

    private static readonly Words Name = new("スキャナーを確かめる", "Try a scanner");

    public override Words Title => this switch
    {
        { TooLarge: true } => new($"長すぎます: {Name.Ja}", $"Too long: {Name.En}"),
        { Meaning: { Understood: true } meaning } => new($"{meaning.Kind.Ja}: {Name.Ja}", $"{meaning.Kind.En}: {Name.En}"),
        { Meaning: not null } => new($"読み取れません: {Name.Ja}", $"Not understood: {Name.En}"),
        _ => Name,
    };

    /// <summary>More was sent than any code has.</summary>
    public bool TooLarge { get; private set; }

    /// <summary>Null before the first scan.</summary>
    public ScanFacts? Facts { get; private set; }

    public ScanMeaning? Meaning { get; private set; }

    public IReadOnlyList<Words> Advice { get; private set; } = [];

    public void OnGet()
    {
    }

    public async Task OnPostAsync(CancellationToken cancellation)
    {
        if (await ReadForm(cancellation) is not { } form)
        {
            TooLarge = true;
            Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var arrived = form["code"].ToString();
        Facts = ScanFacts.Of(arrived, ScanSeen.From(form["end"], form["pace"], form["ime"]));
        Meaning = ScanMeaning.Of(CodeReader.Read(arrived, customerCodes, clock.Today().Day), clock.Today());
        Advice = ScanAdvice.Of(Facts);
    }

    public static Words NameOf(ScanEnd end) => end switch
    {
        ScanEnd.Enter => new("Enter（CR/LF）", "Enter (CR/LF)"),
        ScanEnd.Tab => new("Tab", "Tab"),
        ScanEnd.None => new("なし", "none"),
        ScanEnd.Unseen => new("わかりません（JavaScriptが動いていないか、ボタンで送りました）", "not seen (no JavaScript, or sent by the button)"),
    };

    public static Words NameOf(ScanPrefix prefix, string? identifier) => prefix switch
    {
        ScanPrefix.None => new("なし", "none"),
        ScanPrefix.Right => new($"]{identifier}", $"]{identifier}"),
        ScanPrefix.OtherKeyboard or ScanPrefix.InputMethod or ScanPrefix.OtherKeyboardAndInputMethod =>
            new($"]{identifier}（「]」が別の記号になって届いています）", $"]{identifier}, whose \"]\" arrived as another sign"),
    };

    /// <summary>Null for more than a form may have.</summary>
    private async Task<IFormCollection?> ReadForm(CancellationToken cancellation)
    {
        if (!Request.HasFormContentType) return FormCollection.Empty;
        try
        {
            return await Request.ReadFormAsync(cancellation);
        }
        catch (Exception error) when (error is BadHttpRequestException or InvalidDataException)
        {
            return null;
        }
    }
}
