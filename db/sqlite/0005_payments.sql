-- 決済 and 還付.

create table payment (
    municipality text not null,
    id text not null,
    receivable text not null,
    place text not null,
    terminal text null,
    operator text null,
    method text not null,
    brand text null,
    presentation text not null,
    provider text null,
    amount integer not null,
    refunded_amount integer not null,
    given_back integer not null,
    tendered_amount integer null,
    status text not null,
    slot text null,
    busy_terminal text null,
    surplus integer not null,
    session text null,
    receipt_number integer null,
    receipt_date text null,
    business_date text null,
    provider_reference text null,
    reference_hash blob null,
    approval_number text null,
    decline_code text null,
    action_type text null,
    action_payload text null,
    action_expires_at integer null,
    inquiry_until text null,
    client text not null,
    version integer not null,
    created_at integer not null,
    captured_at integer null,
    settled_at integer null,
    deposited_at integer null,
    posted_at integer null,
    payout_due_date text null,
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
    municipality text not null,
    id text not null,
    payment text not null,
    receivable text not null,
    amount integer not null,
    way text not null,
    status text not null,
    reopen integer not null,
    order_number text null,
    place text not null,
    terminal text null,
    operator text null,
    session text null,
    receipt_number integer null,
    receipt_date text null,
    business_date text null,
    provider_reference text null,
    note text null,
    requested_by text not null,
    decided_by text null,
    version integer not null,
    created_at integer not null,
    decided_at integer null,
    succeeded_at integer null,
    constraint refund_pk primary key (municipality, id),
    constraint refund_maker_is_not_checker check (decided_by is null or decided_by <> requested_by)
);

create index refund_by_payment on refund (municipality, payment);
create index refund_by_day on refund (municipality, place, business_date, created_at, id);
create index refund_unfinished on refund (municipality, status, created_at) where succeeded_at is null;

create table refund_line (
    municipality text not null,
    refund text not null,
    line integer not null,
    amount integer not null,
    constraint refund_line_pk primary key (municipality, refund, line)
) without rowid;

-- Free words of a person (a reason) with a salt and an end of their own. Chained rows carry only the salted hash.
create table note (
    municipality text not null,
    id text not null,
    salt blob not null,
    body text null,
    keep_until text not null,
    redacted_at integer null,
    constraint note_pk primary key (municipality, id)
);

-- What happened, for people and for those outside. Written in the commit of the change itself.
create table event (
    municipality text not null,
    id text not null,
    type text not null,
    object text not null,
    sequence integer not null,
    occurred_at integer not null,
    receivable text null,
    payment text null,
    refund text null,
    place text null,
    business_date text null,
    actor text not null,
    source text not null,
    constraint event_pk primary key (municipality, id)
);

create index event_by_payment on event (municipality, payment, occurred_at, id) where payment is not null;

-- Events that still have to go out; the row goes when each endpoint has said 2xx.
create table outbox (
    municipality text not null,
    event text not null,
    created_at integer not null,
    constraint outbox_pk primary key (municipality, event)
) without rowid;

create trigger event_no_update before update on event begin select raise(abort, 'event is append-only: a correction is another row'); end;
create trigger event_no_replace before insert on event when exists (select 1 from event where municipality = new.municipality and id = new.id) begin select raise(abort, 'event is append-only: a correction is another row'); end;
create trigger event_no_delete before delete on event begin select raise(abort, 'event is append-only: a correction is another row'); end;
