using System.Diagnostics.CodeAnalysis;
using CashlessGateway.Sandbox.Faults;
using CashlessGateway.Sandbox.PayPay.Wire;

namespace CashlessGateway.Sandbox.PayPay.Operations;

/// <summary>How a look-up can be wrong.</summary>
internal static class LookUpFaults
{
    public static bool Hide(FiredFaults faults, DateTimeOffset since, DateTimeOffset now) =>
        faults.Has(FaultKind.Forget) || now < since + faults.Wait(FaultKind.NotYet);

    public static string Status(FiredFaults faults, string status) => faults.Of(FaultKind.WrongStatus)?.State ?? status;

    [return: NotNullIfNotNull(nameof(money))]
    public static Money? Amount(FiredFaults faults, Money? money)
    {
        if (money is null) return null;
        if (faults.Of(FaultKind.WrongAmount) is { } wrong) money = money with { Amount = money.Amount + wrong.Delta };
        return faults.Has(FaultKind.WrongCurrency) ? money with { Currency = "USD" } : money;
    }
}
