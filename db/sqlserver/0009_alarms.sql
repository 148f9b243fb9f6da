-- What alarms were told by mail, so that a restart or a second node does not tell it again. municipality and node are '-' where an
-- alarm is not one city's, or not one machine's. told is what the last mail said; sending_until is the claim of whoever sends the next.

create table alarm (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    name nvarchar(64) collate Latin1_General_BIN2 not null,
    node nvarchar(200) collate Latin1_General_BIN2 not null,
    state nvarchar(64) collate Latin1_General_BIN2 not null,
    changed_at bigint not null,
    told nvarchar(64) collate Latin1_General_BIN2 not null,
    told_at bigint not null,
    sending_until bigint not null,
    constraint alarm_pk primary key (municipality, name, node)
);
