using System.Text;
using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using CashlessGateway.Web.Screens;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Fees.Admin;

/// <summary>/admin/fees/files: the catalogue out as CSV, and in again as a preview.</summary>
[Needs(Right.SeeProposals)]
public sealed class FeeFilesScreen(ImportFees importing, Clock clock) : FeeScreen
{
    private const string ShiftJisName = "shift_jis";

    protected override Words Name => new("料金表のCSV", "The catalogue as CSV");

    public BusinessDate Today { get; private set; }

    /// <summary>A file that has wrong lines, as it was sent.</summary>
    public FilePreview? Sent { get; private set; }

    public IReadOnlyList<(string Value, string Name)> KindOptions => [(Names.Of(FeeFileKind.Fees), Say("料金表（項目・単価・人数の刻み）", "items with prices and steps")), (Names.Of(FeeFileKind.Grounds), Say("減免区分", "grounds of reductions"))];

    public IReadOnlyList<(string Value, string Name)> CharsetOptions => [("utf-8", Say("UTF-8（BOM付き）", "UTF-8 with a mark")), (ShiftJisName, "Shift_JIS")];

    public FieldView ExportField(string name, string ja, string en, string? value) => new(this, name, new Words(ja, en), Request.Query[name] is [{ Length: > 0 } asked] ? asked : value) { Id = "export-" + name, Error = Form.IsSent ? null : Wrong(name) };

    public void OnGet() => Load();

    /// <summary>GET, so that a sheet can be fetched again by its address.</summary>
    public async Task<IActionResult> OnGetExport()
    {
        Load();
        var kind = Names.TryParse<FeeFileKind>(Request.Query["kind"], out var asked) ? asked : FeeFileKind.Fees;
        if (!BusinessDate.TryParse(Request.Query["day"], out var day)) return await Refused(Problem.At(Errors.Invalid, "?day", "not-a-date", new("暦にある日を入れてください。", "A day of the calendar.")), LoadAgain);
        var text = await importing.Export(Me.Municipality, kind, day);
        var name = $"{(kind == FeeFileKind.Fees ? "fees" : "grounds")}-{day}.csv";
        if (Request.Query["charset"] != ShiftJisName) return File(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(text)).ToArray(), $"{CsvWriter.MediaType}; charset=utf-8", name);
        return ShiftJis.TryEncode(text, out var bytes, out var missing)
            ? File(bytes, $"{CsvWriter.MediaType}; charset={ShiftJisName}", name)
            : await Refused(Problem.At(Errors.Invalid, "?charset", "not-in-charset", new($"「{missing}」は Shift_JIS にありません。UTF-8 を選んでください。", $"Shift_JIS has no {missing}: choose UTF-8.")), LoadAgain);
    }

    [Needs(Right.ManageFees)]
    public async Task<IActionResult> OnPostLook()
    {
        await ReadForm();
        var kind = Form.Choice<FeeFileKind>("kind") ?? FeeFileKind.Fees;
        var from = Form.Date("validFrom", required: kind == FeeFileKind.Fees) ?? clock.Today();
        var file = Request.Form.Files["file"];
        if (file is not { Length: > 0 }) Form.Refuse("file", "missing", new("ファイルを選んでください。", "Choose a file."));
        if (!Form.Of(kind).IsOk(out _, out var problem)) return await Refused(problem, LoadAgain);
        using var bytes = new MemoryStream();
        await file!.CopyToAsync(bytes, HttpContext.RequestAborted);
        if (!(await importing.Look(Me, kind, Path.GetFileName(file.FileName), bytes.ToArray(), from)).IsOk(out var preview, out problem)) return await Refused(problem, LoadAgain);
        if (!preview.Plan.IsRefused) return Redirect(preview.File.Id);
        Sent = preview;
        return await Refused(Problem.At(Errors.Invalid, "?file", "refused", new($"{preview.Plan.Count(LineOutcome.Refused)}行に誤りがあります。何も変えていません。", $"{preview.Plan.Count(LineOutcome.Refused)} lines are wrong; nothing was changed.")), LoadAgain);
    }

    private new StatusCodeResult Redirect(string id)
    {
        Response.Headers.Location = $"/admin/fees/files/{id}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    private Task LoadAgain()
    {
        Load();
        return Task.CompletedTask;
    }

    private void Load() => Today = clock.Today();
}
