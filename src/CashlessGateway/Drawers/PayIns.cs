using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;

namespace CashlessGateway.Drawers;

/// <summary>払込書 as they lie in the database. They are made by the close of a day, in its unit.</summary>
public static class PayIns
{
    /// <summary>会計 and years of one place's day; a city has some ten 会計, two years and a manager or two.</summary>
    internal const int MostOfDay = 40;

    private const int Most = 500;

    private const string Columns = """
        i.id, i.number_year, i.number, i.place, i.kaikei, i.fiscal_year, i.owner, i.amount, i.first_date, i.last_date, i.due_on, i.made_at, i.made_by, i.paid_on, i.bank_account, i.recorded_at, i.recorded_by
        """;

    private static readonly Sql InsertNumbers = new("""
        insert into pay_in_number (municipality, fiscal_year, next_number)
        select @municipality, @year, 1
        where not exists (select 1 from pay_in_number where municipality = @municipality and fiscal_year = @year)
        """);

    private static readonly Sql TakeNumber = new Sql("""
        update pay_in_number
        set next_number = next_number + 1
        where municipality = @municipality and fiscal_year = @year
        returning next_number - 1
        """).On(Engine.SqlServer, """
        update pay_in_number
        set next_number = next_number + 1
        output deleted.next_number
        where municipality = @municipality and fiscal_year = @year
        """);

    private static readonly Sql InsertDay = new("""
        insert into pay_in_day (municipality, place, date, kaikei, fiscal_year, owner, amount)
        values (@municipality, @place, @date, @kaikei, @fiscalYear, @owner, @amount)
        """);

    private static readonly Sql WaitingSums = new("""
        select kaikei, fiscal_year, owner, cast(sum(amount) as bigint) as amount, min(date) as first_date, max(date) as last_date
        from pay_in_day
        where municipality = @municipality and place = @place and slip is null
        group by kaikei, fiscal_year, owner
        order by kaikei, fiscal_year, owner
        """);

    private static readonly Sql Insert = new("""
        insert into pay_in (municipality, id, number_year, number, place, kaikei, fiscal_year, owner, amount, first_date, last_date, due_on, made_at, made_by)
        values (@municipality, @id, @numberYear, @number, @place, @kaikei, @fiscalYear, @owner, @amount, @firstDate, @lastDate, @dueOn, @now, @by)
        """);

    private static readonly Sql TakeDays = new("""
        update pay_in_day
        set slip = @id
        where municipality = @municipality and place = @place and kaikei = @kaikei and fiscal_year = @fiscalYear and owner = @owner and slip is null
        """);

    private static readonly Sql FindOne = new($"""
        select {Columns}
        from pay_in i
        where i.municipality = @municipality and i.id = @id
        """);

    private static readonly Sql OfDate = new($"""
        select {Columns}
        from pay_in i
        where i.municipality = @municipality and i.place = @place and i.last_date >= @date and i.first_date <= @date
        order by i.number_year, i.number
        """);

    private static readonly Sql NotPaidIn = new($"""
        select {Columns}
        from pay_in i
        where i.municipality = @municipality and i.paid_on is null
        order by i.due_on, i.id
        {"{{limit @most}}"}
        """);

    private static readonly Sql Late = new($"""
        select {Columns}
        from pay_in i
        where i.municipality = @municipality and i.paid_on is null and i.due_on < @today
          and not exists (select 1 from exception x where x.municipality = i.municipality and x.kind = 'cashNotDeposited' and x.object = i.id)
        order by i.due_on, i.id
        {"{{limit @most}}"}
        """);

    private static readonly Sql Record = new("""
        update pay_in
        set paid_on = @paidOn, bank_account = @bankAccount, recorded_at = @now, recorded_by = @by
        where municipality = @municipality and id = @id and paid_on is null
        """);

    internal static readonly Sql WasRecorded = new("""
        select 1
        from pay_in
        where municipality = @municipality and id = @id and recorded_at = @now and recorded_by = @by
        """);

    /// <summary>Before the unit of a close, so that the first two of a year need not wait for each other in it.</summary>
    internal static Task EnsureNumbers(Database database, string municipality, Instant now) =>
        database.Write(unit => unit.Execute(InsertNumbers, new { municipality, year = (long)FiscalYear.Of(BusinessDate.Of(now)).Value }), ReadBack.SafeToRepeat);

    /// <summary>A day that was closed: its cash per 会計 and year, and one 払込書 for each that need not wait.</summary>
    /// <param name="stock">Two ids for each 払込書, made before the unit.</param>
    internal static async Task Make(Unit unit, SheetDay day, IReadOnlyList<(string Slip, string Entry)> stock, string by, Instant now)
    {
        var cash = (await DayTotals.Of(unit, day)).Cash;
        foreach (var books in cash.Where(static books => books.HandOverAmount != Yen.Zero))
            await unit.Execute(InsertDay, new { municipality = day.Municipality, place = day.Place, date = day.Date, kaikei = books.Kaikei, fiscalYear = (long)books.FiscalYear, owner = books.Owner, amount = books.HandOverAmount });
        var place = await PlaceStore.Find(unit, day.Municipality, day.Place) ?? throw new InvalidOperationException($"The day {day.Date} has no place {day.Place}.");
        var closing = await PlaceClosing.Of(unit, day.Municipality, day.Place);
        var sums = (await unit.All<SumRow>(WaitingSums, new { municipality = day.Municipality, place = day.Place })).ConvertAll(static row => row.Sum).FindAll(sum => !PayInRules.Waits(sum.Amount, sum.FiscalYear, day.Date, closing));
        if (sums.Count > stock.Count) throw new InvalidOperationException($"The day {day.Date} of {day.Place} has cash of {sums.Count} 会計 and years, {stock.Count} were expected at most.");
        foreach (var (sum, (slip, entry)) in sums.Zip(stock)) await MakeOne(unit, place, day.Date, sum, slip, entry, by, now);
    }

