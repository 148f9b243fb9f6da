using System.Text.Json.Nodes;
using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Sandbox.Stripe.Operations;

/// <summary>How a look-up can be wrong. The truth stays as it is.</summary>
internal static class LookUpFaults
{
    private static readonly string[] Amounts = ["amount", "amount_received", "amount_total"];

    public static bool Hide(FiredFaults faults, DateTimeOffset since, DateTimeOffset now) =>
        faults.Has(FaultKind.Forget) || now < since + faults.Wait(FaultKind.NotYet);

    /// <summary>The object, and what stands inside it.</summary>
    public static JsonObject Spoil(FiredFaults faults, JsonObject body)
    {
        if (faults.Of(FaultKind.WrongStatus) is { } wrong && body.ContainsKey("status")) body["status"] = wrong.State;
        if (faults.Of(FaultKind.WrongAmount) is { } off) Walk(body, (at, name) => Shift(at, name, Amounts, off.Delta));
        if (faults.Of(FaultKind.ClockSkew) is { } skew) Walk(body, (at, name) => Shift(at, name, ["created"], skew.Ms / 1_000));
        if (faults.Has(FaultKind.WrongCurrency)) Walk(body, SetCurrency);
        return body;
    }

    private static void SetCurrency(JsonObject at, string name)
    {
        if (name == "currency") at[name] = "usd";
    }

    /// <summary>Zero stays zero: what was not taken has no wrong amount.</summary>
    private static void Shift(JsonObject at, string name, ReadOnlySpan<string> names, long by)
    {
        if (names.Contains(name) && at[name] is JsonValue value && value.TryGetValue<long>(out var number) && number > 0) at[name] = number + by;
    }

    private static void Walk(JsonNode? node, Action<JsonObject, string> change)
    {
        if (node is JsonArray list)
        {
            foreach (var entry in list) Walk(entry, change);
        }

        if (node is not JsonObject all) return;
        foreach (var name in all.Select(field => field.Key).ToList())
        {
            change(all, name);
            Walk(all[name], change);
        }
    }
}
