-- The fee catalogue by date: what was approved, favourites of counters, legal grounds of reductions, files that wait for a decision.

-- An item as it is between two days, price and all: a day's catalogue is one question, and a past day's is the same question. Past days never change.
create table fee_version (
    municipality text not null,
    fee text not null,
    valid_from text not null,
    valid_to text null,
    name text not null,
    kana text not null,
    unit_amount integer not null,
    step_people integer null,
    revenue_account text not null,
    tax_class text not null,
    methods text not null,
    section text not null,
    places text not null,
    position integer not null,
    approved_at integer not null,
    approved_by text not null,
    proposal text null,
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
    municipality text not null,
    version integer not null,
    constraint fee_catalogue_pk primary key (municipality)
);

insert into fee_catalogue (municipality, version)
select code, 1
from municipality;

create table fee_favourite (
    municipality text not null,
    place text not null,
    fee text not null,
    position integer not null,
    constraint fee_favourite_pk primary key (municipality, place, fee)
);

-- 減免区分: by which law or ordinance something is free or cheaper. fees: codes joined by |, * for all.
create table fee_ground (
    municipality text not null,
    code text not null,
    valid_from text not null,
    valid_to text null,
    name text not null,
    article text not null,
    kind text not null,
    rate integer null,
    fees text not null,
    decision_required integer not null,
    stamp text null,
    position integer not null,
    approved_at integer not null,
    approved_by text not null,
    proposal text null,
    constraint fee_ground_pk primary key (municipality, code, valid_from)
);

-- A file of items or grounds as it was sent, line by line: shown before it is proposed, read again when it is approved.
create table fee_file (
    municipality text not null,
    id text not null,
    kind text not null,
    name text not null,
    valid_from text not null,
    created_at integer not null,
    created_by text not null,
    constraint fee_file_pk primary key (municipality, id)
);

create table fee_file_line (
    municipality text not null,
    file_id text not null,
    line integer not null,
    data text not null,
    constraint fee_file_line_pk primary key (municipality, file_id, line)
);

-- How many people stand on a certificate that is counted by people; quantity is what was charged.
alter table receivable_line add column people integer null;
