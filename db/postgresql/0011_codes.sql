-- What an issuer calls the parts of its slips' free digits.
create table slip_field (
    municipality text collate "C" not null,
    company text collate "C" not null,
    name text collate "C" not null,
    digit_offset bigint not null,
    digit_length bigint not null,
    constraint slip_field_pk primary key (municipality, company, digit_offset)
);
