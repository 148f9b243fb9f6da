-- 請求: what one payer owes at once.

create table receivable (
    municipality text collate "C" not null,
    id text collate "C" not null,
    kind text collate "C" not null,
    place text collate "C" not null,
    reference text collate "C" null,
    title text collate "C" not null,
    amount bigint not null,
    tax_included bigint not null,
    money_owner text collate "C" not null,
    due_date text collate "C" null,
    notice_date text collate "C" null,
    pay_by bigint null,
    exclusive_group text collate "C" null,
    exclusive_hash bytea null,
    exclusive_side text collate "C" null,
    follows text collate "C" null,
    metadata text null,
    client text collate "C" not null,
    version bigint not null,
    created_at bigint not null,
    cancelled_at bigint null,
    expired_at bigint null,
    refunded_at bigint null,
    ticket_at bigint null,
    started_at bigint null,
    handed_over_at bigint null,
    handed_over_by text collate "C" null,
    receipt_number bigint null,
    receipt_date text collate "C" null,
    business_date text collate "C" null,
    constraint receivable_pk primary key (municipality, id)
) with (fillfactor = 75);

create index receivable_by_time on receivable (municipality, created_at, id);
create index receivable_by_place on receivable (municipality, place, created_at, id);
create index receivable_by_day on receivable (municipality, place, business_date);
create index receivable_by_reference on receivable (municipality, reference);
create index receivable_by_pay_by on receivable (municipality, pay_by);
create index receivable_by_follows on receivable (municipality, follows);

-- What a line needs at capture is copied from its account, so that a capture asks one question and a later change of the account changes nothing behind it.
create table receivable_line (
    municipality text collate "C" not null,
    receivable text collate "C" not null,
    line bigint not null,
    fee text collate "C" null,
    revenue_account text collate "C" not null,
    description text collate "C" not null,
    section text collate "C" not null,
    kaikei text collate "C" not null,
    year_rule text collate "C" not null,
    enterprise bigint not null,
    tax_class text collate "C" not null,
    quantity bigint not null,
    unit_amount bigint not null,
    gross_amount bigint not null,
    amount bigint not null,
    fiscal_year bigint null,
    carried_over bigint not null,
    methods text collate "C" not null,
    constraint receivable_line_pk primary key (municipality, receivable, line)
);

create table receivable_reduction (
    municipality text collate "C" not null,
    receivable text collate "C" not null,
    position bigint not null,
    line bigint not null,
    kind text collate "C" not null,
    rate bigint null,
    amount bigint not null,
    ground_code text collate "C" not null,
    decision_number text collate "C" null,
    constraint receivable_reduction_pk primary key (municipality, receivable, position)
);

-- The matching key of a code, or a booking or application number. `live` is null once its receivable is cancelled.
create table receivable_alias (
    municipality text collate "C" not null,
    receivable text collate "C" not null,
    position bigint not null,
    type text collate "C" not null,
    value text collate "C" not null,
    value_hash bytea not null,
    live bigint null,
    constraint receivable_alias_pk primary key (municipality, receivable, position)
);

create index receivable_alias_any on receivable_alias (municipality, type, value_hash);
create unique index receivable_alias_live on receivable_alias (municipality, type, value_hash) where live is not null;

-- 全期 and 期別 of one debt: whichever side is paid first holds the group. `holders` counts the receivables of that side which hold their slot.
create table exclusive_group (
    municipality text collate "C" not null,
    group_hash bytea not null,
    side text collate "C" not null,
    holders bigint not null,
    constraint exclusive_group_pk primary key (municipality, group_hash)
);

-- 諸証明台帳: personal, kept apart with its own end; never in events, answers or the journal.
create table receivable_ledger_entry (
    municipality text collate "C" not null,
    receivable text collate "C" not null,
    body text not null,
    keep_until text collate "C" not null,
    constraint receivable_ledger_entry_pk primary key (municipality, receivable)
);
