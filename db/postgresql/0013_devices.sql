-- Terminals as their providers call them.

alter table payment add column device text collate "C" null;

-- One row per terminal and contract: being paired (a code, until when), or paired (the provider's name of the terminal).
create table terminal_device (
    municipality text collate "C" not null,
    terminal text collate "C" not null,
    provider text collate "C" not null,
    device text collate "C" null,
    pairing text collate "C" null,
    pairing_code text collate "C" null,
    pairing_until bigint null,
    changed_at bigint not null,
    changed_by text collate "C" not null,
    constraint terminal_device_pk primary key (municipality, terminal, provider)
);

-- A device stands at one place.
create unique index terminal_device_once on terminal_device (municipality, provider, device) where device is not null;
