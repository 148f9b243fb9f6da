using System.Collections.Concurrent;
using System.Threading.Channels;
using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Sandbox.Webhooks;

/// <summary>One notice on its way.</summary>
internal interface INotice
{
    string Merchant { get; }

    /// <summary>The merchant's own reference of the payment.</summary>
    string Reference { get; }

    /// <summary>Made anew for each try: some providers sign the time of the try.</summary>
    HttpRequestMessage Request(Uri target);

    /// <summary>What somebody who knows only the reference could send.</summary>
    INotice Forged();
}

/// <summary>How often a provider tries, and how long each try may take.</summary>
internal sealed record WebhookPlan(TimeSpan TryLimit, IReadOnlyList<TimeSpan> Pauses);

/// <summary>
/// Posts notices as a provider does: some tries, then never again.
/// A queue with a fixed number of senders, so that a gateway that hangs is not met by ten thousand open connections.
/// </summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private const int Senders = 16;

    // More than a storm test leaves undelivered; beyond it notices are lost, as the provider reserves the right to.
    private const int LongestQueue = 50_000;

    private readonly Channel<Delivery> _queue = Channel.CreateBounded<Delivery>(LongestQueue);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<string, Uri> _ownTargets;
    private readonly TimeProvider _time;
    private readonly FaultSet _faults;
    private readonly WebhookPlan _plan;
    private readonly Task _senders;
    private volatile Uri? _target;

    public WebhookSender(WebhookPlan plan, TimeProvider time, FaultSet faults, Uri? target, IEnumerable<(string Merchant, Uri Target)> ownTargets)
    {
        _stopping = _stop.Token;
        _plan = plan;
        _time = time;
        _faults = faults;
        _target = target;
        _ownTargets = new(ownTargets.Select(own => KeyValuePair.Create(own.Merchant, own.Target)));
        _senders = Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(SendQueued)));
    }

    public void SetTarget(Uri? target) => _target = target;

    public void SetTarget(string merchantId, Uri target) => _ownTargets[merchantId] = target;

    /// <summary>Ends when the notice has been delivered or given up. Nobody has to wait for it.</summary>
    public Task Send(INotice notice, TimeSpan after)
    {
        if ((_ownTargets.GetValueOrDefault(notice.Merchant) ?? _target) is not { } target) return Task.CompletedTask;
        var faults = _faults.Fire(ApiOperation.Webhook, notice.Reference);
        if (faults.Has(FaultKind.DropWebhook)) return Task.CompletedTask;
        if (faults.Has(FaultKind.ForgedWebhook)) notice = notice.Forged();
        var copies = faults.Has(FaultKind.DuplicateWebhook) ? 2 : 1;
        var wait = after + faults.Wait(FaultKind.LateWebhook);
        return Task.WhenAll(Enumerable.Range(0, copies).Select(_ => Send(notice, target, wait)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _senders;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task Send(INotice notice, Uri target, TimeSpan wait)
    {
        if (!await Wait(wait)) return;
        var delivery = new Delivery(notice, target, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_queue.Writer.TryWrite(delivery)) await delivery.Done.Task.WaitAsync(_stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendQueued()
    {
        try
        {
            await foreach (var delivery in _queue.Reader.ReadAllAsync(_stopping))
            {
                await Deliver(delivery);
                delivery.Done.SetResult();
            }
        }
        catch (OperationCanceledException)
        {
            // The sandbox ends; what is queued is lost.
        }
    }

    private async Task Deliver(Delivery delivery)
    {
        for (var tried = 0; ; tried++)
        {
            if (await Try(delivery) || tried == _plan.Pauses.Count || !await Wait(_plan.Pauses[tried])) return;
        }
    }

    private async Task<bool> Try(Delivery delivery)
    {
        using var limit = new CancellationTokenSource(_plan.TryLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping);
        using var request = delivery.Notice.Request(delivery.Target);
        try
        {
            using var answer = await _http.SendAsync(request, either.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>False when the sandbox ends first.</summary>
    private async Task<bool> Wait(TimeSpan span)
    {
        if (span > TimeSpan.Zero) await Task.Delay(span, _time, _stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_stopping.IsCancellationRequested;
    }

    private sealed record Delivery(INotice Notice, Uri Target, TaskCompletionSource Done);
}
