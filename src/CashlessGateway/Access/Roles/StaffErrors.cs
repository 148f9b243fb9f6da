using CashlessGateway.Web;

namespace CashlessGateway.Access.Roles;

/// <summary>What only people at pages are told; the API's own are in <see cref="Errors"/>.</summary>
public static class StaffErrors
{
    public static readonly ErrorCode SignInFirst = new("sign-in-first", 401, new("サインインしてください", "Sign in first"));
    public static readonly ErrorCode NotAllowed = new("role-missing", 403, new("この操作をする役割がありません", "None of your roles allows this"));
    public static readonly ErrorCode ProposalOpen = new("proposal-open", 409, new("同じものの申請がすでに出ています。先に決裁または取下げをしてください", "The same has been asked for already: decide or withdraw that one first"));
    public static readonly ErrorCode ProposalDecided = new("proposal-decided", 409, new("この申請はすでに終わっています", "The proposal has ended already"));
}
