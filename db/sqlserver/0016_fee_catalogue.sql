-- The fee catalogue by date: what was approved, favourites of counters, legal grounds of reductions, files that wait for a decision.

-- An item as it is between two days, price and all: a day's catalogue is one question, and a past day's is the same question. Past days never change.
create table fee_version (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    fee nvarchar(64) collate Latin1_General_BIN2 not null,
    valid_from nvarchar(10) collate Latin1_General_BIN2 not null,
    valid_to nvarchar(10) collate Latin1_General_BIN2 null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    kana nvarchar(200) collate Latin1_General_BIN2 not null,
    unit_amount bigint not null,
    step_people bigint null,
    revenue_account nvarchar(64) collate Latin1_General_BIN2 not null,
    tax_class nvarchar(64) collate Latin1_General_BIN2 not null,
    methods nvarchar(200) collate Latin1_General_BIN2 not null,
    section nvarchar(200) collate Latin1_General_BIN2 not null,
    places nvarchar(max) not null,
    position bigint not null,
    approved_at bigint not null,
    approved_by nvarchar(200) collate Latin1_General_BIN2 not null,
    proposal nvarchar(26) collate Latin1_General_BIN2 null,
    constraint fee_version_pk primary key (municipality, fee, valid_from)
);

insert into fee_version (municipality, fee, valid_from, valid_to, name, kana, unit_amount, revenue_account, tax_class, methods, section, places, position, approved_at, approved_by)
select f.municipality, f.code, p.valid_from, p.valid_to, f.name, f.kana, p.unit_amount, f.revenue_account, f.tax_class, f.methods, f.section, f.places, f.position, 0, 'system:migration'
from fee_item f
join fee_price p on p.municipality = f.municipality and p.fee = f.code;

drop table fee_price;
drop table fee_item;

-- One row per city: whoever changes the catalogue holds it, so that two approvals at the same moment see each other.
create table fee_catalogue (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    version bigint not null,
    constraint fee_catalogue_pk primary key (municipality)
);

insert into fee_catalogue (municipality, version)
select code, 1
from municipality;

create table fee_favourite (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 not null,
    fee nvarchar(64) collate Latin1_General_BIN2 not null,
    position bigint not null,
    constraint fee_favourite_pk primary key (municipality, place, fee)
);

-- 減免区分: by which law or ordinance something is free or cheaper. fees: codes joined by |, * for all.
create table fee_ground (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    code nvarchar(64) collate Latin1_General_BIN2 not null,
    valid_from nvarchar(10) collate Latin1_General_BIN2 not null,
    valid_to nvarchar(10) collate Latin1_General_BIN2 null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    article nvarchar(400) collate Latin1_General_BIN2 not null,
    kind nvarchar(64) collate Latin1_General_BIN2 not null,
    rate bigint null,
    fees nvarchar(max) not null,
    decision_required bigint not null,
    stamp nvarchar(200) collate Latin1_General_BIN2 null,
    position bigint not null,
    approved_at bigint not null,
    approved_by nvarchar(200) collate Latin1_General_BIN2 not null,
    proposal nvarchar(26) collate Latin1_General_BIN2 null,
    constraint fee_ground_pk primary key (municipality, code, valid_from)
);

-- A file of items or grounds as it was sent, line by line: shown before it is proposed, read again when it is approved.
create table fee_file (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    kind nvarchar(64) collate Latin1_General_BIN2 not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    valid_from nvarchar(10) collate Latin1_General_BIN2 not null,
    created_at bigint not null,
    created_by nvarchar(200) collate Latin1_General_BIN2 not null,
    constraint fee_file_pk primary key (municipality, id)
);

create table fee_file_line (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    file_id nvarchar(26) collate Latin1_General_BIN2 not null,
    line bigint not null,
    data nvarchar(max) not null,
    constraint fee_file_line_pk primary key (municipality, file_id, line)
);

-- How many people stand on a certificate that is counted by people; quantity is what was charged.
alter table receivable_line add people bigint null;
