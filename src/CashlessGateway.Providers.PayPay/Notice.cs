namespace CashlessGateway.Providers.PayPay;

/// <summary>
/// PayPay signs nothing, so a notice is believed in nothing but that it is worth asking. Who may post at all (the path, the
/// addresses) is the gateway's to check.
/// </summary>
internal static class Notice
{
    /// <summary>PayPay's notices have less than 1 KB.</summary>
    private const int LongestBody = 64 * 1024;

    private const int LongestReference = 64;
    private const int LongestWord = 64;

    public static WebhookNotice Read(WebhookPost post)
    {
        if (post.Body.Length > LongestBody)
            return new WebhookNotice.Forged("longer than any notice of PayPay");

        if (Fields.Parse(post.Body) is not { } notice)
            return new WebhookNotice.Forged("not a JSON object");

        if (notice.Text("notification_type") is not { } type)
        {
            return !notice.Lacks("notification_id") || !notice.Lacks("fileType")
                ? new WebhookNotice.Irrelevant("customer authorization or file")
                : new WebhookNotice.Forged("without a kind");
        }

        if (type != "Transaction")
            return IsPlain(type, LongestWord) ? new WebhookNotice.Irrelevant(type) : new WebhookNotice.Forged("of a kind that cannot be read");

        // order_amount is left alone: it comes as a number or as a string, and only the look-up is believed.
        if (notice.Lacks("merchant_order_id"))
            return new WebhookNotice.Irrelevant("a payment that did not begin here");

        return notice.Text("merchant_order_id") is { } reference && IsPlain(reference, LongestReference)
            && notice.Text("state") is { } state && IsPlain(state, LongestWord)
                ? new WebhookNotice.About(reference, $"{reference}:{state}")   // the notice has no id of its own
                : new WebhookNotice.Forged("without a reference and a state that can be read");
    }

    /// <summary>What PayPay allows in our ids; nothing that could do harm in a log or a key.</summary>
    private static bool IsPlain(string text, int longest) =>
        text.Length > 0 && text.Length <= longest && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
