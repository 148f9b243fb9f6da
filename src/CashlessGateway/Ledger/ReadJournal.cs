using CashlessGateway.Access;
using CashlessGateway.Money;
using CashlessGateway.Storage;
using CashlessGateway.Web;

namespace CashlessGateway.Ledger;

/// <summary>GET /v1/journal, GET /v1/balances and POST /v1/journal/verify.</summary>
public sealed class ReadJournal(JournalList journal, Balances balances, Verifier verifier, Clock clock)
{
    public Operation Entries => new("GET", "/v1/journal", "ledger", "Journal entries, newest first", Scopes.LedgerRead, null, typeof(PageOf<EntryOut>), 200, [], RunEntries)
    {
        Query = [new("account", "An account, or a prefix ending in '/'"), new("from", "First business date"), new("to", "Last business date"), new("limit", "1 to 200, 50 unless said"), new("cursor", "nextCursor of the previous answer")],
    };

    public Operation Sums => new("GET", "/v1/balances", "ledger", "Balances of all accounts on a day, as they were known at a moment", Scopes.LedgerRead, null, typeof(BalancesOut), 200, [], RunBalances)
    {
        Query = [new("asOf", "Business date; today unless said"), new("knownAt", "Only what was sealed by this instant"), new("account", "An account prefix")],
    };

    public Operation Verify => new("POST", "/v1/journal/verify", "ledger", "Recompute the chain from its first block", Scopes.LedgerRead, typeof(VerifyRequest), typeof(VerificationOut), 200, [Errors.Invalid], RunVerify);

    private async Task<Reply> RunEntries(ApiCall call)
    {
        if (!QueryReader.Read(call, static query => (Account: query.Text("account"), From: query.Date("from"), To: query.Date("to"), Page: query.Page())).IsOk(out var asked, out var problem)) return problem;
        var first = asked.Page.Before.Milliseconds == long.MaxValue;
        var page = await journal.Page(call.Municipality, new JournalQuestion(asked.Account, asked.From, asked.To, asked.Page.Limit, first ? null : new JournalCursor(asked.Page.Before, asked.Page.BeforeId)), call.Aborted);
        return Reply.Ok(new PageOf<EntryOut>(page.Entries.Select(EntryOut.Of).ToList(), page.Next is { } next ? Page.Cursor((next.RecordedAt, next.Id)) : null));
    }

    private async Task<Reply> RunBalances(ApiCall call)
    {
        if (!QueryReader.Read(call, static query => (AsOf: query.Date("asOf"), KnownAt: query.Time("knownAt"), Account: query.Text("account"))).IsOk(out var asked, out var problem)) return problem;
        return Reply.Ok(BalancesOut.Of(await balances.At(call.Municipality, asked.AsOf ?? clock.Today(), asked.KnownAt, asked.Account ?? "", call.Aborted)));
    }

    private async Task<Reply> RunVerify(ApiCall call) =>
        call.Read(VerifyRequest.Read).IsOk(out _, out var problem) ? Reply.Ok(VerificationOut.Of(await verifier.Verify(call.Municipality, call.Aborted), PublicId.Entry)) : problem;
}

public sealed record VerifyRequest
{
    public static VerifyRequest Read(BodyObject body) => new();
}

public sealed record EntryOut(string Id, EntryKind Kind, string? Receivable, string? Payment, string? Refund, string? Reverses, BusinessDate ReceiptDate, BusinessDate BusinessDate, Instant RecordedAt, IReadOnlyList<PostingOut> Postings)
{
    public static EntryOut Of(EntryView entry) => new(
        PublicId.Entry + entry.Id, entry.Kind, With(PublicId.Receivable, entry.Receivable), With(PublicId.Payment, entry.Payment), With(PublicId.Refund, entry.Refund), With(PublicId.Entry, entry.Reverses),
        entry.ReceiptDate, entry.BusinessDate, entry.RecordedAt, entry.Postings.Select(PostingOut.Of).ToList());

    private static string? With(string prefix, string? id) => id is null ? null : prefix + id;
}

public sealed record PostingOut(int Line, string Account, string Kaikei, string Place, string Section, int FiscalYear, bool CarriedOver, Yen DebitAmount, Yen CreditAmount, int? ReceivableLine)
{
    public static PostingOut Of(PostingView posting) => new(posting.Line, posting.Account, posting.Kaikei, posting.Place, posting.Section, posting.Year.Value, posting.CarriedOver, posting.Debit, posting.Credit, posting.ReceivableLine);
}

public sealed record BalancesOut(BusinessDate AsOf, Instant KnownAt, bool Provisional, Yen DebitAmount, Yen CreditAmount, IReadOnlyList<BalanceOut> Accounts)
{
    public static BalancesOut Of(TrialBalance trial) => new(trial.AsOf, trial.KnownAt, trial.Provisional, trial.Debit, trial.Credit,
        trial.Accounts.Select(row => new BalanceOut(row.Account, row.Debit, row.Credit, row.Balance)).ToList());
}

/// <param name="BalanceAmount">Positive on the debit side.</param>
public sealed record BalanceOut(string Account, Yen DebitAmount, Yen CreditAmount, Yen BalanceAmount);

public sealed record VerificationOut(bool Whole, long Blocks, long Entries, long Unsealed, long Redacted, string? HeadHash, IReadOnlyList<FindingOut> Findings)
{
    /// <param name="prefix">Under which the chain's entries are seen outside.</param>
    public static VerificationOut Of(Verification verification, string prefix) => new(verification.Whole, verification.Blocks, verification.Entries, verification.Unsealed, verification.Redacted, verification.HeadHash,
        verification.Findings.Select(finding => new FindingOut(finding.Code, finding.Entry is { } entry ? prefix + entry : null, finding.Block, finding.Detail)).ToList());
}

public sealed record FindingOut(string Code, string? Entry, long? Block, string Detail);
