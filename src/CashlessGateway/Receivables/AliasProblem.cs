using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Receivables;

/// <summary>An alias belongs to one receivable that is not cancelled; whoever sends it again is told which.</summary>
public static class AliasProblem
{
    public static async Task<Problem> InUse(Database database, string municipality, ReceivableRequest request)
    {
        var holder = await database.Read(async reader =>
        {
            foreach (var wanted in request.Aliases)
                if (await ReceivableStore.FindByAlias(reader, municipality, await wanted.Resolve(reader, municipality)) is { } id) return id;
            return null;
        });
        var shown = holder is null ? null : PublicId.Receivable + holder;
        return new Problem(Errors.AliasInUse, new Words($"この番号は請求 {shown} のものです。", $"The alias belongs to {shown}."), More: new Dictionary<string, object?>(StringComparer.Ordinal) { ["receivable"] = shown });
    }
}
