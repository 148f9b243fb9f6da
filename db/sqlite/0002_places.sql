-- Counters and facilities, their terminals, drawers and days.

create table place (
    municipality text not null,
    code text not null,
    kind text not null,
    name text not null,
    section text not null,
    manager text null,
    day_control text not null,
    opens_on text not null,
    closes_on text null,
    position integer not null,
    constraint place_pk primary key (municipality, code)
);

create table place_method (
    municipality text not null,
    place text not null,
    method text not null,
    presentation text not null,
    brands text null,
    provider text null,
    position integer not null,
    constraint place_method_pk primary key (municipality, place, method, presentation, position)
);

create table terminal (
    municipality text not null,
    code text not null,
    place text not null,
    name text not null,
    kind text not null,
    created_at integer not null,
    constraint terminal_pk primary key (municipality, code)
);

create table operator (
    municipality text not null,
    code text not null,
    place text not null,
    name text not null,
    constraint operator_pk primary key (municipality, code, place)
);

-- 日計: one sheet per place and business date. Receipt numbers run from 1 without a gap.
create table place_day (
    municipality text not null,
    place text not null,
    date text not null,
    state text not null,
    next_receipt integer not null,
    opened_at integer not null,
    closed_at integer null,
    closed_by text null,
    sealed_block integer null,
    sealed_hash text null,
    constraint place_day_pk primary key (municipality, place, date)
);

-- 開局〜精算: one drawer and one operator's turn. `sales` counts its captures and refunds, so that a close can prove nothing came in between.
create table session (
    municipality text not null,
    place text not null,
    date text not null,
    number integer not null,
    id text not null,
    drawer text not null,
    operator text null,
    state text not null,
    sales integer not null,
    float_amount integer not null,
    opened_at integer not null,
    opened_by text not null,
    closed_at integer null,
    closed_by text null,
    expected_amount integer null,
    counted_amount integer null,
    reason text null,
    constraint session_pk primary key (municipality, place, date, number)
);

create unique index session_id on session (municipality, id);
create unique index session_open_drawer on session (municipality, place, drawer) where state = 'open';

-- 点検: a count in between, which changes nothing.
create table session_count (
    municipality text not null,
    session text not null,
    position integer not null,
    counted_at integer not null,
    counted_by text not null,
    expected_amount integer not null,
    counted_amount integer not null,
    constraint session_count_pk primary key (municipality, session, position)
);

create table bank_account (
    municipality text not null,
    code text not null,
    name text not null,
    constraint bank_account_pk primary key (municipality, code)
);
