using CashlessGateway.Access.FourEyes;
using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Access.Clients;

/// <summary>What a person fills in about a client.</summary>
/// <param name="Places">Null for all.</param>
/// <param name="IpRanges">As <see cref="AddressRanges"/> writes them; null for any address.</param>
public sealed record ClientForm(string Name, string? Description, IReadOnlyList<string>? Places, int RatePerMinute, string? IpRanges)
{
    /// <summary>命令機関 or 出納機関. Not changed afterwards, like places and scopes.</summary>
    public Office Office { get; init; } = Office.Executive;
}

public sealed record KeyForm(string? Name, IReadOnlyList<string> Scopes, BusinessDate? LastDay);

/// <summary>A key that was asked for, and the one moment at which its secret is seen.</summary>
public sealed record AskedKey(string Proposal, string Client, string KeyId, string Secret)
{
    /// <summary>Never the secret.</summary>
    public override string ToString() => KeyId;
}

/// <summary>Clients and keys, by people: made by two, taken away by one.</summary>
public sealed class ManageApiClients(Database database, Clock clock, Ids ids, Settings settings, ApiClients known, Proposals proposals, AuditTrail trail)
{
    /// <summary>A vendor needs a week to roll a new key out.</summary>
    public const int UsualOverlapDays = 7;

    public const int MostOverlapDays = 90;

    /// <summary>As the setting for all clients.</summary>
    public const int MostRatePerMinute = 10_000_000;

    public Task<List<ClientRow>> Clients(string municipality, CancellationToken cancellation) => database.Read(reader => ClientStore.Clients(reader, municipality), cancellation);

    public Task<List<KeyRow>> Keys(string municipality, CancellationToken cancellation) => database.Read(reader => ClientStore.Keys(reader, municipality), cancellation);

    public Task<(ClientRow Client, List<KeyRow> Keys)?> Find(StaffMember by, string id, Right right, CancellationToken cancellation = default) =>
        database.Read<(ClientRow, List<KeyRow>)?>(async reader => await ClientStore.Client(reader, by.Municipality, id) is { } client && client.MayBeManagedBy(by, right)
            ? (client, await ClientStore.KeysOf(reader, by.Municipality, id))
            : null, cancellation);

    public async Task<Result<AskedKey>> Create(StaffMember by, ClientForm form, KeyForm wanted)
    {
        if (await Wrong(by, form) is { } problem) return problem;
        var client = ids.Next();
        return await Ask(by, new KeyOrder(client, form.Name, form, null!, null, 0), form.Places, wanted);
    }

    public async Task<Result<AskedKey>> AddKey(StaffMember by, string client, KeyForm wanted) => await Find(by, client, Right.ManageClients) is var (found, _)
        ? found.DisabledAt is null ? await Ask(by, new KeyOrder(client, found.Name, null, null!, null, 0), found.PlaceList, wanted) : Disabled()
        : Missing();

    /// <summary>A new key with the same scopes; the old one lives on for some days from the approval, so that both work while a system changes over.</summary>
    public async Task<Result<AskedKey>> Rotate(StaffMember by, string client, string key, int overlapDays, BusinessDate? lastDay)
    {
        if (await Find(by, client, Right.ManageClients) is not var (found, keys) || keys.FirstOrDefault(row => row.Id == key) is not { } old) return Missing();
        if (found.DisabledAt is not null) return Disabled();
        if (!old.IsOpenAt(clock.Now())) return new Problem(Errors.KeyExpired, new Words("この鍵はもう使えません。新しい鍵を発行してください。", "This key has ended: ask for a new one."));
        return await Ask(by, new KeyOrder(client, found.Name, null, null!, key, overlapDays), found.PlaceList, new KeyForm(old.Name, old.Scopes.Split(' '), lastDay));
    }

    public async Task<Problem?> Change(StaffMember by, string client, ClientForm form)
    {
        if (await Find(by, client, Right.ManageClients) is not var (found, keys)) return Missing();
        var said = trail.Prepare(by.Did(AuditActions.ApiClientChanged, $"client:{client}") with { Before = Said(found), After = Said(form) });
        var problem = await database.WriteSurely<Problem?>(async unit =>
        {
            if (!await ClientStore.Change(unit, by.Municipality, client, form)) return unit.Abandon<Problem?>(Disabled());
            await said(unit);
            return null;
        }, ReadBack.SafeToRepeat);
        known.Forget(keys.Select(static key => key.Id));
        return problem;
    }

