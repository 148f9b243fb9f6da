-- Counters and facilities, their terminals, drawers and days.

create table place (
    municipality text collate "C" not null,
    code text collate "C" not null,
    kind text collate "C" not null,
    name text collate "C" not null,
    section text collate "C" not null,
    manager text collate "C" null,
    day_control text collate "C" not null,
    opens_on text collate "C" not null,
    closes_on text collate "C" null,
    position bigint not null,
    constraint place_pk primary key (municipality, code)
);

create table place_method (
    municipality text collate "C" not null,
    place text collate "C" not null,
    method text collate "C" not null,
    presentation text collate "C" not null,
    brands text collate "C" null,
    provider text collate "C" null,
    position bigint not null,
    constraint place_method_pk primary key (municipality, place, method, presentation, position)
);

create table terminal (
    municipality text collate "C" not null,
    code text collate "C" not null,
    place text collate "C" not null,
    name text collate "C" not null,
    kind text collate "C" not null,
    created_at bigint not null,
    constraint terminal_pk primary key (municipality, code)
);

create table operator (
    municipality text collate "C" not null,
    code text collate "C" not null,
    place text collate "C" not null,
    name text collate "C" not null,
    constraint operator_pk primary key (municipality, code, place)
);

-- (fillfactor: rows that every payment updates keep room on their page, so that the update touches no index.)
-- 日計: one sheet per place and business date. Receipt numbers run from 1 without a gap.
create table place_day (
    municipality text collate "C" not null,
    place text collate "C" not null,
    date text collate "C" not null,
    state text collate "C" not null,
    next_receipt bigint not null,
    opened_at bigint not null,
    closed_at bigint null,
    closed_by text collate "C" null,
    sealed_block bigint null,
    sealed_hash text collate "C" null,
    constraint place_day_pk primary key (municipality, place, date)
) with (fillfactor = 20);

-- 開局〜精算: one drawer and one operator's turn. `sales` counts its captures and refunds, so that a close can prove nothing came in between.
create table session (
    municipality text collate "C" not null,
    place text collate "C" not null,
    date text collate "C" not null,
    number bigint not null,
    id text collate "C" not null,
    drawer text collate "C" not null,
    operator text collate "C" null,
    state text collate "C" not null,
    sales bigint not null,
    float_amount bigint not null,
    opened_at bigint not null,
    opened_by text collate "C" not null,
    closed_at bigint null,
    closed_by text collate "C" null,
    expected_amount bigint null,
    counted_amount bigint null,
    reason text null,
    constraint session_pk primary key (municipality, place, date, number)
) with (fillfactor = 20);

create unique index session_id on session (municipality, id);
create unique index session_open_drawer on session (municipality, place, drawer) where state = 'open';

-- 点検: a count in between, which changes nothing.
create table session_count (
    municipality text collate "C" not null,
    session text collate "C" not null,
    position bigint not null,
    counted_at bigint not null,
    counted_by text collate "C" not null,
    expected_amount bigint not null,
    counted_amount bigint not null,
    constraint session_count_pk primary key (municipality, session, position)
);

create table bank_account (
    municipality text collate "C" not null,
    code text collate "C" not null,
    name text collate "C" not null,
    constraint bank_account_pk primary key (municipality, code)
);
