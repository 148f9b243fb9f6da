using CashlessGateway.Access.Roles;
using CashlessGateway.Audit;
using CashlessGateway.Fees;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Routing;

/// <summary>What a person fills in about a designation.</summary>
public sealed record DesignationForm(string Provider, DesignationKind Kind, string Account, string NoticeNumber, BusinessDate NoticeDate, BusinessDate ValidFrom, BusinessDate? ValidTo);

public sealed record StopForm(string? Provider, PaymentMethod? Method, string? Place, string Reason);

public sealed record WindowForm(string Provider, Instant BeginsAt, Instant EndsAt, string Words);

/// <summary>Designations, stop switches, announced maintenance and the ways to pay of a place, by people. Each is in the trail, in the unit of the change.</summary>
public sealed class ManageRouting(Database database, Clock clock, Ids ids, AuditTrail trail, KnownRouting known, KnownPlaces places, ProviderInstances instances)
{
    /// <summary>An announcement of longer than this is a contract that ended.</summary>
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(14);

    private static readonly Words NotThere = new("見つかりません。もう終わっているのかもしれません。", "It is not there; it may be over already.");

    public async Task<Problem?> Stop(StaffMember by, StopForm form)
    {
        // What holds for every place needs a right for all of them.
        if (!by.May(Right.StopPayments, form.Place)) return new Problem(Errors.PlaceNotAllowed, new Words("この範囲の支払いを止めることはできません。", "You cannot stop payments there."));
        if (form.Provider is null && form.Method is null && form.Place is null) return Problem.At(Errors.Invalid, "?provider", "missing", new Words("契約・方法・収納場所のどれかを選んでください。", "Choose a contract, a method or a place."));
        if (form.Place is { } place && await database.Read(reader => PlaceStore.Find(reader, by.Municipality, place)) is null) return PlaceProblems.NotFound();
        if (form.Provider is { } provider && instances.Find(provider) is null) return UnknownContract();
        var stop = new StopSwitch(ids.Next(), form.Provider, form.Method, form.Place, form.Reason, clock.Now(), by.Principal);
        var said = trail.Prepare(by.Did(AuditActions.PaymentsStopped, $"stop:{stop.Id}", form.Place) with
        {
            After = Pairs.Of(("provider", form.Provider), ("method", form.Method is { } method ? Names.Of(method) : null), ("place", form.Place), ("reason", form.Reason)),
        });
        await Write(by, RoutingStore.StopExists, stop.Id, async unit => { await RoutingStore.Add(unit, by.Municipality, stop); await said(unit); return true; });
        return null;
    }

    public async Task<Problem?> Lift(StaffMember by, string id)
    {
        if ((await known.Of(by.Municipality)).Stops.FirstOrDefault(stop => stop.Id == id) is not { } stop || !by.May(Right.StopPayments, stop.Place)) return Problem.Missing(NotThere);
        var (now, said) = (clock.Now(), trail.Prepare(by.Did(AuditActions.PaymentsResumed, $"stop:{id}", stop.Place)));
        return await Once(by, said, unit => RoutingStore.Lift(unit, by.Municipality, id, by.Principal, now));
    }

    public async Task<Problem?> Announce(StaffMember by, WindowForm form)
    {
        if (!by.May(Right.StopPayments, null)) return new Problem(Errors.PlaceNotAllowed, new Words("契約全体のことは、すべての収納場所を扱う人が登録します。", "It concerns every place: somebody with a right for all of them enters it."));
        if (instances.Find(form.Provider) is null) return UnknownContract();
        if (form.EndsAt <= form.BeginsAt || form.EndsAt <= clock.Now() || form.EndsAt - form.BeginsAt > LongestWindow)
            return Problem.At(Errors.Invalid, "?endsAt", "out-of-range", new Words($"終わりは始まりとこの時刻より後、始まりから{LongestWindow.Days}日以内にしてください。", $"The end must lie after the beginning and now, and within {LongestWindow.Days} days."));
        var window = new MaintenanceWindow(ids.Next(), form.Provider, form.BeginsAt, form.EndsAt, form.Words);
        var said = trail.Prepare(by.Did(AuditActions.MaintenanceAnnounced, $"maintenance:{window.Id}") with { After = Pairs.Of(("provider", form.Provider), ("from", form.BeginsAt.ToString()), ("until", form.EndsAt.ToString()), ("words", form.Words)) });
        await Write(by, RoutingStore.WindowExists, window.Id, async unit => { await RoutingStore.Add(unit, by.Municipality, window, by.Principal, clock.Now()); await said(unit); return true; });
        return null;
    }

    public async Task<Problem?> Withdraw(StaffMember by, string id)
    {
        if (!by.May(Right.StopPayments, null)) return Problem.Missing(NotThere);
        var (now, said) = (clock.Now(), trail.Prepare(by.Did(AuditActions.MaintenanceWithdrawn, $"maintenance:{id}")));
        return await Once(by, said, unit => RoutingStore.Withdraw(unit, by.Municipality, id, by.Principal, now));
    }

