-- 開局〜精算: cash by denomination, what the terminals' own slips say, differences that a second person confirms, payments carried over, 払込書.

-- When the drawer should be closed; null for automatic sessions and places without an hour.
alter table session add column due_at integer null;

create index session_due on session (municipality, due_at) where state = 'open' and due_at is not null;

-- What one place's close looks like. No row: no hours, small sums do not wait.
create table place_closing (
    municipality text not null,
    place text not null,
    closes_at text null,
    late_closes_at text null,
    small_sums_wait integer not null,
    small_sum_limit integer not null,
    changed_at integer not null,
    changed_by text not null,
    constraint place_closing_pk primary key (municipality, place)
);

-- 金種: how many of each note and coin, at 開局, each 点検 (by its position) and 精算.
create table session_cash (
    municipality text not null,
    session text not null,
    occasion text not null,
    position integer not null,
    yen integer not null,
    pieces integer not null,
    constraint session_cash_pk primary key (municipality, session, occasion, position, yen)
);

-- What a terminal's own 締め says, line by line as it was typed in.
create table terminal_total (
    municipality text not null,
    session text not null,
    position integer not null,
    method text not null,
    brand text null,
    provider text null,
    number integer not null,
    amount integer not null,
    constraint terminal_total_pk primary key (municipality, session, position)
);

-- 亡失・過剰の報告. The money was booked at the close already; this is the paper, which a second person signs.
create table cash_report (
    municipality text not null,
    id text not null,
    place text not null,
    session text not null,
    date text not null,
    kind text not null,
    amount integer not null,
    note text not null,
    reported_by text not null,
    reported_at integer not null,
    confirmed_by text null,
    confirmed_at integer null,
    constraint cash_report_pk primary key (municipality, id),
    constraint cash_report_two_people check (confirmed_by is null or confirmed_by <> reported_by)
);

create unique index cash_report_of_session on cash_report (municipality, session);
create index cash_report_by_day on cash_report (municipality, place, date);
create index cash_report_open on cash_report (municipality, reported_at) where confirmed_at is null;

-- 未確定繰越: a payment that its session was closed without. Whether it still waits is what the payment itself says.
create table carried_over (
    municipality text not null,
    payment text not null,
    place text not null,
    session text not null,
    date text not null,
    owner text not null,
    deadline text not null,
    note text not null,
    made_by text not null,
    made_at integer not null,
    constraint carried_over_pk primary key (municipality, payment)
);

create index carried_over_by_session on carried_over (municipality, session);

-- 払込書 are numbered without a gap per city and fiscal year.
create table pay_in_number (
    municipality text not null,
    fiscal_year integer not null,
    next_number integer not null,
    constraint pay_in_number_pk primary key (municipality, fiscal_year)
);

create table pay_in (
    municipality text not null,
    id text not null,
    number_year integer not null,
    number integer not null,
    place text not null,
    kaikei text not null,
    fiscal_year integer not null,
    owner text not null,
    amount integer not null,
    first_date text not null,
    last_date text not null,
    due_on text not null,
    made_at integer not null,
    made_by text not null,
    paid_on text null,
    bank_account text null,
    recorded_at integer null,
    recorded_by text null,
    constraint pay_in_pk primary key (municipality, id)
);

create unique index pay_in_by_number on pay_in (municipality, number_year, number);
create index pay_in_by_day on pay_in (municipality, place, last_date);
create index pay_in_open on pay_in (municipality, due_on) where paid_on is null;

-- Cash of a closed day that a 払込書 takes; without one yet where it is a small sum that waits.
create table pay_in_day (
    municipality text not null,
    place text not null,
    date text not null,
    kaikei text not null,
    fiscal_year integer not null,
    owner text not null,
    amount integer not null,
    slip text null,
    constraint pay_in_day_pk primary key (municipality, place, date, kaikei, fiscal_year, owner)
);

create index pay_in_day_waiting on pay_in_day (municipality, place, kaikei) where slip is null;

-- Exceptions have an owner, may belong to a session, and are resolved by two people.
alter table exception add column session text null;
alter table exception add column owner text null;
alter table exception add column proposed_by text null;
alter table exception add column proposed_at integer null;
alter table exception add column proposal_note text null;
alter table exception add column decided_by text null check (decided_by is null or proposed_by is null or decided_by <> proposed_by);
alter table exception add column decision_note text null;

create index exception_by_session on exception (municipality, session, opened_at, id) where session is not null;
