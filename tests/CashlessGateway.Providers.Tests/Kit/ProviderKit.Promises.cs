using System.Reflection;

namespace CashlessGateway.Providers.Tests.Kit;

/// <summary>The plug-in, its settings, its abilities, and what it reads from others.</summary>
public abstract partial class ProviderKit
{
    private static readonly string[] Methods = ["qr", "emoney", "card"];
    private static readonly string[] Presentations = ["merchantCode", "customerCode", "terminal", "online"];

    [Fact]
    public void The_assembly_names_its_plug_in()
    {
        var named = Plugin.GetType().Assembly.GetCustomAttribute<ProviderPluginAttribute>();

        Assert.Equal(Plugin.GetType(), named?.Plugin);
        Assert.IsAssignableFrom<IProviderPlugin>(Activator.CreateInstance(named!.Plugin));
        Assert.Equal(Plugin.Type.ToLowerInvariant(), Plugin.Type);
    }

    [Fact]
    public void Without_a_setting_that_it_needs_it_does_not_open_and_says_which()
    {
        foreach (var setting in RequiredSettings)
        {
            var rest = Settings(Stub.Address).Where(value => value.Key != setting).ToDictionary(value => value.Key, value => value.Value);
            Assert.Equal(setting, Assert.Throws<ProviderSettingException>(() => Plugin.Open(Setup(rest))).Setting);
        }
    }

    [Fact]
    public void A_sandbox_is_refused_where_real_money_is_taken() =>
        Assert.Throws<ProviderSettingException>(() => Plugin.Open(Setup(Settings(Stub.Address), sandbox: false)));

    [Fact]
    public void A_complaint_about_a_setting_does_not_tell_a_secret()
    {
        foreach (var secret in Settings(Stub.Address).Where(value => Secrets.Contains(value.Value)))
        {
            var spoiled = new Dictionary<string, string>(Settings(Stub.Address)) { [secret.Key] = secret.Value + "\n" };
            try
            {
                Plugin.Open(Setup(spoiled));
            }
            catch (ProviderSettingException complaint)
            {
                Assert.DoesNotContain(secret.Value, complaint.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Opening_calls_nobody() => Assert.Empty(Stub.Requests);

    [Fact]
    public void Abilities_do_not_change() => Assert.Equal(Provider.Abilities, Provider.Abilities);

    [Fact]
    public void Every_way_to_pay_is_one_that_the_gateway_knows()
    {
        Assert.NotEmpty(Provider.Abilities.Methods);
        Assert.All(Provider.Abilities.Methods, way =>
        {
            Assert.Contains(way.Method, Methods);
            Assert.Contains(way.Presentation, Presentations);
            Assert.NotEmpty(way.Brands);
            Assert.InRange(way.LowestAmount, 1, way.HighestAmount);
        });
    }

    [Fact]
    public void Limits_are_times_that_a_person_would_wait()
    {
        var abilities = Provider.Abilities;
        Assert.InRange(abilities.Pace, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Assert.InRange(abilities.StartLimit, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(3));
        Assert.InRange(abilities.CallLimit, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(3));
        Assert.True(abilities.KeysLiveFor >= TimeSpan.Zero);
        Assert.True(abilities.ExpiryGrace >= TimeSpan.Zero);
        Assert.True(abilities.AbsentIsFinalAfter is null || abilities.AbsentIsFinalAfter > TimeSpan.Zero);
    }

    [Fact]
    public void Promises_about_cancels_are_made_only_by_who_can_cancel() => Assert.True(
        Provider is ICanCancel || !(Provider.Abilities.AcceptedCancelReturnsMoney || Provider.Abilities.UnshownCannotBePaid));

    [Fact]
    public void A_refund_is_open_for_some_time_after_the_capture()
    {
        if (Needs<ICanRefund>().RefundsOf(new PaidWith(Order.Method, Order.Brand)) is not { } refunds) return;
        Assert.True(refunds.MostPerPayment >= 1);
        Assert.True(refunds.Until(Time.GetUtcNow()) > Time.GetUtcNow());
    }

    [Fact]
    public void A_void_is_open_for_some_time_after_the_capture() =>
        Assert.True(Needs<ICanVoid>().VoidableUntil(Time.GetUtcNow()) > Time.GetUtcNow());

    [Fact]
    public void A_notice_that_cannot_be_read_is_no_notice()
    {
        var notices = Needs<IReceivesWebhooks>();
        foreach (var garbage in Garbage.All)
        {
            var read = notices.Read(new WebhookPost(new Dictionary<string, string>(), garbage.Value, Time.GetUtcNow()));
            Assert.False(read is WebhookNotice.About, garbage.Key);
        }

        Assert.Empty(Stub.Requests);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_refused_whole()
    {
        var files = Needs<IReadsTransactionFiles>();
        foreach (var garbage in Garbage.All.Values)
        {
            using var file = new MemoryStream(garbage);
            Assert.Throws<InvalidDataException>(() => files.ReadTransactions(file));
        }
    }
}
