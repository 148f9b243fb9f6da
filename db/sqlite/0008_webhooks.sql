-- Events out. The fan-out turns each row of the outbox into one delivery per endpoint that wants it, in one commit; the delivery
-- stays until a 2xx was seen, or until its three days are over.

create table webhook_endpoint (
    municipality text not null,
    id text not null,
    url text not null,
    types text null,
    places text null,
    description text null,
    secret blob null,
    old_secret blob null,
    old_secret_until integer null,
    client text not null,
    created_at integer not null,
    failing_since integer null,
    last_error text null,
    disabled_at integer null,
    deleted_at integer null,
    constraint webhook_endpoint_pk primary key (municipality, id)
);

-- next_at is also the lease: whoever claims a delivery moves it on, and a claim that nobody finishes is due again by itself.
-- Until holds_until later events of the same object wait for this one.
create table webhook_delivery (
    municipality text not null,
    id text not null,
    endpoint text not null,
    event text not null,
    type text not null,
    object text not null,
    sequence integer not null,
    status text not null,
    body blob null,
    attempts integer not null,
    failures integer not null,
    round_from integer null,
    next_at integer not null,
    holds_until integer not null,
    claim text null,
    last_status integer null,
    last_error text null,
    created_at integer not null,
    ended_at integer null,
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
    municipality text not null,
    delivery text not null,
    number integer not null,
    tried_at integer not null,
    status_code integer null,
    error text null,
    duration_ms integer not null,
    constraint webhook_try_pk primary key (municipality, delivery, number)
) without rowid;
