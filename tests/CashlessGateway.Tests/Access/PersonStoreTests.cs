using System.Security.Cryptography;
using CashlessGateway.Access;
using CashlessGateway.Access.Staff;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CashlessGateway.Tests.Access;

/// <summary>What Identity expects of a store, on each database.</summary>
public sealed class PersonStoreTests
{
    [Theory, EachEngine]
    public async Task A_person_is_found_by_id_and_by_login_in_any_writing(Engine engine)
    {
        await using var city = await City.Open(engine);
        var person = await New(city, "Tanaka.7");
        var store = city.Of<PersonStore>();
        using var scope = city.Gateway.App.Services.CreateScope();
        var manager = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        Assert.Equal("Tanaka.7", (await manager.FindByIdAsync(PersonKey.Of(person).ToString()))!.Login);
        Assert.Equal(person.Id, (await manager.FindByNameAsync($"{City.Code}/ｔａｎａｋａ．7"))!.Id);
        Assert.Equal(person.Id, (await store.ByLogin(City.Code, " TANAKA.7"))!.Id);
        Assert.Null(await store.ByLogin("131016", "Tanaka.7"));
        Assert.Null(await manager.FindByIdAsync($"131016.{person.Id}"));
        Assert.Null(await manager.FindByIdAsync("nonsense"));
    }

    [Theory, EachEngine]
    public async Task A_login_is_taken_once_in_a_city(Engine engine)
    {
        await using var city = await City.Open(engine);
        await New(city, "tanaka");
        var again = await city.Of<People>().Add(Newcomer.Administrator(), new NewPerson("ＴＡＮＡＫＡ", "別人", null));
        Assert.Equal("?login", Assert.Single(Assert.IsType<CashlessGateway.Web.Result<string>.Refused>(again).Problem.Violations!).Pointer);
    }

    [Theory, EachEngine]
    public async Task Of_two_changes_at_the_same_time_one_is_told_so(Engine engine)
    {
        await using var city = await City.Open(engine);
        var store = city.Of<PersonStore>();
        var one = await New(city, "tanaka");
        var other = (await store.Find(City.Code, one.Id))!;
        one.Name = "一";
        other.Name = "二";
        Assert.True((await store.UpdateAsync(one, default)).Succeeded);
        Assert.Equal("ConcurrencyFailure", (await store.UpdateAsync(other, default)).Errors.Single().Code);
        Assert.Equal("一", (await store.Find(City.Code, one.Id))!.Name);
        one.Name = "三";
        Assert.True((await store.UpdateAsync(one, default)).Succeeded);
    }

    [Theory, EachEngine]
    public async Task Everything_of_a_person_comes_back_as_it_was_written(Engine engine)
    {
        await using var city = await City.Open(engine);
        var store = city.Of<PersonStore>();
        var person = await New(city, "tanaka");
        await store.SetLockoutEndDateAsync(person, DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_123), default);
        await store.IncrementAccessFailedCountAsync(person, default);
        await store.SetSecurityStampAsync(person, "stamp", default);
        await store.SetTwoFactorEnabledAsync(person, true, default);
        await store.SetAuthenticatorKeyAsync(person, "ABCDEFGH", default);
        (person.Mail, person.Language) = ("田中@例え.jp", "en");
        Assert.True(await store.Save(person));
        var read = (await store.Find(City.Code, person.Id))!;
        Assert.Equal(person, read, Same);
        Assert.Equal("ABCDEFGH", await store.GetAuthenticatorKeyAsync(read, default));
        Assert.DoesNotContain("ABCDEFGH", read.AuthenticatorKey, StringComparison.Ordinal);
    }

    [Theory, EachEngine]
    public async Task A_recovery_code_is_redeemed_once_even_by_two_at_once(Engine engine)
    {
        await using var city = await City.Open(engine);
        var store = city.Of<PersonStore>();
        var person = await New(city, "tanaka");
        var codes = RecoveryCodes.New();
        await store.ReplaceCodesAsync(person, codes, default);
        Assert.Equal(10, await store.CountCodesAsync(person, default));
        var redeemed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.RedeemCodeAsync(person, codes[3], default)));
        Assert.Single(redeemed, true);
        Assert.Equal(9, await store.CountCodesAsync(person, default));
        Assert.False(await store.RedeemCodeAsync(await New(city, "suzuki"), codes[4], default));
        await store.ReplaceCodesAsync(person, RecoveryCodes.New(), default);
        Assert.False(await store.RedeemCodeAsync(person, codes[5], default));
    }

    [Theory, EachEngine]
    public async Task A_passkey_belongs_to_one_person_and_counts_only_up(Engine engine)
    {
        await using var city = await City.Open(engine);
        var store = city.Of<PersonStore>();
        var person = await New(city, "tanaka");
        var passkey = Passkey(RandomNumberGenerator.GetBytes(1_023));
        Assert.True(await store.Add(person, passkey));
        Assert.False(await store.Add(await New(city, "suzuki"), passkey));
        Assert.Equal(person.Id, (await store.FindByPasskeyIdAsync(passkey.CredentialId, default))!.Id);
        var read = (await store.GetPasskeysAsync(person, default)).Single();
        Assert.Equal([passkey.CredentialId, passkey.PublicKey, passkey.AttestationObject, passkey.ClientDataJson], [read.CredentialId, read.PublicKey, read.AttestationObject, read.ClientDataJson]);
        Assert.Equal(("電話", 5u, true, true, false), (read.Name, read.SignCount, read.IsUserVerified, read.IsBackupEligible, read.IsBackedUp));
        Assert.Equal(["internal", "hybrid"], read.Transports!);
        read.SignCount = 6;
        var used = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => store.Use(person, read)));
        Assert.Single(used, true);
        await store.RemovePasskeyAsync(person, passkey.CredentialId, default);
        Assert.Empty(await store.GetPasskeysAsync(person, default));
    }

    [Fact]
    public void Identity_finds_every_store_that_it_needs()
    {
        var store = typeof(PersonStore);
        Type[] needed = [typeof(IUserPasswordStore<Person>), typeof(IUserSecurityStampStore<Person>), typeof(IUserLockoutStore<Person>), typeof(IUserTwoFactorStore<Person>), typeof(IUserAuthenticatorKeyStore<Person>), typeof(IUserTwoFactorRecoveryCodeStore<Person>), typeof(IUserPasskeyStore<Person>)];
        Assert.All(needed, one => Assert.True(one.IsAssignableFrom(store)));
    }

    private static readonly IEqualityComparer<Person> Same = EqualityComparer<Person>.Create(
        static (a, b) => Text(a!) == Text(b!), static person => Text(person).GetHashCode(StringComparison.Ordinal));

    private static string Text(Person person) => System.Text.Json.JsonSerializer.Serialize(person);

    private static UserPasskeyInfo Passkey(byte[] id) =>
        new(id, RandomNumberGenerator.GetBytes(77), DateTimeOffset.UnixEpoch, 5, ["internal", "hybrid"], isUserVerified: true, isBackupEligible: true, isBackedUp: false, [1, 2], [3, 4]) { Name = "電話" };

    private static async Task<Person> New(City city, string login) => (await Newcomer.Add(city.Gateway.App.Services, City.Code, login, "田中")).Person;
}
