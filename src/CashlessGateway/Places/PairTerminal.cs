using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Providers;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>Makes a terminal known to a contract: by the code that one of the two shows, or by a name that is known already.</summary>
public sealed class PairTerminal(Database database, Clock clock, Ids ids, AuditTrail trail, PlaceStore places, ProviderInstances instances)
{
    /// <summary>Longer ones are no device's name.</summary>
    public const int LongestDevice = 100;

    public Task<List<TerminalDevice>> All(string municipality, CancellationToken cancellation) => database.Read(reader => DeviceStore.All(reader, municipality), cancellation);

    public IEnumerable<ProviderInstance> Pairing => instances.All.Where(static instance => instance.Provider is IPairsDevices).OrderBy(static instance => instance.Name, StringComparer.Ordinal);

    /// <param name="shownCode">What the terminal shows, where the provider wants it that way round.</param>
    public async Task<Problem?> Begin(StaffMember by, string terminal, string provider, string? shownCode, CancellationToken cancellation)
    {
        if (!(await Of(by, terminal, provider, cancellation)).IsOk(out var found, out var problem)) return problem;
        var order = new PairingOrder($"pair_{ids.Next()}", $"{found.Terminal.Place} {found.Terminal.Code}") { ShownCode = shownCode };
        return await Write(by, found, null, await Ask(found.Instance, token => found.Pairs.Pair(order, token), cancellation));
    }

    /// <summary>Has the code been typed in meanwhile?</summary>
    public async Task<Problem?> Look(StaffMember by, string terminal, string provider, CancellationToken cancellation)
    {
        if (!(await Of(by, terminal, provider, cancellation)).IsOk(out var found, out var problem)) return problem;
        var known = (await All(by.Municipality, cancellation)).FirstOrDefault(device => device.Terminal == terminal && device.Provider == provider);
        if (known is not { Pairing: { } pairing }) return Problem.Missing(new Words("この端末の登録は始まっていません。", "No pairing of this terminal is under way."));
        return await Write(by, found, known, await Ask(found.Instance, token => found.Pairs.LookUpPairing(pairing, token), cancellation));
    }

    /// <summary>A device that was paired elsewhere, by its name.</summary>
    public async Task<Problem?> Name(StaffMember by, string terminal, string provider, string device, CancellationToken cancellation) =>
        (await Of(by, terminal, provider, cancellation)).IsOk(out var found, out var problem) ? await Keep(by, found, new TerminalDevice { Device = device }) : problem;

    private sealed record Found(Terminal Terminal, ProviderInstance Instance, IPairsDevices Pairs);

    private async Task<Result<Found>> Of(StaffMember by, string terminal, string provider, CancellationToken cancellation)
    {
        var known = (await places.Terminals(by.Municipality, cancellation)).FirstOrDefault(each => each.Code == terminal);
        if (known is null || !by.May(Right.ManagePlaces, known.Place)) return Problem.Missing(new Words("この端末はありません。", "There is no such terminal."));
        return instances.Find(provider) is { Provider: IPairsDevices pairs } instance
            ? new Found(known, instance, pairs)
            : Problem.At(Errors.Invalid, "?provider", "unknown-contract", new Words("この契約では端末を登録しません。", "This contract has no terminals."));
    }

    private async Task<Problem?> Write(StaffMember by, Found found, TerminalDevice? before, PairingAnswer answer) => answer switch
    {
        PairingAnswer.Paired(var device) => await Keep(by, found, new TerminalDevice { Device = device }),
        PairingAnswer.EnterOnDevice(var pairing, var code, var until) when before?.Pairing != pairing => await Keep(by, found, new TerminalDevice { Device = before?.Device, Pairing = pairing, PairingCode = code, PairingUntil = Instant.From(until) }),
        PairingAnswer.EnterOnDevice => new Problem(Errors.VersionChanged, new Words("端末にコードがまだ入力されていません。", "The code has not been typed in at the terminal yet.")),
        PairingAnswer.NeedsShownCode => Problem.At(Errors.Invalid, "?shownCode", "missing", new Words("端末に表示されているコードを入れてください。", "Enter the code that the terminal shows.")),
        PairingAnswer.Expired => new Problem(Errors.VersionChanged, new Words("時間切れです。もう一度始めてください。", "Its time is over: begin again.")),
        PairingAnswer.Refused => Problem.At(Errors.Invalid, "?shownCode", "refused", new Words("事業者が登録を断りました。コードを確かめてください。", "The provider refused it: check the code.")),
        PairingAnswer.Unknown => new Problem(Errors.ProviderUnavailable, new Words("事業者に確かめられませんでした。少し待ってください。", "The provider could not be asked: wait a moment.")),
        _ => throw new InvalidOperationException("PairingAnswer is a closed set."),
    };

    private async Task<Problem?> Keep(StaffMember by, Found found, TerminalDevice device)
    {
        var now = clock.Now();
        var whole = device with { Terminal = found.Terminal.Code, Provider = found.Instance.Name, ChangedAt = now, ChangedBy = by.Principal };
        var said = trail.Prepare(by.Did(AuditActions.TerminalPaired, $"terminal:{found.Terminal.Code}", found.Terminal.Place) with { After = Pairs.Of(("provider", found.Instance.Name), ("device", device.Device), ("state", device.Device is null ? "begun" : "paired")) });
        var written = await database.Write(async unit =>
        {
            await DeviceStore.Set(unit, by.Municipality, whole);
            await said(unit);
            return true;
        }, ReadBack.SafeToRepeat);
        return written is Written<bool>.Taken { Index: DeviceStore.DeviceIndex }
            ? Problem.At(Errors.CodeInUse, "?device", "in-use", new Words("この装置はほかの端末として登録されています。", "The device is paired as another terminal."))
            : null;
    }

    /// <summary>A call within its time; what goes wrong in an adapter is "unknown".</summary>
    private static async Task<PairingAnswer> Ask(ProviderInstance instance, Func<CancellationToken, Task<PairingAnswer>> call, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(instance.Abilities.CallLimit);
        try
        {
            return await call(limit.Token);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return new PairingAnswer.Unknown(error.GetType().Name);
        }
    }
}
