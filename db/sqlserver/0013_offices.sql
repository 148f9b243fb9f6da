-- Offices of API clients and of refunds; settings as they were last seen; terminals as their providers call them.

-- 命令機関 or 出納機関: a refund of the city's money is ordered by the one and approved by the other.
alter table api_client add office nvarchar(64) collate Latin1_General_BIN2 null;
alter table refund add office nvarchar(64) collate Latin1_General_BIN2 null;
update api_client
set office = 'treasury'
where exists (select 1 from api_key k where k.municipality = api_client.municipality and k.client = api_client.id and k.scopes like '%refunds:approve%' and k.scopes not like '%refunds:write%');

alter table payment add device nvarchar(200) collate Latin1_General_BIN2 null;

-- One row per terminal and contract: being paired (a code, until when), or paired (the provider's name of the terminal).
create table terminal_device (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    terminal nvarchar(64) collate Latin1_General_BIN2 not null,
    provider nvarchar(64) collate Latin1_General_BIN2 not null,
    device nvarchar(200) collate Latin1_General_BIN2 null,
    pairing nvarchar(200) collate Latin1_General_BIN2 null,
    pairing_code nvarchar(200) collate Latin1_General_BIN2 null,
    pairing_until bigint null,
    changed_at bigint not null,
    changed_by nvarchar(200) collate Latin1_General_BIN2 not null,
    constraint terminal_device_pk primary key (municipality, terminal, provider)
);

-- A device stands at one place.
create unique index terminal_device_once on terminal_device (municipality, provider, device) where device is not null;

-- Settings as the last start saw them, so that the next one can tell what changed. What is secret lies encrypted with keys outside the database.
create table setting_seen (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    text nvarchar(max) not null,
    is_secret bigint not null,
    seen_at bigint not null,
    constraint setting_seen_pk primary key (municipality, name)
);

-- Sessions are deleted some months after their end.
create index staff_session_by_end on staff_session (municipality, expires_at);
