-- Events out. The fan-out turns each row of the outbox into one delivery per endpoint that wants it, in one commit; the delivery
-- stays until a 2xx was seen, or until its three days are over.

create table webhook_endpoint (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    url nvarchar(500) collate Latin1_General_BIN2 not null,
    types nvarchar(max) null,
    places nvarchar(max) null,
    description nvarchar(200) collate Latin1_General_BIN2 null,
    secret varbinary(32) null,
    old_secret varbinary(32) null,
    old_secret_until bigint null,
    client nvarchar(26) collate Latin1_General_BIN2 not null,
    created_at bigint not null,
    failing_since bigint null,
    last_error nvarchar(200) collate Latin1_General_BIN2 null,
    disabled_at bigint null,
    deleted_at bigint null,
    constraint webhook_endpoint_pk primary key (municipality, id)
);

-- next_at is also the lease: whoever claims a delivery moves it on, and a claim that nobody finishes is due again by itself.
-- Until holds_until later events of the same object wait for this one.
create table webhook_delivery (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    endpoint nvarchar(26) collate Latin1_General_BIN2 not null,
    event nvarchar(26) collate Latin1_General_BIN2 not null,
    type nvarchar(64) collate Latin1_General_BIN2 not null,
    object nvarchar(26) collate Latin1_General_BIN2 not null,
    sequence bigint not null,
    status nvarchar(64) collate Latin1_General_BIN2 not null,
    body varbinary(max) null,
    attempts bigint not null,
    failures bigint not null,
    round_from bigint null,
    next_at bigint not null,
    holds_until bigint not null,
    claim nvarchar(26) collate Latin1_General_BIN2 null,
    last_status bigint null,
    last_error nvarchar(200) collate Latin1_General_BIN2 null,
    created_at bigint not null,
    ended_at bigint null,
    constraint webhook_delivery_pk primary key (municipality, id)
);

-- An event goes to an endpoint once, whichever node fans it out.
create unique index webhook_delivery_event on webhook_delivery (municipality, endpoint, event);
create index webhook_delivery_due on webhook_delivery (municipality, endpoint, next_at, id) where status = 'waiting';
create index webhook_delivery_order on webhook_delivery (municipality, endpoint, object, sequence) where status = 'waiting';
create index webhook_delivery_by_time on webhook_delivery (municipality, created_at, id);
create index webhook_delivery_by_status on webhook_delivery (municipality, status, created_at, id);
create index webhook_delivery_ended on webhook_delivery (municipality, ended_at, id) where ended_at is not null;

create table webhook_try (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    delivery nvarchar(26) collate Latin1_General_BIN2 not null,
    number bigint not null,
    tried_at bigint not null,
    status_code bigint null,
    error nvarchar(200) collate Latin1_General_BIN2 null,
    duration_ms bigint not null,
    constraint webhook_try_pk primary key (municipality, delivery, number)
);
