using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using PosTerminal.Api;
using PosTerminal.Record;
using PosTerminal.Show;

namespace PosTerminal;

/// <summary>What became of a request that changes something.</summary>
public abstract record Sent
{
    private Sent() { }

    public sealed record Done(ApiAnswer Answer, string Key) : Sent;

    /// <summary>Nothing was done, and the request is closed.</summary>
    public sealed record Refused(ApiAnswer Answer) : Sent;

    /// <summary>It stays in the journal; `resume` sends it again.</summary>
    public sealed record Unknown(string Why) : Sent;
}

/// <summary>
/// The one way in which this till changes anything: key and bytes on disk first, then the POST, then its answer on disk. Killed
/// anywhere in between, the next start sends the same bytes with the same key, and the gateway gives the answer of the first time.
/// </summary>
public sealed class Till(Options options, ApiClient api, JournalFile journal, Screen screen)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TimeProvider _time = TimeProvider.System;

    public Options Options { get; } = options;
    public ApiClient Api { get; } = api;
    public JournalFile Journal { get; } = journal;
    public Screen Screen { get; } = screen;

    public DateTimeOffset Now => _time.GetUtcNow();

    public async Task<Sent> Send(string what, string path, object body)
    {
        if (Journal.Unfinished.Any(static one => one.Stage == Stage.Unknown))
            return new Sent.Unknown("前の操作の結果がまだ分かりません。先に「中断した処理の再開」（resume）をしてください。");
        var intent = new Step { Kind = Step.Intent, Key = NewKey(), At = Now, What = what, Path = path, Body = JsonSerializer.Serialize(body, Readable) };
        Journal.Write(intent);
        DieAfter("key");
        return await Post(intent.Key, what, path, intent.Body, again: false);
    }

    /// <summary>After a restart: the same request once more.</summary>
    public Task<Sent> SendAgain(Unfinished left) => Post(left.Key, left.What, left.Path, left.Body, again: true);

    private async Task<Sent> Post(string key, string what, string path, string body, bool again)
    {
        var reply = await Api.Post(path, key, body);
        DieAfter("post");
        if (reply is ApiReply.Unknown unknown) return new Sent.Unknown(unknown.Why);
        var answer = ((ApiReply.Answered)reply).Answer;
        if (!answer.IsOk && (again || answer.WasLost) && answer.Status is 401 or 403)
            // Who may not ask does not learn whether it was done the first time.
            return new Sent.Unknown(answer.Detail);
        Journal.Write(answer.IsOk ? AnswerStep(key, what, answer) : new Step { Kind = Step.Refused, Key = key, At = Now, Status = answer.Status, Code = answer.Code });
        DieAfter("answer");
        return answer.IsOk ? new Sent.Done(answer, key) : new Sent.Refused(answer);
    }

    private Step AnswerStep(string key, string what, ApiAnswer answer)
    {
        var step = new Step { Kind = Step.Answer, Key = key, At = Now, Status = answer.Status };
        return what switch
        {
            "sell" => step with
            {
                Receivable = answer.Body.Member("receivable")?.Text("id"),
                Payment = answer.Body.Member("payment")?.Text("id"),
                State = answer.Body.Member("payment") is { } payment ? payment.Text("status") : "free",
            },
            "pay" => step with { Receivable = answer.Body.Text("receivable"), Payment = answer.Body.Text("id"), State = answer.Body.Text("status") },
            // Done with its answer: a cancelled payment is followed under its own sale, a refund goes on without the till.
            _ => step,
        };
    }

    /// <summary>What a GET said about a payment, for whichever operation of this till it belongs to.</summary>
    public void Note(string payment, string state)
    {
        foreach (var left in Journal.Unfinished.Where(left => left.Payment == payment && left.Stage == Stage.Waiting))
        {
            var step = new Step { Kind = Step.Outcome, Key = left.Key, At = Now, Payment = payment, State = state };
            // Each question of a wait would be a line otherwise.
            if (Unfinished.After(left, step) != left) Journal.Write(step);
        }
    }

    public void NotePrinted(string receivable)
    {
        foreach (var left in Journal.Unfinished.Where(left => left.Receivable == receivable && left.Stage == Stage.ToPrint))
            Journal.Write(new Step { Kind = Step.Printed, Key = left.Key, At = Now });
    }

    /// <summary>Made before anything is sent. Names the till and the moment for whoever reads the gateway's log.</summary>
    private string NewKey() => string.Create(CultureInfo.InvariantCulture, $"{Options.Terminal}-{Now.UtcDateTime:yyyyMMddHHmmss}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    /// <summary>Lets anybody see what a till that dies leaves behind: POS_DIE_AFTER=key, post or answer. As kill -9: nothing is tidied up.</summary>
    private static void DieAfter(string point)
    {
        if (Environment.GetEnvironmentVariable("POS_DIE_AFTER") != point) return;
        System.Diagnostics.Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
