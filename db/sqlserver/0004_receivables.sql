-- 請求: what one payer owes at once.

create table receivable (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    kind nvarchar(64) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 not null,
    reference nvarchar(200) collate Latin1_General_BIN2 null,
    title nvarchar(200) collate Latin1_General_BIN2 not null,
    amount bigint not null,
    tax_included bigint not null,
    money_owner nvarchar(200) collate Latin1_General_BIN2 not null,
    due_date nvarchar(10) collate Latin1_General_BIN2 null,
    notice_date nvarchar(10) collate Latin1_General_BIN2 null,
    pay_by bigint null,
    exclusive_group nvarchar(200) collate Latin1_General_BIN2 null,
    exclusive_hash varbinary(32) null,
    exclusive_side nvarchar(200) collate Latin1_General_BIN2 null,
    follows nvarchar(26) collate Latin1_General_BIN2 null,
    metadata nvarchar(max) null,
    client nvarchar(26) collate Latin1_General_BIN2 not null,
    version bigint not null,
    created_at bigint not null,
    cancelled_at bigint null,
    expired_at bigint null,
    refunded_at bigint null,
    ticket_at bigint null,
    started_at bigint null,
    handed_over_at bigint null,
    handed_over_by nvarchar(200) collate Latin1_General_BIN2 null,
    receipt_number bigint null,
    receipt_date nvarchar(10) collate Latin1_General_BIN2 null,
    business_date nvarchar(10) collate Latin1_General_BIN2 null,
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
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    receivable nvarchar(26) collate Latin1_General_BIN2 not null,
    line bigint not null,
    fee nvarchar(64) collate Latin1_General_BIN2 null,
    revenue_account nvarchar(64) collate Latin1_General_BIN2 not null,
    description nvarchar(200) collate Latin1_General_BIN2 not null,
    section nvarchar(200) collate Latin1_General_BIN2 not null,
    kaikei nvarchar(64) collate Latin1_General_BIN2 not null,
    year_rule nvarchar(64) collate Latin1_General_BIN2 not null,
    enterprise bigint not null,
    tax_class nvarchar(64) collate Latin1_General_BIN2 not null,
    quantity bigint not null,
    unit_amount bigint not null,
    gross_amount bigint not null,
    amount bigint not null,
    fiscal_year bigint null,
    carried_over bigint not null,
    methods nvarchar(200) collate Latin1_General_BIN2 not null,
    constraint receivable_line_pk primary key (municipality, receivable, line)
);

create table receivable_reduction (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    receivable nvarchar(26) collate Latin1_General_BIN2 not null,
    position bigint not null,
    line bigint not null,
    kind nvarchar(64) collate Latin1_General_BIN2 not null,
    rate bigint null,
    amount bigint not null,
    ground_code nvarchar(200) collate Latin1_General_BIN2 not null,
    decision_number nvarchar(200) collate Latin1_General_BIN2 null,
    constraint receivable_reduction_pk primary key (municipality, receivable, position)
);

-- The matching key of a code, or a booking or application number. `live` is null once its receivable is cancelled.
create table receivable_alias (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    receivable nvarchar(26) collate Latin1_General_BIN2 not null,
    position bigint not null,
    type nvarchar(64) collate Latin1_General_BIN2 not null,
    value nvarchar(200) collate Latin1_General_BIN2 not null,
    value_hash varbinary(32) not null,
    live bigint null,
    constraint receivable_alias_pk primary key (municipality, receivable, position)
);

create index receivable_alias_any on receivable_alias (municipality, type, value_hash);
create unique index receivable_alias_live on receivable_alias (municipality, type, value_hash) where live is not null;

-- 全期 and 期別 of one debt: whichever side is paid first holds the group. `holders` counts the receivables of that side which hold their slot.
create table exclusive_group (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    group_hash varbinary(32) not null,
    side nvarchar(200) collate Latin1_General_BIN2 not null,
    holders bigint not null,
    constraint exclusive_group_pk primary key (municipality, group_hash)
);

-- 諸証明台帳: personal, kept apart with its own end; never in events, answers or the journal.
create table receivable_ledger_entry (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    receivable nvarchar(26) collate Latin1_General_BIN2 not null,
    body nvarchar(max) not null,
    keep_until nvarchar(10) collate Latin1_General_BIN2 not null,
    constraint receivable_ledger_entry_pk primary key (municipality, receivable)
);
