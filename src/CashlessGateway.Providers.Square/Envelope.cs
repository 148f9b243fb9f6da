using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>
/// Square says what went wrong as <c>{ errors: [ { category, code, detail, field } ] }</c>. What does not look so is not Square's: a
/// proxy's page says nothing about whether the request arrived. The detail is never passed on, since it may repeat what was sent.
/// </summary>
internal static class Envelope
{
    private const int LongestWord = 64;

    /// <summary>The categories of Square's documents that speak of a request that was not carried out.</summary>
    private static readonly FrozenSet<string> Refusing = FrozenSet.Create(
        "AUTHENTICATION_ERROR", "INVALID_REQUEST_ERROR", "RATE_LIMIT_ERROR", "PAYMENT_METHOD_ERROR", "REFUND_ERROR", "MERCHANT_SUBSCRIPTION_ERROR");

    /// <summary>
    /// Words that leave it open, whatever status and category they come with: those of time and of the servers behind, and those that
    /// say that somebody else was changing the same thing.
    /// </summary>
    private static readonly FrozenSet<string> Open = FrozenSet.Create(
        "INTERNAL_SERVER_ERROR", "GATEWAY_TIMEOUT", "BAD_GATEWAY", "SERVICE_UNAVAILABLE", "TEMPORARY_ERROR", "REQUEST_TIMEOUT", "CONFLICT", "VERSION_MISMATCH");

    public static SquareAnswer Read(string what, int status, byte[] body)
    {
        if (Fields.Parse(body) is not { } root)
            return Unreadable(what, status);

        if (root.Lacks("errors") || root.List("errors") is { } none && none.GetArrayLength() == 0)
            return status is >= 200 and < 300 ? new SquareAnswer.Done(root) : Unreadable(what, status);

        if (Errors(root) is not [var (category, code), ..] errors)
            return Unreadable(what, status);

        var said = string.Create(CultureInfo.InvariantCulture, $"{what}: {status} {category} {code}");
        var refused = status is >= 400 and < 500 and not (408 or 425) && errors.All(error => Refusing.Contains(error.Category) && !Open.Contains(error.Code));
        return refused ? new SquareAnswer.Refused(status == 429 ? Refusal.RateLimited : Refusals.Of(category, code), said) : new SquareAnswer.Unclear(said);
    }

    private static SquareAnswer.Unclear Unreadable(string what, int status) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{what}: {status} with an answer that cannot be read"));

    /// <summary>Empty when one of them cannot be read: then none of them is believed.</summary>
    private static IReadOnlyList<(string Category, string Code)> Errors(JsonElement root)
    {
        if (root.List("errors") is not { } list)
            return [];

        var errors = list.EnumerateArray().Select(error => (Category: Word(error.Text("category")), Code: Word(error.Text("code")))).ToList();
        return errors.TrueForAll(error => error is { Category: not null, Code: not null }) ? [.. errors.Select(error => (error.Category!, error.Code!))] : [];
    }

    /// <summary>Words of a table, so that nothing else gets into a log through them.</summary>
    private static string? Word(string? text) =>
        text is { Length: > 0 and <= LongestWord } && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_') ? text : null;
}
