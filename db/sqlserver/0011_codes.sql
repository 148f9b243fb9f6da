-- What an issuer calls the parts of its slips' free digits.
create table slip_field (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    company nvarchar(64) collate Latin1_General_BIN2 not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    digit_offset bigint not null,
    digit_length bigint not null,
    constraint slip_field_pk primary key (municipality, company, digit_offset)
);
