using CashlessGateway.Web;

namespace CashlessGateway.Places;

/// <summary>Two clerks at one sheet: what to do when both wrote at the same moment.</summary>
public static class SheetRaces
{
    /// <summary>Opening a day or a session can be lost to another once each, and a close can fall in between; more is not chance.</summary>
    public const int MostTries = 8;

    /// <summary>Indexes that another payment may take first: the day or the automatic session it opened.</summary>
    public static bool IsRace(string index) => index is "place_day_pk" or "session_pk" or "session_open_drawer";

    public static Problem? Problem(SheetAnswer answer) => answer switch
    {
        SheetAnswer.Listed or SheetAnswer.Moved => null,
        SheetAnswer.NotOpen => new Problem(Errors.DayNotOpen, new Words("この収納場所は開局していません。開局してからもう一度送ってください。", "The place has not been opened today. Open a session, then send it again.")),
        SheetAnswer.Unclear => new Problem(Errors.SessionUnclear, new Words("複数の開局があります。terminal か operator を付けてください。", "Several sessions are open: name the terminal or the operator.")),
        _ => throw new InvalidOperationException("SheetAnswer is a closed set."),
    };
}
