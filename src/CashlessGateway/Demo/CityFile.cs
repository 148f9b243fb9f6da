using CashlessGateway.Codes;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Demo;

/// <summary>city.json: the city, how its slips name a bill, its bank accounts.</summary>
public sealed record CityFile(string Code, string Name, IReadOnlyList<CityFile.Issuer> Issuers, IReadOnlyList<BankAccount> BankAccounts)
{
    private const string FileName = "city.json";

    /// <summary>全国地方公共団体コード, its check digit included.</summary>
    private const int CodeLength = 6;

    public sealed record Issuer(string Company, int KeyOffset, int KeyLength, bool ReissueBelongsToKey, IReadOnlyList<IssuerField>? Fields = null);

    public sealed record IssuerField(string Name, int Offset, int Length);

    public static CityFile Read(DemoFolder folder)
    {
        var city = folder.Json<CityFile>(FileName);
        if (city.Code.Length != CodeLength || !city.Code.All(char.IsAsciiDigit)) throw Wrong($"code is '{city.Code}', not {CodeLength} digits.");
        if (Twice(city.Issuers.Select(issuer => issuer.Company)) is { } company) throw Wrong($"the issuer {company} is there twice.");
        if (Twice(city.BankAccounts.Select(account => account.Code)) is { } account) throw Wrong($"the bank account {account} is there twice.");
        return city;
    }

    public List<SlipLayout> Layouts()
    {
        try
        {
            return [.. Issuers.Select(issuer => Layout(issuer))];
        }
        catch (ArgumentException error)
        {
            throw new StartupException($"{FileName}: {error.Message}", error);
        }
    }

    private static SlipLayout Layout(Issuer issuer) => new(issuer.Company, issuer.KeyOffset, issuer.KeyLength, issuer.ReissueBelongsToKey)
    {
        Fields = [.. (issuer.Fields ?? []).Select(field => new SlipField(field.Name, field.Offset, field.Length))],
    };

    private static StartupException Wrong(string sentence) => new($"{FileName}: {sentence}");

    private static string? Twice(IEnumerable<string> codes) => codes.CountBy(code => code, StringComparer.Ordinal).FirstOrDefault(code => code.Value > 1).Key;
}
