namespace CashlessGateway.Codes.Tests;

/// <summary>Reads a text and insists on one kind of answer.</summary>
internal static class Read
{
    public static SlipCode Slip(string? scanned) => Assert.IsType<CodeReading.Slip>(CodeReader.Read(scanned)).Code;

    public static CodeReading.Unreadable Refused(string? scanned) => Assert.IsType<CodeReading.Unreadable>(CodeReader.Read(scanned));

    public static UnreadableReason Why(string? scanned) => Refused(scanned).Why;
}
