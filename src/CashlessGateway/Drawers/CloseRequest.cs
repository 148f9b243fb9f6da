using CashlessGateway.Money;
using CashlessGateway.Web;

namespace CashlessGateway.Drawers;

/// <param name="Sales">The session's number of sales when the drawer was counted; another number now means counting again.</param>
/// <param name="Reason">Of a difference, in a word.</param>
/// <param name="Circumstances">What happened, for the report of the difference; the reason where nothing is said.</param>
/// <param name="Terminal">What the terminals' own slips say; empty where there is none.</param>
public sealed record CloseRequest(CountedCash Cash, long? Sales, string? Reason, string? Circumstances, bool CloseDay, IReadOnlyList<TerminalTotal> Terminal, DeputyOrder? Deputy)
{
    public const int LongestReason = 300;
    public const int LongestCircumstances = 1_000;

    public static CloseRequest Read(BodyObject body) => new(
        CountedCash.Read(body, "countedAmount"), body.Integer("sales", 0, int.MaxValue), body.Text("reason", LongestReason), body.Text("circumstances", LongestCircumstances), body.Flag("closeDay") ?? false,
        TerminalTotal.Read(body), DeputyOrder.Read(body));
}
