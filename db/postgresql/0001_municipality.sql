-- Who uses the gateway: cities, their programs and keys, and what a program was answered.

create table municipality (
    code text collate "C" not null,
    name text collate "C" not null,
    created_at bigint not null,
    constraint municipality_pk primary key (code)
);

create table api_client (
    municipality text collate "C" not null,
    id text collate "C" not null,
    name text collate "C" not null,
    places text null,
    rate_per_minute bigint not null,
    created_at bigint not null,
    disabled_at bigint null,
    constraint api_client_pk primary key (municipality, id)
);

-- Keys are found before the municipality is known: the key says which one it is.
create table api_key (
    id text collate "C" not null,
    municipality text collate "C" not null,
    client text collate "C" not null,
    environment text collate "C" not null,
    secret_hash bytea not null,
    scopes text collate "C" not null,
    created_at bigint not null,
    expires_at bigint null,
    revoked_at bigint null,
    last_used_at bigint null,
    constraint api_key_pk primary key (id)
);

-- The key row is written in the unit of the intent and names its object; the answer is what the first caller got, byte for byte.
create table idempotency (
    municipality text collate "C" not null,
    client text collate "C" not null,
    key_hash bytea not null,
    request_hash bytea not null,
    object text collate "C" null,
    status bigint null,
    location text collate "C" null,
    answer bytea null,
    created_at bigint not null,
    constraint idempotency_pk primary key (municipality, client, key_hash)
);

create table job_run (
    id text collate "C" not null,
    job text collate "C" not null,
    municipality text collate "C" not null,
    node text collate "C" not null,
    started_at bigint not null,
    finished_at bigint null,
    outcome text collate "C" not null,
    done bigint not null,
    detail text null,
    constraint job_run_pk primary key (id)
);

create index job_run_by_job on job_run (municipality, job, started_at);