    public async Task<Problem?> Designate(StaffMember by, DesignationForm form)
    {
        if (!by.May(Right.ManagePlaces, null)) return new Problem(Errors.PlaceNotAllowed, new Words("指定台帳を扱えるのは、すべての収納場所を扱う管理者です。", "The register of designations is kept by an administrator of all places."));
        if (instances.Find(form.Provider) is null) return UnknownContract();
        if (form.Account != Designation.AllRevenue && await database.Read(reader => FeeStore.FindAccount(reader, by.Municipality, form.Account)) is null)
            return Problem.At(Errors.Invalid, "?account", "unknown-account", new Words($"科目 {form.Account} はありません。", $"There is no account {form.Account}."));
        if (form.ValidTo is { } end && end < form.ValidFrom) return Problem.At(Errors.Invalid, "?validTo", "out-of-range", new Words("終わりの日は始まりの日以後にしてください。", "The last day must not lie before the first."));
        var designation = new Designation(ids.Next(), form.Provider, form.Kind, form.Account, form.NoticeNumber, form.NoticeDate, form.ValidFrom, form.ValidTo);
        var said = trail.Prepare(by.Did(AuditActions.DesignationAdded, $"designation:{designation.Id}") with
        {
            After = Pairs.Of(("provider", form.Provider), ("kind", Names.Of(form.Kind)), ("account", form.Account), ("notice", form.NoticeNumber), ("noticeDate", form.NoticeDate.ToString()), ("validFrom", form.ValidFrom.ToString()), ("validTo", form.ValidTo?.ToString())),
        });
        await Write(by, RoutingStore.DesignationExists, designation.Id, async unit => { await RoutingStore.Add(unit, by.Municipality, designation, by.Principal, clock.Now()); await said(unit); return true; });
        return null;
    }

    /// <summary>The last day may be yesterday: then nothing new is taken from now on. Refunds go on.</summary>
    public async Task<Problem?> EndDesignation(StaffMember by, string id, BusinessDate lastDay)
    {
        if (!by.May(Right.ManagePlaces, null)) return Problem.Missing(NotThere);
        if (lastDay < clock.Today().AddDays(-1)) return Problem.At(Errors.Invalid, "?lastDay", "out-of-range", new Words("終わりの日はきのう以後にしてください。", "The last day must be yesterday or later."));
        var (now, said) = (clock.Now(), trail.Prepare(by.Did(AuditActions.DesignationEnded, $"designation:{id}") with { After = Pairs.Of(("lastDay", lastDay.ToString())) }));
        return await Once(by, said, unit => RoutingStore.End(unit, by.Municipality, id, lastDay, by.Principal, now));
    }

    /// <summary>In order of preference. Nothing under way changes with it.</summary>
    public async Task<Problem?> SetMethods(StaffMember by, string place, IReadOnlyList<PlaceMethod> methods)
    {
        if (!by.May(Right.ManagePlaces, place) || await database.Read(reader => PlaceStore.Find(reader, by.Municipality, place)) is null) return PlaceProblems.NotFound();
        foreach (var method in methods.Where(static method => method.Provider is not null))
        {
            if (instances.Find(method.Provider) is not { } instance) return Problem.At(Errors.Invalid, "?methods", "unknown-contract", new Words($"契約 {method.Provider} は設定されていません。", $"There is no contract {method.Provider}."));
            if (instance.Ability(Names.Of(method.Method), Names.Of(method.Presentation)) is not { } ability)
                return Problem.At(Errors.Invalid, "?methods", "not-offered", new Words($"{method.Provider} は {Names.Of(method.Method)}:{Names.Of(method.Presentation)} を扱いません。", $"{method.Provider} does not offer {Names.Of(method.Method)}:{Names.Of(method.Presentation)}."));
            if (method.Brands.FirstOrDefault(brand => !ability.Brands.Contains(brand)) is { } unknown)
                return Problem.At(Errors.Invalid, "?methods", "unknown-brand", new Words($"{method.Provider} は {unknown} を扱いません。", $"{method.Provider} does not take {unknown}."));
        }

        var before = await database.Read(reader => PlaceStore.Methods(reader, by.Municipality, place));
        var said = trail.Prepare(by.Did(AuditActions.PlaceChanged, $"place:{place}", place) with { Before = Pairs.Of(("methods", MethodText.Write(before))), After = Pairs.Of(("methods", MethodText.Write(methods))) });
        await database.WriteSurely(async unit =>
        {
            await PlaceImport.ReplaceMethods(unit, by.Municipality, place, methods);
            await said(unit);
            return true;
        }, ReadBack.SafeToRepeat);
        places.Forget(by.Municipality, place);
        return null;
    }

    private async Task Write(StaffMember by, Sql exists, string id, Func<Unit, Task<bool>> work)
    {
        await database.WriteSurely(work, ReadBack.ByRow(exists, new { municipality = by.Municipality, id }));
        known.Forget(by.Municipality);
    }

    /// <summary>What is over already is nothing to end again.</summary>
    private async Task<Problem?> Once(StaffMember by, Func<Unit, Task> said, Func<Unit, Task<bool>> work)
    {
        var problem = await database.WriteSurely<Problem?>(async unit =>
        {
            if (!await work(unit)) return unit.Abandon<Problem?>(Problem.Missing(NotThere));
            await said(unit);
            return null;
        }, ReadBack.SafeToRepeat);
        known.Forget(by.Municipality);
        return problem;
    }

    private static Problem UnknownContract() => Problem.At(Errors.Invalid, "?provider", "unknown-contract", new Words("この契約は設定されていません。", "There is no such contract."));
}
