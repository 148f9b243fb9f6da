using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Places;

/// <summary>A terminal and what a provider calls it, or how far its pairing is.</summary>
public sealed record TerminalDevice
{
    public string Terminal { get; init; } = "";
    public string Provider { get; init; } = "";
    public string? Device { get; init; }
    public string? Pairing { get; init; }
    public string? PairingCode { get; init; }
    public Instant? PairingUntil { get; init; }
    public Instant ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";
}

/// <summary>Terminals as their providers call them.</summary>
internal static class DeviceStore
{
    public const string DeviceIndex = "terminal_device_once";

    private static readonly Sql DevicesAt = new("select terminal, provider, device from terminal_device where municipality = @municipality and terminal = @terminal and device is not null");

    private static readonly Sql ListDevices = new("""
        select terminal, provider, device, pairing, pairing_code, pairing_until, changed_at, changed_by
        from terminal_device
        where municipality = @municipality
        order by terminal, provider
        """);

    private static readonly Sql Drop = new("delete from terminal_device where municipality = @municipality and terminal = @terminal and provider = @provider");

    private static readonly Sql Insert = new("""
        insert into terminal_device (municipality, terminal, provider, device, pairing, pairing_code, pairing_until, changed_at, changed_by)
        values (@municipality, @terminal, @provider, @device, @pairing, @pairingCode, @pairingUntil, @changedAt, @changedBy)
        """);

    /// <summary>By contract.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> At(Reader reader, string municipality, string terminal) =>
        (await reader.All<TerminalDevice>(DevicesAt, new { municipality, terminal })).ToDictionary(static device => device.Provider, static device => device.Device!, StringComparer.Ordinal);

    public static Task<List<TerminalDevice>> All(Reader reader, string municipality) => reader.All<TerminalDevice>(ListDevices, new { municipality });

    /// <summary>Takes the place of what was there: a terminal has one device per contract.</summary>
    public static async Task Set(Unit unit, string municipality, TerminalDevice device)
    {
        await Forget(unit, municipality, device.Terminal, device.Provider);
        await unit.Execute(Insert, new
        {
            municipality,
            terminal = device.Terminal,
            provider = device.Provider,
            device = device.Device,
            pairing = device.Pairing,
            pairingCode = device.PairingCode,
            pairingUntil = device.PairingUntil,
            changedAt = device.ChangedAt,
            changedBy = device.ChangedBy,
        });
    }

    public static Task Forget(Unit unit, string municipality, string terminal, string provider) => unit.Execute(Drop, new { municipality, terminal, provider });
}
