-- Who may do what, and proof of what they did.

-- Staff. The login is compared in one form of writing (login_key); what proves a person is a hash or is encrypted with the data-protection keys, which lie outside the database.
create table person (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    login nvarchar(200) collate Latin1_General_BIN2 not null,
    login_key varbinary(32) not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    mail nvarchar(320) collate Latin1_General_BIN2 null,
    language nvarchar(8) collate Latin1_General_BIN2 not null,
    password_hash nvarchar(400) collate Latin1_General_BIN2 null,
    password_changed_at bigint null,
    security_stamp nvarchar(64) collate Latin1_General_BIN2 not null,
    two_factor bigint not null,
    authenticator_key nvarchar(1000) collate Latin1_General_BIN2 null,
    failed_count bigint not null,
    locked_until bigint null,
    disabled_at bigint null,
    disabled_by nvarchar(80) collate Latin1_General_BIN2 null,
    created_at bigint not null,
    created_by nvarchar(80) collate Latin1_General_BIN2 not null,
    version bigint not null,
    constraint person_pk primary key (municipality, id)
);

create unique index person_login on person (municipality, login_key);

-- Passkeys: public keys only. credential_hash is the SHA-256 of the credential id, which may be as long as 1,023 bytes.
create table person_passkey (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    person nvarchar(26) collate Latin1_General_BIN2 not null,
    credential_hash varbinary(32) not null,
    credential_id varbinary(1023) not null,
    public_key varbinary(2000) not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    sign_count bigint not null,
    transports nvarchar(200) collate Latin1_General_BIN2 null,
    user_verified bigint not null,
    backup_eligible bigint not null,
    backed_up bigint not null,
    attestation varbinary(max) not null,
    client_data varbinary(max) not null,
    created_at bigint not null,
    used_at bigint null,
    constraint person_passkey_pk primary key (municipality, person, credential_hash)
);

create unique index person_passkey_credential on person_passkey (credential_hash);

-- Each once.
create table recovery_code (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    person nvarchar(26) collate Latin1_General_BIN2 not null,
    code_hash varbinary(32) not null,
    used_at bigint null,
    constraint recovery_code_pk primary key (municipality, person, code_hash)
);

-- A signed-in browser. The cookie carries a random token; only its hash is here, so that a copy of the database opens nothing. person is who acts now; others who signed in at the same counter PC are in staff_session_pin.
create table staff_session (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    token_hash varbinary(32) not null,
    person nvarchar(26) collate Latin1_General_BIN2 not null,
    kind nvarchar(16) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 null,
    stamp nvarchar(64) collate Latin1_General_BIN2 not null,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    ended_at bigint null,
    ended_why nvarchar(32) collate Latin1_General_BIN2 null,
    constraint staff_session_pk primary key (municipality, id)
);

create unique index staff_session_token on staff_session (token_hash);
create index staff_session_person on staff_session (municipality, person) where ended_at is null;

-- A PIN opens nothing but this one session, after its person has signed in to it in full.
create table staff_session_pin (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    session nvarchar(26) collate Latin1_General_BIN2 not null,
    person nvarchar(26) collate Latin1_General_BIN2 not null,
    pin_hash nvarchar(400) collate Latin1_General_BIN2 not null,
    failed_count bigint not null,
    created_at bigint not null,
    constraint staff_session_pin_pk primary key (municipality, session, person)
);

-- Who may do what, where, from when to when. An end is written, the row is never removed.
create table role_grant (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    person nvarchar(26) collate Latin1_General_BIN2 not null,
    role nvarchar(32) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 null,
    valid_from nvarchar(10) collate Latin1_General_BIN2 not null,
    valid_to nvarchar(10) collate Latin1_General_BIN2 null,
    granted_at bigint not null,
    granted_by nvarchar(80) collate Latin1_General_BIN2 not null,
    ended_at bigint null,
    ended_by nvarchar(80) collate Latin1_General_BIN2 null,
    constraint role_grant_pk primary key (municipality, id)
);

create index role_grant_person on role_grant (municipality, person);

