using CashlessGateway.Instances;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Providers;
using CashlessGateway.Receivables;
using CashlessGateway.Routing;
using CashlessGateway.Web;

namespace CashlessGateway.Tests.Routing;

/// <summary>Which contract takes an attempt, and why one does not.</summary>
public sealed class RouteChoiceTests
{
    private static readonly Instant Noon = BusinessDate.Of(2026, 11, 21).Begins.Plus(TimeSpan.FromHours(12));

    [Fact]
    public void The_first_of_the_place_takes_it_unless_the_cheapest_is_wanted()
    {
        var world = new World { Contracts = [Contract("a", new() { Fees = [new("*", Day(1, 1), 3.25m)] }), Contract("b", new() { Fees = [new("*", Day(1, 1), 3.75m), new("visa", Day(4, 1), 1.5m), new("visa", Day(12, 1), 9m)] }), Contract("c", new())] };
        Assert.Equal("a", Chosen(world));
        Assert.Equal("a", Chosen(world with { Cheapest = true }));
        Assert.Equal("b", Chosen(world with { Cheapest = true, Brand = "visa" }));
        Assert.Equal("a", Chosen(world with { Cheapest = true, Brand = "visa", Now = BusinessDate.Of(2026, 12, 1).Begins }));
    }

    [Fact]
    public void A_contract_that_does_not_answer_is_gone_past()
    {
        var world = new World { Contracts = [Contract("a", new()), Contract("b", new())] };
        for (var i = 0; i < 5; i++) world.Contracts[0].Circuit.Note(well: false);
        Assert.Equal("b", Chosen(world));
        for (var i = 0; i < 5; i++) world.Contracts[1].Circuit.Note(well: false);
        var refused = Refused(world);
        Assert.Equal(Errors.ProviderUnavailable, refused.Error);
        Assert.NotNull(refused.RetryAfter);
    }

    [Fact]
    public void A_line_is_taken_only_while_a_designation_covers_its_revenue()
    {
        var world = new World { Designations = [Designation("a", "*", Day(4, 1), Day(11, 20))] };
        Assert.Equal(Errors.NotDesignated, Refused(world).Error);
        Assert.Equal("/lines/0", Assert.Single(Refused(world).Violations!).Pointer);
        Assert.Equal("a", Chosen(world with { Designations = [Designation("a", "*", Day(4, 1), Day(11, 21))] }));
        Assert.Equal("a", Chosen(world with { Designations = [Designation("a", "01-01", Day(11, 21), null)] }));
        Assert.Equal(Errors.NotDesignated, Refused(world with { Designations = [Designation("a", "02-02", Day(4, 1), null)] }).Error);
        Assert.Equal(Errors.NotDesignated, Refused(world with { Designations = [Designation("b", "*", Day(4, 1), null)] }).Error);
        Assert.Equal(Errors.NotDesignated, Refused(world with { Designations = [Designation("a", "*", Day(11, 22), null)] }).Error);
    }

    [Fact]
    public void Money_of_another_owner_goes_through_no_contract_of_this_one()
    {
        var city = new World();
        Assert.Equal(Errors.WrongContractHolder, Refused(city with { Owner = "manager:協会" }).Error);
        Assert.Equal("a", Chosen(city with { Owner = "outside" }));
        var managers = new World { Contracts = [Contract("a", new() { Holder = "manager:協会" })], Designations = [] };
        Assert.Equal("a", Chosen(managers with { Owner = "manager:協会" }));
        Assert.Equal(Errors.WrongContractHolder, Refused(managers with { Owner = "manager:財団" }).Error);
        Assert.Equal(Errors.WrongContractHolder, Refused(managers).Error);
    }

