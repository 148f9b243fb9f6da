using CashlessGateway.Events;
using CashlessGateway.Exceptions;
using CashlessGateway.Ledger;
using CashlessGateway.Money;
using CashlessGateway.Payments;
using CashlessGateway.Places;
using CashlessGateway.Receivables;
using CashlessGateway.Storage;

namespace CashlessGateway.Recovery;

/// <summary>
/// Books money that was found after a restore as it arrived (Dr clearing, Cr suspense) and opens an exception for a person, in one unit;
/// the exception is unique by its object, so that it happens once however often it is found.
/// </summary>
public sealed class BookFound(Database database, Clock clock, Ids ids)
{
    private const string OncePerObject = "exception_once";

    private sealed record Made(string Exception, string Event, string Entry, string Session);

    /// <summary>False when it had been booked before.</summary>
    public async Task<bool> Book(FoundMoney found, Cause cause)
    {
        var (made, now) = (new Made(ids.Next(), ids.Next(), ids.Next(), ids.Next()), clock.Now());
        for (var attempt = 1; ; attempt++)
        {
            var written = await database.Write(unit => InUnit(unit, found, made, cause, now), ReadBack.SafeToRepeat);
            if (written is Written<bool?>.Done { Value: { } booked }) return booked;
            if (written is Written<bool?>.Taken { Index: OncePerObject }) return false;
            if (attempt >= SheetRaces.MostTries) throw new InvalidOperationException($"What was found as {found.Object} could not be written down: {written}.");
        }
    }

    /// <summary>Null: somebody closed the day at the same moment, run it again.</summary>
    private static async Task<bool?> InUnit(Unit unit, FoundMoney found, Made made, Cause cause, Instant now)
    {
        var place = await PlaceOf(unit, found);
        var yen = found.Currency == OutcomeRules.Yen;
        var receivable = found.Line is { } line ? await ReceivableStore.View(unit, found.Municipality, line.Receivable, now) : null;
        if (!await Differences.Open(unit, Exception(found, made, place, receivable, yen, now), made.Event, cause)) return false;
        if (!yen || found.Amount == 0) return true;

        var receiptDate = BusinessDate.Of(found.At);
        var sheet = await DaySheet.FindAndOpen(unit, new SheetEntry(place, receiptDate, found.Line?.Terminal, found.Line?.Operator, NeedsClerk: false, made.Session, now));
        // Where several drawers were open nobody can tell whose it was; it is no drawer's money, so the day alone counts.
        var day = sheet switch
        {
            SheetAnswer.Listed listed => listed.Line.Date,
            SheetAnswer.Unclear => receiptDate,
            _ => (BusinessDate?)null,
        };
        if (day is not { } date) return unit.Abandon<bool?>(null);
        await Journal.Post(unit, new JournalEntry(made.Entry, found.Municipality, EntryKind.Arrival, receiptDate, date, now, await Postings(unit, found, place, receiptDate)) { Receivable = receivable is null ? null : found.Line!.Receivable });
        return true;
    }

    private static async Task<Place> PlaceOf(Unit unit, FoundMoney found)
    {
        var code = found.Place ?? await RecoveryPlaces.Of(unit, found.Municipality, found.Instance) ?? throw new InvalidOperationException($"No place of {found.Municipality} takes payments through {found.Instance}.");
        // A place that was made after the backup is not there any more; its money is shown at the first one of that contract.
        return await PlaceStore.Find(unit, found.Municipality, code)
            ?? (await RecoveryPlaces.Of(unit, found.Municipality, found.Instance) is { } first ? await PlaceStore.Find(unit, found.Municipality, first) : null)
            ?? throw new InvalidOperationException($"Place {code} of {found.Municipality} is not known, and no other takes payments through {found.Instance}.");
    }

    private static async Task<IReadOnlyList<Posting>> Postings(Unit unit, FoundMoney found, Place place, BusinessDate receiptDate)
    {
        var kaikei = (found.Line is { Accounts: [{ } first, ..] } ? first.Kaikei : null) ?? await RecoveryPlaces.Kaikei(unit, found.Municipality) ?? throw new InvalidOperationException($"{found.Municipality} has no revenue accounts.");
        var dimensions = new Dimensions(kaikei, place.Code, place.Section, FiscalYear.Of(receiptDate), CarriedOver: false);
        var (clearing, suspense, amount) = (Account.Clearing(found.Instance, place.Code), Account.Suspense(found.Instance), new Yen(Math.Abs(found.Amount)));
        return found.Amount > 0
            ? [Posting.Dr(clearing, amount, dimensions), Posting.Cr(suspense, amount, dimensions)]
            : [Posting.Dr(suspense, amount, dimensions), Posting.Cr(clearing, amount, dimensions)];
    }

    private static Difference Exception(FoundMoney found, Made made, Place place, ReceivableView? receivable, bool yen, Instant now) => new()
    {
        Municipality = found.Municipality,
        Id = made.Exception,
        Kind = Difference.FoundAfterRestore,
        Object = found.Object,
        Amount = yen ? new Yen(found.Amount) : Yen.Zero,
        Place = place.Code,
        Provider = found.Instance,
        Receivable = receivable is null ? null : found.Line!.Receivable,
        Detail = Detail(found, receivable, yen),
        OpenedAt = now,
    };

    private static string Detail(FoundMoney found, ReceivableView? receivable, bool yen)
    {
        var what = found.Amount < 0 ? "バックアップより後に返金されたお金です。" : "バックアップより後に受け取ったお金です。";
        var sum = yen ? "" : $"金額 {found.Amount} {found.Currency}(未計上)。";
        var owed = found.Line is not { } line ? "請求は分かりません。"
            : receivable is null ? $"請求 {PublicId.Receivable}{line.Receivable} は復元した台帳にありません。"
            : receivable.Status == "open" ? $"請求 {PublicId.Receivable}{line.Receivable} は未納のまま残っています。担当者が消し込んでください。"
            : $"請求 {PublicId.Receivable}{line.Receivable} は {receivable.Status} です。";
        var where = found.Place is null ? "収納場所は分からず、仮に計上しました。" : "";
        return $"{what}受領日 {BusinessDate.Of(found.At)}。{sum}{owed}{where}";
    }
}
