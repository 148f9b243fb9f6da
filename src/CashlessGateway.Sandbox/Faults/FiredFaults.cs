namespace CashlessGateway.Sandbox.Faults;

/// <summary>The rules that meet one call.</summary>
internal sealed class FiredFaults(IReadOnlyList<FaultRule> rules)
{
    public static FiredFaults None { get; } = new([]);

    public bool Has(FaultKind kind) => Of(kind) is not null;

    public FaultRule? Of(FaultKind kind)
    {
        foreach (var rule in rules)
        {
            if (rule.Kind == kind) return rule;
        }

        return null;
    }

    /// <summary>How long the rules of this kind wait together.</summary>
    public TimeSpan Wait(FaultKind kind) => TimeSpan.FromMilliseconds(rules.Where(rule => rule.Kind == kind).Sum(rule => (long)rule.Ms));
}
