-- Who may do what, and proof of what they did.

-- Staff. The login is compared in one form of writing (login_key); what proves a person is a hash or is encrypted with the data-protection keys, which lie outside the database.
create table person (
    municipality text collate "C" not null,
    id text collate "C" not null,
    login text collate "C" not null,
    login_key bytea not null,
    name text collate "C" not null,
    mail text collate "C" null,
    language text collate "C" not null,
    password_hash text collate "C" null,
    password_changed_at bigint null,
    security_stamp text collate "C" not null,
    two_factor bigint not null,
    authenticator_key text collate "C" null,
    failed_count bigint not null,
    locked_until bigint null,
    disabled_at bigint null,
    disabled_by text collate "C" null,
    created_at bigint not null,
    created_by text collate "C" not null,
    version bigint not null,
    constraint person_pk primary key (municipality, id)
);

create unique index person_login on person (municipality, login_key);

-- Passkeys: public keys only. credential_hash is the SHA-256 of the credential id, which may be as long as 1,023 bytes.
create table person_passkey (
    municipality text collate "C" not null,
    person text collate "C" not null,
    credential_hash bytea not null,
    credential_id bytea not null,
    public_key bytea not null,
    name text collate "C" not null,
    sign_count bigint not null,
    transports text collate "C" null,
    user_verified bigint not null,
    backup_eligible bigint not null,
    backed_up bigint not null,
    attestation bytea not null,
    client_data bytea not null,
    created_at bigint not null,
    used_at bigint null,
    constraint person_passkey_pk primary key (municipality, person, credential_hash)
);

create unique index person_passkey_credential on person_passkey (credential_hash);

-- Each once.
create table recovery_code (
    municipality text collate "C" not null,
    person text collate "C" not null,
    code_hash bytea not null,
    used_at bigint null,
    constraint recovery_code_pk primary key (municipality, person, code_hash)
);

-- A signed-in browser. The cookie carries a random token; only its hash is here, so that a copy of the database opens nothing. person is who acts now; others who signed in at the same counter PC are in staff_session_pin.
create table staff_session (
    municipality text collate "C" not null,
    id text collate "C" not null,
    token_hash bytea not null,
    person text collate "C" not null,
    kind text collate "C" not null,
    place text collate "C" null,
    stamp text collate "C" not null,
    created_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    ended_at bigint null,
    ended_why text collate "C" null,
    constraint staff_session_pk primary key (municipality, id)
);

create unique index staff_session_token on staff_session (token_hash);
create index staff_session_person on staff_session (municipality, person) where ended_at is null;

-- A PIN opens nothing but this one session, after its person has signed in to it in full.
create table staff_session_pin (
    municipality text collate "C" not null,
    session text collate "C" not null,
    person text collate "C" not null,
    pin_hash text collate "C" not null,
    failed_count bigint not null,
    created_at bigint not null,
    constraint staff_session_pin_pk primary key (municipality, session, person)
);

-- Who may do what, where, from when to when. An end is written, the row is never removed.
create table role_grant (
    municipality text collate "C" not null,
    id text collate "C" not null,
    person text collate "C" not null,
    role text collate "C" not null,
    place text collate "C" null,
    valid_from text collate "C" not null,
    valid_to text collate "C" null,
    granted_at bigint not null,
    granted_by text collate "C" not null,
    ended_at bigint null,
    ended_by text collate "C" null,
    constraint role_grant_pk primary key (municipality, id)
);

create index role_grant_person on role_grant (municipality, person);

-- 出納員・分任出納員・現金取扱員 by post, with their terms. code is the operator that a POS sends; place * is all places.
create table appointment (
    municipality text collate "C" not null,
    id text collate "C" not null,
    code text collate "C" not null,
    place text collate "C" not null,
    name text collate "C" not null,
    person text collate "C" null,
    office text collate "C" not null,
    post text collate "C" null,
    valid_from text collate "C" not null,
    valid_to text collate "C" null,
    created_at bigint not null,
    created_by text collate "C" not null,
    constraint appointment_pk primary key (municipality, id)
);

create index appointment_code on appointment (municipality, code, place);

-- Proposed by one, decided by another. data is what will be done, as JSON; what it was before stands in it too.
create table proposal (
    municipality text collate "C" not null,
    id text collate "C" not null,
    kind text collate "C" not null,
    subject text collate "C" not null,
    place text collate "C" null,
    amount bigint null,
    data text collate "C" not null,
    side text collate "C" null,
    state text collate "C" not null,
    proposed_by text collate "C" not null,
    proposed_at bigint not null,
    note text collate "C" null,
    decided_by text collate "C" null,
    decided_at bigint null,
    decision_note text collate "C" null,
    version bigint not null,
    constraint proposal_pk primary key (municipality, id),
    constraint proposal_two_people check (decided_by is null or state = 'withdrawn' or decided_by <> proposed_by)
);

create unique index proposal_open on proposal (municipality, kind, subject) where state = 'open';
create index proposal_by_time on proposal (municipality, proposed_at);

-- What people and programs did, refused ones too. Append-only and sealed in a chain of its own; it holds no personal data, those lie in audit_detail.
create table audit_entry (
    municipality text collate "C" not null,
    id text collate "C" not null,
    at bigint not null,
    actor text collate "C" not null,
    action text collate "C" not null,
    outcome text collate "C" not null,
    object text collate "C" null,
    place text collate "C" null,
    detail_hash bytea null,
    constraint audit_entry_pk primary key (municipality, id)
);

create index audit_entry_by_time on audit_entry (municipality, at, id);
create index audit_entry_by_actor on audit_entry (municipality, actor, at);
create index audit_entry_by_object on audit_entry (municipality, object, at) where object is not null;

-- From where, before and after, in words: redacted after its time, and verify then says redacted, not touched.
create table audit_detail (
    municipality text collate "C" not null,
    entry text collate "C" not null,
    salt bytea not null,
    body text collate "C" null,
    keep_until text collate "C" not null,
    redacted_at bigint null,
    constraint audit_detail_pk primary key (municipality, entry)
);

create index audit_detail_due on audit_detail (municipality, keep_until) where redacted_at is null;

alter table api_client add column description text collate "C" null;
alter table api_client add column ip_ranges text collate "C" null;
alter table api_client add column created_by text collate "C" null;
alter table api_client add column disabled_by text collate "C" null;
alter table api_key add column created_by text collate "C" null;
alter table api_key add column revoked_by text collate "C" null;
alter table api_key add column name text collate "C" null;

-- Operators become appointments: those of before are cash handlers without an end.
insert into appointment (municipality, id, code, place, name, office, valid_from, created_at, created_by)
select municipality, lpad((row_number() over (order by municipality, code, place))::text, 26, '0'), code, place, name, 'cashHandler', '2000-01-01', 0, 'migration'
from operator;

drop table operator;

create index note_due on note (municipality, keep_until) where redacted_at is null;

create trigger audit_entry_append_only before update or delete on audit_entry for each row execute function refuse_change();
create trigger audit_entry_no_truncate before truncate on audit_entry for each statement execute function refuse_change();
