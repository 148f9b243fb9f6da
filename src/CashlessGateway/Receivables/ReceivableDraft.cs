using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CashlessGateway.Fees;
using CashlessGateway.Money;
using CashlessGateway.Places;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>A receivable that is right in every respect and not yet written: priced, reduced, of one owner.</summary>
public sealed record ReceivableDraft(Receivable Receivable, Place Place, IReadOnlyList<ReceivableLine> Lines, IReadOnlyList<Reduction> Reductions, IReadOnlyList<Alias> Aliases, LedgerEntryRequest? LedgerEntry)
{
    public static async Task<Result<ReceivableDraft>> Make(Reader reader, string municipality, string client, ReceivableRequest request, string id, Instant now)
    {
        var today = BusinessDate.Of(now);
        if (await PlaceStore.Find(reader, municipality, request.Place) is not { } place)
            return Problem.At(Errors.UnknownPlace, "/place", "unknown-place", new Words($"収納場所 {request.Place} はありません。", $"There is no place {request.Place}."));
        if (!place.IsInUseOn(today))
            return Problem.At(Errors.PlaceNotOpenYet, "/place", "not-in-use", new Words($"{place.Name} は {today} には使えません。", $"{place.Code} is not in use on {today}."));
        if (request.PayBy is { } end && end <= now)
            return Problem.At(Errors.Invalid, "/payBy", "in-the-past", new Words("支払いの期限が過ぎています。", "The time to pay is already over."));
        if (request.Follows is { } follows && !await reader.Exists(ReceivableStore.Exists, new { municipality, id = follows }))
            return Problem.At(Errors.Invalid, "/follows", "not-found", new Words("元の請求がありません。", "There is no such receivable."));
        if (!(await PricedLines.Make(reader, municipality, id, request, place, today)).IsOk(out var priced, out var problem)) return problem;
        if (!(await ReadAliases(reader, municipality, request, priced.Total)).IsOk(out var aliases, out problem)) return problem;
        return new ReceivableDraft(Head(municipality, client, request, id, now, priced), place, priced.Lines, priced.Reductions, aliases, request.LedgerEntry);
    }

    private static Receivable Head(string municipality, string client, ReceivableRequest request, string id, Instant now, PricedLines priced) => new()
    {
        Municipality = municipality,
        Id = id,
        Kind = Names.Of(request.Kind),
        Place = request.Place,
        Reference = request.Reference,
        Title = request.Title ?? priced.Lines[0].Description,
        Amount = priced.Total,
        TaxIncluded = TaxIncluded.In(priced.Lines.Select(line => (line.Amount, line.Tax))),
        MoneyOwner = priced.Owner,
        DueDate = request.DueDate,
        NoticeDate = request.NoticeDate,
        PayBy = request.PayBy,
        ExclusiveGroup = request.ExclusiveGroup,
        ExclusiveHash = request.ExclusiveGroup is { } group ? SHA256.HashData(Encoding.UTF8.GetBytes(group)) : null,
        ExclusiveSide = request.ExclusiveSide,
        Follows = request.Follows,
        Metadata = request.Metadata is { Count: > 0 } metadata ? JsonSerializer.Serialize(metadata) : null,
        Client = client,
        Version = 1,
        CreatedAt = now,
        TicketAt = request.TicketAt,
        StartedAt = request.StartedAt,
    };

    private static async Task<Result<IReadOnlyList<Alias>>> ReadAliases(Reader reader, string municipality, ReceivableRequest request, Yen total)
    {
        var aliases = new List<Alias>(request.Aliases.Count);
        foreach (var (index, wanted) in request.Aliases.Index())
        {
            if (wanted.Amount is { } printed && printed != total)
                return Problem.At(Errors.Invalid, $"/aliases/{index}", "amount-differs", new Words($"納付書の金額 {printed} と明細の合計 {total} が違います。", $"The slip says {printed.Value} yen and the lines sum to {total.Value}."));
            var alias = await wanted.Resolve(reader, municipality);
            if (aliases.Contains(alias))
                return Problem.At(Errors.Invalid, $"/aliases/{index}", "duplicate", new Words("同じ番号が2つあります。", "The same alias is there twice."));
            aliases.Add(alias);
        }

        return aliases;
    }
}

