-- Who uses the gateway: cities, their programs and keys, and what a program was answered.

create table municipality (
    code text not null,
    name text not null,
    created_at integer not null,
    constraint municipality_pk primary key (code)
);

create table api_client (
    municipality text not null,
    id text not null,
    name text not null,
    places text null,
    rate_per_minute integer not null,
    created_at integer not null,
    disabled_at integer null,
    constraint api_client_pk primary key (municipality, id)
);

-- Keys are found before the municipality is known: the key says which one it is.
create table api_key (
    id text not null,
    municipality text not null,
    client text not null,
    environment text not null,
    secret_hash blob not null,
    scopes text not null,
    created_at integer not null,
    expires_at integer null,
    revoked_at integer null,
    last_used_at integer null,
    constraint api_key_pk primary key (id)
);

-- The key row is written in the unit of the intent and names its object; the answer is what the first caller got, byte for byte.
create table idempotency (
    municipality text not null,
    client text not null,
    key_hash blob not null,
    request_hash blob not null,
    object text null,
    status integer null,
    location text null,
    answer blob null,
    created_at integer not null,
    constraint idempotency_pk primary key (municipality, client, key_hash)
);

create table job_run (
    id text not null,
    job text not null,
    municipality text not null,
    node text not null,
    started_at integer not null,
    finished_at integer null,
    outcome text not null,
    done integer not null,
    detail text null,
    constraint job_run_pk primary key (id)
);

create index job_run_by_job on job_run (municipality, job, started_at);
