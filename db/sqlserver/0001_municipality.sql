-- Who uses the gateway: cities, their programs and keys, and what a program was answered.

create table municipality (
    code nvarchar(64) collate Latin1_General_BIN2 not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    created_at bigint not null,
    constraint municipality_pk primary key (code)
);

create table api_client (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    places nvarchar(max) null,
    rate_per_minute bigint not null,
    created_at bigint not null,
    disabled_at bigint null,
    constraint api_client_pk primary key (municipality, id)
);

-- Keys are found before the municipality is known: the key says which one it is.
create table api_key (
    id nvarchar(64) collate Latin1_General_BIN2 not null,
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    client nvarchar(26) collate Latin1_General_BIN2 not null,
    environment nvarchar(64) collate Latin1_General_BIN2 not null,
    secret_hash varbinary(32) not null,
    scopes nvarchar(200) collate Latin1_General_BIN2 not null,
    created_at bigint not null,
    expires_at bigint null,
    revoked_at bigint null,
    last_used_at bigint null,
    constraint api_key_pk primary key (id)
);

-- The key row is written in the unit of the intent and names its object; the answer is what the first caller got, byte for byte.
create table idempotency (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    client nvarchar(26) collate Latin1_General_BIN2 not null,
    key_hash varbinary(32) not null,
    request_hash varbinary(32) not null,
    object nvarchar(200) collate Latin1_General_BIN2 null,
    status bigint null,
    location nvarchar(200) collate Latin1_General_BIN2 null,
    answer varbinary(max) null,
    created_at bigint not null,
    constraint idempotency_pk primary key (municipality, client, key_hash)
);

create table job_run (
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    job nvarchar(64) collate Latin1_General_BIN2 not null,
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    node nvarchar(200) collate Latin1_General_BIN2 not null,
    started_at bigint not null,
    finished_at bigint null,
    outcome nvarchar(64) collate Latin1_General_BIN2 not null,
    done bigint not null,
    detail nvarchar(max) null,
    constraint job_run_pk primary key (id)
);

create index job_run_by_job on job_run (municipality, job, started_at);
