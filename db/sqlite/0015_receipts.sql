-- Receipts as papers: the code that proves one, its prints, spoilt ones (書損), links to electronic ones; printers of terminals.

-- One row per payment, free sale or refund from the first time that its receipt is shown. The code is printed on it, so it lies here as it is.
-- Slips of refunds have numbers of their own; receipts of payments and free sales have theirs in their own rows.
create table receipt (
    municipality text not null,
    subject text not null,
    place text not null,
    date text not null,
    slip integer null,
    code text not null,
    created_at integer not null,
    constraint receipt_pk primary key (municipality, subject)
);

-- Looked up by whoever holds the paper, who knows no city's code: 120 bits of chance tell the cities apart.
create unique index receipt_code on receipt (code);
create unique index receipt_slip on receipt (municipality, place, date, slip) where slip is not null;

-- Each try to hand one out, in order. None is ever removed.
create table receipt_print (
    municipality text not null,
    id text not null,
    subject text not null,
    position integer not null,
    copy integer not null,
    for_spoilt integer not null,
    form text not null,
    printer text null,
    place text not null,
    state text not null,
    printed_at integer not null,
    printed_by text not null,
    spoilt_at integer null,
    spoilt_on text null,
    spoilt_by text null,
    spoilt_why text null,
    constraint receipt_print_pk primary key (municipality, id)
);

create unique index receipt_print_position on receipt_print (municipality, subject, position);
create index receipt_print_spoilt on receipt_print (municipality, place, spoilt_on) where spoilt_on is not null;

-- Links to whole receipts, given out by a clerk; only the hash lies here. One whose print was spoilt opens no more.
create table receipt_link (
    municipality text not null,
    token_hash blob not null,
    issue text not null,
    created_at integer not null,
    created_by text not null,
    expires_at integer not null,
    constraint receipt_link_pk primary key (municipality, token_hash)
);

create unique index receipt_link_token on receipt_link (token_hash);
create index receipt_link_by_end on receipt_link (municipality, expires_at);

-- host:port of the receipt printer beside a terminal.
alter table terminal add column printer text null;
