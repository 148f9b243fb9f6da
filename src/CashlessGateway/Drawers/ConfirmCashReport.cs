using CashlessGateway.Access;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

/// <summary>POST /v1/cash-reports/{id}/confirm: a second person has seen the count and the circumstances. Whoever reported it does not.</summary>
public sealed class ConfirmCashReport(Database database, Clock clock, AuditTrail trail)
{
    public Operation Route => new("POST", "/v1/cash-reports/{id}/confirm", "sessions", "Confirm a cash difference that somebody else reported", Scopes.SessionsManage, typeof(NothingToSay), typeof(CashReportView), 200,
        [Errors.NotFound, Errors.Invalid, Errors.SamePrincipal, Errors.CashReportConfirmed], Run);

    private async Task<Reply> Run(ApiCall call)
    {
        if (!call.Id(PublicId.CashReport).IsOk(out var id, out var problem)) return problem;
        if (!call.Read(NothingToSay.Read).IsOk(out _, out problem)) return problem;
        return (await Confirm(call.Caller, id, RefusedAccess.Address(call.Http))).IsOk(out var view, out problem) ? Reply.Ok(view) : problem;
    }

    /// <summary>For the day's page too.</summary>
    public async Task<Result<CashReportView>> Confirm(Caller caller, string id, string? from)
    {
        var (stamp, now) = (trail.Stamp(), clock.Now());
        return await database.WriteSurely(async unit =>
        {
            if (await CashReports.Find(unit, caller.Municipality, id) is not { } report || !caller.MayUse(report.Place)) return unit.Abandon<Result<CashReportView>>(Missing());
            if (report.IsConfirmed) return unit.Abandon<Result<CashReportView>>(new Problem(Errors.CashReportConfirmed));
            // The database refuses it too (cash_report_two_people), but knows nothing of two logins of one person.
            if (await SamePerson.Is(unit, caller.Municipality, report.ReportedBy, caller.Principal)) return unit.Abandon<Result<CashReportView>>(new Problem(Errors.SamePrincipal));
            if (!await CashReports.Confirm(unit, caller.Municipality, id, caller.Principal, now)) return unit.Abandon<Result<CashReportView>>(new Problem(Errors.CashReportConfirmed));
            await AuditTrail.Write(unit, stamp, caller.Did(AuditActions.CashReportConfirmed, report.Id, report.Place, from) with
            {
                Facts = Pairs.Of(("session", report.Session), ("kind", Names.Of(report.Kind)), ("amount", report.Amount.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("reportedBy", report.ReportedBy)),
            });
            return report with { ConfirmedBy = caller.Principal, ConfirmedAt = now };
        }, ReadBack.ByRow(CashReports.WasConfirmed, new { municipality = caller.Municipality, id, by = caller.Principal, now }));
    }

    private static Problem Missing() => Problem.Missing(new Words("この報告はありません。", "There is no such report."));
}

/// <summary>A call that only has to be made.</summary>
public sealed record NothingToSay
{
    public static NothingToSay Read(BodyObject body) => new();
}
