using CashlessGateway.Money;
using CashlessGateway.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace CashlessGateway.Audit;

/// <summary>
/// Settings live in files and in the environment, where nobody is asked who changed them. Each start compares them with those of the
/// start before, and writes down what differs: what is secret without its value.
/// </summary>
public sealed class SettingsSeen(Database database, Clock clock, AuditTrail trail, IDataProtectionProvider protection)
{
    /// <summary>The parts of the configuration that are the gateway's own. The rest of an environment is nobody's business.</summary>
    private static readonly string[] Sections =
        ["Alarms", "Audit", "Backup", "Brands", "Codes", "FourEyes", "Hosts", "Jobs", "Journal", "Limits", "Payments", "Plugins", "Providers", "PublicUrl", "Routing", "Sandbox", "Secrets", "Staff", "Storage", "Webhooks"];

    /// <summary>What a plug-in calls its secrets is its author's choice: of a contract only these are shown.</summary>
    private static readonly string[] ShownOfContract = ["Type", "BaseUrl"];

    /// <summary>Longer ones are told by their length.</summary>
    private const int LongestShown = 200;

    private static readonly Sql List = new("select name, text, is_secret from setting_seen where municipality = @municipality");

    private static readonly Sql Forget = new("delete from setting_seen where municipality = @municipality and name = @name");

    private static readonly Sql Insert = new("""
        insert into setting_seen (municipality, name, text, is_secret, seen_at)
        values (@municipality, @name, @text, @isSecret, @now)
        """);

    private static readonly Sql Exists = new("select 1 from setting_seen where municipality = @municipality");

    private readonly IDataProtector _protector = protection.CreateProtector("settings-seen");

    /// <returns>How many had changed since the start before.</returns>
    public async Task<int> Compare(IConfiguration configuration, CancellationToken cancellation)
    {
        var now = Own(configuration);
        var changed = 0;
        foreach (var municipality in await database.All<string>(Places.PlaceStore.Municipalities, new { }, cancellation)) changed += await Compare(municipality, now);
        return changed;
    }

    private async Task<int> Compare(string municipality, IReadOnlyDictionary<string, string> now)
    {
        var before = (await database.All<Row>(List, new { municipality })).ToDictionary(static row => row.Name, Open, StringComparer.OrdinalIgnoreCase);
        var first = !await database.Read(reader => reader.Exists(Exists, new { municipality }));
        var differing = now.Keys.Union(before.Keys, StringComparer.OrdinalIgnoreCase).Where(name => now.GetValueOrDefault(name) != before.GetValueOrDefault(name)).Order(StringComparer.Ordinal).ToList();
        // The first start has nothing to compare with.
        var said = first ? [] : differing.ConvertAll(name => trail.Prepare(Said(municipality, name, before.GetValueOrDefault(name), now.GetValueOrDefault(name))));
        var at = clock.Now();
        await database.WriteSurely(async unit =>
        {
            foreach (var name in differing)
            {
                await unit.Execute(Forget, new { municipality, name });
                if (now.TryGetValue(name, out var value)) await unit.Execute(Insert, new { municipality, name, text = IsSecret(name) ? _protector.Protect(value) : value, isSecret = IsSecret(name) ? 1L : 0L, now = at });
            }

            foreach (var write in said) await write(unit);
            return true;
        }, ReadBack.SafeToRepeat);
        return said.Count;
    }

    private static AuditEvent Said(string municipality, string name, string? before, string? after) => new(municipality, Actors.System("start"), AuditActions.SettingChanged, AuditOutcome.Done, $"setting:{name}")
    {
        Before = Pairs.Of(("value", Shown(name, before))),
        After = Pairs.Of(("value", Shown(name, after))),
        Facts = Pairs.Of(("machine", Environment.MachineName)),
    };

    private static string? Shown(string name, string? value) =>
        value is null ? null : IsSecret(name) ? Secrets.Masked : value.Length > LongestShown ? $"({value.Length})" : value;

    /// <summary>Whoever lost the keys cannot read the old value: then it counts as another one.</summary>
    private string Open(Row row)
    {
        if (row.IsSecret == 0) return row.Text;
        try
        {
            return _protector.Unprotect(row.Text);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return "";
        }
    }

    private static Dictionary<string, string> Own(IConfiguration configuration) => configuration.AsEnumerable()
        .Where(static pair => pair.Value is { Length: > 0 } && Sections.Contains(pair.Key.Split(':')[0], StringComparer.OrdinalIgnoreCase))
        .ToDictionary(static pair => pair.Key, static pair => pair.Value!, StringComparer.OrdinalIgnoreCase);

    internal static bool IsSecret(string name) => name.Split(':') switch
    {
        ["Providers", _, var setting, ..] => !ShownOfContract.Contains(setting, StringComparer.OrdinalIgnoreCase),
        [_, .., "ConnectionString"] => true,
        var parts => Secrets.IsSecretName(parts[^1]),
    };

    private sealed class Row
    {
        public string Name { get; init; } = "";
        public string Text { get; init; } = "";
        public long IsSecret { get; init; }
    }
}
