using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/audit: what people and programs did, in plain words, searched by day, person, deed and words, and taken away as a file. Reading it is a deed, too.</summary>
[Needs(Right.SeeAudit)]
public sealed class AuditTrailScreen(ReadAudit trail, ExportAudit export) : AdminScreen
{
    private const int Shown = 50;

    protected override Words Name => new("操作の記録", "Audit trail");

    public PageOf<AuditEntryView> Entries { get; private set; } = new([], null);

    public IReadOnlyList<(string Value, string Name)> Deeds => [("", Say("すべての操作", "all deeds")), .. AuditActions.All.Select(action => (action.Name, Say(action.Deed) + (action == AuditActions.SignInRefused ? Say("（拒否）", " (refused)") : "")))];

    public IReadOnlyList<(string Value, string Name)> Outcomes => [("", Say("すべて", "all")), .. Enum.GetValues<AuditOutcome>().Select(outcome => (Names.Of(outcome), Say(AuditSentence.OutcomeIn(Names.Of(outcome)))))];

    public FieldView Asked(string name, string ja, string en) => Field(name, ja, en, Request.Query[name].ToString()) with { Optional = true };

    /// <summary>The same search, from where this page ends, or as a file.</summary>
    public string Address(string name, string value) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/admin/audit", Request.Query.Where(static pair => pair.Key is not ("cursor" or "handler" or "lang")).Append(new(name, value)));

    public async Task<IActionResult> OnGet()
    {
        if (!Filter().IsOk(out var filter, out var problem)) return await Refused(problem, static () => Task.CompletedTask);
        Entries = await trail.Page(Call(), filter);
        return Page();
    }

    public async Task<IActionResult> OnGetCsv()
    {
        if (!Filter().IsOk(out var filter, out var problem)) return await Refused(problem, static () => Task.CompletedTask);
        return new ReplyResult(await export.Export(Call(), filter));
    }

    private Result<AuditFilter> Filter() => QueryReader.Read(Request.Query, static query => AuditFilter.Read(query, query.Page() with { Limit = Shown }), "lang", "handler");

    private ApiCall Call() => new(HttpContext, new Caller(Me.Municipality, Me.Person, Me.Name, Me.Principal, new HashSet<string>(StringComparer.Ordinal), Me.Rights.PlacesOf(Right.SeeAudit), 1, null) { Person = Me.Person }, default, Language, null);
}
