namespace CashlessGateway.Codes;

/// <summary>How a customer's code reached us.</summary>
public enum CustomerCodeForm
{
    /// <summary>The number under a Code 128 bar code, 16 to 24 digits.</summary>
    Barcode,

    /// <summary>A QR code of EMVCo's consumer-presented kind.</summary>
    EmvQr,

    /// <summary>A QR code of JPQR's consumer-presented kind.</summary>
    JpqrQr,
}

/// <summary>
/// A code that a customer shows to pay with. Whoever holds it can take money for a few minutes, so it goes to the provider and nowhere
/// else: screens and logs get <see cref="Masked"/>.
/// </summary>
public sealed record CustomerCode : CodeReading
{
    internal CustomerCode(string code, CustomerCodeForm form, string? brand, IReadOnlyList<string> applications)
    {
        Code = code;
        Form = form;
        Brand = brand;
        Applications = applications;
    }

    /// <summary>The whole code, for the provider only.</summary>
    public string Code { get; }

    /// <summary>How it reached us.</summary>
    public CustomerCodeForm Form { get; }

    /// <summary>The brand that the prefix table names; null when the table does not know it. Then an aggregator decides, never a guess.</summary>
    public string? Brand { get; }

    /// <summary>In a QR code, the names of the payment applications it offers (tag 4F, in JPQR the 事業者識別コード). Empty for a bar code.</summary>
    public IReadOnlyList<string> Applications { get; }

    /// <inheritdoc/>
    public override string Masked => Mask.Of(Code);

    /// <summary>Two codes with the same text are the same code.</summary>
    public bool Equals(CustomerCode? other) => other is not null && string.Equals(Code, other.Code, StringComparison.Ordinal) && string.Equals(Brand, other.Brand, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);
}
