-- Terminals as their providers call them.

alter table payment add column device text null;

-- One row per terminal and contract: being paired (a code, until when), or paired (the provider's name of the terminal).
create table terminal_device (
    municipality text not null,
    terminal text not null,
    provider text not null,
    device text null,
    pairing text null,
    pairing_code text null,
    pairing_until integer null,
    changed_at integer not null,
    changed_by text not null,
    constraint terminal_device_pk primary key (municipality, terminal, provider)
);

-- A device stands at one place.
create unique index terminal_device_once on terminal_device (municipality, provider, device) where device is not null;