    /// <summary>All its keys open nothing from now on.</summary>
    public async Task<Problem?> Disable(StaffMember by, string client)
    {
        if (await Find(by, client, Right.ManageClients) is not var (_, keys)) return Missing();
        var now = clock.Now();
        var said = trail.Prepare(by.Did(AuditActions.ApiClientChanged, $"client:{client}") with { After = Pairs.Of(("disabled", "true")) });
        await database.WriteSurely(async unit =>
        {
            if (await ClientStore.Disable(unit, by.Municipality, client, by.Principal, now)) await said(unit);
            return true;
        }, ReadBack.SafeToRepeat);
        known.Forget(keys.Select(static key => key.Id));
        return null;
    }

    /// <summary>At once here, and within a second on every other node.</summary>
    public async Task<Problem?> Revoke(StaffMember by, string client, string key)
    {
        if (await Find(by, client, Right.ManageClients) is not var (_, keys) || keys.All(row => row.Id != key)) return Missing();
        var now = clock.Now();
        var said = trail.Prepare(by.Did(AuditActions.ApiKeyRevoked, $"key:{key}") with { After = Pairs.Of(("client", client)) });
        await database.WriteSurely(async unit =>
        {
            if (await ClientStore.Revoke(unit, by.Municipality, client, key, by.Principal, now)) await said(unit);
            return true;
        }, ReadBack.SafeToRepeat);
        known.Forget([key]);
        return null;
    }

    private async Task<Result<AskedKey>> Ask(StaffMember by, KeyOrder order, IReadOnlyList<string>? places, KeyForm wanted)
    {
        if (wanted.LastDay is { } last && last < clock.Today()) return Problem.At(Errors.Invalid, "?lastDay", "out-of-range", new Words("有効期限はきょう以後の日にしてください。", "The last day must be today or later."));
        if (places is null ? !by.May(Right.ManageClients, null) : places.Any(place => !by.May(Right.ManageClients, place))) return new Problem(Errors.PlaceNotAllowed, new Words("この収納場所の鍵を扱うことはできません。", "You cannot deal with keys of this place."));
        var key = ApiKey.New(settings.KeyEnvironment);
        var whole = order with { Key = new KeyToMake(key.Id, key.Environment, Convert.ToHexString(key.SecretHash), wanted.Scopes, wanted.Name, wanted.LastDay?.AddDays(1).Begins) };
        // A key of one place may be approved by whoever approves there; a key of several takes somebody who approves everywhere.
        var proposed = await proposals.Propose(by, ApiKeyProposal.Name, new Proposing(order.Client, places is [var only] ? only : null, null, ApiKeyProposal.Write(whole)));
        return proposed.Then<AskedKey>(proposal => new AskedKey(proposal.Id, order.Client, key.Id, key.Text));
    }

    private async Task<Problem?> Wrong(StaffMember by, ClientForm form)
    {
        foreach (var place in form.Places ?? [])
            if (await database.Read(reader => PlaceStore.Find(reader, by.Municipality, place)) is null)
                return Problem.At(Errors.UnknownPlace, "?places", "unknown-place", new Words($"収納場所 {place} はありません。", $"There is no place {place}."));
        return null;
    }

    private static IReadOnlyDictionary<string, string?> Said(ClientRow row) => Pairs.Of(("name", row.Name), ("ratePerMinute", Text(row.RatePerMinute)), ("ipRanges", row.IpRanges));

    private static IReadOnlyDictionary<string, string?> Said(ClientForm form) => Pairs.Of(("name", form.Name), ("ratePerMinute", Text(form.RatePerMinute)), ("ipRanges", form.IpRanges));

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static Problem Missing() => Problem.Missing(new Words("このクライアントまたは鍵はありません。", "There is no such client or key."));

    private static Problem Disabled() => new(Errors.VersionChanged, new Words("このクライアントは停止されています。", "The client is disabled."));
}