/// <summary>Lines with today's price, their reductions, and whose money they are.</summary>
public sealed record PricedLines(IReadOnlyList<ReceivableLine> Lines, IReadOnlyList<Reduction> Reductions, Yen Total, string Owner)
{
    public static async Task<Result<PricedLines>> Make(Reader reader, string municipality, string receivable, ReceivableRequest request, Place place, BusinessDate today)
    {
        var violations = new List<Violation>();
        var lines = new List<ReceivableLine>();
        var owners = new List<string>();
        var items = await FeeStore.Find(reader, municipality, request.Lines.Select(static line => line.Fee).OfType<string>().ToHashSet(StringComparer.Ordinal), today);
        var accounts = await FeeStore.FindAccounts(reader, municipality, request.Lines.Select(static line => line.RevenueAccount).Concat(items.Values.Select(static item => item.RevenueAccount)).OfType<string>().ToHashSet(StringComparer.Ordinal));
        foreach (var (index, line) in request.Lines.Index())
        {
            var item = line.Fee is { } fee ? items.GetValueOrDefault(fee) : null;
            if (line.Fee is not null && item is null) violations.Add(new Violation($"{line.Pointer}/fee", "unknown-fee", new Words($"{today} に使える料金 {line.Fee} はありません。", $"There is no fee {line.Fee} with a price on {today}.")));
            else if (item is not null && !item.IsChargedAt(place)) violations.Add(new Violation($"{line.Pointer}/fee", "not-charged-here", new Words($"{item.Name} は {place.Name} では扱いません。", $"{item.Code} is not charged at {place.Code}.")));
            if (item is { StepPeople: null } && line.People is not null) violations.Add(new Violation($"{line.Pointer}/people", "not-allowed", new Words($"{item.Name} は人数で数えません。", $"{item.Code} is not counted by people.")));
            var code = item?.RevenueAccount ?? line.RevenueAccount ?? "";
            var account = accounts.GetValueOrDefault(code);
            if (account is null && line.RevenueAccount is not null) violations.Add(new Violation($"{line.Pointer}/revenueAccount", "unknown-account", new Words($"歳入科目 {code} はありません。", $"There is no revenue account {code}.")));
            if (account is null) continue;
            owners.Add(account.MoneyOwner);
            lines.Add(Line(municipality, receivable, index, line, item, account, place));
        }

        if (request.Reductions.Count > 0 && violations.Count == 0)
            violations.AddRange(ReductionGrounds.Check(await GroundStore.All(reader, municipality), request.Reductions, [.. request.Lines.Select(static line => line.Fee)], today));
        if (violations.Count > 0) return new Problem(Errors.Invalid, null, violations);
        if (owners.Distinct(StringComparer.Ordinal).Count() > 1) return Mixed(request.Lines, owners);
        return Reduced(municipality, receivable, request, lines, owners[0]);
    }

    private static ReceivableLine Line(string municipality, string receivable, int index, LineRequest line, FeeItem? item, RevenueAccount account, Place place)
    {
        var unit = item?.UnitAmount ?? line.UnitAmount ?? Yen.Zero;
        var steps = PeopleSteps.Of(item?.StepPeople, line.People ?? 1);
        var quantity = checked(line.Quantity * steps);
        var gross = unit * quantity;
        return new ReceivableLine
        {
            Municipality = municipality,
            Receivable = receivable,
            Line = index,
            Fee = item?.Code,
            RevenueAccount = account.Code,
            // Whoever reads 2 on the receipt for one paper sees why.
            Description = line.Description ?? (steps > 1 ? $"{item!.Name}（{line.People}人）" : item?.Name ?? account.Title),
            // A fee's revenue belongs to the section that owns the fee, whichever counter charged it.
            Section = item is { Section.Length: > 0 } ? item.Section : place.Section,
            Kaikei = account.Kaikei,
            YearRule = account.YearRule,
            Enterprise = account.Enterprise,
            TaxClass = item?.TaxClass ?? Names.Of(line.TaxClass ?? TaxClass.OutOfScope),
            Quantity = quantity,
            People = line.People,
            UnitAmount = unit,
            GrossAmount = gross,
            Amount = gross,
            FiscalYear = line.FiscalYear,
            CarriedOver = line.CarriedOver ? 1 : 0,
            Methods = item?.Methods ?? "",
        };
    }

    private static Result<PricedLines> Reduced(string municipality, string receivable, ReceivableRequest request, List<ReceivableLine> lines, string owner)
    {
        var reductions = new List<Reduction>();
        foreach (var (position, wanted) in request.Reductions.Index())
        {
            var gross = lines[wanted.Line].GrossAmount;
            var charged = ReductionRule.Charged(gross, wanted.Kind, wanted.Rate);
            lines[wanted.Line] = lines[wanted.Line] with { Amount = charged };
            reductions.Add(new Reduction
            {
                Municipality = municipality,
                Receivable = receivable,
                Position = position,
                Line = wanted.Line,
                Kind = Names.Of(wanted.Kind),
                Rate = wanted.Kind == ReductionKind.Reduce ? wanted.Rate : null,
                Amount = gross - charged,
                GroundCode = wanted.GroundCode,
                DecisionNumber = wanted.DecisionNumber,
            });
        }

        var total = Yen.Sum(lines.Select(line => line.Amount));
        var whole = Yen.Sum(lines.Select(line => line.GrossAmount));
        return whole.Value > LineRequest.MostYen
            ? Problem.At(Errors.Invalid, "/lines", "out-of-range", new Words($"合計は {new Yen(LineRequest.MostYen)} までです。", $"The total may be at most {LineRequest.MostYen} yen."))
            : new PricedLines(lines, reductions, total, owner);
    }

    private static Problem Mixed(IReadOnlyList<LineRequest> lines, List<string> owners) =>
        new(Errors.MixedOwners, null, lines.Index().Select(line => new Violation(line.Item.Pointer, "money-owner", new Words($"この明細のお金は {owners[line.Index]} のものです。", $"This line's money belongs to {owners[line.Index]}."))).ToList());
}
