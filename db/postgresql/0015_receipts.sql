-- Receipts as papers: the code that proves one, its prints, spoilt ones (書損), links to electronic ones; printers of terminals.

-- One row per payment, free sale or refund from the first time that its receipt is shown. The code is printed on it, so it lies here as it is.
-- Slips of refunds have numbers of their own; receipts of payments and free sales have theirs in their own rows.
create table receipt (
    municipality text collate "C" not null,
    subject text collate "C" not null,
    place text collate "C" not null,
    date text collate "C" not null,
    slip bigint null,
    code text collate "C" not null,
    created_at bigint not null,
    constraint receipt_pk primary key (municipality, subject)
);

-- Looked up by whoever holds the paper, who knows no city's code: 120 bits of chance tell the cities apart.
create unique index receipt_code on receipt (code);
create unique index receipt_slip on receipt (municipality, place, date, slip) where slip is not null;

-- Each try to hand one out, in order. None is ever removed.
create table receipt_print (
    municipality text collate "C" not null,
    id text collate "C" not null,
    subject text collate "C" not null,
    position bigint not null,
    copy bigint not null,
    for_spoilt bigint not null,
    form text collate "C" not null,
    printer text collate "C" null,
    place text collate "C" not null,
    state text collate "C" not null,
    printed_at bigint not null,
    printed_by text collate "C" not null,
    spoilt_at bigint null,
    spoilt_on text collate "C" null,
    spoilt_by text collate "C" null,
    spoilt_why text collate "C" null,
    constraint receipt_print_pk primary key (municipality, id)
);

create unique index receipt_print_position on receipt_print (municipality, subject, position);
create index receipt_print_spoilt on receipt_print (municipality, place, spoilt_on) where spoilt_on is not null;

-- Links to whole receipts, given out by a clerk; only the hash lies here. One whose print was spoilt opens no more.
create table receipt_link (
    municipality text collate "C" not null,
    token_hash bytea not null,
    issue text collate "C" not null,
    created_at bigint not null,
    created_by text collate "C" not null,
    expires_at bigint not null,
    constraint receipt_link_pk primary key (municipality, token_hash)
);

create unique index receipt_link_token on receipt_link (token_hash);
create index receipt_link_by_end on receipt_link (municipality, expires_at);

-- host:port of the receipt printer beside a terminal.
alter table terminal add column printer text collate "C" null;
