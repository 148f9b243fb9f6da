using CashlessGateway.Access;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>GET and POST /v1/terminals: tills, payment terminals and kiosks.</summary>
public sealed class Terminals(PlaceStore places, Clock clock, AuditTrail trail)
{
    public Operation List => new("GET", "/v1/terminals", "places", "Tills, payment terminals and kiosks, all on one page", Scopes.PlacesRead, null, typeof(PageOf<TerminalView>), 200, [], RunList);

    public Operation Add => new("POST", "/v1/terminals", "places", "Register a till, a payment terminal or a kiosk", Scopes.PlacesWrite, typeof(TerminalRequest), typeof(TerminalView), 201,
        [Errors.Invalid, Errors.UnknownPlace, Errors.PlaceNotAllowed, Errors.CodeInUse], RunAdd);

    private async Task<Reply> RunList(ApiCall call)
    {
        var all = await places.Terminals(call.Municipality, call.Aborted);
        return Reply.Ok(new PageOf<TerminalView>(all.Where(terminal => call.Caller.MayUse(terminal.Place)).Select(TerminalView.Of).ToList(), null));
    }

    private async Task<Reply> RunAdd(ApiCall call)
    {
        if (!call.Read(TerminalRequest.Read).IsOk(out var request, out var problem)) return problem;
        if (!call.Caller.MayUse(request.Place)) return new Problem(Errors.PlaceNotAllowed);
        if (await places.Find(call.Municipality, request.Place) is null)
            return Problem.At(Errors.UnknownPlace, "/place", "unknown-place", new Words($"収納場所 {request.Place} はありません。", $"There is no place {request.Place}."));
        var terminal = new Terminal(request.Code, request.Place, request.Name, Names.Of(request.Kind));
        var (stamp, said) = (trail.Stamp(), call.Said(AuditActions.TerminalAdded, $"terminal:{terminal.Code}", terminal.Place) with { After = Pairs.Of(("name", terminal.Name), ("kind", terminal.Kind)) });
        return await places.Add(call.Municipality, terminal, clock.Now(), unit => AuditTrail.Write(unit, stamp, said)) is Written<int>.Done
            ? Reply.Created(Json.Bytes(TerminalView.Of(terminal)), null)
            : new Problem(Errors.CodeInUse, new Words($"端末 {request.Code} はすでに登録されています。", $"Terminal {request.Code} is already registered."));
    }
}

public enum TerminalKind
{
    /// <summary>レジ.</summary>
    Pos,

    /// <summary>決済端末.</summary>
    Reader,

    /// <summary>券売機・自動精算機.</summary>
    Kiosk,
}

public sealed record TerminalRequest(string Code, string Place, string Name, TerminalKind Kind)
{
    public static TerminalRequest Read(BodyObject body) => new(
        CodeText.Read(body, "code") ?? "", body.Text("place", CodeText.Longest, required: true) ?? "", body.Text("name", 100, required: true) ?? "",
        body.Choice<TerminalKind>("kind", required: true) ?? TerminalKind.Pos);
}

public sealed record TerminalView(string Code, string Place, string Name, string Kind)
{
    public static TerminalView Of(Terminal terminal) => new(terminal.Code, terminal.Place, terminal.Name, terminal.Kind);
}

/// <summary>Codes that people give to terminals and drawers: short, and the same in a file name, a URL and on a label.</summary>
public static class CodeText
{
    public const int Longest = 40;

    public static string? Read(BodyObject body, string name)
    {
        if (body.Text(name, Longest, required: true) is not { } code) return null;
        if (code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-')) return code;
        body.Refuse(name, "not-a-code", new Words("半角の英数字と . _ - だけにしてください。", "Only ASCII letters, digits, '.', '_' and '-'."));
        return null;
    }
}
