using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Web;

/// <summary>
/// The key of one call. The operation keeps its answer under it in the unit of its effect: so there is an answer exactly when
/// there is an effect, and a second call finds it by the primary key, on this node or another.
/// </summary>
public sealed class IdempotencyKey(Caller caller, byte[] keyHash, byte[] requestHash, Instant now)
{
    private static readonly Sql Insert = new("""
        insert into idempotency (municipality, client, key_hash, request_hash, object, status, location, answer, created_at)
        values (@Municipality, @Client, @KeyHash, @RequestHash, @Object, @Status, @Location, @Answer, @Now)
        """);

    private static readonly Sql Answer = new("""
        update idempotency
        set status = @Status, location = @Location, answer = @Answer
        where municipality = @Municipality and client = @Client and key_hash = @KeyHash and answer is null
        """);

    private static readonly Sql Free = new("""
        delete from idempotency
        where municipality = @Municipality and client = @Client and key_hash = @KeyHash and answer is null
        """);

    internal static readonly Sql Find = new("""
        select municipality, client, key_hash, request_hash, object, status, location, answer, created_at as now
        from idempotency
        where municipality = @municipality and client = @client and key_hash = @keyHash
        """);

    internal const string PrimaryKey = "idempotency_pk";

    private bool _begun;

    public byte[] KeyHash { get; } = keyHash;
    public byte[] RequestHash { get; } = requestHash;

    /// <summary>
    /// In the unit of an intent that a provider has to answer: the key is taken and names its object, the answer follows. A retry that
    /// finds it so (the process died between) is answered by whoever can tell what became of the object.
    /// </summary>
    public Task Begin(Unit unit, string objectId)
    {
        _begun = true;
        return unit.Later(Insert, Row(objectId, null, null, null));
    }

    /// <summary>An intent was found without an answer; the next <see cref="Keep"/> gives it.</summary>
    internal void Resume() => _begun = true;

    public async Task<Reply> Keep<T>(Unit unit, string objectId, int status, string? location, T answer)
    {
        var bytes = Json.Bytes(answer);
        var row = Row(objectId, status, location, bytes);
        if (_begun && await unit.Hit(Answer, row)) return new Reply.Bytes(status, "application/json", bytes, location);
        if (_begun && await unit.One<KeptAnswer>(Find, new { municipality = caller.Municipality, client = caller.Client, keyHash = KeyHash }) is { Answer: { } first, Status: { } kept } before)
            return new Reply.Bytes(kept, "application/json", first, before.Location);
        // Never begun, or begun in a unit of which nothing stayed.
        await unit.Later(Insert, row);
        return new Reply.Bytes(status, "application/json", bytes, location);
    }

    /// <summary>The call came to nothing that could be kept: the same key may be used again.</summary>
    public Task Release(Unit unit) => unit.Execute(Free, Row("", null, null, null));

    private KeptAnswer Row(string objectId, int? status, string? location, byte[]? answer) => new()
    {
        Municipality = caller.Municipality,
        Client = caller.Client,
        KeyHash = KeyHash,
        RequestHash = RequestHash,
        Object = objectId,
        Status = status,
        Location = location,
        Answer = answer,
        Now = now,
    };
}

internal sealed class KeptAnswer
{
    public string Municipality { get; init; } = "";
    public string Client { get; init; } = "";
    public byte[] KeyHash { get; init; } = [];
    public byte[] RequestHash { get; init; } = [];
    public string? Object { get; init; }
    public int? Status { get; init; }
    public string? Location { get; init; }
    public byte[]? Answer { get; init; }
    public Instant Now { get; init; }
}

