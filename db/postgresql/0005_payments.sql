-- 決済 and 還付.

create table payment (
    municipality text collate "C" not null,
    id text collate "C" not null,
    receivable text collate "C" not null,
    place text collate "C" not null,
    terminal text collate "C" null,
    operator text collate "C" null,
    method text collate "C" not null,
    brand text collate "C" null,
    presentation text collate "C" not null,
    provider text collate "C" null,
    amount bigint not null,
    refunded_amount bigint not null,
    given_back bigint not null,
    tendered_amount bigint null,
    status text collate "C" not null,
    slot text collate "C" null,
    busy_terminal text collate "C" null,
    surplus bigint not null,
    session text collate "C" null,
    receipt_number bigint null,
    receipt_date text collate "C" null,
    business_date text collate "C" null,
    provider_reference text collate "C" null,
    reference_hash bytea null,
    approval_number text collate "C" null,
    decline_code text collate "C" null,
    action_type text collate "C" null,
    action_payload text null,
    action_expires_at bigint null,
    inquiry_until text collate "C" null,
    client text collate "C" not null,
    version bigint not null,
    created_at bigint not null,
    captured_at bigint null,
    settled_at bigint null,
    deposited_at bigint null,
    posted_at bigint null,
    payout_due_date text collate "C" null,
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
    municipality text collate "C" not null,
    id text collate "C" not null,
    payment text collate "C" not null,
    receivable text collate "C" not null,
    amount bigint not null,
    way text collate "C" not null,
    status text collate "C" not null,
    reopen bigint not null,
    order_number text collate "C" null,
    place text collate "C" not null,
    terminal text collate "C" null,
    operator text collate "C" null,
    session text collate "C" null,
    receipt_number bigint null,
    receipt_date text collate "C" null,
    business_date text collate "C" null,
    provider_reference text collate "C" null,
    note text collate "C" null,
    requested_by text collate "C" not null,
    decided_by text collate "C" null,
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
    municipality text collate "C" not null,
    refund text collate "C" not null,
    line bigint not null,
    amount bigint not null,
    constraint refund_line_pk primary key (municipality, refund, line)
);

-- Free words of a person (a reason) with a salt and an end of their own. Chained rows carry only the salted hash.
create table note (
    municipality text collate "C" not null,
    id text collate "C" not null,
    salt bytea not null,
    body text null,
    keep_until text collate "C" not null,
    redacted_at bigint null,
    constraint note_pk primary key (municipality, id)
);

-- What happened, for people and for those outside. Written in the commit of the change itself.
create table event (
    municipality text collate "C" not null,
    id text collate "C" not null,
    type text collate "C" not null,
    object text collate "C" not null,
    sequence bigint not null,
    occurred_at bigint not null,
    receivable text collate "C" null,
    payment text collate "C" null,
    refund text collate "C" null,
    place text collate "C" null,
    business_date text collate "C" null,
    actor text collate "C" not null,
    source text collate "C" not null,
    constraint event_pk primary key (municipality, id)
);

create index event_by_payment on event (municipality, payment, occurred_at, id) where payment is not null;

-- Events that still have to go out; the row goes when each endpoint has said 2xx.
create table outbox (
    municipality text collate "C" not null,
    event text collate "C" not null,
    created_at bigint not null,
    constraint outbox_pk primary key (municipality, event)
);

create function refuse_change() returns trigger language plpgsql as $body$
begin
    raise exception '% is append-only: a correction is another row', tg_table_name;
end
$body$;

create trigger event_append_only before update or delete on event for each row execute function refuse_change();
create trigger event_no_truncate before truncate on event for each statement execute function refuse_change();
