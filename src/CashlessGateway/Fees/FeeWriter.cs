using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Fees;

/// <summary>Who let something into the catalogue: what is not approved is not in it (佐賀市・広川町: only what the 会計管理者 approved).</summary>
public sealed record Approval(string By, Instant At, string? Proposal)
{
    public static Approval Of(string by, Instant at) => new(by, at, null);
}

/// <summary>Writes versions of items. Whoever does holds the city's catalogue first.</summary>
internal static class FeeWriter
{
    private static readonly Sql Hold = new("""
        update fee_catalogue
        set version = version + 1
        where municipality = @municipality
        """);

    private static readonly Sql Begin = new("""
        insert into fee_catalogue (municipality, version)
        values (@municipality, 1)
        """);

    private static readonly Sql InsertVersion = new("""
        insert into fee_version (municipality, fee, valid_from, valid_to, name, kana, unit_amount, step_people, revenue_account, tax_class, methods, section, places, position, approved_at, approved_by, proposal)
        values (@municipality, @fee, @validFrom, @validTo, @name, @kana, @unitAmount, @stepPeople, @revenueAccount, @taxClass, @methods, @section, @places, @position, @at, @by, @proposal)
        """);

    private static readonly Sql EndVersion = new("""
        update fee_version
        set valid_to = @validTo
        where municipality = @municipality and fee = @fee and valid_from = @validFrom
        """);

    private static readonly Sql DropVersion = new("""
        delete from fee_version
        where municipality = @municipality and fee = @fee and valid_from = @validFrom
        """);

    private static readonly Sql LastPositionOf = new("select coalesce(max(position), -1) from fee_version where municipality = @municipality");

    /// <summary>From here to its commit nobody else changes the city's catalogue; what is read after it is what the change is made of.</summary>
    public static async Task HoldCatalogue(Unit unit, string municipality)
    {
        if (!await unit.Hit(Hold, new { municipality })) await unit.Execute(Begin, new { municipality });
    }

    public static async Task<int> NextPosition(Unit unit, string municipality) => (int)await unit.One<long>(LastPositionOf, new { municipality }) + 1;

    public static Task<int> Insert(Unit unit, string municipality, FeeItem item, Approval approval) => unit.Execute(InsertVersion, new
    {
        municipality,
        fee = item.Code,
        validFrom = item.ValidFrom,
        validTo = item.ValidTo,
        name = item.Name,
        kana = item.Kana,
        unitAmount = item.UnitAmount,
        stepPeople = item.StepPeople,
        revenueAccount = item.RevenueAccount,
        taxClass = item.TaxClass,
        methods = item.Methods,
        section = item.Section,
        places = item.Places,
        position = item.Position,
        at = approval.At,
        by = approval.By,
        proposal = approval.Proposal,
    });

    /// <summary>Writes what differs, and nothing else: a version that has begun only ever gets an end.</summary>
    public static async Task Replace(Unit unit, string municipality, IReadOnlyList<FeeItem> before, IReadOnlyList<FeeItem> after, Approval approval)
    {
        var kept = after.ToDictionary(static version => version.ValidFrom);
        foreach (var old in before)
        {
            if (kept.GetValueOrDefault(old.ValidFrom) is { } same && same.Content == old.Content)
            {
                if (same.ValidTo != old.ValidTo) await unit.Hit(EndVersion, new { municipality, fee = old.Code, validFrom = old.ValidFrom, validTo = same.ValidTo });
                kept.Remove(old.ValidFrom);
            }
            else
            {
                await unit.Hit(DropVersion, new { municipality, fee = old.Code, validFrom = old.ValidFrom });
            }
        }

        foreach (var version in kept.Values.OrderBy(static version => version.ValidFrom)) await Insert(unit, municipality, version, approval);
    }

    /// <summary>How many rows <see cref="Replace"/> writes at most.</summary>
    public static int Rows(IReadOnlyList<FeeItem> before, IReadOnlyList<FeeItem> after) => before.Except(after).Count() + after.Except(before).Count();
}
