-- What an issuer calls the parts of its slips' free digits.
create table slip_field (
    municipality text not null,
    company text not null,
    name text not null,
    digit_offset integer not null,
    digit_length integer not null,
    constraint slip_field_pk primary key (municipality, company, digit_offset)
);
