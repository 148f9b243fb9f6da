using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CashlessGateway.Providers.Stripe;

/// <summary>What came of one request. A closed set.</summary>
internal abstract record StripeAnswer<T>
{
    private StripeAnswer() { }

    /// <summary>The call worked. Not "paid": that stands in the object.</summary>
    public sealed record Done(T Value) : StripeAnswer<T>;

    /// <summary>Stripe itself refused, and this call had no effect. An earlier call of the same kind may have had one.</summary>
    /// <param name="Said">Status and words of Stripe, for people.</param>
    public sealed record Refused(Refusal Why, string Said) : StripeAnswer<T>;

    /// <summary>Nobody can tell whether the call had an effect.</summary>
    public sealed record Unclear(string Why) : StripeAnswer<T>;
}

/// <summary>
/// The calls of Stripe's API that are used here, and no others: what Stripe.net would replace. One request, one answer; whatever
/// happens on the way comes back as a value.
/// </summary>
internal sealed class StripeClient(StripeSettings settings, HttpClient http, TimeProvider time)
{
    private const string FormType = "application/x-www-form-urlencoded";

    /// <summary>A page of a hundred sessions with their payments has about 700 KB.</summary>
    private const int LongestAnswer = 4 * 1024 * 1024;

    /// <summary>The most that Stripe gives in one page.</summary>
    private const int PageSize = 100;

    /// <summary>
    /// What was not executed (429), is still at work under the same key (409), or Stripe itself asks to send again. Two more tries in
    /// three seconds: a clerk waits that long.
    /// </summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    /// <summary>With the payment and its charge inside, so that one question is enough.</summary>
    private static readonly string[] SessionWhole = ["payment_intent.latest_charge"];
    private static readonly string[] IntentWhole = ["latest_charge"];

    public Task<StripeAnswer<Session>> CreateSession(Form order, string key, CancellationToken cancellation) =>
        Post("/v1/checkout/sessions", order, key, Session.Read, cancellation);

    public Task<StripeAnswer<Session>> GetSession(string id, CancellationToken cancellation) =>
        Get($"/v1/checkout/sessions/{Escape(id)}", new Form { { "expand", SessionWhole } }, Session.Read, cancellation);

    /// <summary>Without a key: a second one finds the session expired, and a stored refusal would be told for a day.</summary>
    public Task<StripeAnswer<Session>> ExpireSession(string id, CancellationToken cancellation) =>
        Post($"/v1/checkout/sessions/{Escape(id)}/expire", new Form { { "expand", SessionWhole } }, null, Session.Read, cancellation);

    public Task<StripeAnswer<Page<Session>>> ListSessions(Window window, string? after, CancellationToken cancellation) =>
        List("/v1/checkout/sessions", new Form { { "created", window.AsForm() }, { "expand", new[] { "data.payment_intent.latest_charge" } } }, after, Session.Read, cancellation);

    public Task<StripeAnswer<Intent>> CreateIntent(Form order, string key, CancellationToken cancellation) =>
        Post("/v1/payment_intents", order, key, Intent.Read, cancellation);

    public Task<StripeAnswer<Intent>> GetIntent(string id, CancellationToken cancellation) =>
        Get($"/v1/payment_intents/{Escape(id)}", new Form { { "expand", IntentWhole } }, Intent.Read, cancellation);

    /// <summary>Without a key, as for a session.</summary>
    public Task<StripeAnswer<Intent>> CancelIntent(string id, string reason, CancellationToken cancellation) =>
        Post($"/v1/payment_intents/{Escape(id)}/cancel", new Form { { "cancellation_reason", reason }, { "expand", IntentWhole } }, null, Intent.Read, cancellation);

    public Task<StripeAnswer<Page<Intent>>> ListIntents(Window window, string? after, CancellationToken cancellation) =>
        List("/v1/payment_intents", new Form { { "created", window.AsForm() }, { "expand", new[] { "data.latest_charge" } } }, after, Intent.Read, cancellation);

    /// <summary>Behind the truth by up to a minute, and at times by more: a hit is a fact to be asked about, nothing is no answer.</summary>
    public Task<StripeAnswer<Page<Intent>>> SearchIntents(string reference, CancellationToken cancellation) => Get(
        "/v1/payment_intents/search",
        new Form { { "query", $"metadata['{Metadata.Payment}']:'{reference}'" }, { "limit", PageSize } },
        element => Page.Read(element, "search_result", Intent.Read),
        cancellation);

    public Task<StripeAnswer<Reader>> ProcessIntent(string reader, Form order, string key, CancellationToken cancellation) =>
        Post($"/v1/terminal/readers/{Escape(reader)}/process_payment_intent", order, key, Reader.Read, cancellation);

