using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>Who may have public cash in hand (地方自治法171条).</summary>
public enum CashOffice
{
    /// <summary>出納員.</summary>
    Treasurer,

    /// <summary>分任出納員.</summary>
    DeputyTreasurer,

    /// <summary>現金取扱員.</summary>
    CashHandler,
}

/// <summary>任命: an office at a place for a term. The code is the `operator` that a till sends.</summary>
/// <param name="Place">'*' for all places.</param>
/// <param name="Person">The member of staff, where the code belongs to one who signs in.</param>
/// <param name="Post">The post that carries the office (市民課長): it outlives whoever holds it.</param>
public sealed record Appointment(string Id, string Code, string Place, string Name, string? Person, CashOffice Office, string? Post, BusinessDate ValidFrom, BusinessDate? ValidTo)
{
    public const string Everywhere = "*";

    public bool HoldsOn(BusinessDate day) => day >= ValidFrom && (ValidTo is not { } end || day <= end);

    public bool IsAt(string place) => Place == Everywhere || Place == place;
}

/// <summary>Pure.</summary>
public static class AppointmentRules
{
    /// <summary>A code names one person at a place on a day: a receipt that says c102 must not mean two.</summary>
    public static Problem? Overlap(Appointment wanted, IEnumerable<Appointment> others) =>
        others.FirstOrDefault(other => other.Id != wanted.Id && other.Code == wanted.Code && (wanted.IsAt(other.Place) || other.IsAt(wanted.Place)) && Meet(wanted, other)) is { } found
            ? Problem.At(Errors.CodeInUse, "?code", "in-use", new Words($"担当者コード {found.Code} は {found.ValidFrom}〜{found.ValidTo} に「{found.Name}」が使っています。", $"Operator {found.Code} is {found.Name} from {found.ValidFrom} to {found.ValidTo?.ToString() ?? "further notice"}."))
            : null;

    private static bool Meet(Appointment a, Appointment b) => !IsEmpty(a) && !IsEmpty(b) && (a.ValidTo is not { } end || end >= b.ValidFrom) && (b.ValidTo is not { } other || other >= a.ValidFrom);

    /// <summary>Ended before it began.</summary>
    private static bool IsEmpty(Appointment appointment) => appointment.ValidTo is { } end && end < appointment.ValidFrom;
}

public static class CashOfficeWords
{
    public static Words Name(this CashOffice office) => office switch
    {
        CashOffice.Treasurer => new("出納員", "treasurer"),
        CashOffice.DeputyTreasurer => new("分任出納員", "deputy treasurer"),
        CashOffice.CashHandler => new("現金取扱員", "cash handler"),
    };
}
