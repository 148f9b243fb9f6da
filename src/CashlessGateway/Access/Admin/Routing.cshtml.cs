using CashlessGateway.Access.Roles;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;
using Microsoft.AspNetCore.Mvc;

namespace CashlessGateway.Access.Admin;

/// <summary>/admin/routing: what is stopped, what is announced, and the register of designations (指定台帳).</summary>
[Needs(Right.SeeProposals)]
public sealed class RoutingScreen(ManageRouting routing, KnownRouting known, PlaceStore places, ProviderInstances instances, Clock clock) : AdminScreen
{
    protected override Words Name => new("支払いの停止と指定", "Stops and designations");

    public RoutingFacts Facts { get; private set; } = new([], [], []);
    public IReadOnlyList<Place> Places { get; private set; } = [];
    public BusinessDate Today { get; private set; }
    public Instant Now { get; private set; }

    public bool MayStop => Me.May(Right.StopPayments);
    public bool MayDesignate => Me.May(Right.ManagePlaces, null);

    public override Words? DoneWords => Done switch
    {
        "stopped" => new("止めました。新しい支払いはもう始まりません", "Stopped: no new payment begins"),
        "lifted" => new("再開しました", "Payments go on"),
        "announced" => new("登録しました。窓口に予告が出ます", "Registered: tills show it beforehand"),
        "withdrawn" => new("取り消しました", "Withdrawn"),
        "designated" => new("指定を登録しました", "The designation was registered"),
        "ended" => new("指定の終わりの日を記録しました", "The end was written"),
        _ => null,
    };

    public IReadOnlyList<(string Value, string Name)> Contracts(bool any) =>
        [.. any ? [("", Say("すべての契約", "all contracts"))] : Array.Empty<(string, string)>(), .. instances.All.Select(static instance => instance.Name).Order(StringComparer.Ordinal).Select(static name => (name, name))];

    public IReadOnlyList<(string Value, string Name)> Methods =>
        [("", Say("すべての方法", "all methods")), ("qr", Say("コード決済", "QR code")), ("emoney", Say("電子マネー", "e-money")), ("card", Say("クレジットカード", "card"))];

    public IReadOnlyList<(string Value, string Name)> Kinds => [.. Enum.GetValues<DesignationKind>().Select(kind => (Names.Of(kind), Say(kind.Name())))];

    public string MethodName(PaymentMethod? method) => Methods.First(choice => choice.Value == (method is { } one ? Names.Of(one) : "")).Name;

    public string PlaceName(string? code) => code is null ? Say("すべての収納場所", "all places") : Places.FirstOrDefault(place => place.Code == code)?.Name ?? code;

    public bool EndsSoon(Designation designation) => designation.EndsSoon(Today, Facts.Designations);

    public Task OnGet() => Load();

    [Needs(Right.StopPayments)]
    public async Task<IActionResult> OnPostStop()
    {
        await ReadForm();
        var form = new StopForm(Form.Text("provider", 64), Form.Raw("method") is { Length: > 0 } ? Form.Choice<PaymentMethod>("method") : null, Form.Text("place", 40), Form.Text("reason", 200, required: true) ?? "");
        if (!Form.Of(form).IsOk(out form, out var problem)) return await Refused(problem, Load);
        return await routing.Stop(Me, form) is { } refused ? await Refused(refused, Load) : Finished("stopped");
    }

    [Needs(Right.StopPayments)]
    public async Task<IActionResult> OnPostLift()
    {
        await ReadForm();
        return await routing.Lift(Me, Row ?? "") is { } refused ? await Refused(refused, Load) : Finished("lifted");
    }

    [Needs(Right.StopPayments)]
    public async Task<IActionResult> OnPostAnnounce()
    {
        await ReadForm();
        var form = new WindowForm(Form.Text("contract", 64, required: true) ?? "", Moment("beginsOn", "beginsAt"), Moment("endsOn", "endsAt"), Form.Text("words", 200, required: true) ?? "");
        if (!Form.Of(form).IsOk(out form, out var problem)) return await Refused(problem, Load);
        return await routing.Announce(Me, form) is { } refused ? await Refused(refused, Load) : Finished("announced");
    }

    [Needs(Right.StopPayments)]
    public async Task<IActionResult> OnPostWithdraw()
    {
        await ReadForm();
        return await routing.Withdraw(Me, Row ?? "") is { } refused ? await Refused(refused, Load) : Finished("withdrawn");
    }

    [Needs(Right.ManagePlaces)]
    public async Task<IActionResult> OnPostDesignate()
    {
        await ReadForm();
        var form = new DesignationForm(Form.Text("designated", 64, required: true) ?? "", Form.Choice<DesignationKind>("kind") ?? DesignationKind.PaymentTrustee, Form.Text("account", 64) ?? Designation.AllRevenue,
            Form.Text("noticeNumber", 100, required: true) ?? "", Form.Date("noticeDate", required: true) ?? default, Form.Date("validFrom", required: true) ?? default, Form.Date("validTo"));
        if (!Form.Of(form).IsOk(out form, out var problem)) return await Refused(problem, Load);
        return await routing.Designate(Me, form) is { } refused ? await Refused(refused, Load) : Finished("designated");
    }

    [Needs(Right.ManagePlaces)]
    public async Task<IActionResult> OnPostEnd()
    {
        await ReadForm();
        var lastDay = Form.Date("lastDay", required: true) ?? default;
        if (!Form.Of(lastDay).IsOk(out lastDay, out var problem)) return await Refused(problem, Load);
        return await routing.EndDesignation(Me, Row ?? "", lastDay) is { } refused ? await Refused(refused, Load) : Finished("ended");
    }

    /// <summary>A day and a time of day in Tokyo.</summary>
    private Instant Moment(string day, string time)
    {
        var date = Form.Date(day, required: true);
        if (!TimeOnly.TryParseExact(Form.Raw(time), "HH:mm", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var clockTime))
            Form.Refuse(time, "not-a-time", new Words("時刻を 23:30 のように入れてください。", "A time such as 23:30."));
        return (date ?? clock.Today()).Begins.Plus(clockTime.ToTimeSpan());
    }

    private async Task Load()
    {
        (Today, Now) = (clock.Today(), clock.Now());
        Facts = await known.Of(Me.Municipality);
        Places = (await places.All(Me.Municipality, Today, HttpContext.RequestAborted)).Select(static place => place.Place).ToList();
    }
}
