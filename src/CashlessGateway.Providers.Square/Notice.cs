using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>Square's notices: signed, with an id of their own, in no promised order.</summary>
internal sealed class Notice(SquareSettings settings)
{
    /// <summary>A payment with all its details has some KB.</summary>
    private const int LongestBody = 256 * 1024;

    private const int LongestReference = 40;
    private const int LongestWord = 64;

    /// <summary>The longer of two numbers in Square's documents. What is older is no retry but a copy.</summary>
    private static readonly TimeSpan RetriedFor = TimeSpan.FromHours(72);

    public WebhookNotice Read(WebhookPost post)
    {
        if (settings is not { WebhookSignatureKey: { } key, NotificationUrl: { } url })
            return new WebhookNotice.Forged("no WebhookSignatureKey is set, so no notice can be checked");

        if (post.Body.Length > LongestBody)
            return new WebhookNotice.Forged("longer than any notice of Square");

        var given = post.Headers.FirstOrDefault(static header => string.Equals(header.Key, Signature.Header, StringComparison.OrdinalIgnoreCase)).Value;
        if (given is null || !Signature.IsRight(key, url, post.Body.Span, given))
            return new WebhookNotice.Forged("the signature is missing or wrong");

        return Fields.Parse(post.Body) is { } notice ? Genuine(notice, post.ReceivedAt) : new WebhookNotice.Forged("not a JSON object");
    }

    private static WebhookNotice Genuine(JsonElement notice, DateTimeOffset receivedAt)
    {
        if (notice.Text("event_id") is not { } id || !Ids.IsPlain(id, LongestWord)
            || notice.Text("type") is not { } type || !Ids.IsPlain(type, LongestWord)
            || notice.Instant("created_at") is not { } created)
        {
            return new WebhookNotice.Forged("without an id, a kind and a time that can be read");
        }

        if (created + RetriedFor < receivedAt)
            return new WebhookNotice.Forged("too old to be a retry");

        var thing = notice.Child("data")?.Child("object");
        return type switch
        {
            "terminal.checkout.created" or "terminal.checkout.updated" => About(thing?.Child("checkout")?.Text("reference_id"), type, id),
            "payment.created" or "payment.updated" => About(thing?.Child("payment")?.Text("reference_id"), type, id),
            "refund.created" or "refund.updated" => Reference(thing?.Child("refund")?.Text("reason")) is { } reference
                ? new WebhookNotice.AboutRefund(reference, id)
                : new WebhookNotice.Irrelevant("a refund that did not begin here"),
            _ when type.StartsWith("dispute.", StringComparison.Ordinal) => new WebhookNotice.AboutDispute(id),
            _ => new WebhookNotice.Irrelevant(type),
        };
    }

    private static WebhookNotice About(string? reference, string type, string id) => Reference(reference) is { } ours
        ? new WebhookNotice.About(ours, id)
        : new WebhookNotice.Irrelevant($"{type} of a payment that did not begin here");

    /// <summary>Letters, digits and <c>_</c>: ours never has anything else.</summary>
    private static string? Reference(string? text) =>
        text is { Length: > 0 and <= LongestReference } && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') ? text : null;
}
