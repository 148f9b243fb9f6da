namespace CashlessGateway.Codes.Tests;

/// <summary>Reads a text and insists on one kind of answer.</summary>
internal static class Read
{
    public static SlipCode Slip(string? scanned) => As<SlipCode>(scanned);

    public static ElQr ElQr(string? scanned) => As<ElQr>(scanned);

    public static StoreCode Store(string? scanned) => As<StoreCode>(scanned);

    public static CustomerCode Customer(string? scanned) => As<CustomerCode>(scanned);

    public static Unreadable Refused(string? scanned) => As<Unreadable>(scanned);

    public static UnreadableReason Why(string? scanned) => Refused(scanned).Why;

    private static T As<T>(string? scanned)
        where T : CodeReading => Assert.IsType<T>(CodeReader.Read(scanned));
}
