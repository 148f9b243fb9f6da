-- 請求: what one payer owes at once.

create table receivable (
    municipality text not null,
    id text not null,
    kind text not null,
    place text not null,
    reference text null,
    title text not null,
    amount integer not null,
    tax_included integer not null,
    money_owner text not null,
    due_date text null,
    notice_date text null,
    pay_by integer null,
    exclusive_group text null,
    exclusive_hash blob null,
    exclusive_side text null,
    follows text null,
    metadata text null,
    client text not null,
    version integer not null,
    created_at integer not null,
    cancelled_at integer null,
    expired_at integer null,
    refunded_at integer null,
    ticket_at integer null,
    started_at integer null,
    handed_over_at integer null,
    handed_over_by text null,
    receipt_number integer null,
    receipt_date text null,
    business_date text null,
    constraint receivable_pk primary key (municipality, id)
);

create index receivable_by_time on receivable (municipality, created_at, id);
create index receivable_by_place on receivable (municipality, place, created_at, id);
create index receivable_by_day on receivable (municipality, place, business_date);
create index receivable_by_reference on receivable (municipality, reference);
create index receivable_by_pay_by on receivable (municipality, pay_by);
create index receivable_by_follows on receivable (municipality, follows);

-- What a line needs at capture is copied from its account, so that a capture asks one question and a later change of the account changes nothing behind it.
create table receivable_line (
    municipality text not null,
    receivable text not null,
    line integer not null,
    fee text null,
    revenue_account text not null,
    description text not null,
    section text not null,
    kaikei text not null,
    year_rule text not null,
    enterprise integer not null,
    tax_class text not null,
    quantity integer not null,
    unit_amount integer not null,
    gross_amount integer not null,
    amount integer not null,
    fiscal_year integer null,
    carried_over integer not null,
    methods text not null,
    constraint receivable_line_pk primary key (municipality, receivable, line)
) without rowid;

create table receivable_reduction (
    municipality text not null,
    receivable text not null,
    position integer not null,
    line integer not null,
    kind text not null,
    rate integer null,
    amount integer not null,
    ground_code text not null,
    decision_number text null,
    constraint receivable_reduction_pk primary key (municipality, receivable, position)
);

-- The matching key of a code, or a booking or application number. `live` is null once its receivable is cancelled.
create table receivable_alias (
    municipality text not null,
    receivable text not null,
    position integer not null,
    type text not null,
    value text not null,
    value_hash blob not null,
    live integer null,
    constraint receivable_alias_pk primary key (municipality, receivable, position)
);

create index receivable_alias_any on receivable_alias (municipality, type, value_hash);
create unique index receivable_alias_live on receivable_alias (municipality, type, value_hash) where live is not null;

-- 全期 and 期別 of one debt: whichever side is paid first holds the group. `holders` counts the receivables of that side which hold their slot.
create table exclusive_group (
    municipality text not null,
    group_hash blob not null,
    side text not null,
    holders integer not null,
    constraint exclusive_group_pk primary key (municipality, group_hash)
);

-- 諸証明台帳: personal, kept apart with its own end; never in events, answers or the journal.
create table receivable_ledger_entry (
    municipality text not null,
    receivable text not null,
    body text not null,
    keep_until text not null,
    constraint receivable_ledger_entry_pk primary key (municipality, receivable)
);