    private static async Task MakeOne(Unit unit, Place place, BusinessDate day, PayInSum sum, string id, string entry, string by, Instant now)
    {
        var year = (long)FiscalYear.Of(BusinessDate.Of(now)).Value;
        var number = await unit.One<long?>(TakeNumber, new { municipality = place.Municipality, year }) ?? throw new InvalidOperationException($"払込書 of {year} have no numbers.");
        await unit.Execute(Insert, new
        {
            municipality = place.Municipality,
            id,
            numberYear = year,
            number,
            place = place.Code,
            kaikei = sum.Kaikei,
            fiscalYear = (long)sum.FiscalYear,
            owner = sum.Owner,
            amount = sum.Amount,
            firstDate = sum.FirstDate,
            lastDate = sum.LastDate,
            dueOn = PayInRules.DueOn(sum.LastDate),
            now,
            by,
        });
        await unit.Execute(TakeDays, new { municipality = place.Municipality, place = place.Code, kaikei = sum.Kaikei, fiscalYear = (long)sum.FiscalYear, owner = sum.Owner, id });
        await Journal.Post(unit, new JournalEntry(entry, place.Municipality, EntryKind.CashPaidIn, day, day, now, PayInRules.OnItsWay(place, sum)));
    }

    internal static async Task<PayInView?> Find(Reader reader, string municipality, string id) => (await reader.One<Row>(FindOne, new { municipality, id }))?.View;

    public static async Task<IReadOnlyList<PayInView>> OfDay(Reader reader, SheetDay day) =>
        (await reader.All<Row>(OfDate, new { municipality = day.Municipality, place = day.Place, date = day.Date })).ConvertAll(static row => row.View);

    public static async Task<IReadOnlyList<PayInView>> Open(Reader reader, string municipality) =>
        (await reader.All<Row>(NotPaidIn, new { municipality, most = (long)Most })).ConvertAll(static row => row.View);

    internal static async Task<IReadOnlyList<PayInView>> Overdue(Reader reader, string municipality, BusinessDate today, int most) =>
        (await reader.All<Row>(Late, new { municipality, today, most = (long)most })).ConvertAll(static row => row.View);

    internal static Task<bool> Write(Unit unit, string municipality, string id, BusinessDate paidOn, string? bankAccount, string by, Instant now) =>
        unit.Hit(Record, new { municipality, id, paidOn, bankAccount, by, now });

    private sealed class SumRow
    {
        public string Kaikei { get; init; } = "";
        public long FiscalYear { get; init; }
        public string Owner { get; init; } = "";
        public Yen Amount { get; init; }
        public BusinessDate FirstDate { get; init; }
        public BusinessDate LastDate { get; init; }

        public PayInSum Sum => new(Kaikei, (int)FiscalYear, Owner, Amount, FirstDate, LastDate);
    }

    private sealed class Row
    {
        public string Id { get; init; } = "";
        public long NumberYear { get; init; }
        public long Number { get; init; }
        public string Place { get; init; } = "";
        public string Kaikei { get; init; } = "";
        public long FiscalYear { get; init; }
        public string Owner { get; init; } = "";
        public Yen Amount { get; init; }
        public BusinessDate FirstDate { get; init; }
        public BusinessDate LastDate { get; init; }
        public BusinessDate DueOn { get; init; }
        public Instant MadeAt { get; init; }
        public string MadeBy { get; init; } = "";
        public BusinessDate? PaidOn { get; init; }
        public string? BankAccount { get; init; }
        public Instant? RecordedAt { get; init; }
        public string? RecordedBy { get; init; }

        public PayInView View => new(PublicId.PayIn + Id, (int)NumberYear, Number, Place, Kaikei, (int)FiscalYear, Owner, Amount, FirstDate, LastDate, DueOn, MadeAt, MadeBy, PaidOn, BankAccount, RecordedAt, RecordedBy);
    }
}

/// <summary>払込書 of one 会計 and year.</summary>
/// <param name="NumberYear">The fiscal year in which it was made; numbers run from 1 in each.</param>
/// <param name="Owner">"city", or the designated manager whose own income it is: then it is handed to the manager, not to the bank.</param>
/// <param name="FirstDate">The first business date that it covers.</param>
/// <param name="DueOn">The bank day by which it must be paid in.</param>
/// <param name="PaidOn">領収日.</param>
public sealed record PayInView(
    string Id, int NumberYear, long Number, string Place, string Kaikei, int FiscalYear, string Owner, Yen Amount, BusinessDate FirstDate, BusinessDate LastDate, BusinessDate DueOn, Instant MadeAt, string MadeBy,
    BusinessDate? PaidOn, string? BankAccount, Instant? RecordedAt, string? RecordedBy);
