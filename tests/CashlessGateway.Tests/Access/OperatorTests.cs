using CashlessGateway.Access;
using CashlessGateway.Access.Staff;
using Microsoft.Extensions.DependencyInjection;

namespace CashlessGateway.Tests.Access;

/// <summary>One counter PC, several people.</summary>
public sealed class OperatorTests
{
    private const string ClerksPin = "482915";

    [Fact]
    public async Task Colleagues_who_signed_in_once_take_turns_by_PIN_under_a_new_token_each_time()
    {
        await using var city = await City.Open();
        using var pc = await Counter(city);
        var before = pc.Token;
        var back = await TakeOver(pc, ClerksPin);
        Assert.Equal((200, "/operator"), (back.Status, pc.Address));
        Assert.Contains("<strong>デモ 窓口担当</strong>", back.Text, StringComparison.Ordinal);
        Assert.NotEqual(before, pc.Token);
        using var thief = new Browser(city) { Token = before };
        Assert.False(await StaffSessionTests.IsIn(thief));
    }

    [Fact]
    public async Task Five_wrong_PINs_end_the_PIN_and_not_the_person()
    {
        await using var city = await City.Open();
        using var pc = await Counter(city);
        for (var left = 4; left > 0; left--)
        {
            var wrong = await TakeOver(pc, "918273");
            Assert.Equal(400, wrong.Status);
            Assert.Contains($"あと{left}回", wrong.Text, StringComparison.Ordinal);
        }

        var page = await pc.Open("/operator");
        await TakeOver(pc, "918273", page);
        Assert.Equal(400, (await TakeOver(pc, ClerksPin, page)).Status);
        Assert.DoesNotContain("type=\"radio\"", (await pc.Open("/operator")).Text, StringComparison.Ordinal);
        using var elsewhere = new Browser(city);
        await elsewhere.SignIn("clerk");
        Assert.Equal("/account", elsewhere.Address);
    }

    [Fact]
    public async Task Guesses_sent_together_share_the_five()
    {
        await using var city = await City.Open();
        using var pc = await Counter(city);
        var page = await pc.Open("/operator");
        var person = await Id(city, "clerk");
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => pc.Send(page, "/operator", ("person", person), ("pin", $"91827{i % 10}"))));
        Assert.Equal(400, (await TakeOver(pc, ClerksPin, page)).Status);
    }

    [Fact]
    public async Task A_PIN_opens_nothing_in_another_session()
    {
        await using var city = await City.Open();
        using var pc = await Counter(city);
        using var other = new Browser(city);
        await other.SignIn("auditor");
        var refused = await other.SendFrom("/operator", "/operator", ("person", await Id(city, "clerk")), ("pin", ClerksPin));
        Assert.Equal(400, refused.Status);
        Assert.Contains("この端末ではPINで交代できません", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_PIN_of_somebody_who_was_disabled_or_changed_the_password_opens_nothing()
    {
        await using var city = await City.Open();
        using var pc = await Counter(city);
        var page = await pc.Open("/operator");
        await SignInTests.Disable(city, "clerk");
        Assert.Equal(400, (await TakeOver(pc, ClerksPin, page)).Status);
        Assert.Null(await city.Of<People>().Enable(Newcomer.Administrator(), (await city.Of<PersonStore>().ByLogin(City.Code, "clerk"))!.Id));
        Assert.Equal(400, (await TakeOver(pc, ClerksPin, page)).Status);
    }

    [Fact]
    public async Task After_a_reset_neither_password_nor_PIN_nor_code_of_before_opens_anything()
    {
        await using var city = await City.Open();
        using var pc = await Counter(city);
        var page = await pc.Open("/operator");
        var (password, problem) = await city.Of<StaffAccounts>().Reset((await city.Of<PersonStore>().ByLogin(City.Code, "clerk"))!, "test", default);
        Assert.Null(problem);
        Assert.Equal(400, (await TakeOver(pc, ClerksPin, page)).Status);
        using var other = new Browser(city);
        Assert.Equal(400, (await other.Password("clerk", other.PasswordOf("clerk"))).Status);
        Assert.Contains("使い始める前に", (await other.Password("clerk", password!)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Treasury_and_administration_do_not_open_by_PIN()
    {
        var office = "";
        await using var city = await City.OpenWith(services => services.AddSingleton<Func<string, string, Task<SessionKind>>>((_, person) => Task.FromResult(person == office ? SessionKind.Office : SessionKind.Counter)));
        using var pc = await Counter(city);
        office = await Id(city, "clerk");
        var refused = await TakeOver(pc, ClerksPin);
        Assert.Equal(400, refused.Status);
        Assert.Contains("パスキーで交代", refused.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("123456")]
    [InlineData("987654")]
    [InlineData("111111")]
    [InlineData("121212")]
    [InlineData("12345a")]
    [InlineData("1234567890123")]
    public async Task A_PIN_that_is_guessed_at_once_is_not_taken(string pin)
    {
        await using var city = await City.Open();
        using var pc = new Browser(city);
        await pc.SignIn("clerk");
        Assert.Equal(400, (await pc.SendFrom("/operator", "/operator?handler=Pin", ("new", pin), ("again", pin))).Status);
    }

    [Fact]
    public async Task A_second_PIN_takes_a_sign_in_in_full()
    {
        await using var city = await City.Open();
        using var pc = new Browser(city);
        await pc.SignIn("clerk");
        var page = await pc.Open("/operator");
        Assert.Equal(302, (await pc.Send(page, "/operator?handler=Pin", ("new", ClerksPin), ("again", ClerksPin))).Status);
        Assert.Equal(400, (await pc.Send(page, "/operator?handler=Pin", ("new", "739164"), ("again", "739164"))).Status);
    }

    [Fact]
    public async Task A_name_with_signs_of_markup_is_shown_as_text()
    {
        await using var city = await City.Open();
        var person = (await city.Of<PersonStore>().ByLogin(City.Code, "clerk"))!;
        person.Name = "<script>alert('x')</script>&\"";
        Assert.True(await city.Of<PersonStore>().Save(person));
        using var pc = await Counter(city);
        var page = await pc.Open("/operator");
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert", page.Text, StringComparison.Ordinal);
    }

    /// <summary>The clerk signed in and set a PIN; then the approver signed in on the same PC.</summary>
    private static async Task<Browser> Counter(City city)
    {
        var pc = new Browser(city);
        await pc.SignIn("clerk");
        Assert.Equal("/operator?done=pin", (await pc.SendFrom("/operator", "/operator?handler=Pin", ("new", ClerksPin), ("again", ClerksPin))).Headers["Location"]);
        await pc.Submit("/sign-in?change=1", "/sign-in", ("login", "approver"), ("password", pc.PasswordOf("approver")));
        await pc.Code(pc.AppCode());
        Assert.Equal("/operator", pc.Address);
        return pc;
    }

    private static async Task<Answer> TakeOver(Browser pc, string pin, Answer? page = null) =>
        await pc.Follow(await pc.Send(page ?? await pc.Open("/operator"), "/operator", ("person", await Id(pc.City, "clerk")), ("pin", pin)));

    private static async Task<string> Id(City city, string login) => (await city.Of<PersonStore>().ByLogin(City.Code, login))!.Id;
}
