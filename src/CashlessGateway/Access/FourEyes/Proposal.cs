using CashlessGateway.Access.Roles;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Access.FourEyes;

public enum ProposalState
{
    Open,
    Approved,
    Rejected,

    /// <summary>By whoever proposed it.</summary>
    Withdrawn,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>Below the city's limit for its kind: done by one, and listed all the same.</summary>
    Alone,
}

/// <summary>What one person asks for and another one decides.</summary>
public sealed record Proposal
{
    public string Municipality { get; init; } = "";
    public string Id { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Subject { get; init; } = "";
    public string? Place { get; init; }
    public Yen? Amount { get; init; }

    /// <summary>What will be done, and what it was before, as the kind's own JSON.</summary>
    public string Data { get; init; } = "";

    /// <summary>The office it was proposed for.</summary>
    public string? Side { get; init; }

    public string State { get; init; } = "";
    public string ProposedBy { get; init; } = "";
    public Instant ProposedAt { get; init; }

    /// <summary>Their words, which lie in `note` and can be redacted.</summary>
    public string? Note { get; init; }

    public string? DecidedBy { get; init; }
    public Instant? DecidedAt { get; init; }
    public string? DecisionNote { get; init; }
    public long Version { get; init; }

    public ProposalState Status => Names.Parse<ProposalState>(State);

    public Office? Office => Side is null ? null : Names.Parse<Office>(Side);
}

/// <summary>What somebody proposes.</summary>
/// <param name="Subject">What it is about: there is one open proposal of a kind about one thing.</param>
public sealed record Proposing(string Subject, string? Place, Yen? Amount, string Data, string? Note = null);

/// <summary>Who said yes, and when.</summary>
public sealed record Decision(StaffMember By, Instant At);

/// <summary>Something that takes two. A capability that has one registers it in the composition (`services.AddSingleton`).</summary>
/// <param name="Name">Stands in the database and in settings, and never changes.</param>
public sealed record ProposalKind(string Name, Words Words, Right Proposes, Right Approves)
{
    /// <summary>The one who decides must be of another office than the one who asks (命令機関と出納機関).</summary>
    public bool OtherOffice { get; init; }

    /// <summary>It has an amount, and a city may set from which sum on it takes two (`FourEyes:kind:From`).</summary>
    public bool HasLimit { get; init; }

    /// <summary>What a person reads before deciding. A value `person:…` or `client:…` is shown with the name.</summary>
    public required Func<Proposal, IReadOnlyList<(Words Name, string Value)>> Describe { get; init; }

    /// <summary>People who gain by it, and so do not decide on it.</summary>
    public Func<Proposal, IReadOnlyList<string>> Concerns { get; init; } = static _ => [];

    /// <summary>When it was done and committed: what is remembered of the old state is forgotten here.</summary>
    public Action<Proposal> Done { get; init; } = static _ => { };

    /// <summary>Makes, before the unit, what the unit will do: ids and the audit's words. What it returns runs in the unit of the approval; a problem leaves the proposal open.</summary>
    public required Func<Proposal, Decision, Func<Unit, Task<Problem?>>> Prepare { get; init; }
}