/// <summary>
/// Same key and body: the first bytes again. Same key, other body: 409. Only what took effect is remembered (mechanics 13).
/// </summary>
public sealed class Idempotency(Database database, Clock clock)
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 64;

    /// <summary>How long a second call waits for the first before it is told to come back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Young = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<(string Client, string Key), SemaphoreSlim> _running = new();

    public static Problem? Check(string? key) =>
        key is { Length: > 0 and <= LongestKey } && key.All(letter => letter is > ' ' and <= '~')
            ? null
            : new Problem(Errors.IdempotencyKeyMissing, new Words("同じ操作のやり直しで同じ値になる1〜64文字の英数記号を Idempotency-Key に付けてください。", "Send an Idempotency-Key of 1 to 64 printable ASCII characters that stays the same when you repeat the call."));

    public async Task<Reply> Run(Caller caller, string key, string method, string path, ReadOnlyMemory<byte> body, Func<IdempotencyKey, Task<Reply>> work, Func<IdempotencyKey, string, Task<Reply>>? resume = null)
    {
        var slot = new IdempotencyKey(caller, SHA256.HashData(Encoding.ASCII.GetBytes(key)), HashOf(method, path, body), clock.Now());
        var name = (caller.Client, caller.Municipality + key);
        var gate = new SemaphoreSlim(0, 1);
        while (true)
        {
            var running = _running.GetOrAdd(name, gate);
            if (ReferenceEquals(running, gate)) break;
            if (!await WaitFor(running)) return InUse();
        }

        try
        {
            return await RunFirst(caller, slot, work, resume);
        }
        finally
        {
            _running.TryRemove(name, out _);
            gate.Release();
        }
    }

    private async Task<Reply> RunFirst(Caller caller, IdempotencyKey slot, Func<IdempotencyKey, Task<Reply>> work, Func<IdempotencyKey, string, Task<Reply>>? resume)
    {
        Reply reply;
        try
        {
            reply = await work(slot);
        }
        catch (KeyTakenException)
        {
            return await Replay(caller, slot, resume) ?? InUse();
        }

        // A refusal may only be the shadow of the first call's own success ("already paid").
        return reply is Reply.Refusal ? await Replay(caller, slot, resume) ?? reply : reply;
    }

    private async Task<Reply?> Replay(Caller caller, IdempotencyKey slot, Func<IdempotencyKey, string, Task<Reply>>? resume)
    {
        var kept = await database.One<KeptAnswer>(IdempotencyKey.Find, new { municipality = caller.Municipality, client = caller.Client, keyHash = slot.KeyHash });
        if (kept is null) return null;
        if (!kept.RequestHash.AsSpan().SequenceEqual(slot.RequestHash))
            return new Problem(Errors.IdempotencyKeyReused, new Words("この Idempotency-Key は別の内容の要求に使われました。新しいキーを付けてください。", "This Idempotency-Key was used for a different request. Use a new key."));
        if (kept.Answer is null || kept.Status is not { } status) return resume is null || kept.Object is null ? InUse() : await Resumed(caller, slot, kept, resume);
        return new Reply.Bytes(status, "application/json", kept.Answer, kept.Location, Replayed: true);
    }

    /// <summary>
    /// An intent without an answer: another node is just at it, or the one that was died. A young one is given a moment; then
    /// whoever knows the object says what became of it, and that is the first answer.
    /// </summary>
    private async Task<Reply> Resumed(Caller caller, IdempotencyKey slot, KeptAnswer kept, Func<IdempotencyKey, string, Task<Reply>> resume)
    {
        for (var waited = TimeSpan.Zero; waited < Young && clock.Now() - kept.Now < Patience; waited += Moment)
        {
            await Task.Delay(Moment);
            if (await database.One<KeptAnswer>(IdempotencyKey.Find, new { municipality = caller.Municipality, client = caller.Client, keyHash = slot.KeyHash }) is not { } now) return InUse();
            if (now is { Answer: { } answer, Status: { } status }) return new Reply.Bytes(status, "application/json", answer, now.Location, Replayed: true);
        }

        slot.Resume();
        return await resume(slot, kept.Object!);
    }

    /// <summary>Each waiter passes the gate on to the next one.</summary>
    private static async Task<bool> WaitFor(SemaphoreSlim running)
    {
        if (!await running.WaitAsync(Patience)) return false;
        running.Release();
        return true;
    }

    private static Reply InUse() => new Problem(Errors.IdempotencyKeyInUse, new Words("少し待ってから同じキーでもう一度送ってください。", "Wait a moment and send it again with the same key.")) { RetryAfter = TimeSpan.FromSeconds(2) };

    private static byte[] HashOf(string method, string path, ReadOnlyMemory<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{method}\n{path}\n"));
        hash.AppendData(body.Span);
        return hash.GetHashAndReset();
    }
}

/// <summary>Another node has just written the answer of this key: nothing of this unit stays, and that answer is given.</summary>
public sealed class KeyTakenException() : Exception("The idempotency key is taken.");

public static class KeyedWrites
{
    /// <summary>The same for units that only write.</summary>
    public static async Task<Written<T>> WriteKeyedGrouped<T>(this Database database, string lane, Func<Unit, Task<T>> work, ReadBack readBack)
    {
        var written = await database.WriteGrouped(lane, work, readBack);
        return written is Written<T>.Taken { Index: IdempotencyKey.PrimaryKey } ? throw new KeyTakenException() : written;
    }

    /// <summary>Writes; when the key itself is already there, the first answer is replayed instead.</summary>
    public static async Task<Written<T>> WriteKeyed<T>(this Database database, Func<Unit, Task<T>> work, ReadBack readBack)
    {
        var written = await database.Write(work, readBack);
        return written is Written<T>.Taken { Index: IdempotencyKey.PrimaryKey } ? throw new KeyTakenException() : written;
    }
}
