-- Which contract may take what: designations, stop switches, maintenance. None of these rows is ever removed: what was refused stays explained.

-- 指定台帳: 指定納付受託者 or 指定公金事務取扱者, for which revenue (an account's code, * for all), by which notice, from when to when.
create table designation (
    municipality text not null,
    id text not null,
    provider text not null,
    kind text not null,
    account text not null,
    notice_number text not null,
    notice_date text not null,
    valid_from text not null,
    valid_to text null,
    created_at integer not null,
    created_by text not null,
    ended_at integer null,
    ended_by text null,
    constraint designation_pk primary key (municipality, id)
);

create index designation_by_provider on designation (municipality, provider);

-- Contracts that are in use today go on: their designations are to be written down properly, and these ended.
insert into designation (municipality, id, provider, kind, account, notice_number, notice_date, valid_from, created_at, created_by)
select distinct municipality, 'migrated-' || provider, provider, 'publicMoneyAgent', '*', '-', '2000-01-01', '2000-01-01', 0, 'system:migration'
from place_method
where provider is not null;

-- New attempts only, from the moment it is written. A part that is null means all of them.
create table stop_switch (
    municipality text not null,
    id text not null,
    provider text null,
    method text null,
    place text null,
    reason text not null,
    set_at integer not null,
    set_by text not null,
    lifted_at integer null,
    lifted_by text null,
    constraint stop_switch_pk primary key (municipality, id)
);

create index stop_switch_open on stop_switch (municipality, set_at) where lifted_at is null;

-- What a provider announced: shown to clerks beforehand, no new attempts meanwhile.
create table maintenance_window (
    municipality text not null,
    id text not null,
    provider text not null,
    begins_at integer not null,
    ends_at integer not null,
    words text not null,
    created_at integer not null,
    created_by text not null,
    withdrawn_at integer null,
    withdrawn_by text null,
    constraint maintenance_window_pk primary key (municipality, id)
);

create index maintenance_window_by_end on maintenance_window (municipality, ends_at);

-- Ids of notices that were taken: a repeated one, or one that somebody recorded and sends again, asks nobody anything. They belong to a contract, which may serve several cities.
create table notice_seen (
    provider text not null,
    key_hash blob not null,
    seen_at integer not null,
    constraint notice_seen_pk primary key (provider, key_hash)
);

create index notice_seen_by_time on notice_seen (seen_at);
