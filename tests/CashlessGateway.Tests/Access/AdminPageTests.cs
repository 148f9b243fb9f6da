using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using CashlessGateway.Access;
using CashlessGateway.Access.Admin;
using CashlessGateway.Access.Clients;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Events;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;

namespace CashlessGateway.Tests.Access;

public sealed partial class AdminPageTests
{
    /// <summary>What somebody types who tries: it has to come back as text, and reach the database as a value.</summary>
    private const string Nasty = "x'); drop table person; --<script>alert(1)</script>\"&";

    private static IEnumerable<string> Addresses(City city) => city.Of<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(route => route.Metadata.GetMetadata<PageActionDescriptor>() is not null).Select(route => "/" + route.RoutePattern.RawText!.TrimStart('/')).Where(path => path.StartsWith("/admin", StringComparison.Ordinal)).Distinct();

    [Fact]
    public async Task A_visitor_is_asked_to_sign_in_and_a_clerk_is_refused_at_every_page()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var nobody = desk.As(null);
        using var clerk = desk.As(await desk.Person(Role.Clerk));
        using var auditor = desk.As(await desk.Person(Role.Auditor));
        Assert.True(Addresses(city).Count() >= 10);
        foreach (var address in Addresses(city))
        {
            var path = address.Replace("{id}", city.Of<Ids>().Next(), StringComparison.Ordinal);
            Assert.Equal((address, 302), (address, (await Desk.Get(nobody, path)).Status));
            var refused = await Desk.Get(clerk, path);
            Assert.Equal((address, 403), (address, refused.Status));
            Assert.Contains("<h1>", refused.Text, StringComparison.Ordinal);
            Assert.Equal((address, address.Contains('{', StringComparison.Ordinal) ? 404 : 200), (address, (await Desk.Get(auditor, path)).Status));
        }
    }

    [Fact]
    public async Task An_auditor_sees_no_form_that_changes_and_can_send_none()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var auditor = desk.As(await desk.Person(Role.Auditor));
        var person = await desk.Person();
        foreach (var address in Addresses(city).Where(static address => !address.Contains('{', StringComparison.Ordinal)).Append($"/admin/people/{person}"))
        {
            var page = await Desk.Get(auditor, address);
            Assert.DoesNotContain(Actions(page.Text), action => action != "/sign-out");
        }

        foreach (var (path, handler, right) in Forms())
            Assert.Equal((path, handler, 403), (path, handler, (await Desk.Post(auditor, $"{path.Replace("{id}", person, StringComparison.Ordinal)}?handler={handler}", ("row", "x"))).Status));
        Assert.Equal(404, (await Desk.Post(auditor, "/admin/people?handler=Nothing")).Status);
        Assert.Equal(404, (await Desk.Post(auditor, "/admin/people")).Status);
    }

    /// <summary>Ids of another city, in every page and every form that takes one.</summary>
    [Fact]
    public async Task Nothing_of_another_city_is_shown_or_changed()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        await desk.AddOtherCity();
        var (theirAdmin, theirPerson) = (await desk.Member(await desk.Person(Role.Admin, municipality: Desk.Other), Desk.Other), await desk.Person(municipality: Desk.Other, name: "よその人"));
        await desk.Grant(theirPerson, Role.Clerk, municipality: Desk.Other);
        var theirGrant = (await city.Gateway.Database.Read(reader => RoleStore.OfPerson(reader, Desk.Other, theirPerson))).Single().Id;
        var theirAppointment = Value(await city.Of<Appointments>().Appoint(theirAdmin, new Appointment("", "y1", "yoso-1", "よその出納員", null, CashOffice.Treasurer, null, BusinessDate.Of(2026, 11, 21), null))).Id;
        var theirKey = Value(await city.Of<ManageApiClients>().Create(theirAdmin, new ClientForm("よそのレジ", null, null, 10, null), new KeyForm(null, [Scopes.PlacesRead], null)));
        var theirChecker = await desk.Member(await desk.Person(Role.Admin, municipality: Desk.Other), Desk.Other);
        Assert.Null(await city.Of<Proposals>().Approve(theirChecker, theirKey.Proposal, 1));
        var open = Value(await city.Of<ManageApiClients>().AddKey(theirAdmin, theirKey.Client, new KeyForm(null, [Scopes.PlacesRead], null))).Proposal;

        using var admin = desk.As(await desk.Person(Role.Admin));
        string[] ids = [theirPerson, theirGrant, theirAppointment, theirKey.Client, theirKey.KeyId, open, "yoso-1"];
        foreach (var address in Addresses(city))
        {
            if (!address.Contains('{', StringComparison.Ordinal))
            {
                var page = await Desk.Get(admin, address);
                Assert.All([.. ids, "よその"], secret => Assert.DoesNotContain(secret, page.Text, StringComparison.Ordinal));
                continue;
            }

            foreach (var id in ids) Assert.Equal((address, 404), (address, (await Desk.Get(admin, address.Replace("{id}", id, StringComparison.Ordinal))).Status));
        }

        var before = await Everything(city);
        foreach (var (path, handler, _) in AllForms().Where(static form => form.Handler is not ("Add" or "Appoint") || form.Path.Contains('{', StringComparison.Ordinal)))
            foreach (var id in ids)
                Assert.InRange((await Desk.Post(admin, $"{path.Replace("{id}", id, StringComparison.Ordinal)}?handler={handler}", ("row", id), ("version", "1"), ("lastDay", "2026-11-21"), ("reason", "x"), ("name", "x"), ("section", "x"), ("opensOn", "2020-01-01"))).Status, 400, 499);
        Assert.Equal(before, await Everything(city));
    }

    [Fact]
    public async Task An_administrator_of_one_place_changes_only_that_place()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var local = desk.As(await desk.Person(Role.Admin, "shimin-1"));
        (string, string)[] form = [("name", "新しい名前"), ("section", "市民課"), ("opensOn", "2020-01-01")];
        Assert.Equal(303, (await Desk.Post(local, "/admin/places?handler=Change", [.. form, ("row", "shimin-1")])).Status);
        Assert.Equal(404, (await Desk.Post(local, "/admin/places?handler=Change", [.. form, ("row", "shisanzei-1")])).Status);
        var page = (await Desk.Get(local, "/admin/places")).Text;
        Assert.Contains("新しい名前", page, StringComparison.Ordinal);
        Assert.DoesNotContain("shisanzei-1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("shisanzei-1", (await Desk.Get(local, "/admin/clients")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await Desk.Get(local, "/admin/providers")).Status);
        Assert.Equal(422, (await Desk.Post(local, "/admin/terminals?handler=Add", ("code", "pos-77"), ("name", "x"), ("kind", "pos"), ("place", "shisanzei-1"))).Status);
        Assert.Equal(303, (await Desk.Post(local, "/admin/terminals?handler=Add", ("code", "pos-77"), ("name", "x"), ("kind", "pos"), ("place", "shimin-1"))).Status);
    }

    /// <summary>Every field of every form, made from the pages themselves: sent wrong, it comes back as it was, as text and not as markup.</summary>
    [Fact]
    public async Task What_is_typed_comes_back_as_text_whatever_it_is()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        var person = await desk.Person(Role.Clerk);
        var client = (await city.Of<ManageApiClients>().Clients(City.Code, CancellationToken.None))[0].Id;
        var tried = 0;
        foreach (var page in new[] { "/admin/people", $"/admin/people/{person}", "/admin/appointments", "/admin/places", "/admin/terminals", "/admin/clients", $"/admin/clients/{client}", "/admin/fees/new", "/admin/fees/items/juminhyo", "/admin/fees/grounds" })
        {
            foreach (Match form in Form().Matches((await Desk.Get(admin, page)).Text))
            {
                var action = WebUtility.HtmlDecode(form.Groups["action"].Value);
                var hidden = Hidden().Matches(form.Groups["body"].Value).Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value))).ToList();
                var fields = FieldName().Matches(form.Groups["body"].Value).Select(match => match.Groups["name"].Value).Except([.. hidden.Select(field => field.Item1), "formToken"], StringComparer.Ordinal).Distinct(StringComparer.Ordinal).ToList();
                if (fields.Count == 0) continue;
                var answer = await Desk.Post(admin, action, [.. hidden, .. fields.Select(name => (name, Nasty))]);
                Assert.True(answer.Status is 422 or 303, $"{action}: {answer.Status}");
                Assert.DoesNotContain("<script>alert", answer.Text, StringComparison.Ordinal);
                if (answer.Status == 422) Assert.Contains(Nasty, WebUtility.HtmlDecode(answer.Text), StringComparison.Ordinal);
                tried += fields.Count;
            }
        }

        Assert.True(tried > 40, $"{tried}");
        foreach (var page in Addresses(city).Where(static address => !address.Contains('{', StringComparison.Ordinal)))
            Assert.DoesNotContain("<script>alert", (await Desk.Get(admin, page)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_markup_and_quotes_is_stored_and_shown_as_it_is()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        Assert.Equal(422, (await Desk.Post(admin, "/admin/people?handler=Add", ("login", "'; --"), ("name", Nasty))).Status);
        var made = await Desk.Post(admin, "/admin/people?handler=Add", ("login", "o--k"), ("name", Nasty));
        Assert.Equal(303, made.Status);
        var page = await Desk.Get(admin, made.Headers["Location"]);
        Assert.Contains(Nasty, WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
        Assert.Equal(400, (await Desk.Post(admin, "/admin/people?handler=Add", ("login", "ab\0c"), ("name", "x"))).Status);
        Assert.Equal(422, (await Desk.Post(admin, "/admin/people?handler=Add", ("login", "ab\u0007c"), ("name", "x"))).Status);
        Assert.Equal(409, (await Desk.Post(admin, "/admin/people?handler=Add", ("login", "Ｏ－－Ｋ"), ("name", "x"))).Status);
    }

    [Fact]
    public async Task A_new_place_takes_cash_at_once_and_its_code_once()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        (string, string)[] form = [("newPlace", "minami-1"), ("kind", "counter"), ("newName", "南出張所"), ("newSection", "市民課"), ("dayControl", "automatic"), ("newOpensOn", "2026-04-01")];
        Assert.Equal(303, (await Desk.Post(admin, "/admin/places?handler=Add", form)).Status);
        Assert.Contains("南出張所", (await Desk.Get(admin, "/admin/places")).Text, StringComparison.Ordinal);
        Assert.Equal(409, (await Desk.Post(admin, "/admin/places?handler=Add", form)).Status);
        Assert.Equal(422, (await Desk.Post(admin, "/admin/places?handler=Add", [.. form[1..], ("newPlace", "a b")])).Status);
        Assert.Equal("cash", (await city.Get("/v1/places/minami-1")).Json.GetProperty("methods")[0].GetProperty("method").GetString());
        Assert.Equal(201, (await city.Post("/v1/sales", new { receivable = new { kind = "counterSale", place = "minami-1", lines = new[] { new { fee = "juminhyo", quantity = 1 } } }, payment = new { method = "cash", presentation = "counter" } })).Status);
    }

    [Fact]
    public async Task A_client_is_asked_for_approved_by_another_and_used()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        using var approver = desk.As(await desk.Person(Role.TreasuryApprover));
        var asked = await Desk.Post(admin, "/admin/clients?handler=Add", ("name", "予約システム"), ("rate", "1,200"), ("scopes", Scopes.PlacesRead), ("scopes", Scopes.ReceivablesRead), ("places", "shimin-1"));
        var secret = Desk.SecretOn(asked);
        Assert.StartsWith("cgk_demo_", secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await Desk.Get(admin, "/admin/clients")).Text, StringComparison.Ordinal);
        var page = (await Desk.Get(approver, "/admin/proposals")).Text;
        Assert.DoesNotContain(secret, page, StringComparison.Ordinal);
        Assert.Contains("予約システム", page, StringComparison.Ordinal);
        var id = Hidden().Matches(page).First(match => match.Groups["name"].Value == "row").Groups["value"].Value;
        Assert.Equal(403, (await Desk.Post(admin, "/admin/proposals?handler=Approve", ("row", id), ("version", "1"))).Status);
        Assert.Equal(303, (await Desk.Post(approver, "/admin/proposals?handler=Approve", ("row", id), ("version", "1"))).Status);
        using var caller = new HttpClient { BaseAddress = city.Till.BaseAddress };
        caller.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        Assert.Equal(200, (await city.Get("/v1/places", caller)).Status);
    }

    [Fact]
    public async Task A_delivery_is_sent_again_by_a_person()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        Assert.Equal(201, (await city.Post("/v1/webhook-endpoints", new { url = "http://127.0.0.1:9/" })).Status);
        await city.Sell();
        await city.Of<FanOut>().Run(City.Code, 1_000, CancellationToken.None);
        var page = (await Desk.Get(admin, "/admin/webhooks")).Text;
        var delivery = Hidden().Matches(page).First(match => match.Groups["value"].Value.StartsWith(PublicId.WebhookDelivery, StringComparison.Ordinal)).Groups["value"].Value;
        Assert.Equal(303, (await Desk.Post(admin, "/admin/webhooks?handler=Again", ("row", delivery))).Status);
        Assert.Equal(404, (await Desk.Post(admin, "/admin/webhooks?handler=Again", ("row", PublicId.WebhookDelivery + city.Of<Ids>().Next()))).Status);
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/admin/people/none", 404)]
    public async Task A_browser_gets_a_page_where_a_program_gets_a_problem(string path, int status)
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        var page = await Desk.Get(admin, path);
        Assert.Equal((status, "text/html; charset=utf-8"), (page.Status, page.Headers["Content-Type"]));
        admin.DefaultRequestHeaders.Accept.Clear();
        Assert.Equal("not-found", (await Desk.Get(admin, path)).Code);
        using var till = desk.As(null);
        Assert.Equal("not-found", (await Desk.Get(till, "/v1/nowhere")).Code);
    }

    [Fact]
    public async Task An_administrator_cannot_become_the_approver_of_money_by_a_new_first_password()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin));
        var approver = await desk.Person(Role.TreasuryApprover, name: "承認 花子");
        var refused = await Desk.Post(admin, $"/admin/people/{approver}?handler=Reset");
        Assert.Equal(403, refused.Status);
        Assert.DoesNotContain("class=\"secret\"", refused.Text, StringComparison.Ordinal);
        var clerk = await Desk.Post(admin, $"/admin/people/{await desk.Person(Role.Clerk)}?handler=Reset");
        Assert.Equal(200, clerk.Status);
        Assert.Contains("class=\"secret\"", clerk.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trail_is_read_in_plain_words_searched_and_taken_away_as_a_file()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var admin = desk.As(await desk.Person(Role.Admin, name: "管理 太郎"));
        using var auditor = desk.As(await desk.Person(Role.Auditor, name: "監査 次郎"));
        Assert.Equal(303, (await Desk.Post(admin, "/admin/people?handler=Add", ("login", "cmd"), ("name", "=1+1|<b>"))).Status);

        var page = (await Desk.Get(auditor, "/admin/audit")).Text;
        Assert.Contains("職員「管理 太郎」による職員の登録。", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("職員「監査 次郎」による個人情報の閲覧。", (await Desk.Get(auditor, "/admin/audit?action=personal-data-read")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("職員の登録。", (await Desk.Get(auditor, "/admin/audit?action=sign-in")).Text, StringComparison.Ordinal);
        Assert.Contains("92日以内", (await Desk.Get(auditor, "/admin/audit?q=x")).Text, StringComparison.Ordinal);

        var file = await Desk.Get(auditor, "/admin/audit?handler=Csv");
        Assert.Equal(200, file.Status);
        Assert.Contains("person-created", file.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", file.Text, StringComparison.Ordinal);
        Assert.Contains("職員「監査 次郎」による書き出し。", (await Desk.Get(auditor, "/admin/audit?action=exported")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_frame_shows_who_sits_there_and_only_what_they_may_open()
    {
        await using var city = await City.Open();
        var desk = new Desk(city);
        using var approver = desk.As(await desk.Person(Role.TreasuryApprover, name: "承認 花子"));
        var page = (await Desk.Get(approver, "/tools/slip")).Text;
        Assert.Contains("承認 花子", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/sign-out\"", page, StringComparison.Ordinal);
        Assert.Contains("/admin/proposals", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/admin/clients", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/admin", (await Desk.Get(desk.As(null), "/tools/slip")).Text, StringComparison.Ordinal);
    }

    private static T Value<T>(Result<T> result) => Assert.IsType<Result<T>.Ok>(result).Value;

    private static IEnumerable<string> Actions(string html) => Form().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["action"].Value));

    /// <summary>Forms that ask for a right of their own.</summary>
    private static IEnumerable<(string Path, string Handler, Right Right)> Forms() => AllForms().Where(static form => form.Right is not null).Select(static form => (form.Path, form.Handler, form.Right!.Value));

    private static IEnumerable<(string Path, string Handler, Right? Right)> AllForms()
    {
        var paths = new Dictionary<Type, string>
        {
            [typeof(PeopleScreen)] = "/admin/people",
            [typeof(PersonScreen)] = "/admin/people/{id}",
            [typeof(AppointmentsScreen)] = "/admin/appointments",
            [typeof(PlacesScreen)] = "/admin/places",
            [typeof(TerminalsScreen)] = "/admin/terminals",
            [typeof(RoutingScreen)] = "/admin/routing",
            [typeof(ClientsScreen)] = "/admin/clients",
            [typeof(ClientScreen)] = "/admin/clients/{id}",
            [typeof(WebhooksScreen)] = "/admin/webhooks",
            [typeof(ProposalsScreen)] = "/admin/proposals",
            [typeof(CashlessGateway.Fees.Admin.NewItemScreen)] = "/admin/fees/new",
            [typeof(CashlessGateway.Fees.Admin.FeeItemScreen)] = "/admin/fees/items/{id}",
            [typeof(CashlessGateway.Fees.Admin.GroundsScreen)] = "/admin/fees/grounds",
            [typeof(CashlessGateway.Fees.Admin.FavouritesScreen)] = "/admin/fees/favourites/{id}",
            [typeof(CashlessGateway.Fees.Admin.FeeFilesScreen)] = "/admin/fees/files",
            [typeof(CashlessGateway.Fees.Admin.FilePreviewScreen)] = "/admin/fees/files/{id}",
        };
        return typeof(AdminScreen).Assembly.GetTypes().Where(type => typeof(AdminScreen).IsAssignableFrom(type) && !type.IsAbstract)
            .SelectMany(type => type.GetMethods().Where(method => method.Name.StartsWith("OnPost", StringComparison.Ordinal)).Select(method => (paths[type], method.Name["OnPost".Length..], method.GetCustomAttribute<NeedsAttribute>()?.Right)));
    }

    private static readonly Sql Counts = new("""
        select (select count(*) from role_grant where valid_to is not null) as ended,
               (select count(*) from appointment where valid_to is not null) as left_office,
               (select count(*) from person where disabled_at is not null) as disabled,
               (select count(*) from api_key where revoked_at is not null) as revoked,
               (select count(*) from api_client where disabled_at is not null) as stopped,
               (select count(*) from role_grant) as grants,
               (select count(*) from proposal where state = 'open') as waiting,
               (select count(*) from place where name = 'x') as renamed
        """);

    private static async Task<string> Everything(City city) => string.Join(' ', ((IDictionary<string, object>)(await city.Gateway.Database.One<dynamic>(Counts))!).Values);

    [GeneratedRegex("<form [^>]*method=\"post\" action=\"(?<action>[^\"]+)\"[^>]*>(?<body>.*?)</form>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 2000)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Hidden();

    [GeneratedRegex("<(input|select|textarea) [^>]*name=\"(?<name>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex FieldName();
}
