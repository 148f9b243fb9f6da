using System.Text.Json;

namespace Matomete;

/// <summary>What came of one request. A closed set.</summary>
internal abstract record MatometeAnswer
{
    private MatometeAnswer() { }

    /// <summary>The call worked. Not "paid": that stands in the body.</summary>
    public sealed record Done(JsonElement Body) : MatometeAnswer;

    /// <summary>Matomete itself refused, and this call had no effect. An earlier one may have had one.</summary>
    public sealed record Refused(string Code, string Said) : MatometeAnswer;

    /// <summary>Nobody can tell whether it had an effect.</summary>
    public sealed record Unclear(string Why) : MatometeAnswer;
}
