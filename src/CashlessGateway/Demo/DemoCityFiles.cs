using CashlessGateway.Codes;
using CashlessGateway.Fees;
using CashlessGateway.Places;
using CashlessGateway.Routing;

namespace CashlessGateway.Demo;

/// <summary>All files of the demo city, read and checked against each other before anything is written.</summary>
public sealed record DemoCityFiles
{
    public required string Municipality { get; init; }
    public required string Name { get; init; }
    public required IReadOnlyList<SlipLayout> Issuers { get; init; }
    public required IReadOnlyList<BankAccount> BankAccounts { get; init; }
    public required IReadOnlyList<NewAccount> Accounts { get; init; }
    public required IReadOnlyList<NewPlace> Places { get; init; }
    public required IReadOnlyList<Terminal> Terminals { get; init; }
    public required IReadOnlyList<Operator> Operators { get; init; }
    public required IReadOnlyList<NewFee> Fees { get; init; }
    public required IReadOnlyList<NewPrice> Prices { get; init; }
    public required IReadOnlyList<Ground> Grounds { get; init; }
    public required IReadOnlyList<NewFavourites> Favourites { get; init; }
    public required IReadOnlyList<DemoDevice> Devices { get; init; }
    public required IReadOnlyList<Designation> Designations { get; init; }
    public required IReadOnlyList<BillToLoad> Bills { get; init; }

    /// <summary>Places before accounts, since an account may name a designated manager.</summary>
    /// <exception cref="Storage.StartupException">The first thing that is wrong, with its file and line.</exception>
    public static DemoCityFiles Read(string path)
    {
        var folder = new DemoFolder(path);
        var city = CityFile.Read(folder);
        var issuers = city.Layouts();
        var places = PlaceFiles.Places(folder, city.Code);
        var placeCodes = places.Select(place => place.Place.Code).ToHashSet(StringComparer.Ordinal);
        var accounts = FeeFiles.Accounts(folder, places);
        var fees = FeeFiles.Fees(folder, accounts.Select(account => account.Code).ToHashSet(StringComparer.Ordinal), placeCodes);
        var feeCodes = fees.Select(fee => fee.Code).ToHashSet(StringComparer.Ordinal);
        return new DemoCityFiles
        {
            Municipality = city.Code,
            Name = city.Name,
            Issuers = issuers,
            BankAccounts = city.BankAccounts,
            Accounts = accounts,
            Places = places,
            Terminals = PlaceFiles.Terminals(folder, placeCodes),
            Operators = PlaceFiles.Operators(folder, placeCodes),
            Fees = fees,
            Prices = FeeFiles.Prices(folder, feeCodes),
            Grounds = FeeFiles.Grounds(folder, feeCodes),
            Favourites = FeeFiles.Favourites(folder, placeCodes, feeCodes),
            Devices = DemoProviders.Devices(path),
            Designations = DesignationFile.Read(folder, accounts.Select(account => account.Code).ToHashSet(StringComparer.Ordinal)),
            Bills = new BillFile(city.Code, placeCodes, accounts, issuers).Read(folder),
        };
    }
}
