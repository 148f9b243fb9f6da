using CashlessGateway.Web;

namespace CashlessGateway.Access.Roles;

/// <summary>Which roles one person may not hold at a time. Pure.</summary>
public static class RoleRules
{
    /// <summary>Null when the grant may stand beside those that are there; else why not, in words for the person who grants.</summary>
    public static Words? Against(RoleGrant wanted, IEnumerable<RoleGrant> held)
    {
        foreach (var other in held.Where(other => Period.Of(other).Meets(Period.Of(wanted))))
        {
            if (other.Role == wanted.Role && (other.Place is null || other.Place == wanted.Place))
                return new($"その期間の「{wanted.Role.Name().Ja}」はすでに付いています（{Dates(other)}）。", $"The role of {wanted.Role.Name().En} is already held at that time ({Dates(other)}).");
            if (Together(wanted.Role, other.Role) is { } why) return why;
        }

        return null;
    }

    /// <summary>職務の分離: who may open doors must not be able to walk through them to the money, and who checks must have nothing to check on their own.</summary>
    public static Words? Together(Role a, Role b)
    {
        if (a == b) return null;
        if (Either(a, b, Role.Auditor) is { } beside && beside.Changes())
            return new($"「監査」は何も変えられない役割です。「{beside.Name().Ja}」と同じ期間に持つことはできません。", $"An auditor changes nothing and cannot be {beside.Name().En} at the same time.");
        if (Either(a, b, Role.Admin) is { } money && money.MovesMoney())
            return new($"「管理者」は人と設定だけを扱い、お金は扱えません。「{money.Name().Ja}」と同じ期間に持つことはできません。", $"An administrator manages people and settings and no money, and cannot be {money.Name().En} at the same time.");
        return null;
    }

    /// <summary>The other one of the two, where one is <paramref name="role"/>.</summary>
    private static Role? Either(Role a, Role b, Role role) => a == role ? b : b == role ? a : null;

    private static string Dates(RoleGrant grant) => $"{grant.ValidFrom}〜{grant.ValidTo}";
}
