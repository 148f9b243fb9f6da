namespace CashlessGateway.Sandbox.Faults;

/// <summary>The rules in force. Calls that fire the same rule at once share its count exactly.</summary>
public sealed class FaultSet
{
    // More rules than this is a test that forgot to clear; every call walks through them.
    private const int MostRules = 1_000;

    private readonly Lock _gate = new();
    private volatile IReadOnlyList<ArmedFault> _armed = [];
    private Random _random;

    internal FaultSet(int seed) => _random = new Random(seed);

    public void Add(FaultRule rule)
    {
        // "webhook" is how one would say it, and the fault sits in the call that causes the notice.
        if (rule is { Kind: FaultKind.WebhookBeforeAnswer, Operation: ApiOperation.Webhook }) rule = rule with { Operation = ApiOperation.Any };
        if (rule.Problem() is { } problem) throw new ArgumentException(problem, nameof(rule));
        lock (_gate)
        {
            if (_armed.Count >= MostRules) throw new InvalidOperationException($"{MostRules} rules are in force already.");
            _armed = [.. _armed, new ArmedFault(rule)];
        }
    }

    public void Clear()
    {
        lock (_gate) _armed = [];
    }

    public void Reseed(int seed)
    {
        lock (_gate) _random = new Random(seed);
    }

    public IReadOnlyList<FaultReport> Report()
    {
        lock (_gate) return [.. _armed.Select(fault => new FaultReport(fault.Rule, fault.Fired))];
    }

    internal FiredFaults Fire(ApiOperation operation, string? reference)
    {
        // The storm without faults must not queue up at the lock.
        if (_armed.Count == 0) return FiredFaults.None;
        lock (_gate)
        {
            return new FiredFaults([.. _armed.Where(fault => fault.Rule.Meets(operation, reference) && Fires(fault)).Select(fault => fault.Rule)]);
        }
    }

    private bool Fires(ArmedFault fault)
    {
        if (fault.Fired >= fault.Rule.Times) return false;
#pragma warning disable CA5394 // It decides which test call fails; it has to be repeatable, not unpredictable.
        if (fault.Rule.Probability < 1 && _random.NextDouble() >= fault.Rule.Probability) return false;
#pragma warning restore CA5394
        fault.Fired++;
        return true;
    }

    private sealed class ArmedFault(FaultRule rule)
    {
        public FaultRule Rule { get; } = rule;

        public int Fired { get; set; }
    }
}

/// <summary>A rule, and how many calls it has met.</summary>
public sealed record FaultReport(FaultRule Rule, int Fired);
