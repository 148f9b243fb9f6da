using System.Text.Json;

namespace CashlessGateway.Providers.PayPay;

/// <summary>What came of one request. A closed set.</summary>
internal abstract record PayPayAnswer
{
    private PayPayAnswer() { }

    /// <summary>The call worked. Not "paid": that stands in the data.</summary>
    /// <param name="Accepted">REQUEST_ACCEPTED, the promise of a cancel; false: SUCCESS.</param>
    public sealed record Done(bool Accepted, JsonElement Data) : PayPayAnswer;

    /// <summary>PayPay itself refused, and this call had no effect. An earlier call of the same kind may have had one.</summary>
    /// <param name="Said">Status and words of PayPay, for people.</param>
    public sealed record Refused(Refusal Why, string Said) : PayPayAnswer;

    /// <summary>Nobody can tell whether the call had an effect.</summary>
    public sealed record Unclear(string Why) : PayPayAnswer;
}
