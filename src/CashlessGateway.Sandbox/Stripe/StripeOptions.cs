using Microsoft.Extensions.Logging;

namespace CashlessGateway.Sandbox.Stripe;

/// <summary>How a stand-in for Stripe is to run. Nothing is read from the environment.</summary>
public sealed record StripeOptions
{
    /// <summary>The loopback port; 0 takes any free one.</summary>
    public int Port { get; init; }

    public IReadOnlyList<StripeAccount> Accounts { get; init; } = [StripeAccount.Demo];

    /// <summary>Readers that are paired already, with the first account.</summary>
    public IReadOnlyList<StripeReader> Readers { get; init; } = [];

    /// <summary>Where notices go; it can be set later, since a gateway often learns its own address after the stand-in's.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>The stand-in's clock. Delays and pauses wait on it too, so a test that stops it decides when they end.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the truth is kept. Null: in memory only.</summary>
    public string? StateFile { get; init; }

    /// <summary>Decides which calls a fault with a probability meets, and whom the automatic customer pays.</summary>
    public int Seed { get; init; } = 1;

    public StripeTerms Terms { get; init; } = new();

    /// <summary>Null: the stand-in is silent.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}

/// <summary>One contract with Stripe: an account, told by its key.</summary>
public sealed record StripeAccount(string ApiKey, string WebhookSecret, string AccountId, string Name)
{
    /// <summary>The contract of the demo city.</summary>
    public static StripeAccount Demo { get; } = new("sk_test_sandboxdemo", "whsec_sandboxdemo", "acct_sandboxdemo", "さくら市");

    /// <summary>Where notices of this contract go. Null: to the address of <see cref="StripeOptions.Webhook"/>.</summary>
    public Uri? Webhook { get; init; }
}

/// <summary>A reader that a city has on its counter.</summary>
/// <param name="Id">As Stripe calls it, <c>tmr_…</c>.</param>
/// <param name="Label">As its owner calls it.</param>
public sealed record StripeReader(string Id, string Label);

/// <summary>What a contract or the provider's mood decides.</summary>
public sealed record StripeTerms
{
    /// <summary>Thousandths of each payment; Stripe's price for domestic cards is 3.6 %. It is not given back with a refund.</summary>
    public int FeePermille { get; init; } = 36;

    /// <summary>Yen for each dispute.</summary>
    public long DisputeFee { get; init; } = 1_500;

    /// <summary>Payouts are made on this day of the week, at midnight in Japan.</summary>
    public DayOfWeek PayoutDay { get; init; } = DayOfWeek.Friday;

    /// <summary>How long after a payment its money may be paid out.</summary>
    public TimeSpan AvailableAfter { get; init; } = TimeSpan.FromDays(4);

    /// <summary>How long a payout is on its way.</summary>
    public TimeSpan ArrivesAfter { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long a refund shows pending before it is succeeded.</summary>
    public TimeSpan RefundDelay { get; init; }

    /// <summary>How far the search lags behind the truth. The lists never do.</summary>
    public TimeSpan SearchDelay { get; init; } = TimeSpan.FromMinutes(1);
}