-- 出納員・分任出納員・現金取扱員 by post, with their terms. code is the operator that a POS sends; place * is all places.
create table appointment (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    code nvarchar(64) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    person nvarchar(26) collate Latin1_General_BIN2 null,
    office nvarchar(32) collate Latin1_General_BIN2 not null,
    post nvarchar(200) collate Latin1_General_BIN2 null,
    valid_from nvarchar(10) collate Latin1_General_BIN2 not null,
    valid_to nvarchar(10) collate Latin1_General_BIN2 null,
    created_at bigint not null,
    created_by nvarchar(80) collate Latin1_General_BIN2 not null,
    constraint appointment_pk primary key (municipality, id)
);

create index appointment_code on appointment (municipality, code, place);

-- Proposed by one, decided by another. data is what will be done, as JSON; what it was before stands in it too.
create table proposal (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    kind nvarchar(32) collate Latin1_General_BIN2 not null,
    subject nvarchar(100) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 null,
    amount bigint null,
    data nvarchar(4000) collate Latin1_General_BIN2 not null,
    side nvarchar(16) collate Latin1_General_BIN2 null,
    state nvarchar(16) collate Latin1_General_BIN2 not null,
    proposed_by nvarchar(80) collate Latin1_General_BIN2 not null,
    proposed_at bigint not null,
    note nvarchar(26) collate Latin1_General_BIN2 null,
    decided_by nvarchar(80) collate Latin1_General_BIN2 null,
    decided_at bigint null,
    decision_note nvarchar(26) collate Latin1_General_BIN2 null,
    version bigint not null,
    constraint proposal_pk primary key (municipality, id),
    constraint proposal_two_people check (decided_by is null or state = 'withdrawn' or decided_by <> proposed_by)
);

create unique index proposal_open on proposal (municipality, kind, subject) where state = 'open';
create index proposal_by_time on proposal (municipality, proposed_at);

-- What people and programs did, refused ones too. Append-only and sealed in a chain of its own; it holds no personal data, those lie in audit_detail.
create table audit_entry (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    at bigint not null,
    actor nvarchar(80) collate Latin1_General_BIN2 not null,
    action nvarchar(64) collate Latin1_General_BIN2 not null,
    outcome nvarchar(16) collate Latin1_General_BIN2 not null,
    object nvarchar(200) collate Latin1_General_BIN2 null,
    place nvarchar(64) collate Latin1_General_BIN2 null,
    detail_hash varbinary(32) null,
    constraint audit_entry_pk primary key (municipality, id)
);

create index audit_entry_by_time on audit_entry (municipality, at, id);
create index audit_entry_by_actor on audit_entry (municipality, actor, at);
create index audit_entry_by_object on audit_entry (municipality, object, at) where object is not null;

-- From where, before and after, in words: redacted after its time, and verify then says redacted, not touched.
create table audit_detail (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    entry nvarchar(26) collate Latin1_General_BIN2 not null,
    salt varbinary(32) not null,
    body nvarchar(max) collate Latin1_General_BIN2 null,
    keep_until nvarchar(10) collate Latin1_General_BIN2 not null,
    redacted_at bigint null,
    constraint audit_detail_pk primary key (municipality, entry)
);

create index audit_detail_due on audit_detail (municipality, keep_until) where redacted_at is null;

alter table api_client add description nvarchar(400) collate Latin1_General_BIN2 null;
alter table api_client add ip_ranges nvarchar(1000) collate Latin1_General_BIN2 null;
alter table api_client add created_by nvarchar(80) collate Latin1_General_BIN2 null;
alter table api_client add disabled_by nvarchar(80) collate Latin1_General_BIN2 null;
alter table api_key add created_by nvarchar(80) collate Latin1_General_BIN2 null;
alter table api_key add revoked_by nvarchar(80) collate Latin1_General_BIN2 null;
alter table api_key add name nvarchar(200) collate Latin1_General_BIN2 null;

-- Operators become appointments: those of before are cash handlers without an end.
insert into appointment (municipality, id, code, place, name, office, valid_from, created_at, created_by)
select municipality, right('00000000000000000000000000' + cast(row_number() over (order by municipality, code, place) as nvarchar(26)), 26), code, place, name, 'cashHandler', '2000-01-01', 0, 'migration'
from operator;

drop table operator;

create index note_due on note (municipality, keep_until) where redacted_at is null;

go
create trigger audit_entry_append_only on audit_entry instead of update, delete as
begin
    set nocount on;
    throw 51000, 'audit_entry is append-only: a correction is another row', 1;
end;
