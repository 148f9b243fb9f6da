namespace CashlessGateway.Sandbox.PayPay;

/// <summary>What a rule decided: the new facts (null: nothing changes) and what the caller is told.</summary>
internal readonly record struct Step<T>(Progress? Next, T Outcome);
