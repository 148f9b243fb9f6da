-- Who may do what, and proof of what they did.

-- Staff. The login is compared in one form of writing (login_key); what proves a person is a hash or is encrypted with the data-protection keys, which lie outside the database.
create table person (
    municipality text not null,
    id text not null,
    login text not null,
    login_key blob not null,
    name text not null,
    mail text null,
    language text not null,
    password_hash text null,
    password_changed_at integer null,
    security_stamp text not null,
    two_factor integer not null,
    authenticator_key text null,
    failed_count integer not null,
    locked_until integer null,
    disabled_at integer null,
    disabled_by text null,
    created_at integer not null,
    created_by text not null,
    version integer not null,
    constraint person_pk primary key (municipality, id)
);

create unique index person_login on person (municipality, login_key);

-- Passkeys: public keys only. credential_hash is the SHA-256 of the credential id, which may be as long as 1,023 bytes.
create table person_passkey (
    municipality text not null,
    person text not null,
    credential_hash blob not null,
    credential_id blob not null,
    public_key blob not null,
    name text not null,
    sign_count integer not null,
    transports text null,
    user_verified integer not null,
    backup_eligible integer not null,
    backed_up integer not null,
    attestation blob not null,
    client_data blob not null,
    created_at integer not null,
    used_at integer null,
    constraint person_passkey_pk primary key (municipality, person, credential_hash)
);

create unique index person_passkey_credential on person_passkey (credential_hash);

-- Each once.
create table recovery_code (
    municipality text not null,
    person text not null,
    code_hash blob not null,
    used_at integer null,
    constraint recovery_code_pk primary key (municipality, person, code_hash)
);

-- A signed-in browser. The cookie carries a random token; only its hash is here, so that a copy of the database opens nothing. person is who acts now; others who signed in at the same counter PC are in staff_session_pin.
create table staff_session (
    municipality text not null,
    id text not null,
    token_hash blob not null,
    person text not null,
    kind text not null,
    place text null,
    stamp text not null,
    created_at integer not null,
    seen_at integer not null,
    expires_at integer not null,
    ended_at integer null,
    ended_why text null,
    constraint staff_session_pk primary key (municipality, id)
);

create unique index staff_session_token on staff_session (token_hash);
create index staff_session_person on staff_session (municipality, person) where ended_at is null;

-- A PIN opens nothing but this one session, after its person has signed in to it in full.
create table staff_session_pin (
    municipality text not null,
    session text not null,
    person text not null,
    pin_hash text not null,
    failed_count integer not null,
    created_at integer not null,
    constraint staff_session_pin_pk primary key (municipality, session, person)
);

-- Who may do what, where, from when to when. An end is written, the row is never removed.
create table role_grant (
    municipality text not null,
    id text not null,
    person text not null,
    role text not null,
    place text null,
    valid_from text not null,
    valid_to text null,
    granted_at integer not null,
    granted_by text not null,
    ended_at integer null,
    ended_by text null,
    constraint role_grant_pk primary key (municipality, id)
);

create index role_grant_person on role_grant (municipality, person);

-- 出納員・分任出納員・現金取扱員 by post, with their terms. code is the operator that a POS sends; place * is all places.
create table appointment (
    municipality text not null,
    id text not null,
    code text not null,
    place text not null,
    name text not null,
    person text null,
    office text not null,
    post text null,
    valid_from text not null,
    valid_to text null,
    created_at integer not null,
    created_by text not null,
    constraint appointment_pk primary key (municipality, id)
);

create index appointment_code on appointment (municipality, code, place);

-- Proposed by one, decided by another. data is what will be done, as JSON; what it was before stands in it too.
create table proposal (
    municipality text not null,
    id text not null,
    kind text not null,
    subject text not null,
    place text null,
    amount integer null,
    data text not null,
    side text null,
    state text not null,
    proposed_by text not null,
    proposed_at integer not null,
    note text null,
    decided_by text null,
    decided_at integer null,
    decision_note text null,
    version integer not null,
    constraint proposal_pk primary key (municipality, id),
    constraint proposal_two_people check (decided_by is null or state = 'withdrawn' or decided_by <> proposed_by)
);

create unique index proposal_open on proposal (municipality, kind, subject) where state = 'open';
create index proposal_by_time on proposal (municipality, proposed_at);

-- What people and programs did, refused ones too. Append-only and sealed in a chain of its own; it holds no personal data, those lie in audit_detail.
create table audit_entry (
    municipality text not null,
    id text not null,
    at integer not null,
    actor text not null,
    action text not null,
    outcome text not null,
    object text null,
    place text null,
    detail_hash blob null,
    constraint audit_entry_pk primary key (municipality, id)
);

create index audit_entry_by_time on audit_entry (municipality, at, id);
create index audit_entry_by_actor on audit_entry (municipality, actor, at);
create index audit_entry_by_object on audit_entry (municipality, object, at) where object is not null;

-- From where, before and after, in words: redacted after its time, and verify then says redacted, not touched.
create table audit_detail (
    municipality text not null,
    entry text not null,
    salt blob not null,
    body text null,
    keep_until text not null,
    redacted_at integer null,
    constraint audit_detail_pk primary key (municipality, entry)
);

create index audit_detail_due on audit_detail (municipality, keep_until) where redacted_at is null;

alter table api_client add column description text null;
alter table api_client add column ip_ranges text null;
alter table api_client add column created_by text null;
alter table api_client add column disabled_by text null;
alter table api_key add column created_by text null;
alter table api_key add column revoked_by text null;
alter table api_key add column name text null;

-- Operators become appointments: those of before are cash handlers without an end.
insert into appointment (municipality, id, code, place, name, office, valid_from, created_at, created_by)
select municipality, substr('00000000000000000000000000' || row_number() over (order by municipality, code, place), -26), code, place, name, 'cashHandler', '2000-01-01', 0, 'migration'
from operator;

drop table operator;

create index note_due on note (municipality, keep_until) where redacted_at is null;

create trigger audit_entry_no_update before update on audit_entry begin select raise(abort, 'audit_entry is append-only: a correction is another row'); end;
create trigger audit_entry_no_replace before insert on audit_entry when exists (select 1 from audit_entry where municipality = new.municipality and id = new.id) begin select raise(abort, 'audit_entry is append-only: a correction is another row'); end;
create trigger audit_entry_no_delete before delete on audit_entry begin select raise(abort, 'audit_entry is append-only: a correction is another row'); end;
