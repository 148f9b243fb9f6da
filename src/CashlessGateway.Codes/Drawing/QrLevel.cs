namespace CashlessGateway.Codes.Drawing;

/// <summary>How much of a QR symbol may be dirty or torn away while it is still read.</summary>
public enum QrLevel
{
    /// <summary>About 7 %.</summary>
    L,

    /// <summary>About 15 %. eL-QR is printed with it.</summary>
    M,

    /// <summary>About 25 %: for displays that people touch.</summary>
    Q,

    /// <summary>About 30 %.</summary>
    H,
}
