using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Benchmarks.City;
using CashlessGateway.Money;

namespace CashlessGateway.Benchmarks.Floor;

/// <summary>The values of one payment of the floor. Ids rise like the gateway's own.</summary>
internal sealed class FloorPayment(string[] holes, byte[] answer, long receipt, long now)
{
    public string[] Holes { get; } = holes;
    public byte[] Answer { get; } = answer;
    public long Receipt { get; } = receipt;
    public long Now { get; } = now;
}

/// <summary>Fills the holes of captured rows. All splitting and looking up is done once, before the first request.</summary>
internal sealed class RowWriter
{
    private readonly Ids _ids;
    private readonly Clock _clock = new(TimeProvider.System);
    private readonly List<string> _names;
    private readonly string[] _places = Enumerable.Range(0, BenchmarkCity.Places).Select(BenchmarkCity.Place).ToArray();
    private readonly string[] _clients = Enumerable.Range(0, BenchmarkCity.Clients).Select(BenchmarkCity.Client).ToArray();
    private readonly string[] _sessions;
    private readonly Filled _answer;
    private long _count;

    public RowWriter(CapturedRows rows)
    {
        Rows = rows;
        _ids = new Ids(_clock);
        _names = rows.Payment.SelectMany(row => row.Cells).Where(cell => cell.Text is not null).SelectMany(cell => Holes.Split(cell.Text!).Where((_, part) => part % 2 == 1)).Distinct(StringComparer.Ordinal).ToList();
        _sessions = Enumerable.Range(0, BenchmarkCity.Places).Select(_ => _ids.Next()).ToArray();
        _answer = new Filled(rows.Answer, _names);
    }

    public CapturedRows Rows { get; }

    public FloorPayment Next()
    {
        var number = Interlocked.Increment(ref _count);
        var place = (int)(number % BenchmarkCity.Places);
        var now = _clock.Now();
        var receipt = (number / BenchmarkCity.Places) + 1;
        var values = new string[_names.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _names[i] switch
            {
                Holes.Place => _places[place],
                Holes.Client => _clients[number % BenchmarkCity.Clients],
                Holes.Session => _sessions[place],
                Holes.Date => BusinessDate.Of(now).ToString(),
                Holes.Receipt => receipt.ToString(CultureInfo.InvariantCulture),
                _ => _ids.Next(),
            };
        }

        return new FloorPayment(values, Encoding.UTF8.GetBytes(_answer.With(values)), receipt, now.Milliseconds);
    }

    /// <summary>One function per column that has a value of its own in each payment; the others are bound once.</summary>
    public Func<FloorPayment, object>? Changing(Cell cell)
    {
        if (cell.Kind is CellKind.Text && Holes.Split(cell.Text!).Length > 1)
        {
            var text = new Filled(cell.Text!, _names);
            return payment => text.With(payment.Holes);
        }

        return cell.Kind switch
        {
            CellKind.Document => static payment => payment.Answer,
            CellKind.Hash => static _ => RandomNumberGenerator.GetBytes(32),
            CellKind.Now => static payment => payment.Now,
            CellKind.Receipt => static payment => payment.Receipt,
            _ => null,
        };
    }

    public static object Constant(Cell cell) => cell.Kind switch
    {
        CellKind.Number => cell.Number,
        CellKind.Text => cell.Text!,
        _ => DBNull.Value,
    };

    public static string InsertOf(CapturedRow row) =>
        $"insert into {row.Table} ({string.Join(", ", row.Cells.Select(cell => cell.Column))}) values ({string.Join(", ", row.Cells.Select(cell => "@" + cell.Column))})";

    /// <summary>Literals and holes, side by side.</summary>
    private sealed class Filled(string text, List<string> names)
    {
        private readonly string[] _parts = Holes.Split(text);
        private readonly int[] _holes = Holes.Split(text).Where((_, part) => part % 2 == 1).Select(name => names.IndexOf(name)).ToArray();

        public string With(string[] values)
        {
            if (_parts is ["", _, ""]) return values[_holes[0]];
            if (_parts.Length == 3) return string.Concat(_parts[0], values[_holes[0]], _parts[2]);
            var all = new string[_parts.Length];
            for (var i = 0; i < all.Length; i++) all[i] = i % 2 == 0 ? _parts[i] : values[_holes[i / 2]];
            return string.Concat(all);
        }
    }
}
