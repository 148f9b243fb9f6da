using System.Text.Json.Nodes;
using CashlessGateway.Sandbox.Faults;

namespace CashlessGateway.Sandbox.Stripe.Wire;

/// <summary>A call whose key is right.</summary>
/// <param name="Id">From the address; empty where there is none.</param>
/// <param name="MethodTypes">What this version of the API calls the list of ways to pay.</param>
internal sealed record Call(StripeAccount Account, string Id, Params Form, string MethodTypes)
{
    public IReadOnlyList<string> Expand { get; } = Form.Texts("expand");
}

/// <summary>A call that has been read and not yet done: faults are aimed by its payment, and some come before its effect.</summary>
internal sealed record Work(ApiOperation Operation, string? Reference, Func<FiredFaults, Reply> Do);

/// <summary>What a call answers, and what happens besides.</summary>
internal sealed record Reply(int Status, JsonObject Body, bool Stored)
{
    /// <summary>Notices of what the call did.</summary>
    public IReadOnlyList<StripeEvent> Events { get; init; } = [];

    /// <summary>From an earlier call under the same key.</summary>
    public bool Replayed { get; init; }

    /// <summary>Something that a customer can see now, and pay.</summary>
    public string? Shown { get; init; }

    public static Reply Of(JsonObject body) => new(200, body, Stored: true);

    public static Reply Of(StripeError error) => new(error.Status, error.Json(), error.Stored);
}
