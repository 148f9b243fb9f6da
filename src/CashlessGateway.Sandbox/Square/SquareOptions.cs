using Microsoft.Extensions.Logging;

namespace CashlessGateway.Sandbox.Square;

/// <summary>How a stand-in for Square is to run. Nothing is read from the environment.</summary>
public sealed record SquareOptions
{
    /// <summary>The loopback port; 0 takes any free one.</summary>
    public int Port { get; init; }

    public SquareSeller Seller { get; init; } = SquareSeller.Demo;

    /// <summary>Terminals that are paired from the beginning.</summary>
    public IReadOnlyList<SquareDevice> Devices { get; init; } = [SquareDevice.Demo];

    /// <summary>Where notices go; it can be set later, since a gateway often learns its own address after the stand-in's.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>The stand-in's clock. Delays and deadlines wait on it too.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the truth is kept. Null: in memory only.</summary>
    public string? StateFile { get; init; }

    /// <summary>Decides which calls a fault with a probability meets, and who pays by themselves.</summary>
    public int Seed { get; init; } = 1;

    public SquareTerms Terms { get; init; } = new();

    /// <summary>Null: silent.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}

/// <summary>Whose money it is.</summary>
public sealed record SquareSeller(string AccessToken, string MerchantId, string LocationId, string Name)
{
    /// <summary>The seller of the demo city.</summary>
    public static SquareSeller Demo { get; } = new("sandbox-square-token", "MLSANDBOXSQUARE", "LSANDBOXSQUARE", "さくら市");

    /// <summary>Of the subscription to notices.</summary>
    public string SignatureKey { get; init; } = "sandbox-square-signature-key";

    /// <summary>
    /// The address that was registered and is signed, where the notices take another way to it (a proxy in front of the gateway). Null: what they are posted to.
    /// </summary>
    public string? NotificationUrl { get; init; }
}

/// <summary>A Square Terminal.</summary>
public sealed record SquareDevice(string Id, string Name)
{
    /// <summary>The Terminal of the demo city.</summary>
    public static SquareDevice Demo { get; } = new("901CS145A9000001", "窓口1");
}

/// <summary>What a contract or Square's mood decides. Rates are hundredths of a percent.</summary>
public sealed record SquareTerms
{
    /// <summary>2.5 %: the larger card brands, at the counter, for sellers below thirty million yen a year.</summary>
    public int CardRate { get; init; } = 250;

    /// <summary>3.25 %.</summary>
    public int EMoneyRate { get; init; } = 325;

    /// <summary>3.25 %.</summary>
    public int QrRate { get; init; } = 325;

    /// <summary>How long a refund shows PENDING before it turns COMPLETED.</summary>
    public TimeSpan RefundDelay { get; init; }

    /// <summary>How long a Terminal that has begun takes to hear a cancel; the customer may still be faster.</summary>
    public TimeSpan CancelDelay { get; init; }

    /// <summary>What lies in the seller's balance besides the takings. Null: refunds never lack money.</summary>
    public long? Balance { get; init; }

    /// <summary>What the location is signed up for, as payment_type.</summary>
    public IReadOnlyList<string> PaymentTypes { get; init; } = ["CARD_PRESENT", "MANUAL_CARD_ENTRY", "FELICA_ID", "FELICA_QUICPAY", "FELICA_TRANSPORTATION_GROUP", "FELICA_ALL", "PAYPAY", "QR_CODE"];
}