    [Fact]
    public void A_stop_holds_for_its_part_alone()
    {
        Assert.Equal(Errors.MethodStopped, Refused(new World { Stops = [Stop(null, null, "p1")] }).Error);
        Assert.Equal(Errors.MethodStopped, Refused(new World { Stops = [Stop("a", null, null)] }).Error);
        Assert.Equal(Errors.MethodStopped, Refused(new World { Stops = [Stop(null, PaymentMethod.Card, null)] }).Error);
        Assert.Equal("a", Chosen(new World { Stops = [Stop("b", null, null), Stop(null, PaymentMethod.Qr, null), Stop(null, null, "p2"), Stop("a", PaymentMethod.Card, "p2")] }));
        Assert.Contains("理由", Refused(new World { Stops = [Stop("a", null, null)] }).Detail!.Value.Ja, StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_its_hours_and_in_its_maintenance_a_contract_says_until_when()
    {
        var hours = new ContractTerms { Hours = new Dictionary<PaymentMethod, IReadOnlyList<OpenHours>> { [PaymentMethod.Card] = [new(TimeSpan.FromHours(9), TimeSpan.FromHours(12))] } };
        var closed = Refused(new World { Contracts = [Contract("a", hours)] });
        Assert.Equal((Errors.MethodClosed, BusinessDate.Of(2026, 11, 22).Begins.Plus(TimeSpan.FromHours(9))), (closed.Error, (Instant)closed.More!["until"]!));
        Assert.Equal("a", Chosen(new World { Contracts = [Contract("a", hours)], Now = Noon.Plus(TimeSpan.FromMilliseconds(-1)) }));
        var window = new MaintenanceWindow("w", "a", Noon, Noon.Plus(TimeSpan.FromHours(1)), "更新");
        Assert.Equal(Errors.MethodClosed, Refused(new World { Windows = [window] }).Error);
        Assert.Equal("a", Chosen(new World { Windows = [window], Now = window.EndsAt }));
        Assert.Equal("b", Chosen(new World { Contracts = [Contract("a", new()), Contract("b", new())], Windows = [window], Designations = [Designation("a", "*", Day(1, 1), null), Designation("b", "*", Day(1, 1), null)] }));
    }

    [Fact]
    public void A_brand_is_gone_the_day_after_its_last()
    {
        var brands = BrandCatalogue.Parse(new StringReader("code,method,ja,en,from,to,undo,undoDays,doubt,doubtDays\nvisa,card,V,V,,2026-11-20,provider,,ask,\njcb,card,J,J,2026-11-22,,provider,,ask,\n"));
        var world = new World { Brands = brands };
        Assert.Equal("brand-ended", Refused(world with { Brand = "visa" }).Violations![0].Code);
        Assert.Equal("a", Chosen(world with { Brand = "visa", Now = BusinessDate.Of(2026, 11, 21).Begins.Plus(TimeSpan.FromMilliseconds(-1)) }));
        Assert.Equal("brand-ended", Refused(world with { Brand = "jcb" }).Violations![0].Code);
        Assert.Equal("a", Chosen(world with { Brand = "amex" }));
        Assert.False(BrandCatalogue.Default.IsOfferedOn(PaymentMethod.Qr, "jcoin", Day(9, 1)));
        Assert.True(BrandCatalogue.Default.IsOfferedOn(PaymentMethod.Qr, "jcoin", Day(8, 31)));
    }

    [Fact]
    public void A_contracts_own_limits_are_narrower_than_the_adapters()
    {
        var world = new World { Contracts = [Contract("a", new() { Limits = new Dictionary<PaymentMethod, AmountLimits> { [PaymentMethod.Card] = new(500, 2_000) } })] };
        Assert.Equal(Errors.AmountNotAllowed, Refused(world with { Amount = 499 }).Error);
        Assert.Equal("a", Chosen(world with { Amount = 500 }));
        Assert.Equal("a", Chosen(world with { Amount = 2_000 }));
        Assert.Contains("2,000", Refused(world with { Amount = 2_001 }).Detail!.Value.Ja, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_comes_sixty_days_before_the_last_designation_ends_and_not_when_another_follows()
    {
        var ending = Designation("a", "*", Day(4, 1), BusinessDate.Of(2027, 1, 19));
        Assert.True(ending.EndsSoon(Day(11, 21), [ending]));
        Assert.False(ending.EndsSoon(Day(11, 20), [ending]));
        Assert.False(ending.EndsSoon(Day(11, 21), [ending, Designation("a", "*", BusinessDate.Of(2027, 1, 20), null)]));
        Assert.True(ending.EndsSoon(Day(11, 21), [ending, Designation("a", "*", BusinessDate.Of(2027, 1, 21), null)]));
    }

    [Theory]
    [InlineData("Holder", "somebody")]
    [InlineData("Hours:card", "9-12")]
    [InlineData("Hours:cash", "09:00-12:00")]
    [InlineData("Hours:card", "12:00-09:00")]
    [InlineData("Limits:card:Lowest", "-1")]
    [InlineData("Limits:card:Middle", "1")]
    [InlineData("Brands:visa:To", "2026-02-30")]
    [InlineData("Fees:*:2026-04-01", "3,25")]
    [InlineData("Fees:*:2026-04-01", "99")]
    [InlineData("Fee", "1")]
    public void An_impossible_term_stops_the_start_by_its_name(string name, string value)
    {
        var error = Assert.Throws<CashlessGateway.Storage.StartupException>(() => ContractTerms.Read("square-main", new Dictionary<string, string> { [name] = value }));
        Assert.Contains("square-main:Contract:" + name.Split(':')[0], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nope", "line 1")]
    [InlineData("code,method,ja,en,from,to,undo,undoDays,doubt,doubtDays\nx", "line 2")]
    [InlineData("code,method,ja,en,from,to,undo,undoDays,doubt,doubtDays\nX,card,a,b,,,provider,,ask,", "line 2")]
    [InlineData("code,method,ja,en,from,to,undo,undoDays,doubt,doubtDays\nx,cash,a,b,,,provider,,ask,", "line 2")]
    [InlineData("code,method,ja,en,from,to,undo,undoDays,doubt,doubtDays\nx,card,a,b,2026-02-02,2026-01-01,provider,,ask,", "ends before")]
    [InlineData("code,method,ja,en,from,to,undo,undoDays,doubt,doubtDays\nx,card,a,b,,,sameTerminal,,ask,", "undoDays")]
    [InlineData("code,method,ja,en,from,to,undo,undoDays,doubt,doubtDays\nx,card,a,b,,,provider,,mayCome,", "doubtDays")]
    [InlineData("code,method,ja,en,from,to,undo,undoDays,doubt,doubtDays\nx,card,a,b,,,provider,,ask,\nx,card,a,b,,,provider,,ask,", "twice")]
    [InlineData("", "no brands")]
    public void A_list_of_brands_that_cannot_be_read_says_which_line(string file, string said) =>
        Assert.Contains(said, Assert.Throws<FormatException>(() => BrandCatalogue.Parse(new StringReader(file))).Message, StringComparison.Ordinal);

    private sealed record World
    {
        public IReadOnlyList<ProviderInstance> Contracts { get; init; } = [Contract("a", new())];
        public IReadOnlyList<Designation>? Designations { get; init; }
        public IReadOnlyList<StopSwitch> Stops { get; init; } = [];
        public IReadOnlyList<MaintenanceWindow> Windows { get; init; } = [];
        public BrandCatalogue Brands { get; init; } = BrandCatalogue.Default;
        public bool Cheapest { get; init; }
        public Instant Now { get; init; } = Noon;
        public string Owner { get; init; } = "city";
        public string? Brand { get; init; }
        public long Amount { get; init; } = 600;
    }

    private static string Chosen(World world) => Assert.IsType<Result<ProviderInstance>.Ok>(Choose(world)).Value.Name;

    private static Problem Refused(World world) => Assert.IsType<Result<ProviderInstance>.Refused>(Choose(world)).Problem;

    private static Result<ProviderInstance> Choose(World world) => RouteChoice.Choose(
        new RouteQuestion("p1", PaymentMethod.Card, Presentation.Terminal, world.Brand, new Yen(world.Amount), world.Owner, [new ReceivableLine { Line = 0, RevenueAccount = "01-01", Amount = new Yen(world.Amount), Description = "証明" }]),
        new RouteWorld([.. world.Contracts.Select(static contract => new PlaceMethod(PaymentMethod.Card, Presentation.Terminal, [], contract.Name))], new ProviderInstances(world.Contracts),
            new RoutingFacts(world.Designations ?? [.. world.Contracts.Select(static contract => Designation(contract.Name, "*", Day(1, 1), null))], world.Stops, world.Windows), world.Brands, world.Cheapest, world.Now));

    private static ProviderInstance Contract(string name, ContractTerms terms) => new(name, "test", new Cards(), terms, TimeProvider.System);

    private static Designation Designation(string provider, string account, BusinessDate from, BusinessDate? to) => new(provider + account + from, provider, DesignationKind.PaymentTrustee, account, "1", from, from, to);

    private static StopSwitch Stop(string? provider, PaymentMethod? method, string? place) => new("s", provider, method, place, "理由", Noon, "staff:1");

    private static BusinessDate Day(int month, int day) => BusinessDate.Of(2026, month, day);

    private sealed class Cards : IProvider
    {
        public ProviderAbilities Abilities { get; } = new()
        {
            Methods = [new MethodAbility("card", "terminal", ["visa", "jcb", "amex"], 1, 100_000)],
            AbsentIsFinalAfter = null,
            Pace = TimeSpan.FromSeconds(1),
            StartLimit = TimeSpan.FromSeconds(1),
            CallLimit = TimeSpan.FromSeconds(1),
        };

        public Task<ProviderAnswer> Start(PaymentOrder order, CancellationToken cancellation) => Task.FromResult<ProviderAnswer>(new ProviderAnswer.Absent());

        public Task<ProviderAnswer> LookUp(PaymentCase payment, CancellationToken cancellation) => Task.FromResult<ProviderAnswer>(new ProviderAnswer.Absent());
    }
}
