-- Which contract may take what: designations, stop switches, maintenance. None of these rows is ever removed: what was refused stays explained.

-- 指定台帳: 指定納付受託者 or 指定公金事務取扱者, for which revenue (an account's code, * for all), by which notice, from when to when.
create table designation (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(64) collate Latin1_General_BIN2 not null,
    provider nvarchar(64) collate Latin1_General_BIN2 not null,
    kind nvarchar(64) collate Latin1_General_BIN2 not null,
    account nvarchar(64) collate Latin1_General_BIN2 not null,
    notice_number nvarchar(200) collate Latin1_General_BIN2 not null,
    notice_date nvarchar(64) collate Latin1_General_BIN2 not null,
    valid_from nvarchar(64) collate Latin1_General_BIN2 not null,
    valid_to nvarchar(64) collate Latin1_General_BIN2 null,
    created_at bigint not null,
    created_by nvarchar(200) collate Latin1_General_BIN2 not null,
    ended_at bigint null,
    ended_by nvarchar(200) collate Latin1_General_BIN2 null,
    constraint designation_pk primary key (municipality, id)
);

create index designation_by_provider on designation (municipality, provider);

-- Contracts that are in use today go on: their designations are to be written down properly, and these ended.
insert into designation (municipality, id, provider, kind, account, notice_number, notice_date, valid_from, created_at, created_by)
select distinct municipality, N'migrated-' + provider, provider, 'publicMoneyAgent', '*', '-', '2000-01-01', '2000-01-01', 0, 'system:migration'
from place_method
where provider is not null;

-- New attempts only, from the moment it is written. A part that is null means all of them.
create table stop_switch (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(64) collate Latin1_General_BIN2 not null,
    provider nvarchar(64) collate Latin1_General_BIN2 null,
    method nvarchar(64) collate Latin1_General_BIN2 null,
    place nvarchar(64) collate Latin1_General_BIN2 null,
    reason nvarchar(200) collate Latin1_General_BIN2 not null,
    set_at bigint not null,
    set_by nvarchar(200) collate Latin1_General_BIN2 not null,
    lifted_at bigint null,
    lifted_by nvarchar(200) collate Latin1_General_BIN2 null,
    constraint stop_switch_pk primary key (municipality, id)
);

create index stop_switch_open on stop_switch (municipality, set_at) where lifted_at is null;

-- What a provider announced: shown to clerks beforehand, no new attempts meanwhile.
create table maintenance_window (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(64) collate Latin1_General_BIN2 not null,
    provider nvarchar(64) collate Latin1_General_BIN2 not null,
    begins_at bigint not null,
    ends_at bigint not null,
    words nvarchar(200) collate Latin1_General_BIN2 not null,
    created_at bigint not null,
    created_by nvarchar(200) collate Latin1_General_BIN2 not null,
    withdrawn_at bigint null,
    withdrawn_by nvarchar(200) collate Latin1_General_BIN2 null,
    constraint maintenance_window_pk primary key (municipality, id)
);

create index maintenance_window_by_end on maintenance_window (municipality, ends_at);

-- Ids of notices that were taken: a repeated one, or one that somebody recorded and sends again, asks nobody anything. They belong to a contract, which may serve several cities.
create table notice_seen (
    provider nvarchar(64) collate Latin1_General_BIN2 not null,
    key_hash varbinary(32) not null,
    seen_at bigint not null,
    constraint notice_seen_pk primary key (provider, key_hash)
);

create index notice_seen_by_time on notice_seen (seen_at);
