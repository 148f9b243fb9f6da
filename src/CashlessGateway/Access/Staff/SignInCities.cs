using CashlessGateway.Storage;

namespace CashlessGateway.Access.Staff;

/// <summary>Which city a sign-in page belongs to: the one in its address, else the only one there is.</summary>
public sealed class SignInCities(Database database)
{
    private static readonly Sql List = new("select code, name from municipality order by code");

    public Task<List<SignInCity>> All(CancellationToken cancellation) => database.All<SignInCity>(List, cancellation: cancellation);

    public async Task<SignInCity?> Of(string? code, CancellationToken cancellation)
    {
        var all = await All(cancellation);
        return code is null ? (all is [var only] ? only : null) : all.Find(city => city.Code == code);
    }
}

public sealed record SignInCity
{
    public string Code { get; init; } = "";
    public string Name { get; init; } = "";
}
