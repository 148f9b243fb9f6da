using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Web.Screens;

/// <summary>A page whose forms carry a token of its own browser and of who acts there (<see cref="OwnForms"/>): @Html.AntiForgeryToken() in each.</summary>
[RequestSizeLimit(LargestBody)]
[RequestFormLimits(ValueCountLimit = MostFields, ValueLengthLimit = LargestBody, KeyLengthLimit = 100)]
public abstract class FormScreen : Screen
{
    /// <summary>A passkey's answer, nine characters for each in a form at worst, and the small fields.</summary>
    private const int LargestBody = 300_000;

    private const int MostFields = 100;

    /// <summary>What is wrong, by field; an empty name for the whole form.</summary>
    public Dictionary<string, Words> Wrong { get; } = new(StringComparer.Ordinal);

    /// <summary>A field of the form as it was sent, never null; more than <paramref name="longest"/> characters are nothing anybody typed.</summary>
    protected string Field(string name, int longest = 200)
    {
        var text = Request.HasFormContentType ? Request.Form[name].ToString() : "";
        return text.Length <= longest ? text : "";
    }

    /// <summary>The page again, with what is wrong.</summary>
    protected IActionResult Again(string field, Words why, int status = StatusCodes.Status400BadRequest)
    {
        Wrong[field] = why;
        Response.StatusCode = status;
        return Page();
    }

    public string? WrongWith(string field) => Wrong.TryGetValue(field, out var words) ? Say(words) : null;
}
