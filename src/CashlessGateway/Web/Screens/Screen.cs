using CashlessGateway.Access.Roles;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CashlessGateway.Web.Screens;

/// <summary>One page for people. It speaks one of two languages, and its title says what came of it.</summary>
public abstract class Screen : PageModel
{
    /// <summary>What stands in the browser's tab and is read out first: the outcome before the name of the page.</summary>
    public abstract Words Title { get; }

    public Language Language => ScreenLanguage.Of(HttpContext.Request);

    /// <summary>Of the html element.</summary>
    public virtual string LanguageTag => ScreenLanguage.Tag(Language);

    /// <summary>Who sits there; null for a visitor.</summary>
    public StaffMember? Staff => SignedIn.Of(HttpContext);

    /// <summary>The pages above this one, from the top.</summary>
    public virtual IReadOnlyList<Link> Above => [];

    public string Say(string ja, string en) => Language == Language.English ? en : ja;

    public string Say(Words words) => words.In(Language);
}

/// <summary>A page that another one leads to.</summary>
public sealed record Link(string Address, Words Name);
