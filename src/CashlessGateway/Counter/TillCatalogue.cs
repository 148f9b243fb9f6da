using CashlessGateway.Storage;

namespace CashlessGateway.Counter;

/// <summary>An account on which a till books a sum that has no fee of its own.</summary>
public sealed record AccountChoice(string Code, string Title);

/// <summary>What a till offers to choose from.</summary>
public static class TillCatalogue
{
    /// <summary>Taxes and other determined revenue come with their own slips; only what belongs to the year of its receipt is taken freely.</summary>
    private static readonly Sql FreeAccounts = new("""
        select code, title
        from revenue_account
        where municipality = @municipality and year_rule = 'receipt'
        order by code
        """);

    public static async Task<IReadOnlyList<AccountChoice>> Accounts(Reader reader, string municipality) =>
        (await reader.All<AccountRow>(FreeAccounts, new { municipality })).ConvertAll(static row => new AccountChoice(row.Code, row.Title));

    private sealed class AccountRow
    {
        public string Code { get; init; } = "";
        public string Title { get; init; } = "";
    }
}
