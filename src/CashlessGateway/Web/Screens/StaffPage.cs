using CashlessGateway.Access.Roles;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Web.Screens;

/// <summary>
/// A page of somebody who has signed in, with forms. What was sent and is wrong comes back with every letter in its place; what was done
/// leads to the page again (303), so that a reload does not do it twice.
/// </summary>
public abstract class StaffPage : Screen
{
    protected abstract Words Name { get; }

    public sealed override Words Title => Problem is null ? Name : new Words($"できませんでした: {Name.Ja}", $"Not done: {Name.En}");

    public StaffMember Me => Staff ?? throw new InvalidOperationException("The gate let nobody through to a page for staff.");

    public Posted Form { get; private set; } = Posted.Nothing;

    public Problem? Problem { get; private set; }

    /// <summary>What was done, as one word of the page's own.</summary>
    public string? Done => Request.Query["done"] is [{ Length: > 0 } done] && HttpMethods.IsGet(Request.Method) ? done : null;

    /// <summary>The row that a form belongs to, where a page has one form per row.</summary>
    public string? Row => Form.Raw("row");

    /// <summary>How the page says what was done.</summary>
    public virtual Words? DoneWords => null;

    public string? Wrong(string field) => Problem?.Violations?.FirstOrDefault(violation => violation.Pointer == "?" + field) is { } found ? Say(found.Detail) : null;

    public FieldView Field(string name, string ja, string en, string? value = null) => new(this, name, new Words(ja, en), Form.Raw(name) ?? value) { Error = Wrong(name) };

    /// <summary>A field that stands in every row: only the row that was sent has its value and its error back.</summary>
    public FieldView FieldOf(string row, string name, string ja, string en, string? value = null) => new(this, name, new Words(ja, en), Row == row ? Form.Raw(name) ?? value : value) { Id = $"{name}-{row}", Error = Row == row ? Wrong(name) : null };

    protected async Task ReadForm() => Form = new Posted(await Request.ReadFormAsync(HttpContext.RequestAborted));

    protected IActionResult Finished(string done, string? address = null)
    {
        Response.Headers.Location = $"{address ?? Request.Path}?done={done}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>The page again, with what is wrong. What is not there, or not theirs, is no page.</summary>
    protected async Task<IActionResult> Refused(Problem problem, Func<Task> load)
    {
        if (problem.Error.Status == StatusCodes.Status404NotFound) return NotFound();
        Problem = problem;
        Response.StatusCode = problem.Error.Status;
        await load();
        return Page();
    }
}
