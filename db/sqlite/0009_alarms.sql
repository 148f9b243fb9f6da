-- What alarms were told by mail, so that a restart or a second node does not tell it again. municipality and node are '-' where an
-- alarm is not one city's, or not one machine's. told is what the last mail said; sending_until is the claim of whoever sends the next.

create table alarm (
    municipality text not null,
    name text not null,
    node text not null,
    state text not null,
    changed_at integer not null,
    told text not null,
    told_at integer not null,
    sending_until integer not null,
    constraint alarm_pk primary key (municipality, name, node)
) without rowid;
