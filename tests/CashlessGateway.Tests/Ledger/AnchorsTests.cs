using CashlessGateway.Ledger;
using CashlessGateway.Money;

namespace CashlessGateway.Tests.Ledger;

public sealed class AnchorsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cashless-test-").FullName;

    private static readonly Anchor One = new(new Instant(1_795_219_200_123), "131016", Books.Today, "shimin-1", 7, new string('a', 64));

    [Fact]
    public void Lines_are_read_as_they_were_written()
    {
        var anchors = new Anchors(Path.Combine(_directory, "anchors.log"));
        Assert.Empty(anchors.Read());
        anchors.Append(One);
        anchors.Append(One with { Block = 8 });
        Assert.Equal([(1, One), (2, One with { Block = 8 })], anchors.Read());
    }

    [Fact]
    public void Half_a_line_left_by_a_power_cut_stays_alone()
    {
        var file = Path.Combine(_directory, "anchors.log");
        File.WriteAllText(file, "2026-11-21T0");
        var anchors = new Anchors(file);
        anchors.Append(One);
        Assert.Equal([(1, null), (2, One)], anchors.Read());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
