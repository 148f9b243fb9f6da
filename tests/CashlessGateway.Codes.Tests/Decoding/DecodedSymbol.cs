namespace CashlessGateway.Codes.Tests.Decoding;

/// <summary>What the decoder read in a picture.</summary>
/// <param name="Text">Without AIM identifier and without brackets, as most scanners deliver it.</param>
/// <param name="Bytes">The same before its character set was guessed.</param>
/// <param name="Format">QRCode, Code128 and so on.</param>
/// <param name="SymbologyIdentifier">The AIM identifier: ]C1 for GS1-128, ]C0 for plain Code 128, ]Q1 for QR.</param>
/// <param name="ContentType">Text, GS1 and so on.</param>
/// <param name="EcLevel">L, M, Q or H of a QR symbol, else empty.</param>
/// <param name="Version">1 to 40 of a QR symbol, else empty.</param>
/// <param name="Mirrored">Right in all but its handedness: scanners differ in whether they read that.</param>
/// <param name="UnusedErrorCorrection">1 when nothing had to be corrected, less when a module or an error correction word is wrong; none for bar codes.</param>
public sealed record DecodedSymbol(
    string Text,
    byte[] Bytes,
    string Format,
    string SymbologyIdentifier,
    string ContentType,
    string EcLevel,
    string Version,
    bool Mirrored,
    double? UnusedErrorCorrection);
