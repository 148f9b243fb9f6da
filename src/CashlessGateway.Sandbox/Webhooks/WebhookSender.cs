using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;
using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Sandbox.Webhooks;

/// <summary>
/// Posts notices as the provider does: two seconds per try, at most three more tries 100 ms apart, then never again.
/// A queue with a fixed number of senders, so that a gateway that hangs is not met by ten thousand open connections.
/// </summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    private const int Tries = 4;
    private const int Senders = 16;

    // More than a storm test leaves undelivered; beyond it notices are lost, as the provider reserves the right to.
    private const int LongestQueue = 50_000;

    private static readonly TimeSpan TryLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Channel<Delivery> _queue = Channel.CreateBounded<Delivery>(LongestQueue);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopping;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<string, Uri> _ownTargets;
    private readonly TimeProvider _time;
    private readonly FaultSet _faults;
    private readonly Task _senders;
    private volatile Uri? _target;

    public WebhookSender(SandboxOptions options, FaultSet faults)
    {
        _stopping = _stop.Token;
        _time = options.Time;
        _faults = faults;
        _target = options.Webhook;
        _ownTargets = new(options.Merchants.Where(merchant => merchant.Webhook is not null).Select(merchant => KeyValuePair.Create(merchant.MerchantId, merchant.Webhook!)));
        _senders = Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(SendQueued)));
    }

    public void SetTarget(Uri? target) => _target = target;

    public void SetTarget(string merchantId, Uri target) => _ownTargets[merchantId] = target;

    /// <summary>Ends when the notice has been delivered or given up. Nobody has to wait for it.</summary>
    public Task Send(TransactionNotice notice, TimeSpan after)
    {
        if ((_ownTargets.GetValueOrDefault(notice.MerchantId) ?? _target) is not { } target) return Task.CompletedTask;
        var faults = _faults.Fire(ApiOperation.Webhook, notice.MerchantOrderId);
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

    private async Task Send(TransactionNotice notice, Uri target, TimeSpan wait)
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
        for (var left = Tries; left > 0; left--)
        {
            if (await Try(delivery)) return;
            if (left > 1 && !await Wait(Pause)) return;
        }
    }

    private async Task<bool> Try(Delivery delivery)
    {
        using var limit = new CancellationTokenSource(TryLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopping);
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(delivery.Notice, SandboxJson.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var answer = await _http.PostAsync(delivery.Target, content, either.Token);
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

    private sealed record Delivery(TransactionNotice Notice, Uri Target, TaskCompletionSource Done);
}
