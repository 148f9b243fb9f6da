-- The fee catalogue by date: what was approved, favourites of counters, legal grounds of reductions, files that wait for a decision.

-- An item as it is between two days, price and all: a day's catalogue is one question, and a past day's is the same question. Past days never change.
create table fee_version (
    municipality text collate "C" not null,
    fee text collate "C" not null,
    valid_from text collate "C" not null,
    valid_to text collate "C" null,
    name text collate "C" not null,
    kana text collate "C" not null,
    unit_amount bigint not null,
    step_people bigint null,
    revenue_account text collate "C" not null,
    tax_class text collate "C" not null,
    methods text collate "C" not null,
    section text collate "C" not null,
    places text collate "C" not null,
    position bigint not null,
    approved_at bigint not null,
    approved_by text collate "C" not null,
    proposal text collate "C" null,
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
    municipality text collate "C" not null,
    version bigint not null,
    constraint fee_catalogue_pk primary key (municipality)
);

insert into fee_catalogue (municipality, version)
select code, 1
from municipality;

create table fee_favourite (
    municipality text collate "C" not null,
    place text collate "C" not null,
    fee text collate "C" not null,
    position bigint not null,
    constraint fee_favourite_pk primary key (municipality, place, fee)
);

-- 減免区分: by which law or ordinance something is free or cheaper. fees: codes joined by |, * for all.
create table fee_ground (
    municipality text collate "C" not null,
    code text collate "C" not null,
    valid_from text collate "C" not null,
    valid_to text collate "C" null,
    name text collate "C" not null,
    article text collate "C" not null,
    kind text collate "C" not null,
    rate bigint null,
    fees text collate "C" not null,
    decision_required bigint not null,
    stamp text collate "C" null,
    position bigint not null,
    approved_at bigint not null,
    approved_by text collate "C" not null,
    proposal text collate "C" null,
    constraint fee_ground_pk primary key (municipality, code, valid_from)
);

-- A file of items or grounds as it was sent, line by line: shown before it is proposed, read again when it is approved.
create table fee_file (
    municipality text collate "C" not null,
    id text collate "C" not null,
    kind text collate "C" not null,
    name text collate "C" not null,
    valid_from text collate "C" not null,
    created_at bigint not null,
    created_by text collate "C" not null,
    constraint fee_file_pk primary key (municipality, id)
);

create table fee_file_line (
    municipality text collate "C" not null,
    file_id text collate "C" not null,
    line bigint not null,
    data text collate "C" not null,
    constraint fee_file_line_pk primary key (municipality, file_id, line)
);

-- How many people stand on a certificate that is counted by people; quantity is what was charged.
alter table receivable_line add column people bigint null;
