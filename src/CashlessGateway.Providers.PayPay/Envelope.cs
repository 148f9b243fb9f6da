using System.Globalization;
using System.Text.Json;

namespace CashlessGateway.Providers.PayPay;

/// <summary>
/// Every answer of PayPay is <c>{ resultInfo: { code, message, codeId }, data }</c>. What does not look so is not PayPay's: a proxy's or
/// a load balancer's page says nothing about whether the request arrived.
/// The message is never passed on, since its content is not promised to be free of personal data.
/// </summary>
internal static class Envelope
{
    private const string SuccessId = "08100001";
    private const int LongestWord = 64;

    public static PayPayAnswer Read(string what, int status, byte[] body)
    {
        if (Fields.Parse(body) is not { } root
            || root.Child("resultInfo") is not { } result
            || Word(result.Text("code")) is not { } code
            || Word(result.Text("codeId")) is not { } id)
        {
            return new PayPayAnswer.Unclear(string.Create(CultureInfo.InvariantCulture, $"{what}: {status} with an answer that cannot be read"));
        }

        var said = string.Create(CultureInfo.InvariantCulture, $"{what}: {status} {code} ({id})");
        return status switch
        {
            >= 200 and < 300 when id == SuccessId && code is "SUCCESS" or "REQUEST_ACCEPTED" =>
                new PayPayAnswer.Done(code == "REQUEST_ACCEPTED", root.Child("data") ?? default),
            >= 400 and < 500 when id != SuccessId && !IsOpen(status) => new PayPayAnswer.Refused(Refusals.Of(code, id), said),
            >= 500 when code == "TRANSACTION_FAILED" => new PayPayAnswer.Refused(Refusal.TransactionFailed, said),   // the one 500 that is a certain no
            _ => new PayPayAnswer.Unclear(said),
        };
    }

    /// <summary>408, 409 and 425 speak of time or of another request under way; PayPay lists none of them.</summary>
    private static bool IsOpen(int status) => status is 408 or 409 or 425;

    /// <summary>Words of a table, so that nothing else gets into a log through them.</summary>
    private static string? Word(string? text) =>
        text is { Length: > 0 and <= LongestWord } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? text : null;
}
