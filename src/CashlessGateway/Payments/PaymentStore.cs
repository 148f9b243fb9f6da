using CashlessGateway.Money;
using CashlessGateway.Storage;

namespace CashlessGateway.Payments;

/// <summary>Payments as they lie in the database.</summary>
public static class PaymentStore
{
    internal const string Columns = """
        p.municipality, p.id, p.receivable, p.place, p.terminal, p.operator, p.method, p.brand, p.presentation, p.provider, p.amount, p.refunded_amount, p.given_back,
        p.tendered_amount, p.status, p.slot, p.busy_terminal, p.surplus, p.session, p.receipt_number, p.receipt_date, p.business_date, p.provider_reference,
        p.reference_hash, p.approval_number, p.decline_code, p.action_type, p.action_payload, p.action_expires_at, p.inquiry_until, p.client, p.version, p.created_at,
        p.captured_at, p.settled_at, p.deposited_at, p.posted_at, p.payout_due_date, p.inquiry_state, p.provider_handle, p.doubt, p.cancel_for, p.next_ask_at,
        p.asked_at, p.asking_until, p.asks, p.call_until, p.watch_until, p.promised, p.arrived_amount, p.proposed_by, p.proposed_outcome, p.device, p.unfinished_slip
        """;

    private static readonly Sql InsertRow = new("""
        insert into payment (municipality, id, receivable, place, terminal, operator, method, brand, presentation, provider, amount, refunded_amount, given_back,
                             tendered_amount, status, slot, busy_terminal, surplus, session, receipt_number, receipt_date, business_date, provider_reference,
                             reference_hash, approval_number, decline_code, action_type, action_payload, action_expires_at, inquiry_until, client, version, created_at,
                             captured_at)
        values (@Municipality, @Id, @Receivable, @Place, @Terminal, @Operator, @Method, @Brand, @Presentation, @Provider, @Amount, @RefundedAmount, @GivenBack,
                @TenderedAmount, @Status, @Slot, @BusyTerminal, @Surplus, @Session, @ReceiptNumber, @ReceiptDate, @BusinessDate, @ProviderReference,
                @ReferenceHash, @ApprovalNumber, @DeclineCode, @ActionType, @ActionPayload, @ActionExpiresAt, @InquiryUntil, @Client, @Version, @CreatedAt,
                @CapturedAt)
        """);

    /// <summary>An attempt through a provider: the same row, and when to ask for it if no answer comes.</summary>
    private static readonly Sql InsertIntent = new("""
        insert into payment (municipality, id, receivable, place, terminal, operator, method, brand, presentation, provider, amount, refunded_amount, given_back,
                             status, slot, busy_terminal, device, surplus, client, version, created_at, next_ask_at, call_until)
        values (@Municipality, @Id, @Receivable, @Place, @Terminal, @Operator, @Method, @Brand, @Presentation, @Provider, @Amount, 0, 0,
                @Status, @Slot, @BusyTerminal, @Device, 0, @Client, @Version, @CreatedAt, @NextAskAt, @CallUntil)
        """);

    private static readonly Sql UpdateRow = new("""
        update payment
        set status = @Status, slot = @Slot, busy_terminal = @BusyTerminal, surplus = @Surplus, session = @Session, refunded_amount = @RefundedAmount, given_back = @GivenBack,
            receipt_number = @ReceiptNumber, receipt_date = @ReceiptDate, business_date = @BusinessDate, provider_reference = @ProviderReference,
            reference_hash = @ReferenceHash, approval_number = @ApprovalNumber, decline_code = @DeclineCode, action_type = @ActionType,
            action_payload = @ActionPayload, action_expires_at = @ActionExpiresAt, inquiry_until = @InquiryUntil, captured_at = @CapturedAt,
            brand = @Brand, inquiry_state = @InquiryState, provider_handle = @ProviderHandle, doubt = @Doubt, cancel_for = @CancelFor, next_ask_at = @NextAskAt, asking_until = @AskingUntil,
            asks = @Asks, call_until = @CallUntil, watch_until = @WatchUntil, promised = @Promised, arrived_amount = @ArrivedAmount, proposed_by = @ProposedBy, proposed_outcome = @ProposedOutcome, version = version + 1
        where municipality = @Municipality and id = @Id and version = @Version
        """);

    private static readonly Sql FindOne = new($"""
        select {Columns}
        from payment p
        where p.municipality = @municipality and p.id = @id
        """);

    private static readonly Sql HolderOf = new($"""
        select {Columns}
        from payment p
        where p.municipality = @municipality and p.slot = @receivable
        """);

