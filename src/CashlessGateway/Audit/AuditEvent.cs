namespace CashlessGateway.Audit;

public enum AuditOutcome
{
    Done,
    Refused,
    Failed,
}

/// <summary>
/// Who did what to what. What stands here is sealed and stays for ever, so it holds ids only; the members below lie beside the
/// chain and are redacted after their time: personal data, addresses, free text and values belong there.
/// </summary>
/// <param name="Actor">See <see cref="Actors"/>.</param>
/// <param name="Object">The public id of what it was done to (<c>ref_…</c>), or a word and an id (<c>key:…</c>).</param>
public sealed record AuditEvent(string Municipality, string Actor, AuditAction Action, AuditOutcome Outcome, string? Object = null, string? Place = null)
{
    /// <summary>The network address it came from.</summary>
    public string? From { get; init; }

    public IReadOnlyDictionary<string, string?>? Before { get; init; }

    public IReadOnlyDictionary<string, string?>? After { get; init; }

    public IReadOnlyDictionary<string, string?>? Facts { get; init; }
}

/// <summary>Names and values of an event, in the order in which they are said; what is null is left out.</summary>
public static class Pairs
{
    public static IReadOnlyDictionary<string, string?> Of(params ReadOnlySpan<(string Name, string? Value)> pairs)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
            if (value is not null) values.Add(name, value);
        return values;
    }
}
