-- Payments through a provider: how they are found again, when they are asked for, and what was promised.

-- What the adapter needs to find the payment again; why its outcome is not known; what the next question is for.
alter table payment add provider_handle nvarchar(400) collate Latin1_General_BIN2 null;
alter table payment add doubt nvarchar(400) collate Latin1_General_BIN2 null;
alter table payment add cancel_for nvarchar(64) collate Latin1_General_BIN2 null;

-- next_ask_at: the job's schedule. asked_at and asking_until: the pace, and who is asking just now. call_until: by when our start call has ended.
alter table payment add next_ask_at bigint null;
alter table payment add asked_at bigint null;
alter table payment add asking_until bigint null;
alter table payment add asks bigint null;
alter table payment add call_until bigint null;

-- A payment that ended without money stays under watch: after an accepted cancel because the provider promised to send the money back
-- (promised = 1), after a person released it because evidence may still come. inquiry_state is the person's side of it.
alter table payment add watch_until bigint null;
alter table payment add promised bigint null;
alter table payment add inquiry_state nvarchar(64) collate Latin1_General_BIN2 null;
alter table payment add proposed_by nvarchar(200) collate Latin1_General_BIN2 null;
alter table payment add proposed_outcome nvarchar(64) collate Latin1_General_BIN2 null;

-- Money that arrived in another sum than ours lies in suspense until a person says what it is.
alter table payment add arrived_amount bigint null;

go

create index payment_due on payment (municipality, next_ask_at) where next_ask_at is not null;

alter table refund add doubt nvarchar(400) collate Latin1_General_BIN2 null;
alter table refund add next_ask_at bigint null;
alter table refund add asked_at bigint null;
alter table refund add asking_until bigint null;
alter table refund add asks bigint null;

go

create index refund_due on refund (municipality, next_ask_at) where next_ask_at is not null;

-- 差異: something that does not agree and waits for a person. One per kind and object.
create table exception (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    kind nvarchar(64) collate Latin1_General_BIN2 not null,
    object nvarchar(200) collate Latin1_General_BIN2 not null,
    status nvarchar(64) collate Latin1_General_BIN2 not null,
    amount bigint not null,
    place nvarchar(64) collate Latin1_General_BIN2 null,
    provider nvarchar(64) collate Latin1_General_BIN2 null,
    receivable nvarchar(26) collate Latin1_General_BIN2 null,
    payment nvarchar(26) collate Latin1_General_BIN2 null,
    refund nvarchar(26) collate Latin1_General_BIN2 null,
    detail nvarchar(400) collate Latin1_General_BIN2 not null,
    opened_at bigint not null,
    closed_at bigint null,
    constraint exception_pk primary key (municipality, id)
);

create unique index exception_once on exception (municipality, kind, object);
create index exception_by_time on exception (municipality, opened_at, id);

-- A person's words behind a step: why a doubt was resolved, why a bill was taken back.
alter table event add note nvarchar(26) collate Latin1_General_BIN2 null;

-- Questions that walked through every row of a city.
create index receivable_by_group on receivable (municipality, exclusive_hash) where exclusive_hash is not null;
create index place_day_by_date on place_day (municipality, date);
create index place_day_open on place_day (municipality, date) where state = 'open';
