using System.Text.Json.Nodes;
using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Events;

/// <summary>
/// Carries deliveries to their endpoints. Each endpoint has a turn of its own, so that one that is slow or dead delays nobody else.
/// A delivery is claimed, sent, and its answer written down; a process that dies in between leaves a claim that runs out, and
/// the event goes again: at least once, never not at all.
/// </summary>
public sealed class Courier(Database database, Clock clock, Ids ids, WebhookSender sender, EventData data, ILogger<Courier> log) : IAsyncDisposable
{
    /// <summary>Calls to one endpoint at once: enough for hundreds of events a second, and no flood for a small server.</summary>
    private const int AtOnce = 8;

    /// <summary>Claimed together: so the look-up and the claim's commit are shared, and no call waits for the slowest of its eight.</summary>
    private const int InRound = 4 * AtOnce;

    /// <summary>A turn that never ends would keep its endpoint's row from being read again by the job; the next one goes on.</summary>
    private const int MostRounds = 2_000;

    /// <summary>Four calls after each other end within 60 s, and their records within seconds; a claim older than this belongs to a process that is gone.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Later events of an object wait this long for an earlier one, then they overtake, and `sequence` tells (mechanics 23).</summary>
    private static readonly TimeSpan Holds = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Municipality, string Endpoint), Task> _turns = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Starts a turn for each endpoint that has something to be sent and none under way.</summary>
    /// <returns>The turns under way for those endpoints; nobody has to wait for them.</returns>
    public async Task<IReadOnlyList<Task>> Begin(string municipality, CancellationToken cancellation = default)
    {
        var due = await database.Read(reader => WebhookEndpoints.Due(reader, municipality, clock.Now()), cancellation);
        return due.ConvertAll(endpoint => Turn(municipality, endpoint.Id));
    }

    private Task Turn(string municipality, string endpoint)
    {
        lock (_gate)
        {
            if (_turns.TryGetValue((municipality, endpoint), out var running)) return running;
            return _stop.IsCancellationRequested ? Task.CompletedTask : _turns[(municipality, endpoint)] = Task.Run(() => Rounds(municipality, endpoint));
        }
    }

    private async Task Rounds(string municipality, string endpoint)
    {
        try
        {
            for (var round = 0; round < MostRounds && await Round(municipality, endpoint); round++)
            {
                // Until nothing is due.
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The gateway is stopping; what was claimed goes again when its lease is over.
        }
        catch (StorageUnavailableException error)
        {
            log.LogWarning("Events to {Endpoint} wait for the database: {Reason}", PublicId.WebhookEndpoint + endpoint, error.Message);
        }
        catch (Exception error)
        {
            log.LogError(error, "Events to {Endpoint} could not be sent.", PublicId.WebhookEndpoint + endpoint);
        }
        finally
        {
            lock (_gate) _turns.Remove((municipality, endpoint));
        }
    }

    /// <returns>False when nothing is due.</returns>
    private async Task<bool> Round(string municipality, string id)
    {
        var now = clock.Now();
        var (endpoint, wanted) = await database.Read(reader => Prepare(reader, municipality, id, now), _stop.Token);
        if (endpoint is null || wanted.Count == 0) return false;
        var claimed = await Claim(municipality, id, wanted, now);
        await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = _stop.Token }, async (delivery, _) => await Deliver(endpoint, delivery));
        return true;
    }

    private async Task<(WebhookEndpoint? Endpoint, List<ClaimedDelivery> Wanted)> Prepare(Reader reader, string municipality, string id, Instant now)
    {
        if (await WebhookEndpoints.Find(reader, municipality, id) is not { IsOpen: true } endpoint) return (null, []);
        // One call tells whether a failing endpoint is back; more would only wait for it together.
        var due = await WebhookDeliveries.Due(reader, municipality, id, now, endpoint.FailingSince is null ? InRound : 1);
        var (claim, wanted) = (ids.Next(), new List<ClaimedDelivery>());
        foreach (var seen in due)
            wanted.Add(new ClaimedDelivery(seen, claim, seen.RoundFrom ?? now, seen.HoldsUntil == WebhookDelivery.UntilTried ? now.Plus(Holds) : seen.HoldsUntil, seen.Body ?? await Body(reader, municipality, seen)));
        return (endpoint, wanted);
    }

    /// <summary>Null when it cannot be made: a fault of ours in one event must not keep the others of its endpoint back.</summary>
    private async Task<byte[]?> Body(Reader reader, string municipality, DueDelivery seen)
    {
        try
        {
            return EventBody.Bytes(seen.Told, await data(reader, municipality, seen.Told));
        }
        catch (Exception error) when (error is InvalidOperationException or NotSupportedException or ArgumentException or KeyNotFoundException)
        {
            log.LogError(error, "The body of {Event} could not be made.", PublicId.Event + seen.Event);
            return null;
        }
    }

    /// <summary>The body is on disk before it is sent: after a kill the same bytes go out again.</summary>
    private Task<List<ClaimedDelivery>> Claim(string municipality, string endpoint, List<ClaimedDelivery> wanted, Instant now) =>
        database.WriteSurely(async unit =>
        {
            var claimed = new List<ClaimedDelivery>();
            foreach (var delivery in wanted)
                if (await WebhookDeliveries.Claim(unit, delivery, now.Plus(Lease))) claimed.Add(delivery);
            return claimed;
        }, ReadBack.ByRow(WebhookDeliveries.HasClaim, new { municipality, endpoint, claim = wanted[0].Claim }), _stop.Token);

    private async Task Deliver(WebhookEndpoint endpoint, ClaimedDelivery claimed)
    {
        var triedAt = clock.Now();
        var result = claimed.Body is { } body
            ? await sender.Send(new Uri(endpoint.Url), PublicId.Event + claimed.Seen.Event, triedAt, body, endpoint.SecretsAt(triedAt), _stop.Token)
            : new TryResult(null, "body-not-made", 0);
        var now = clock.Now();
        // Taken: the claim ran out, and whoever has it now writes down what came of it.
        await database.Write(async unit =>
        {
            await WebhookDeliveries.Record(unit, claimed, result, triedAt, now);
            await WebhookEndpoints.Answered(unit, endpoint.Municipality, endpoint.Id, result, now);
            return true;
        }, ReadBack.SafeToRepeat);
        if (result.IsGone) log.LogWarning("{Endpoint} answered 410 Gone and is disabled.", PublicId.WebhookEndpoint + endpoint.Id);
    }

    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_gate)
        {
            _stop.Cancel();
            running = [.. _turns.Values];
        }

        await Task.WhenAll(running);
        _stop.Dispose();
    }
}
