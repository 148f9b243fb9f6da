-- Terminals as their providers call them.

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
