using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>The receipt printer beside a terminal.</summary>
public sealed class SetPrinter(Database database, PlaceStore places, AuditTrail trail)
{
    private static readonly Sql Update = new("""
        update terminal
        set printer = @printer
        where municipality = @municipality and code = @code
        """);

    /// <param name="printer">host:port; null for none.</param>
    public async Task<Problem?> Set(StaffMember by, string code, string? printer, CancellationToken cancellation)
    {
        var terminal = (await places.Terminals(by.Municipality, cancellation)).FirstOrDefault(each => each.Code == code);
        if (terminal is null || !by.May(Right.ManagePlaces, terminal.Place)) return Problem.Missing(new Words("この端末はありません。", "There is no such terminal."));
        if (printer is not null && PrinterAddress.Parse(printer) is null)
            return Problem.At(Errors.Invalid, "?printer", "not-an-address", new Words("192.168.1.50:9100 のように、アドレスとポート番号を入れてください。", "An address and a port, as 192.168.1.50:9100."));
        var said = trail.Prepare(by.Did(AuditActions.TerminalChanged, $"terminal:{code}", terminal.Place) with { Before = Pairs.Of(("printer", terminal.Printer)), After = Pairs.Of(("printer", printer)) });
        await database.WriteSurely(async unit =>
        {
            await unit.Execute(Update, new { municipality = by.Municipality, code, printer });
            await said(unit);
            return true;
        }, ReadBack.SafeToRepeat, CancellationToken.None);
        return null;
    }
}
