using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Fees;

/// <summary>Grounds of reductions as they lie in the database: tens of rows. None is ever removed.</summary>
public static class GroundStore
{
    private const string Columns = "g.code, g.name, g.article, g.kind, g.rate, g.fees, g.decision_required, g.stamp, g.position, g.valid_from, g.valid_to";

    private static readonly Sql AllGrounds = new($"""
        select {Columns}
        from fee_ground g
        where g.municipality = @municipality
        order by g.position, g.code, g.valid_from
        """);

    private static readonly Sql InsertGround = new("""
        insert into fee_ground (municipality, code, valid_from, valid_to, name, article, kind, rate, fees, decision_required, stamp, position, approved_at, approved_by, proposal)
        values (@municipality, @code, @validFrom, @validTo, @name, @article, @kind, @rate, @fees, @decision, @stamp, @position, @at, @by, @proposal)
        """);

    private static readonly Sql EndGround = new("""
        update fee_ground
        set valid_to = @lastDay
        where municipality = @municipality and code = @code and valid_from = @validFrom and (valid_to is null or valid_to > @lastDay)
        """);

    public static Task<List<Ground>> All(Reader reader, string municipality) => reader.All<Ground>(AllGrounds, new { municipality });

    internal static Task<int> Insert(Unit unit, string municipality, Ground ground, Approval approval) => unit.Execute(InsertGround, new
    {
        municipality,
        code = ground.Code,
        validFrom = ground.ValidFrom,
        validTo = ground.ValidTo,
        name = ground.Name,
        article = ground.Article,
        kind = ground.Kind,
        rate = ground.Rate,
        fees = ground.Fees,
        decision = ground.DecisionRequired,
        stamp = ground.Stamp,
        position = ground.Position,
        at = approval.At,
        by = approval.By,
        proposal = approval.Proposal,
    });

    internal static Task<bool> End(Unit unit, string municipality, Ground ground, BusinessDate lastDay) =>
        unit.Hit(EndGround, new { municipality, code = ground.Code, validFrom = ground.ValidFrom, lastDay });
}
