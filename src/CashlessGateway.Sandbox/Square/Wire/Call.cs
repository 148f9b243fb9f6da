using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CashlessGateway.Sandbox.Faults;
using Microsoft.AspNetCore.Http;

namespace CashlessGateway.Sandbox.Square.Wire;

/// <summary>A call whose token is right.</summary>
/// <param name="Id">From the address; empty where there is none.</param>
/// <param name="Version">Of the API, as the caller wants it.</param>
internal sealed record Call(string Id, IQueryCollection Query, byte[] Bytes, DateOnly Version)
{
    /// <summary>Refuses a name that the list does not know.</summary>
    public SquareError? Unknown(params ReadOnlySpan<string> names)
    {
        foreach (var name in Query.Keys)
        {
            if (!names.Contains(name)) return SquareError.Wrong("UNKNOWN_QUERY_PARAMETER", name, "The request contains an unknown query parameter.");
        }

        return null;
    }

    public string? Asked(string name) => Query[name].ToString() is { Length: > 0 } text ? text : null;

    public long? Number(string name) => long.TryParse(Asked(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What is compared when a key is used again.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(Id), .. Bytes]));
}

/// <summary>A call that has been read and not yet done: faults are aimed by its payment, and some come before its effect.</summary>
internal sealed record Work(ApiOperation Operation, string? Reference, Func<FiredFaults, Reply> Do);

internal sealed record Reply(WireAnswer Answer)
{
    /// <summary>The notices that the call caused, on their way.</summary>
    public Task Notices { get; init; } = Task.CompletedTask;

    /// <summary>What a Terminal shows now.</summary>
    public CheckoutRecord? Shown { get; init; }

    public static implicit operator Reply(SquareError error) => new(error.OnTheWire());

    public static Reply Ok(object body) => new(Json.Answer(StatusCodes.Status200OK, body));

    /// <summary>The first answer of a key, byte for byte.</summary>
    public static Reply Again(string answer) => new(new WireAnswer(StatusCodes.Status200OK, "application/json", Encoding.UTF8.GetBytes(answer)));

    public string Text => Encoding.UTF8.GetString(Answer.Body);
}
