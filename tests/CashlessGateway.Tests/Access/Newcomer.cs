using CashlessGateway.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Access.Staff;

namespace CashlessGateway.Tests.Access;

/// <summary>Somebody new, as an administrator makes them: a person, and a password that only opens the first sign-in.</summary>
public static class Newcomer
{
    public static StaffMember Administrator(string municipality = "072036") => new(municipality, "00000000000000000000000009", "s", "管理", StaffRights.Of([new RoleGrant("g", "00000000000000000000000009", Role.Admin, null, CashlessGateway.Money.BusinessDate.Of(2020, 1, 1), null)], CashlessGateway.Money.BusinessDate.Of(2026, 11, 21)));

    public static async Task<(Person Person, string Password)> Add(IServiceProvider services, string municipality, string login, string name)
    {
        var people = (People)services.GetService(typeof(People))!;
        var id = Assert.IsType<CashlessGateway.Web.Result<string>.Ok>(await people.Add(Administrator(municipality), new NewPerson(login, name, null))).Value;
        var person = (await ((PersonStore)services.GetService(typeof(PersonStore))!).Find(municipality, id))!;
        var (password, problem) = await ((StaffAccounts)services.GetService(typeof(StaffAccounts))!).Reset(person, "system:test", default);
        Assert.Null(problem);
        return (person, password!);
    }
}
