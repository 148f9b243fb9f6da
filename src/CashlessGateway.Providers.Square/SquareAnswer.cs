using System.Text.Json;

namespace CashlessGateway.Providers.Square;

/// <summary>What came of one request. A closed set.</summary>
internal abstract record SquareAnswer
{
    private SquareAnswer() { }

    /// <summary>The call worked. Not "paid": that stands in the body.</summary>
    public sealed record Done(JsonElement Body) : SquareAnswer;

    /// <summary>Square itself refused, and this call had no effect. An earlier call of the same kind may have had one.</summary>
    /// <param name="Said">Status and words of Square, for people.</param>
    public sealed record Refused(Refusal Why, string Said) : SquareAnswer;

    /// <summary>Nobody can tell whether the call had an effect.</summary>
    public sealed record Unclear(string Why) : SquareAnswer;
}