    public Task<StripeAnswer<Reader>> GetReader(string reader, CancellationToken cancellation) =>
        Get($"/v1/terminal/readers/{Escape(reader)}", [], Reader.Read, cancellation);

    public Task<StripeAnswer<Reader>> CancelAction(string reader, CancellationToken cancellation) =>
        Post($"/v1/terminal/readers/{Escape(reader)}/cancel_action", [], null, Reader.Read, cancellation);

    public Task<StripeAnswer<Reader>> RegisterReader(Form order, string key, CancellationToken cancellation) =>
        Post("/v1/terminal/readers", order, key, Reader.Read, cancellation);

    public Task<StripeAnswer<Refund>> CreateRefund(Form order, string key, CancellationToken cancellation) =>
        Post("/v1/refunds", order, key, Refund.Read, cancellation);

    public Task<StripeAnswer<Page<Refund>>> ListRefunds(string intent, string? after, CancellationToken cancellation) =>
        List("/v1/refunds", new Form { { "payment_intent", intent } }, after, Refund.Read, cancellation);

    public Task<StripeAnswer<Page<Refund>>> ListRefunds(Window window, string? after, CancellationToken cancellation) =>
        List("/v1/refunds", new Form { { "created", window.AsForm() } }, after, Refund.Read, cancellation);

    public Task<StripeAnswer<Page<DisputeOfStripe>>> ListDisputes(Window window, string? after, CancellationToken cancellation) =>
        List("/v1/disputes", new Form { { "created", window.AsForm() }, { "expand", new[] { "data.payment_intent" } } }, after, DisputeOfStripe.Read, cancellation);

    public Task<StripeAnswer<Page<PayoutOfStripe>>> ListPayouts(Window window, string? after, CancellationToken cancellation) =>
        List("/v1/payouts", new Form { { "created", window.AsForm() } }, after, PayoutOfStripe.Read, cancellation);

    public Task<StripeAnswer<Page<BalanceTransaction>>> ListTransactions(string payout, string? after, CancellationToken cancellation) =>
        List("/v1/balance_transactions", new Form { { "payout", payout }, { "expand", new[] { "data.source" } } }, after, BalanceTransaction.Read, cancellation);

    private static string Escape(string id) => Uri.EscapeDataString(id);

    private Task<StripeAnswer<Page<T>>> List<T>(string path, Form query, string? after, Func<JsonElement, T?> read, CancellationToken cancellation) where T : class
    {
        query.Add("limit", PageSize);
        if (after is not null)
            query.Add("starting_after", after);

        return Get(path, query, element => Page.Read(element, "list", read), cancellation);
    }

    private Task<StripeAnswer<T>> Get<T>(string path, Form query, Func<JsonElement, T?> read, CancellationToken cancellation) where T : class =>
        Send(() => Build(HttpMethod.Get, query.Count == 0 ? path : $"{path}?{query.Encode()}", null, null), $"GET {path}", read, cancellation);

    /// <summary>With a body even when there is nothing to say: a request without one may silently be sent twice on a connection that was cut.</summary>
    private Task<StripeAnswer<T>> Post<T>(string path, Form order, string? key, Func<JsonElement, T?> read, CancellationToken cancellation) where T : class
    {
        var body = Encoding.UTF8.GetBytes(order.Encode());
        return Send(() => Build(HttpMethod.Post, path, body, key), $"POST {path}", read, cancellation);
    }

    private async Task<StripeAnswer<T>> Send<T>(Func<HttpRequestMessage> build, string what, Func<JsonElement, T?> read, CancellationToken cancellation) where T : class
    {
        for (var tried = 0; ; tried++)
        {
            var (answer, again) = await Once(build, what, read, cancellation);
            if (!again || tried == Pauses.Length)
                return answer;

            try
            {
                await Task.Delay(Pauses[tried], time, cancellation);
            }
            catch (OperationCanceledException)
            {
                return answer;
            }
        }
    }

    private async Task<(StripeAnswer<T> Answer, bool Again)> Once<T>(Func<HttpRequestMessage> build, string what, Func<JsonElement, T?> read, CancellationToken cancellation) where T : class
    {
        try
        {
            using var request = build();
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var answer = await ReadAll(response.Content, cancellation) is { } bytes
                ? Envelope(what, response, bytes, read)
                : new StripeAnswer<T>.Unclear($"{what}: the answer is longer than any of Stripe's");
            return (answer, MayGoAgain(response));
        }
        catch (OperationCanceledException)
        {
            return (new StripeAnswer<T>.Unclear($"{what}: no answer in time"), false);
        }
        catch (HttpRequestException broken)
        {
            return (new StripeAnswer<T>.Unclear($"{what}: no answer ({broken.HttpRequestError})"), false);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException)
        {
            return (new StripeAnswer<T>.Unclear($"{what}: the answer broke off"), false);
        }
    }