    private static readonly Sql BusyOn = new($"""
        select {Columns}
        from payment p
        where p.municipality = @municipality and p.busy_terminal = @terminal
        """);

    private static readonly Sql ByReference = new($"""
        select {Columns}
        from payment p
        where p.municipality = @municipality and p.reference_hash = @hash
        """);

    private static readonly Sql SurplusOf = new($"""
        select {Columns}
        from payment p
        where p.municipality = @municipality and p.receivable = @receivable and p.surplus = 1 and p.status = 'captured' and p.refunded_amount = 0
        order by p.captured_at, p.id
        """);

    /// <summary>The alternatives' holder (written as a cross join, which SQLite works off in the order it stands): for the sentence that tells why a 期別 slip cannot be paid any more.</summary>
    private static readonly Sql HolderInGroup = new($"""
        select {Columns}
        from receivable r
        cross join payment p
        where r.municipality = @municipality and r.exclusive_hash = @hash and r.id <> @receivable and p.municipality = r.municipality and p.slot = r.id
        """);

    /// <summary>Whose turn it is to ask: one at a time over all callers, and never faster than the provider's pace (mechanics 10).</summary>
    private static readonly Sql ClaimAsk = new("""
        update payment
        set asked_at = @now, asking_until = @lease
        where municipality = @municipality and id = @id and next_ask_at is not null
          and (asked_at is null or asked_at <= @paceAgo) and (asking_until is null or asking_until <= @now)
        """);

    private static readonly Sql SetNextAsk = new("""
        update payment
        set next_ask_at = @next, asking_until = null, asks = @asks
        where municipality = @municipality and id = @id and version = @version
        """);

    /// <summary>A notice came in: ask soon. Repeated ones change nothing (mechanics 22).</summary>
    private static readonly Sql WantLookUp = new("""
        update payment
        set next_ask_at = @at
        where municipality = @municipality and id = @id and next_ask_at > @at
        """);

    private static readonly Sql DueIds = new("""
        select id, provider
        from payment
        where municipality = @municipality and next_ask_at is not null and next_ask_at <= @now
        order by next_ask_at
        {{limit @most}}
        """);

    internal static readonly Sql Exists = new("select 1 from payment where municipality = @municipality and id = @id");

    public const string SlotIndex = "payment_slot";
    public const string TerminalIndex = "payment_busy_terminal";
    public const string ReferenceIndex = "payment_reference";

    public static Task Insert(Unit unit, Payment payment) => unit.Later(InsertRow, payment);

    public static Task InsertAttempt(Unit unit, Payment payment) => unit.Later(InsertIntent, payment);

    public static Task<bool> Claim(Unit unit, string municipality, string id, Instant now, Instant paceAgo, Instant lease) => unit.Hit(ClaimAsk, new { municipality, id, now, paceAgo, lease });

    public static Task<bool> AskAgain(Unit unit, Payment payment, Instant? next) =>
        unit.Hit(SetNextAsk, new { municipality = payment.Municipality, id = payment.Id, version = payment.Version, next, asks = (payment.Asks ?? 0) + 1 });

    public static Task<int> LookUpWanted(Unit unit, string municipality, string id, Instant at) => unit.Execute(WantLookUp, new { municipality, id, at });

    public static Task<List<DueRow>> Due(Reader reader, string municipality, Instant now, int most) => reader.All<DueRow>(DueIds, new { municipality, now, most = (long)most });

    /// <summary>False when someone else changed it since it was read.</summary>
    public static Task<bool> Update(Unit unit, Payment payment) => unit.Hit(UpdateRow, payment);

    public static Task<Payment?> Find(Reader reader, string municipality, string id) => reader.One<Payment>(FindOne, new { municipality, id });

    public static Task<Payment?> Holder(Reader reader, string municipality, string receivable) => reader.One<Payment>(HolderOf, new { municipality, receivable });

    public static Task<Payment?> HolderOfAlternative(Reader reader, string municipality, string receivable, byte[] hash) => reader.One<Payment>(HolderInGroup, new { municipality, receivable, hash });

    public static Task<Payment?> On(Reader reader, string municipality, string terminal) => reader.One<Payment>(BusyOn, new { municipality, terminal });

    public static Task<Payment?> WithReference(Reader reader, string municipality, byte[] hash) => reader.One<Payment>(ByReference, new { municipality, hash });

    public static Task<Payment?> OldestSurplus(Reader reader, string municipality, string receivable) => reader.One<Payment>(SurplusOf, new { municipality, receivable });

    /// <summary>The last seen instant: a restart must not hand out earlier ones.</summary>
    public static readonly Sql LastCreated = new("select max(created_at) from payment where municipality = @municipality");
}
