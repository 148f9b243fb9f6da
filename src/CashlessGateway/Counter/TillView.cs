using CashlessGateway.Fees;
using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Routing;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Counter;

/// <summary>A button that takes money, or why there is none.</summary>
/// <param name="Value">method/presentation/brand, as the form sends it.</param>
public sealed record TillWay(string Value, PaymentMethod Method, Presentation Presentation, string? Brand, Words Name, Words? Obstacle)
{
    public static (PaymentMethod Method, Presentation Presentation, string? Brand)? Parse(string? value) =>
        value?.Split('/') is [var method, var presentation, var brand] && Names.TryParse<PaymentMethod>(method, out var how) && Names.TryParse<Presentation>(presentation, out var shown)
            ? (how, shown, brand.Length == 0 ? null : brand)
            : null;
}

/// <summary>All that the two screens of a till show, read in one go.</summary>
public sealed record TillView
{
    public required Till Till { get; init; }
    public required Place Place { get; init; }
    public required Terminal Terminal { get; init; }

    /// <summary>The cart as it would be charged; null while there is none.</summary>
    public ReceivableDraft? Cart { get; init; }

    /// <summary>Why the cart cannot be sold as it is.</summary>
    public Problem? CartProblem { get; init; }

    public ReceivableView? Sale { get; init; }
    public IReadOnlyList<ReceivableLine> SaleLines { get; init; } = [];

    /// <summary>The sale's newest attempt.</summary>
    public Payment? Payment { get; init; }

    public IReadOnlyList<TillWay> Ways { get; init; } = [];
    public IReadOnlyList<MaintenanceWindow> Announced { get; init; } = [];

    /// <summary>A clerk has to open a drawer first.</summary>
    public bool NotOpened { get; init; }

    /// <summary>The operator code of whoever sits there, where they are appointed.</summary>
    public string? Operator { get; init; }

    public Yen Total => Sale?.Amount ?? Cart?.Receivable.Amount ?? Yen.Zero;

    public ReceivableStatus? SaleStatus => Sale is { } sale ? Names.Parse<ReceivableStatus>(sale.Status) : null;

    /// <summary>Money can be asked for now.</summary>
    public bool TakesMoney => Sale is null ? Cart is { Lines.Count: > 0 } : SaleStatus is ReceivableStatus.Open;
}

/// <summary>Reads what a till is at.</summary>
public sealed class TillReader(Database database, Clock clock, Settings settings, ProviderInstances instances, KnownRouting routing)
{
    /// <summary>A few; put in order here, since SQLite would walk the index that has the order through all payments of the city.</summary>
    private static readonly Sql PaymentsOf = new($"""
        select {PaymentStore.Columns}
        from payment p
        where p.municipality = @municipality and p.receivable = @receivable
        """);

    /// <summary>Null when there is no such terminal.</summary>
    public async Task<TillView?> Read(string municipality, string terminal, string? person, CancellationToken cancellation)
    {
        var now = clock.Now();
        return await database.Read(async reader =>
        {
            if (await PlaceStore.Terminal(reader, municipality, terminal) is not { } known || await PlaceStore.Find(reader, municipality, known.Place) is not { } place) return null;
            var till = await TillStore.Find(reader, municipality, terminal);
            // A sale that was made and not written down (the process or the network died in between) is found by its reference.
            if (till is { Sale: null, Draft: { } draft } && await TillStore.SaleOf(reader, municipality, draft) is { } made) till = till with { Sale = made };
            var view = new TillView { Till = till, Place = place, Terminal = known, Operator = person is null ? null : await Appointments.CodeOf(reader, municipality, place.Code, person, BusinessDate.Of(now)) };
            view = till.Sale is { } sale ? await WithSale(reader, view, sale, now) : await WithCart(reader, view, now);
            if (place.DayControl == DayControl.Clerk) view = view with { NotOpened = !await SessionStore.AnyOpen(reader, municipality, place.Code) };
            return await WithWays(reader, view, now);
        }, cancellation);
    }

    private static async Task<TillView> WithSale(Reader reader, TillView view, string sale, Instant now)
    {
        var municipality = view.Till.Municipality;
        var found = await ReceivableStore.FindWithItsLines(reader, municipality, sale);
        return view with
        {
            Sale = await ReceivableStore.View(reader, municipality, sale, now),
            SaleLines = found is var (_, lines) ? lines : [],
            Payment = (await reader.All<Payment>(PaymentsOf, new { municipality, receivable = sale })).MaxBy(static payment => (payment.CreatedAt, payment.Id)),
        };
    }