    private HttpRequestMessage Build(HttpMethod method, string target, byte[]? body, string? key)
    {
        var request = new HttpRequestMessage(method, new Uri(settings.BaseUrl, target));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey);
        request.Headers.TryAddWithoutValidation("Stripe-Version", settings.Version.Name);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(FormType) } };

        return request;
    }

    /// <summary>Stripe's own word comes first; without one, only what says by itself that nothing was done, or is being done under our key.</summary>
    private static bool MayGoAgain(HttpResponseMessage response) => Header(response, "Stripe-Should-Retry") switch
    {
        "true" => true,
        "false" => false,
        _ => (int)response.StatusCode is 409 or 429,
    };

    private static StripeAnswer<T> Envelope<T>(string what, HttpResponseMessage response, byte[] body, Func<JsonElement, T?> read) where T : class
    {
        var status = (int)response.StatusCode;
        var said = string.Create(CultureInfo.InvariantCulture, $"{what}: {status}");
        if (Fields.Parse(body) is not { } root)
            return new StripeAnswer<T>.Unclear($"{said} with an answer that cannot be read");

        if (status == 200)
            return read(root) is { } value ? new StripeAnswer<T>.Done(value) : new StripeAnswer<T>.Unclear($"{said} with an answer that cannot be read");

        if (root.Child("error") is not { } error || error.Word("type") is not { } type)
            return new StripeAnswer<T>.Unclear($"{said} with an answer that cannot be read");

        var (code, declineCode) = (error.Word("code"), error.Word("decline_code"));
        said = string.Join(' ', new[] { said, type, code, declineCode, error.Word("param"), RequestId(response) }.Where(word => word is not null));
        return status is >= 400 && Refusals.Of(status, type, code, declineCode) is { } refusal
            ? new StripeAnswer<T>.Refused(refusal, said)
            : new StripeAnswer<T>.Unclear(said);
    }

    /// <summary>What Stripe's support asks for first.</summary>
    private static string? RequestId(HttpResponseMessage response) =>
        Header(response, "Request-Id") is { Length: <= 64 } id && id.StartsWith("req_", StringComparison.Ordinal) && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? id : null;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>Null when it is too long.</summary>
    private static async Task<byte[]?> ReadAll(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var all = new MemoryStream();
        var part = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(part, cancellation)) > 0)
        {
            if (all.Length + read > LongestAnswer)
                return null;

            all.Write(part, 0, read);
        }

        return all.ToArray();
    }
}

/// <summary>Parameters in Stripe's nested form encoding: <c>a[b]=1&amp;c[0]=2</c>.</summary>
internal sealed class Form : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _entries = [];

    public int Count => _entries.Count;

    /// <param name="name">Within its parent.</param>
    /// <param name="value">A text, a whole number, a truth, a moment, a <see cref="Form"/>, or a list of these.</param>
    public void Add(string name, object? value) => _entries.Add(new(name, value));

    public string Encode()
    {
        var pairs = new List<string>();
        foreach (var (name, value) in _entries)
            Write(pairs, Escape(name), value);

        return string.Join('&', pairs);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void Write(List<string> pairs, string name, object? value)
    {
        switch (value)
        {
            case Form inner:
                foreach (var (child, grandchild) in inner)
                    Write(pairs, $"{name}[{Escape(child)}]", grandchild);
                break;
            case string text:
                pairs.Add($"{name}={Escape(text)}");
                break;
            case IEnumerable list:
                WriteList(pairs, name, list.Cast<object?>().ToList());
                break;
            default:
                pairs.Add($"{name}={Plain(value)}");
                break;
        }
    }

    /// <summary>An empty list empties what was there.</summary>
    private static void WriteList(List<string> pairs, string name, List<object?> values)
    {
        if (values.Count == 0)
            pairs.Add($"{name}=");

        for (var index = 0; index < values.Count; index++)
            Write(pairs, string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]"), values[index]);
    }

    private static string Plain(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        DateTimeOffset moment => moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        IFormattable number => Escape(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"A form holds no {value.GetType().Name}.", nameof(value)),
    };

    /// <summary>Brackets stay readable, as Stripe's own libraries send them.</summary>
    private static string Escape(string text) =>
        WebUtility.UrlEncode(text).Replace("%5B", "[", StringComparison.Ordinal).Replace("%5D", "]", StringComparison.Ordinal);
}

/// <summary>A stretch of Stripe's time; lists are cut by it.</summary>
internal sealed record Window(DateTimeOffset From, DateTimeOffset? To)
{
    public Form AsForm()
    {
        var form = new Form { { "gte", From } };
        if (To is { } to)
            form.Add("lte", to);

        return form;
    }
}
