using System.Reflection;
using CashlessGateway.Access.Roles;
using CashlessGateway.Storage;
using CashlessGateway.Tests.Web;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Tests.Access;

/// <summary>Every page and every route says who may use it, and docs/roles.md says what the code does.</summary>
public sealed class DeclarationTests(OpenApiTests.Running running) : IClassFixture<OpenApiTests.Running>
{
    private static IEnumerable<Type> Pages => typeof(Gateway).Assembly.GetTypes().Where(type => typeof(PageModel).IsAssignableFrom(type) && !type.IsAbstract);

    [Fact]
    public void Every_page_declares_a_right_or_that_it_is_open()
    {
        Assert.True(Pages.Count() > 10);
        Assert.All(Pages, page => Assert.Single(page.GetCustomAttributes(), attribute => attribute is NeedsAttribute or OpenToAllAttribute or SignedInOnlyAttribute));
    }

    [Fact]
    public void Every_route_of_the_program_declares_a_scope_a_right_or_that_it_is_open()
    {
        var routes = running.City.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(route => route.Metadata.GetMetadata<PageActionDescriptor>() is null).ToList();
        Assert.True(routes.Count > 30);
        Assert.All(routes, route => Assert.True(route.Metadata.GetMetadata<Operation>() is { Scope: not null } || RightsGate.Declaration(route) is not null, $"{route.RoutePattern.RawText} does not say who may use it."));
    }

    /// <summary>A form that changes something asks for a right that changes something. Deciding on proposals asks the kind of proposal for its right.</summary>
    [Fact]
    public void Every_form_of_a_page_for_staff_asks_for_a_right_that_changes()
    {
        var forms = Pages.Where(page => page.GetCustomAttribute<NeedsAttribute>() is not null && page != typeof(CashlessGateway.Access.Admin.ProposalsScreen))
            .SelectMany(page => page.GetMethods().Where(method => method.Name.StartsWith("OnPost", StringComparison.Ordinal))).ToList();
        Assert.True(forms.Count > 10);
        Assert.All(forms, form => Assert.NotEqual(RightKind.Reads, form.GetCustomAttribute<NeedsAttribute>()!.Right.Kind()));
    }

    [Fact]
    public void The_roles_page_prints_the_table()
    {
        var page = File.ReadAllText(Path.Combine(DocsTests.Root, "docs", "roles.md"));
        Assert.All(Enum.GetValues<Right>(), right => Assert.Contains(Row(right), page, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<Role>(), role => Assert.Contains($"| `{Names.Of(role)}` | {role.Name().Ja} | {role.Name().En} |", page, StringComparison.Ordinal));
        Assert.All(running.City.Of<CashlessGateway.Access.FourEyes.Proposals>().Kinds, kind => Assert.Contains($"| `{kind.Name}` | {kind.Words.Ja} | `{Names.Of(kind.Proposes)}` | `{Names.Of(kind.Approves)}` |", page, StringComparison.Ordinal));
    }

    private static string Row(Right right) =>
        $"| `{Names.Of(right)}` | {right.Name().Ja} | {right.Name().En} | {string.Join(' ', Enum.GetValues<Role>().Where(role => RoleRights.Of(role).Contains(right)).Select(role => $"`{Names.Of(role)}`"))} |";
}
