namespace MatometeServer;

/// <summary>"Before" means that nothing has happened, "after" that it has happened and the answer is lost.</summary>
public enum FaultKind
{
    DropBefore,
    DropAfter,

    /// <summary>502 from a proxy.</summary>
    ErrorBefore,
    ErrorAfter,

    /// <summary>The call waits <see cref="Fault.Ms"/> and then does its work, also when the caller has left.</summary>
    Delay,

    /// <summary>It has happened, and the answer is half a JSON object.</summary>
    Garbage,

    /// <summary>A look-up says "not found" of what is there.</summary>
    Forget,

    /// <summary>Of notices: never sent, sent twice, sent with a wrong signature.</summary>
    DropNotice,
    TwiceNotice,
    ForgedNotice,
}

/// <param name="Operation">charge, lookUp, cancel, refund, lookUpRefund, list, notice; * for any.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Times">After so many calls it is over.</param>
/// <param name="Ms">For a delay.</param>
public sealed record Fault(string Operation, FaultKind Kind, int Times = 1, int Ms = 0);

/// <summary>What goes wrong on demand. The first that fits is taken.</summary>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _waiting = [];

    public void Add(Fault fault)
    {
        lock (_gate) _waiting.Add(fault);
    }

    public void Clear()
    {
        lock (_gate) _waiting.Clear();
    }

    public IReadOnlyList<Fault> All()
    {
        lock (_gate) return [.. _waiting];
    }

    public Fault? Take(string operation)
    {
        lock (_gate)
        {
            var at = _waiting.FindIndex(fault => fault.Operation == operation || (fault.Operation == "*" && operation != "notice"));
            if (at < 0) return null;
            var taken = _waiting[at];
            if (taken.Times <= 1) _waiting.RemoveAt(at);
            else _waiting[at] = taken with { Times = taken.Times - 1 };
            return taken;
        }
    }
}
