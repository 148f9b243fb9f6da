using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CashlessGateway.Benchmarks.Load;

/// <summary>
/// Sends payments over keep-alive connections, one at a time on each, from a single thread that waits for all sockets at once:
/// on a small machine the generator must take as little as it can from the server it measures.
/// </summary>
internal sealed class LoadGenerator(Uri url, PaymentRequests requests, int connections)
{
    /// <summary>An answer that takes longer than this is counted as lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int PollMicroseconds = 100_000;

    /// <param name="atStart">Called when the warm-up is over.</param>
    /// <param name="atEnd">Called when the last counted answer is in.</param>
    public LoadResult Run(TimeSpan warmUp, TimeSpan duration, Action atStart, Action atEnd)
    {
        var workers = Enumerable.Range(0, connections).Select(_ => new Worker(url, requests.Length)).ToDictionary(worker => worker.Socket);
        try
        {
            var waiting = workers.Values.Where(Send).ToHashSet();
            Answers(workers, waiting, Stopwatch.GetTimestamp() + Ticks(warmUp), null);
            atStart();
            var answers = new List<Answer>(1_000_000);
            var begin = Stopwatch.GetTimestamp();
            Answers(workers, waiting, begin + Ticks(duration), answers);
            var elapsed = Stopwatch.GetElapsedTime(begin);
            atEnd();
            return LoadResult.Of(answers, elapsed, Drain(workers, waiting));
        }
        finally
        {
            foreach (var worker in workers.Values) worker.Dispose();
        }
    }

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);

    private bool Send(Worker worker)
    {
        if (!requests.Next(worker.Request)) return false;
        worker.Send();
        return true;
    }

    private void Answers(Dictionary<Socket, Worker> workers, HashSet<Worker> waiting, long until, List<Answer>? answers)
    {
        var ready = new List<Socket>(connections);
        while (waiting.Count > 0 && Stopwatch.GetTimestamp() < until)
        {
            ready.Clear();
            foreach (var worker in waiting) ready.Add(worker.Socket);
            Socket.Select(ready, null, null, PollMicroseconds);
            foreach (var socket in ready)
            {
                var worker = workers[socket];
                if (!worker.Receive()) continue;
                answers?.Add(worker.Answer);
                if (!Send(worker)) waiting.Remove(worker);
            }
        }
    }

    /// <returns>How many were never answered.</returns>
    private static int Drain(Dictionary<Socket, Worker> workers, HashSet<Worker> waiting)
    {
        var end = Stopwatch.GetTimestamp() + Ticks(Patience);
        while (waiting.Count > 0 && Stopwatch.GetTimestamp() < end)
        {
            var ready = waiting.Select(worker => worker.Socket).ToList();
            Socket.Select(ready, null, null, PollMicroseconds);
            foreach (var socket in ready)
                if (workers[socket].Receive()) waiting.Remove(workers[socket]);
        }

        return waiting.Count;
    }

    private sealed class Worker : IDisposable
    {
        private const int MostAnswerBytes = 16_384;

        private readonly byte[] _answer = new byte[MostAnswerBytes];
        private int _received;
        private long _sentAt;

        public Worker(Uri url, int requestLength)
        {
            Request = new byte[requestLength];
            Socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            Socket.Connect(IPAddress.Loopback, url.Port);
        }

        public Socket Socket { get; }
        public byte[] Request { get; }
        public Answer Answer { get; private set; }

        public void Send()
        {
            _received = 0;
            _sentAt = Stopwatch.GetTimestamp();
            Socket.Send(Request);
        }

        /// <summary>True when the answer is complete.</summary>
        public bool Receive()
        {
            var count = Socket.Receive(_answer.AsSpan(_received));
            if (count == 0) throw new BenchmarkException("The server closed a connection.");
            _received += count;
            var bytes = _answer.AsSpan(0, _received);
            var head = bytes.IndexOf("\r\n\r\n"u8);
            if (head < 0 || _received < head + 4 + ContentLength(bytes[..head])) return false;
            Answer = new Answer(Number(bytes[9..12]), Stopwatch.GetTimestamp() - _sentAt);
            return true;
        }

        private static int ContentLength(ReadOnlySpan<byte> head)
        {
            var name = "Content-Length: "u8;
            var at = head.IndexOf(name);
            if (at < 0) return 0;
            var value = head[(at + name.Length)..];
            var end = value.IndexOf((byte)'\r');
            return Number(end < 0 ? value : value[..end]);
        }

        private static int Number(ReadOnlySpan<byte> digits)
        {
            var number = 0;
            foreach (var digit in digits) number = (number * 10) + (digit - '0');
            return number;
        }

        public void Dispose() => Socket.Dispose();
    }
}

internal readonly record struct Answer(int Status, long Ticks);

/// <summary>What a run of load came to.</summary>
internal sealed record LoadResult(int Payments, double PerSecond, double P50, double P95, double P99, double Max, IReadOnlyDictionary<int, int> Refused, int Lost)
{
    public static LoadResult Of(List<Answer> answers, TimeSpan elapsed, int lost)
    {
        var times = answers.Select(answer => answer.Ticks * 1000.0 / Stopwatch.Frequency).Order().ToList();
        double At(double part) => times.Count == 0 ? 0 : times[Math.Min(times.Count - 1, (int)(times.Count * part))];
        var refused = answers.Where(answer => answer.Status != 201).GroupBy(answer => answer.Status).ToDictionary(group => group.Key, group => group.Count());
        return new LoadResult(answers.Count, answers.Count / elapsed.TotalSeconds, At(0.5), At(0.95), At(0.99), times.Count == 0 ? 0 : times[^1], refused, lost);
    }

    public string Failures => Refused.Count == 0 && Lost == 0 ? "none" : string.Join(", ", Refused.Select(status => $"{status.Value} × {status.Key}").Append($"{Lost} lost"));
}
