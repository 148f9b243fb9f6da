using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Statistics;

/// <summary>GET /v1/statistics/times?place=&amp;from=&amp;to=: how long procedures take at counters, medians in seconds.</summary>
public sealed class ReadTimes(Database database, PlaceStore places, Clock clock)
{
    /// <summary>A year is asked for month by month.</summary>
    private const int MostDays = 93;

    public Operation Route => new("GET", "/v1/statistics/times", "statistics", "Medians from ticket to handover, per procedure and counter", Scopes.PaymentsRead, null, typeof(PageOf<TimesRow>), 200, [Errors.PlaceNotAllowed], Run)
    {
        Query = [new("place", "Only this place"), new("from", "First day; today unless said"), new("to", "Last day; today unless said")],
    };

    private async Task<Reply> Run(ApiCall call)
    {
        if (!QueryReader.Read(call, query => TimesFilter.Read(query, clock.Today(), MostDays)).IsOk(out var filter, out var problem)) return problem;
        if (filter.Place is { } place && !call.Caller.MayUse(place)) return new Problem(Errors.PlaceNotAllowed);
        return Reply.Ok(new PageOf<TimesRow>(await Rows(call.Municipality, filter, call.Caller.MayUse, call.Aborted), null));
    }

    public async Task<IReadOnlyList<TimesRow>> Rows(string municipality, TimesFilter filter, Func<string, bool> may, CancellationToken cancellation)
    {
        var shown = (await places.All(municipality, clock.Today(), cancellation)).Select(static place => place.Place.Code).Where(code => may(code) && (filter.Place is null || filter.Place == code)).ToList();
        return CounterTimes.Medians(await database.Read(reader => CounterTimeStore.Of(reader, municipality, shown, filter.From, filter.To), cancellation));
    }
}

public sealed record TimesFilter(string? Place, BusinessDate From, BusinessDate To)
{
    public static TimesFilter Read(QueryReader query, BusinessDate today, int mostDays)
    {
        var filter = new TimesFilter(query.Text("place"), query.Date("from") ?? today, query.Date("to") ?? today);
        if (filter.To < filter.From || filter.To > filter.From.AddDays(mostDays)) query.Refuse("to", "out-of-range", new Words($"from から{mostDays}日以内の日にしてください。", $"It must be a day within {mostDays} days from 'from'."));
        return filter;
    }
}
