using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Sandbox.Square.Wire;

/// <summary>How an answer is wrong on demand.</summary>
internal sealed record Spoil(TimeSpan Skew, long Delta, string Currency, string? Status)
{
    public static Spoil None { get; } = new(TimeSpan.Zero, 0, "JPY", null);

    public static Spoil Of(FiredFaults faults) => new(
        faults.Wait(FaultKind.ClockSkew),
        faults.Of(FaultKind.WrongAmount)?.Delta ?? 0,
        faults.Has(FaultKind.WrongCurrency) ? "USD" : "JPY",
        faults.Of(FaultKind.WrongStatus)?.State);

    public static bool Hides(FiredFaults faults, DateTimeOffset since, DateTimeOffset now) =>
        faults.Has(FaultKind.Forget) || now < since + faults.Wait(FaultKind.NotYet);
}
