-- Counters and facilities, their terminals, drawers and days.

create table place (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    code nvarchar(64) collate Latin1_General_BIN2 not null,
    kind nvarchar(64) collate Latin1_General_BIN2 not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    section nvarchar(200) collate Latin1_General_BIN2 not null,
    manager nvarchar(200) collate Latin1_General_BIN2 null,
    day_control nvarchar(64) collate Latin1_General_BIN2 not null,
    opens_on nvarchar(10) collate Latin1_General_BIN2 not null,
    closes_on nvarchar(10) collate Latin1_General_BIN2 null,
    position bigint not null,
    constraint place_pk primary key (municipality, code)
);

create table place_method (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 not null,
    method nvarchar(64) collate Latin1_General_BIN2 not null,
    presentation nvarchar(64) collate Latin1_General_BIN2 not null,
    brands nvarchar(200) collate Latin1_General_BIN2 null,
    provider nvarchar(64) collate Latin1_General_BIN2 null,
    position bigint not null,
    constraint place_method_pk primary key (municipality, place, method, presentation, position)
);

create table terminal (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    code nvarchar(64) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    kind nvarchar(64) collate Latin1_General_BIN2 not null,
    created_at bigint not null,
    constraint terminal_pk primary key (municipality, code)
);

create table operator (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    code nvarchar(64) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    constraint operator_pk primary key (municipality, code, place)
);

-- 日計: one sheet per place and business date. Receipt numbers run from 1 without a gap.
create table place_day (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 not null,
    date nvarchar(10) collate Latin1_General_BIN2 not null,
    state nvarchar(64) collate Latin1_General_BIN2 not null,
    next_receipt bigint not null,
    opened_at bigint not null,
    closed_at bigint null,
    closed_by nvarchar(200) collate Latin1_General_BIN2 null,
    sealed_block bigint null,
    sealed_hash nvarchar(64) collate Latin1_General_BIN2 null,
    constraint place_day_pk primary key (municipality, place, date)
);

-- 開局〜精算: one drawer and one operator's turn. `sales` counts its captures and refunds, so that a close can prove nothing came in between.
create table session (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 not null,
    date nvarchar(10) collate Latin1_General_BIN2 not null,
    number bigint not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    drawer nvarchar(64) collate Latin1_General_BIN2 not null,
    operator nvarchar(64) collate Latin1_General_BIN2 null,
    state nvarchar(64) collate Latin1_General_BIN2 not null,
    sales bigint not null,
    float_amount bigint not null,
    opened_at bigint not null,
    opened_by nvarchar(200) collate Latin1_General_BIN2 not null,
    closed_at bigint null,
    closed_by nvarchar(200) collate Latin1_General_BIN2 null,
    expected_amount bigint null,
    counted_amount bigint null,
    reason nvarchar(max) null,
    constraint session_pk primary key (municipality, place, date, number)
);

create unique index session_id on session (municipality, id);
create unique index session_open_drawer on session (municipality, place, drawer) where state = 'open';

-- 点検: a count in between, which changes nothing.
create table session_count (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    session nvarchar(26) collate Latin1_General_BIN2 not null,
    position bigint not null,
    counted_at bigint not null,
    counted_by nvarchar(200) collate Latin1_General_BIN2 not null,
    expected_amount bigint not null,
    counted_amount bigint not null,
    constraint session_count_pk primary key (municipality, session, position)
);

create table bank_account (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    code nvarchar(64) collate Latin1_General_BIN2 not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    constraint bank_account_pk primary key (municipality, code)
);
