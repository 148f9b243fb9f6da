using CashlessGateway.Storage;

namespace CashlessGateway.Tests;

public sealed class OwnEnvironmentTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.PostgreSql)]
    public async Task A_database_of_one_environment_is_not_opened_by_another(Engine engine)
    {
        await using var city = await City.Open(engine);
        await OwnEnvironment.Claim(city.Gateway.Database, "Development");
        var error = await Assert.ThrowsAsync<StartupException>(() => OwnEnvironment.Claim(city.Gateway.Database, "Production"));
        Assert.Contains("belongs to the environment Development", error.Message, StringComparison.Ordinal);
    }
}
