-- Payments through a provider: how they are found again, when they are asked for, and what was promised.

-- What the adapter needs to find the payment again; why its outcome is not known; what the next question is for.
alter table payment add column provider_handle text null;
alter table payment add column doubt text null;
alter table payment add column cancel_for text null;

-- next_ask_at: the job's schedule. asked_at and asking_until: the pace, and who is asking just now. call_until: by when our start call has ended.
alter table payment add column next_ask_at integer null;
alter table payment add column asked_at integer null;
alter table payment add column asking_until integer null;
alter table payment add column asks integer null;
alter table payment add column call_until integer null;

-- A payment that ended without money stays under watch: after an accepted cancel because the provider promised to send the money back
-- (promised = 1), after a person released it because evidence may still come. inquiry_state is the person's side of it.
alter table payment add column watch_until integer null;
alter table payment add column promised integer null;
alter table payment add column inquiry_state text null;
alter table payment add column proposed_by text null;
alter table payment add column proposed_outcome text null;

-- Money that arrived in another sum than ours lies in suspense until a person says what it is.
alter table payment add column arrived_amount integer null;

create index payment_due on payment (municipality, next_ask_at) where next_ask_at is not null;

alter table refund add column doubt text null;
alter table refund add column next_ask_at integer null;
alter table refund add column asked_at integer null;
alter table refund add column asking_until integer null;
alter table refund add column asks integer null;

create index refund_due on refund (municipality, next_ask_at) where next_ask_at is not null;

-- 差異: something that does not agree and waits for a person. One per kind and object.
create table exception (
    municipality text not null,
    id text not null,
    kind text not null,
    object text not null,
    status text not null,
    amount integer not null,
    place text null,
    provider text null,
    receivable text null,
    payment text null,
    refund text null,
    detail text not null,
    opened_at integer not null,
    closed_at integer null,
    constraint exception_pk primary key (municipality, id)
);

create unique index exception_once on exception (municipality, kind, object);
create index exception_by_time on exception (municipality, opened_at, id);

-- A person's words behind a step: why a doubt was resolved, why a bill was taken back.
alter table event add column note text null;

-- Questions that walked through every row of a city.
create index receivable_by_group on receivable (municipality, exclusive_hash) where exclusive_hash is not null;
create index place_day_by_date on place_day (municipality, date);
create index place_day_open on place_day (municipality, date) where state = 'open';
