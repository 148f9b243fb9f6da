using System.Text.Json;

namespace CashlessGateway.Providers.Stripe;

/// <summary>A notice of Stripe (an "event"): signed, in no order, sometimes twice. It only says what is worth asking for.</summary>
internal static class Notice
{
    /// <summary>The largest events seen have some 20 KB.</summary>
    private const int LongestBody = 256 * 1024;

    public static WebhookNotice Read(WebhookPost post, string? secret)
    {
        if (secret is null)
            return new WebhookNotice.Forged("the setting WebhookSecret is missing, so no notice can be told from a forged one");

        if (post.Body.Length > LongestBody)
            return new WebhookNotice.Forged("longer than any notice of Stripe");

        if (Signature.Problem(Header(post), post.Body.Span, secret, post.ReceivedAt) is { } problem)
            return new WebhookNotice.Forged(problem);

        return Fields.Parse(post.Body) is { } notice && notice.Text("object") == "event" && notice.Id("id") is { } id && notice.Word("type") is { } type && notice.Child("data")?.Child("object") is { } about
            ? Read(id, type, about)
            : new WebhookNotice.Forged("signed, but no event that can be read");
    }

    private static WebhookNotice Read(string id, string type, JsonElement about) => type switch
    {
        _ when type.StartsWith("charge.dispute.", StringComparison.Ordinal) => new WebhookNotice.AboutDispute(id),
        _ when type.StartsWith("refund.", StringComparison.Ordinal) || type == "charge.refund.updated" => Reference(about, Metadata.Refund) is { } refund
            ? new WebhookNotice.AboutRefund(refund, id)
            : new WebhookNotice.Irrelevant(type),   // made in Stripe's dashboard
        _ when type.StartsWith("checkout.session.", StringComparison.Ordinal) => About(about.Word("client_reference_id"), id, type),
        _ when type.StartsWith("payment_intent.", StringComparison.Ordinal) => About(Reference(about, Metadata.Payment), id, type),
        _ => new WebhookNotice.Irrelevant(type),
    };

    private static WebhookNotice About(string? reference, string id, string type) =>
        reference is null ? new WebhookNotice.Irrelevant(type) : new WebhookNotice.About(reference, id);

    private static string? Reference(JsonElement about, string name) => about.Child("metadata")?.Word(name);

    /// <summary>Names of headers come in whatever case a proxy likes.</summary>
    private static string? Header(WebhookPost post) =>
        post.Headers.FirstOrDefault(header => header.Key.Equals("Stripe-Signature", StringComparison.OrdinalIgnoreCase)).Value;
}
