using CashlessGateway.Access;
using CashlessGateway.Access.Roles;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Routing;
using CashlessGateway.Storage;

namespace CashlessGateway.Demo;

/// <summary>
/// Loads 見本市 into the database, once. The city goes in as one unit, the bills one by one, so a kill in the middle leaves
/// either no city or a city whose missing bills the next start adds.
/// </summary>
/// <param name="createBill">Makes a receivable of one bill.</param>
public sealed class DemoCity(Database database, Clock clock, Ids ids, ApiClients clients, Settings settings, Func<BillToLoad, CancellationToken, Task> createBill)
{
    private static readonly Sql ReferenceExists = new("select 1 from receivable where municipality = @municipality and reference = @reference");

    private readonly DemoKeyFile _keyFile = new(settings.Directory);

    /// <exception cref="StartupException">A file is wrong; nothing was written.</exception>
    public async Task<DemoKeys> EnsureLoaded(string folder, CancellationToken cancellation)
    {
        var files = DemoCityFiles.Read(folder);
        await EnsureCity(files, cancellation);
        var keys = await EnsureKeys(files.Municipality, cancellation);
        await EnsureBills(files, cancellation);
        return keys;
    }

    private async Task EnsureCity(DemoCityFiles files, CancellationToken cancellation)
    {
        var city = new { municipality = files.Municipality };
        if (await database.Read(reader => reader.Exists(PlaceImport.MunicipalityExists, city), cancellation)) return;
        var (now, appointments) = (clock.Now(), files.Operators.Select(_ => ids.Next()).ToList());
        var designations = files.Designations.Select(designation => designation with { Id = ids.Next() }).ToList();
        var written = await database.Write(unit => AddCity(unit, files, appointments, designations, files.Devices, now), ReadBack.ByRow(PlaceImport.MunicipalityExists, city), cancellation);
        // Another node that starts at the same moment has loaded the very same city.
        if (written is Written<bool>.Taken { Index: not PlaceImport.MunicipalityIndex } taken)
            throw new InvalidOperationException($"The demo city was to be loaded into an empty place, and {taken.Index} is held.");
    }

    private static async Task<bool> AddCity(Unit unit, DemoCityFiles files, IReadOnlyList<string> appointments, IReadOnlyList<Designation> designations, IReadOnlyList<DemoDevice> devices, Instant now)
    {
        var municipality = files.Municipality;
        await PlaceImport.AddMunicipality(unit, municipality, files.Name, now);
        await PlaceImport.AddPlaces(unit, files.Places);
        await PlaceImport.AddTerminals(unit, municipality, files.Terminals, now);
        await PlaceImport.AddOperators(unit, municipality, files.Operators, appointments, now);
        await PlaceImport.AddBankAccounts(unit, municipality, files.BankAccounts);
        await FeeImport.AddAccounts(unit, municipality, files.Accounts);
        await FeeImport.AddFees(unit, municipality, files.Fees, files.Prices, now);
        await FeeImport.AddGrounds(unit, municipality, files.Grounds, now);
        await FeeImport.AddFavourites(unit, municipality, files.Favourites);
        await FeeImport.AddIssuers(unit, municipality, files.Issuers);
        foreach (var device in devices) await DeviceStore.Set(unit, municipality, new TerminalDevice { Terminal = device.Terminal, Provider = device.Provider, Device = device.Device, ChangedAt = now, ChangedBy = "import" });
        foreach (var designation in designations) await RoutingStore.Add(unit, municipality, designation, "import", now);
        return true;
    }

    /// <summary>The file may be lost, or be of a database that was thrown away: then its keys open nothing, and new ones are made.</summary>
    private async Task<DemoKeys> EnsureKeys(string municipality, CancellationToken cancellation)
    {
        if (_keyFile.Read() is var (till, approver) && await IsTaken(till, municipality, cancellation) && await IsTaken(approver, municipality, cancellation))
            return new DemoKeys(till.Text, approver.Text);
        var keys = new DemoKeys(
            await NewKey(municipality, "デモ レジ", Scopes.AllButApproval, Office.Executive),
            await NewKey(municipality, "デモ 承認者", Scopes.Approver, Office.Treasury));
        _keyFile.Write(keys);
        return keys;
    }

    private async Task<bool> IsTaken(ApiKey key, string municipality, CancellationToken cancellation) =>
        await clients.Identify(key, cancellation) is KeyAnswer.Known { Caller: var caller } && caller.Municipality == municipality;

    private async Task<string> NewKey(string municipality, string name, IReadOnlyList<string> scopes, Office office) =>
        (await clients.Create(municipality, ids.Next(), name, settings.KeyEnvironment, scopes, settings.RequestsPerMinutePerClient, office: office)).Text;

    private async Task EnsureBills(DemoCityFiles files, CancellationToken cancellation)
    {
        foreach (var bill in files.Bills)
        {
            var reference = new { municipality = bill.Municipality, reference = bill.Reference };
            if (!await database.Read(reader => reader.Exists(ReferenceExists, reference), cancellation))
                await createBill(bill, cancellation);
        }
    }
}
