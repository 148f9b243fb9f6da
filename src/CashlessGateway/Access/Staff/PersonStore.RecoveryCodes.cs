using CashlessGateway.Storage;

namespace CashlessGateway.Access.Staff;

public sealed partial class PersonStore
{
    private static readonly Sql DropCodes = new("delete from recovery_code where municipality = @municipality and person = @person");

    private static readonly Sql InsertCode = new("""
        insert into recovery_code (municipality, person, code_hash)
        values (@municipality, @person, @codeHash)
        """);

    /// <summary>Two that use one code at the same moment: one row is hit once.</summary>
    private static readonly Sql UseCode = new("""
        update recovery_code
        set used_at = @now
        where municipality = @municipality and person = @person and code_hash = @codeHash and used_at is null
        """);

    private static readonly Sql CountCodes = new("""
        select count(*)
        from recovery_code
        where municipality = @municipality and person = @person and used_at is null
        """);

    public Task ReplaceCodesAsync(Person user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        var hashes = recoveryCodes.Select(code => RecoveryCodes.Hash(user, code)).ToList();
        return database.WriteSurely(async unit =>
        {
            await unit.Execute(DropCodes, new { municipality = user.Municipality, person = user.Id });
            foreach (var codeHash in hashes) await unit.Execute(InsertCode, new { municipality = user.Municipality, person = user.Id, codeHash });
            return true;
        }, ReadBack.SafeToRepeat, cancellationToken);
    }

    public async Task<bool> RedeemCodeAsync(Person user, string code, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var codeHash = RecoveryCodes.Hash(user, code);
        return await database.WriteSurely(unit => unit.Hit(UseCode, new { municipality = user.Municipality, person = user.Id, codeHash, now }), ReadBack.SafeToRepeat, cancellationToken);
    }

    public async Task<int> CountCodesAsync(Person user, CancellationToken cancellationToken) =>
        (int)await database.One<long>(CountCodes, new { municipality = user.Municipality, person = user.Id }, cancellationToken);
}
