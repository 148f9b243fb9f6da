using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Benchmarks.City;

namespace CashlessGateway.Benchmarks.Load;

/// <summary>
/// POST /v1/payments as bytes. All requests have one length, so each is a copy of the template with its key, its
/// Idempotency-Key, its receivable and its place written over.
/// </summary>
internal sealed class PaymentRequests
{
    private const int RunLength = 16;
    private const int CountLength = 16;
    private readonly byte[] _template;
    private readonly int _keyAt, _idempotencyAt, _receivableAt, _placeAt;
    private readonly byte[][] _keys;
    private readonly byte[][] _places = Enumerable.Range(0, BenchmarkCity.Places).Select(number => Encoding.ASCII.GetBytes(BenchmarkCity.Place(number))).ToArray();
    private readonly byte[] _run = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RunLength / 2)));
    private readonly OpenReceivables _receivables;
    private long _count;

    public PaymentRequests(Uri url, IReadOnlyList<string> keys, OpenReceivables receivables)
    {
        if (keys.Select(key => key.Length).Distinct().Count() != 1) throw new BenchmarkException("The keys differ in length.");
        _receivables = receivables;
        _keys = keys.Select(Encoding.ASCII.GetBytes).ToArray();
        var (key, idempotency, receivable, place) = (new string('K', keys[0].Length), new string('I', RunLength + CountLength), new string('R', OpenReceivables.IdLength), new string('P', _places[0].Length));
        var body = Body(receivable, place);
        var text = $"POST /v1/payments HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: {idempotency}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        _template = Encoding.ASCII.GetBytes(text);
        _keyAt = text.IndexOf(key, StringComparison.Ordinal);
        _idempotencyAt = text.IndexOf(idempotency, StringComparison.Ordinal);
        _receivableAt = text.IndexOf(receivable, StringComparison.Ordinal);
        _placeAt = text.IndexOf(place, StringComparison.Ordinal);
    }

    public int Length => _template.Length;

    public static string Body(string receivable, string place) =>
        $$$"""{"receivable":"{{{receivable}}}","place":"{{{place}}}","operator":"0042","method":"cash","cash":{"tenderedAmount":1000}}""";

    /// <summary>False when nothing is left to pay.</summary>
    public bool Next(Span<byte> buffer)
    {
        if (!_receivables.TryTake(out var receivable)) return false;
        var number = _count++;
        _template.CopyTo(buffer);
        _keys[number % _keys.Length].CopyTo(buffer[_keyAt..]);
        _run.CopyTo(buffer[_idempotencyAt..]);
        Utf8Formatter.TryFormat(number, buffer[(_idempotencyAt + RunLength)..], out _, new System.Buffers.StandardFormat('D', CountLength));
        receivable.CopyTo(buffer[_receivableAt..]);
        _places[number % _places.Length].CopyTo(buffer[_placeAt..]);
        return true;
    }
}

/// <summary>Ids of receivables that nobody has paid yet, each handed out once.</summary>
internal sealed class OpenReceivables
{
    public const int IdLength = 30;
    private const int LineLength = IdLength + 1;

    private readonly byte[] _lines;
    private readonly bool _again;

    private OpenReceivables(byte[] lines, long used, bool again)
    {
        _lines = lines;
        _again = again;
        Used = used;
    }

    public long Used { get; private set; }

    public static OpenReceivables From(string file, long used = 0) => new(File.ReadAllBytes(file), used, again: false);

    /// <summary>For the floor, which does not look at what it is sent.</summary>
    public static OpenReceivables Endless() => new(Encoding.ASCII.GetBytes("rcv_01J0R" + new string('0', 21) + "\n"), 0, again: true);

    public bool TryTake(out ReadOnlySpan<byte> id)
    {
        var line = _again ? 0 : Used;
        if ((line + 1) * LineLength > _lines.Length)
        {
            id = default;
            return false;
        }

        id = _lines.AsSpan((int)(line * LineLength), IdLength);
        Used++;
        return true;
    }
}
