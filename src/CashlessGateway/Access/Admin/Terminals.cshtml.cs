using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/terminals: tills, readers, kiosks.</summary>
[Needs(Right.SeeSettings)]
public sealed class TerminalsScreen(PlaceStore places, PairTerminal pairing, SetPrinter printers, Clock clock, AuditTrail trail) : AdminScreen
{
    protected override Words Name => new("端末", "Terminals");

    public override Words? DoneWords => Done switch
    {
        "added" => new("端末を登録しました", "The terminal was registered"),
        "begun" => new("表示されたコードを端末に入力してください", "Type the code that is shown into the terminal"),
        "printer" => new("レシートプリンターを登録しました", "The receipt printer was written down"),
        "paired" => new("端末を決済事業者に登録しました", "The terminal is known to the provider"),
        _ => null,
    };

    public ILookup<string, TerminalDevice> Devices { get; private set; } = Array.Empty<TerminalDevice>().ToLookup(static device => device.Terminal);

    public IReadOnlyList<(string Value, string Name)> Contracts => [.. pairing.Pairing.Select(static instance => (instance.Name, instance.Name))];

    public IReadOnlyList<Terminal> All { get; private set; } = [];
    public IReadOnlyList<Place> Places { get; private set; } = [];

    public IReadOnlyList<(string Value, string Name)> KindChoices => [.. Enum.GetValues<TerminalKind>().Select(kind => (Names.Of(kind), Say(KindOf(Names.Of(kind)))))];

    public IReadOnlyList<(string Value, string Name)> Mine => [.. PlaceChoices(Places, Right.ManagePlaces).Where(static choice => choice.Value.Length > 0)];

    public Words KindOf(string kind) => Names.TryParse<TerminalKind>(kind, out var known) ? known switch
    {
        TerminalKind.Pos => new("レジ", "till"),
        TerminalKind.Reader => new("決済端末", "reader"),
        TerminalKind.Kiosk => new("券売機・自動精算機", "kiosk"),
    } : new Words(kind, kind);

    public string PlaceName(string code) => Places.FirstOrDefault(place => place.Code == code)?.Name ?? code;

    public Task OnGet() => Load();

    [Needs(Right.ManagePlaces)]
    public async Task<IActionResult> OnPostAdd()
    {
        await ReadForm();
        var terminal = new Terminal(Form.Code("code") ?? "", Form.Text("place", CodeText.Longest, required: true) ?? "", Form.Text("name", 100, required: true) ?? "", Form.Choice<TerminalKind>("kind") is { } kind ? Names.Of(kind) : "");
        if (!Form.Of(terminal).IsOk(out terminal, out var problem)) return await Refused(problem, Load);
        if (!Me.May(Right.ManagePlaces, terminal.Place) || await places.Find(Me.Municipality, terminal.Place) is null)
            return await Refused(Problem.At(Errors.UnknownPlace, "?place", "unknown-place", new Words("この収納場所はありません。", "There is no such place.")), Load);
        var said = trail.Prepare(Me.Did(AuditActions.TerminalAdded, $"terminal:{terminal.Code}", terminal.Place) with { After = Pairs.Of(("name", terminal.Name), ("kind", terminal.Kind)) });
        return await places.Add(Me.Municipality, terminal, clock.Now(), said) is Written<int>.Done
            ? Finished("added")
            : await Refused(Problem.At(Errors.CodeInUse, "?code", "in-use", new Words($"端末 {terminal.Code} はすでに登録されています。", $"Terminal {terminal.Code} is already registered.")), Load);
    }

    [Needs(Right.ManagePlaces)]
    public Task<IActionResult> OnPostPair() => Pair((terminal, provider) => pairing.Begin(Me, terminal, provider, Form.Text("shownCode", 60), HttpContext.RequestAborted), "begun");

    [Needs(Right.ManagePlaces)]
    public Task<IActionResult> OnPostPaired() => Pair((terminal, provider) => pairing.Look(Me, terminal, provider, HttpContext.RequestAborted), "paired");

    [Needs(Right.ManagePlaces)]
    public Task<IActionResult> OnPostName() => Pair(async (terminal, provider) => Form.Text("device", PairTerminal.LongestDevice, required: true) is { } device
        ? await pairing.Name(Me, terminal, provider, device, HttpContext.RequestAborted)
        : Problem.At(Errors.Invalid, "?device", "missing", new Words("装置の名前を入れてください。", "Enter the device's name.")), "paired");

    /// <summary>The row is a terminal; an empty address takes its printer away.</summary>
    [Needs(Right.ManagePlaces)]
    public async Task<IActionResult> OnPostPrinter()
    {
        await ReadForm();
        if ((Row ?? "").Split('/') is not [var terminal, ..]) return NotFound();
        var address = Form.Text("printer", PrinterAddress.Longest)?.Normalize(System.Text.NormalizationForm.FormKC);
        if (!Form.Of(terminal).IsOk(out _, out var problem)) return await Refused(problem, Load);
        return await printers.Set(Me, terminal, address, HttpContext.RequestAborted) is { } refused ? await Refused(refused, Load) : Finished("printer");
    }

    /// <summary>The row is a terminal and a contract.</summary>
    private async Task<IActionResult> Pair(Func<string, string, Task<Problem?>> work, string done)
    {
        await ReadForm();
        if ((Row ?? "").Split('/') is not [var terminal, ..]) return NotFound();
        return await work(terminal, Form.Text("provider", 64, required: true) ?? "") is { } refused ? await Refused(refused, Load) : Finished(done);
    }

    private async Task Load()
    {
        Devices = (await pairing.All(Me.Municipality, HttpContext.RequestAborted)).ToLookup(static device => device.Terminal, StringComparer.Ordinal);
        var mine = Me.Rights.PlacesOf(Right.SeeSettings);
        Places = (await places.All(Me.Municipality, clock.Today(), HttpContext.RequestAborted)).Select(static place => place.Place).ToList();
        All = (await places.Terminals(Me.Municipality, HttpContext.RequestAborted)).Where(terminal => mine is null || mine.Contains(terminal.Place)).ToList();
    }
}
