using CashlessGateway.Web;

namespace CashlessGateway.Drawers.Screens;

/// <summary>The fields of one count: notes and coins, and the sum for those who count it otherwise.</summary>
/// <param name="Prefix">Tells its ids from those of another count on the page.</param>
public sealed record Pieces(SessionScreen Screen, string Prefix, string Amount, Words Legend);