    /// <summary>Priced by the very rules of the sale.</summary>
    private static async Task<TillView> WithCart(Reader reader, TillView view, Instant now)
    {
        if (view.Till.Draft is not { Lines.Count: > 0 } draft) return view;
        var body = System.Text.Encoding.UTF8.GetBytes(draft.AsReceivable(view.Place.Code).ToJsonString(Json.Options));
        if (!RequestBody.Read(body, ReceivableRequest.Read).IsOk(out var request, out var problem)) return view with { CartProblem = problem };
        return (await ReceivableDraft.Make(reader, view.Till.Municipality, "", request, draft.Id, now)).IsOk(out var cart, out problem) ? view with { Cart = cart } : view with { CartProblem = problem };
    }

    private async Task<TillView> WithWays(Reader reader, TillView view, Instant now)
    {
        var lines = view.Sale is null ? view.Cart?.Lines : view.SaleLines;
        if (lines is null || view.Total == Yen.Zero) return view;
        var methods = await PlaceStore.Methods(reader, view.Till.Municipality, view.Place.Code);
        var owner = view.Cart?.Receivable.MoneyOwner ?? (view.Till.Sale is { } sale ? (await ReceivableStore.Find(reader, view.Till.Municipality, sale))?.MoneyOwner : null);
        var world = new RouteWorld(methods, instances, await routing.Of(reader, view.Till.Municipality), settings.Brands, settings.CheapestRoute, now);
        var shown = WaysToPay.At(view.Place.Code, world);
        return view with
        {
            Ways = [.. shown.Where(static way => way.Method.Presentation is not (Presentation.Online or Presentation.Elsewhere)).SelectMany(way => TillWays.Of(view.Place.Code, way, lines, view.Total, owner, world))
                // Several contracts may take the same: the button works while one of them does.
                .GroupBy(static way => way.Value).Select(static same => same.FirstOrDefault(static way => way.Obstacle is null) ?? same.First())],
            Announced = [.. shown.SelectMany(static way => way.Announced).DistinctBy(static window => window.Id)],
        };
    }
}

/// <summary>Which buttons a till has for what is to be paid. Pure.</summary>
public static class TillWays
{
    public static IEnumerable<TillWay> Of(string place, WayToPay way, IReadOnlyList<ReceivableLine> lines, Yen total, string? owner, RouteWorld world)
    {
        var (method, presentation) = (way.Method.Method, way.Method.Presentation);
        // A terminal asks the customer for the brand of a card, and a code tells its own; e-money has to be chosen beforehand.
        var brands = method == PaymentMethod.Emoney && way.Brands.Count > 0 ? way.Brands.Select(static brand => (string?)brand) : way.Brands is [var only] ? [only] : [null];
        foreach (var brand in brands)
            yield return new TillWay($"{Names.Of(method)}/{Names.Of(presentation)}/{brand}", method, presentation, brand, Name(method, presentation, brand, world), Obstacle(place, way, brand, lines, total, owner, world));
    }

    private static Words? Obstacle(string place, WayToPay way, string? brand, IReadOnlyList<ReceivableLine> lines, Yen total, string? owner, RouteWorld world)
    {
        if (lines.FirstOrDefault(line => line.Amount > Yen.Zero && !line.Takes(way.Method.Method)) is { } closed)
            return new Words($"「{closed.Description}」はこの方法では受け取れません。", $"Not for \"{closed.Description}\".");
        if (way.Obstacle is { } shut) return shut.Detail ?? shut.Error.Title;
        if (way.Method.Provider is null) return null;
        var question = new RouteQuestion(place, way.Method.Method, way.Method.Presentation, brand, total, owner, lines);
        return RouteChoice.Look(way.Method, question, world) is { Obstacle: { } met } looked && met != RouteObstacle.NotPaired ? RouteProblems.Of(question, looked, world).Detail : null;
    }

    private static Words Name(PaymentMethod method, Presentation presentation, string? brand, RouteWorld world)
    {
        var name = world.Brands.Find(method, brand)?.Name is { } known ? new Words(Short(known.Ja), Short(known.En)) : brand is null ? (Words?)null : new Words(brand, brand);
        return (method, presentation) switch
        {
            (PaymentMethod.Cash, _) => new("現金", "Cash"),
            (PaymentMethod.Qr, Presentation.MerchantCode) => new($"{name?.Ja ?? "コード決済"}（画面のコード）", $"{name?.En ?? "QR code"} (our code)"),
            (PaymentMethod.Qr, Presentation.CustomerCode) => new("コード決済（お客様のコード）", "QR code (customer's)"),
            (PaymentMethod.Qr, _) => new("コード決済（端末）", "QR code (terminal)"),
            (PaymentMethod.Emoney, _) => new(name?.Ja ?? "電子マネー", name?.En ?? "E-money"),
            (PaymentMethod.Card, _) => new("クレジットカード", "Card"),
            (PaymentMethod.Collector, _) => new("収納代行", "Collector"),
        };
    }

    /// <summary>A button has room for the name, not for what stands in brackets behind it.</summary>
    private static string Short(string name) => name.Split('（', '(')[0].Trim();
}
