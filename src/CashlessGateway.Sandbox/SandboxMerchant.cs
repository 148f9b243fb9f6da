namespace CashlessGateway.Sandbox;

/// <summary>One contract with the provider. Several may share a key; X-ASSUME-MERCHANT then says which one is meant.</summary>
public sealed record SandboxMerchant(string ApiKey, string Secret, string MerchantId, string Name)
{
    /// <summary>The contract of the demo city.</summary>
    public static SandboxMerchant Demo { get; } = new("sandbox-key", "sandbox-secret", "sandbox-merchant", "さくら市");

    /// <summary>Where notices of this contract go. Null: to the address of <see cref="SandboxOptions.Webhook"/>.</summary>
    public Uri? Webhook { get; init; }
}
