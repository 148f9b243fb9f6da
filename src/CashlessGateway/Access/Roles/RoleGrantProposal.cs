using System.Text.Json;
using CashlessGateway.Access.FourEyes;
using CashlessGateway.Audit;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Access.Roles;

/// <summary>A role that approves what others ask for: whoever could give it alone could approve everything through somebody else's name.</summary>
public static class RoleGrantProposal
{
    public const string Name = "roleGrant";

    private sealed record Data(string Grant, string Person, string Role, string? Place, string ValidFrom, string? ValidTo);

    public static ProposalKind Kind(AuditTrail trail) => new(Name, new("承認できる役割の付与", "a role that approves"), Right.ManagePeople, Right.ApproveAccess)
    {
        Describe = static proposal => Describe(Read(proposal.Data)),
        Concerns = static proposal => [Read(proposal.Data).Person],
        Prepare = (proposal, decision) =>
        {
            var grant = Read(proposal.Data);
            var said = trail.Prepare(ManageRoles.Said(decision.By, grant));
            return async unit =>
            {
                // Approved late, it begins late: nobody has held it before.
                var today = BusinessDate.Of(decision.At);
                var timely = grant.ValidFrom < today ? grant with { ValidFrom = today } : grant;
                if (timely.ValidTo is { } end && end < today) return new Problem(Errors.Invalid, new Words("申請された期間は過ぎています。差し戻してください。", "The time asked for is over: reject it."));
                if (await ManageRoles.Add(unit, proposal.Municipality, timely, decision.By.Principal, decision.At) is { } problem) return problem;
                await said(unit);
                return null;
            };
        },
    };

    internal static string Write(RoleGrant grant) =>
        JsonSerializer.Serialize(new Data(grant.Id, grant.Person, Names.Of(grant.Role), grant.Place, grant.ValidFrom.ToString(), grant.ValidTo?.ToString()), Json.Options);

    private static RoleGrant Read(string data)
    {
        var read = JsonSerializer.Deserialize<Data>(data, Json.Options) ?? throw new InvalidOperationException("A proposal's data are null.");
        return new RoleGrant(read.Grant, read.Person, Names.Parse<Role>(read.Role), read.Place, BusinessDate.Parse(read.ValidFrom), read.ValidTo is { } end ? BusinessDate.Parse(end) : null);
    }

    private static IReadOnlyList<(Words Name, string Value)> Describe(RoleGrant grant) =>
    [
        (new("職員", "person"), $"person:{grant.Person}"),
        (new("役割", "role"), $"{grant.Role.Name().Ja} ({grant.Role.Name().En})"),
        (new("収納場所", "place"), grant.Place ?? "*"),
        (new("期間", "period"), $"{grant.ValidFrom}〜{grant.ValidTo}"),
    ];
}
