using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

/// <summary>One line of what a terminal's own 締め says.</summary>
/// <param name="Brand">Null for all brands of the method that have no line of their own.</param>
/// <param name="Provider">Null for all contracts.</param>
public sealed record TerminalTotal(PaymentMethod Method, string? Brand, string? Provider, long Count, Yen Amount)
{
    /// <summary>Every brand there is, at two contracts.</summary>
    public const int MostLines = 60;

    private const long MostPayments = 99_999;
    private const long MostYen = 9_999_999_999;

    public static IReadOnlyList<TerminalTotal> Read(BodyObject body)
    {
        var lines = new List<TerminalTotal>();
        foreach (var item in body.Items("terminalTotals", MostLines))
        {
            var line = new TerminalTotal(item.Choice<PaymentMethod>("method", required: true) ?? PaymentMethod.Card, item.Text("brand", 40), item.Text("provider", 64),
                item.Integer("count", 0, MostPayments, required: true) ?? 0, new Yen(item.Integer("amount", 0, MostYen, required: true) ?? 0));
            if (line.Method == PaymentMethod.Cash) item.Refuse("method", "not-allowed", new Words("現金は端末の締めにありません。数えた額で届けます。", "Cash is counted, no terminal reports it."));
            else if (lines.Exists(other => other.IsFor(line))) item.Refuse("", "duplicate", new Words("同じ方法・ブランド・事業者の行は1つだけにしてください。", "One line for each method, brand and provider."));
            lines.Add(line);
        }

        return lines;
    }

    public bool IsFor(TerminalTotal other) => (Method, Brand, Provider) == (other.Method, other.Brand, other.Provider);
}

/// <summary>What our books say that a session took by one method, brand and contract; what was voided in it is gone.</summary>
/// <param name="OnTerminal">Taken at a terminal, so that its slip must show it.</param>
public sealed record GatewayTotal(PaymentMethod Method, string? Brand, string? Provider, bool OnTerminal, long Count, Yen Amount);

/// <summary>One method, brand and contract: our books beside the terminal's slip.</summary>
/// <param name="Difference">The terminal's sum less ours.</param>
public sealed record TotalComparison(PaymentMethod Method, string? Brand, string? Provider, long GatewayCount, Yen GatewayAmount, long TerminalCount, Yen TerminalAmount, Yen Difference)
{
    public bool Agrees => Difference == Yen.Zero && GatewayCount == TerminalCount;

    /// <summary>Names the line for good: one exception per line and session.</summary>
    public string Key => $"{Names.Of(Method)}/{Brand ?? "*"}/{Provider ?? "*"}";

    /// <summary>
    /// Each sum of ours counts in the line that names it most closely. What was taken at a terminal and stands in no line is compared
    /// with nothing: a slip that leaves a method out is the very thing that is looked for.
    /// </summary>
    public static IReadOnlyList<TotalComparison> Of(IReadOnlyList<GatewayTotal> books, IReadOnlyList<TerminalTotal> slip)
    {
        if (slip.Count == 0) return [];
        var placed = books.Where(static sum => sum.Method != PaymentMethod.Cash).Select(sum => (Sum: sum, Line: LineFor(sum, slip))).ToList();
        var missing = placed.Where(static one => one.Line is null && one.Sum.OnTerminal).GroupBy(static one => (one.Sum.Method, one.Sum.Brand, one.Sum.Provider))
            .Select(static group => (Line: new TerminalTotal(group.Key.Method, group.Key.Brand, group.Key.Provider, 0, Yen.Zero), Ours: group.Select(static one => one.Sum).ToList()));
        return [.. slip.Select(line => (Line: line, Ours: placed.Where(one => one.Line == line).Select(static one => one.Sum).ToList())).Concat(missing)
            .Select(static one => Compared(one.Line, one.Ours))];
    }

    private static TotalComparison Compared(TerminalTotal line, IReadOnlyList<GatewayTotal> ours)
    {
        var (count, amount) = (ours.Sum(static sum => sum.Count), Yen.Sum(ours.Select(static sum => sum.Amount)));
        return new TotalComparison(line.Method, line.Brand, line.Provider, count, amount, line.Count, line.Amount, line.Amount - amount);
    }

    private static TerminalTotal? LineFor(GatewayTotal sum, IReadOnlyList<TerminalTotal> slip) => slip
        .Where(line => line.Method == sum.Method && (line.Brand is null || line.Brand == sum.Brand) && (line.Provider is null || line.Provider == sum.Provider))
        .OrderByDescending(static line => (line.Brand is null ? 0 : 2) + (line.Provider is null ? 0 : 1))
        .FirstOrDefault();
}

/// <summary>Both sides of the comparison, as they lie in the database.</summary>
internal static class SessionTotals
{
    private static readonly Sql Insert = new("""
        insert into terminal_total (municipality, session, position, method, brand, provider, number, amount)
        values (@municipality, @session, @position, @method, @brand, @provider, @number, @amount)
        """);

    private static readonly Sql Said = new("""
        select method, brand, provider, number, amount
        from terminal_total
        where municipality = @municipality and session = @session
        order by position
        """);

    private static readonly Sql Taken = new("""
        select p.method, p.brand, p.provider, case when p.presentation = 'terminal' then 1 else 0 end as on_terminal,
               cast(count(*) as bigint) as number, cast(sum(p.amount) as bigint) as amount
        from payment p
        where p.municipality = @municipality and p.place = @place and p.business_date = @date and p.session = @session and p.status = 'captured'
          and not exists (
              select 1
              from refund v
              where v.municipality = p.municipality and v.payment = p.id and v.way = 'void' and v.status = 'succeeded')
        group by p.method, p.brand, p.provider, case when p.presentation = 'terminal' then 1 else 0 end
        order by p.method, p.brand, p.provider
        """);

    public static async Task Write(Unit unit, string municipality, string session, IReadOnlyList<TerminalTotal> lines)
    {
        foreach (var (position, line) in lines.Index())
            await unit.Later(Insert, new { municipality, session, position = (long)position, method = Names.Of(line.Method), brand = line.Brand, provider = line.Provider, number = line.Count, amount = line.Amount });
    }

    public static async Task<IReadOnlyList<TerminalTotal>> OfTerminals(Reader reader, string municipality, string session) =>
        (await reader.All<Row>(Said, new { municipality, session })).ConvertAll(static row => new TerminalTotal(Names.Parse<PaymentMethod>(row.Method), row.Brand, row.Provider, row.Number, row.Amount));

    public static async Task<IReadOnlyList<GatewayTotal>> OfGateway(Reader reader, Session session) =>
        (await reader.All<Row>(Taken, new { municipality = session.Municipality, place = session.Place, date = session.Date, session = session.Id }))
            .ConvertAll(static row => new GatewayTotal(Names.Parse<PaymentMethod>(row.Method), row.Brand, row.Provider, row.OnTerminal != 0, row.Number, row.Amount));

    private sealed class Row
    {
        public string Method { get; init; } = "";
        public string? Brand { get; init; }
        public string? Provider { get; init; }
        public long OnTerminal { get; init; }
        public long Number { get; init; }
        public Yen Amount { get; init; }
    }
}
