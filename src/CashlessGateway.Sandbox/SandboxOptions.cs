using CashlessGateway.Sandbox.PayPay;
using Microsoft.Extensions.Logging;

namespace CashlessGateway.Sandbox;

/// <summary>How a sandbox is to run. Nothing is read from the environment: two sandboxes of one machine never influence each other.</summary>
public sealed record SandboxOptions
{
    /// <summary>The loopback port; 0 takes any free one.</summary>
    public int Port { get; init; }

    public IReadOnlyList<SandboxMerchant> Merchants { get; init; } = [SandboxMerchant.Demo];

    /// <summary>Where notices go; it can be set later, since a gateway often learns its own address after the sandbox's.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>The sandbox's clock. Delays and pauses wait on it too, so a test that stops it decides when they end.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the truth is kept. Null: in memory only.</summary>
    public string? StateFile { get; init; }

    /// <summary>Decides which calls a fault with a probability meets, and whom the automatic customer pays.</summary>
    public int Seed { get; init; } = 1;

    public PayPayTerms Terms { get; init; } = new();

    /// <summary>Null: the sandbox is silent.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
