-- 決済 and 還付.

create table payment (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    receivable nvarchar(26) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 not null,
    terminal nvarchar(64) collate Latin1_General_BIN2 null,
    operator nvarchar(64) collate Latin1_General_BIN2 null,
    method nvarchar(64) collate Latin1_General_BIN2 not null,
    brand nvarchar(64) collate Latin1_General_BIN2 null,
    presentation nvarchar(64) collate Latin1_General_BIN2 not null,
    provider nvarchar(64) collate Latin1_General_BIN2 null,
    amount bigint not null,
    refunded_amount bigint not null,
    given_back bigint not null,
    tendered_amount bigint null,
    status nvarchar(64) collate Latin1_General_BIN2 not null,
    slot nvarchar(26) collate Latin1_General_BIN2 null,
    busy_terminal nvarchar(64) collate Latin1_General_BIN2 null,
    surplus bigint not null,
    session nvarchar(26) collate Latin1_General_BIN2 null,
    receipt_number bigint null,
    receipt_date nvarchar(10) collate Latin1_General_BIN2 null,
    business_date nvarchar(10) collate Latin1_General_BIN2 null,
    provider_reference nvarchar(200) collate Latin1_General_BIN2 null,
    reference_hash varbinary(32) null,
    approval_number nvarchar(200) collate Latin1_General_BIN2 null,
    decline_code nvarchar(64) collate Latin1_General_BIN2 null,
    action_type nvarchar(64) collate Latin1_General_BIN2 null,
    action_payload nvarchar(max) null,
    action_expires_at bigint null,
    inquiry_until nvarchar(10) collate Latin1_General_BIN2 null,
    client nvarchar(26) collate Latin1_General_BIN2 not null,
    version bigint not null,
    created_at bigint not null,
    captured_at bigint null,
    settled_at bigint null,
    deposited_at bigint null,
    posted_at bigint null,
    payout_due_date nvarchar(10) collate Latin1_General_BIN2 null,
    constraint payment_pk primary key (municipality, id)
);

-- One live or captured payment per receivable (mechanics 4), one unfinished payment per terminal (mechanics 6).
create unique index payment_slot on payment (municipality, slot) where slot is not null;
create unique index payment_busy_terminal on payment (municipality, busy_terminal) where busy_terminal is not null;
-- What a provider calls its payment is booked once.
create unique index payment_reference on payment (municipality, reference_hash) where reference_hash is not null;
create index payment_by_receivable on payment (municipality, receivable);
create index payment_by_time on payment (municipality, created_at, id);
create index payment_by_day on payment (municipality, place, business_date, created_at, id);
create index payment_unfinished on payment (municipality, status, created_at) where captured_at is null;

create table refund (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    payment nvarchar(26) collate Latin1_General_BIN2 not null,
    receivable nvarchar(26) collate Latin1_General_BIN2 not null,
    amount bigint not null,
    way nvarchar(64) collate Latin1_General_BIN2 not null,
    status nvarchar(64) collate Latin1_General_BIN2 not null,
    reopen bigint not null,
    order_number nvarchar(200) collate Latin1_General_BIN2 null,
    place nvarchar(64) collate Latin1_General_BIN2 not null,
    terminal nvarchar(64) collate Latin1_General_BIN2 null,
    operator nvarchar(64) collate Latin1_General_BIN2 null,
    session nvarchar(26) collate Latin1_General_BIN2 null,
    receipt_number bigint null,
    receipt_date nvarchar(10) collate Latin1_General_BIN2 null,
    business_date nvarchar(10) collate Latin1_General_BIN2 null,
    provider_reference nvarchar(200) collate Latin1_General_BIN2 null,
    note nvarchar(26) collate Latin1_General_BIN2 null,
    requested_by nvarchar(200) collate Latin1_General_BIN2 not null,
    decided_by nvarchar(200) collate Latin1_General_BIN2 null,
    version bigint not null,
    created_at bigint not null,
    decided_at bigint null,
    succeeded_at bigint null,
    constraint refund_pk primary key (municipality, id),
    constraint refund_maker_is_not_checker check (decided_by is null or decided_by <> requested_by)
);

create index refund_by_payment on refund (municipality, payment);
create index refund_by_day on refund (municipality, place, business_date, created_at, id);
create index refund_unfinished on refund (municipality, status, created_at) where succeeded_at is null;

create table refund_line (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    refund nvarchar(26) collate Latin1_General_BIN2 not null,
    line bigint not null,
    amount bigint not null,
    constraint refund_line_pk primary key (municipality, refund, line)
);

-- Free words of a person (a reason) with a salt and an end of their own. Chained rows carry only the salted hash.
create table note (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    salt varbinary(32) not null,
    body nvarchar(max) null,
    keep_until nvarchar(10) collate Latin1_General_BIN2 not null,
    redacted_at bigint null,
    constraint note_pk primary key (municipality, id)
);

-- What happened, for people and for those outside. Written in the commit of the change itself.
create table event (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    type nvarchar(64) collate Latin1_General_BIN2 not null,
    object nvarchar(26) collate Latin1_General_BIN2 not null,
    sequence bigint not null,
    occurred_at bigint not null,
    receivable nvarchar(26) collate Latin1_General_BIN2 null,
    payment nvarchar(26) collate Latin1_General_BIN2 null,
    refund nvarchar(26) collate Latin1_General_BIN2 null,
    place nvarchar(64) collate Latin1_General_BIN2 null,
    business_date nvarchar(10) collate Latin1_General_BIN2 null,
    actor nvarchar(200) collate Latin1_General_BIN2 not null,
    source nvarchar(64) collate Latin1_General_BIN2 not null,
    constraint event_pk primary key (municipality, id)
);

create index event_by_payment on event (municipality, payment, occurred_at, id) where payment is not null;

-- Events that still have to go out; the row goes when each endpoint has said 2xx.
create table outbox (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    event nvarchar(26) collate Latin1_General_BIN2 not null,
    created_at bigint not null,
    constraint outbox_pk primary key (municipality, event)
);

go
create trigger event_append_only on event instead of update, delete as
begin
    set nocount on;
    throw 51000, 'event is append-only: a correction is another row', 1;
end;
