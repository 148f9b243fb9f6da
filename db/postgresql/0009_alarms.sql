-- What alarms were told by mail, so that a restart or a second node does not tell it again. municipality and node are '-' where an
-- alarm is not one city's, or not one machine's. told is what the last mail said; sending_until is the claim of whoever sends the next.

create table alarm (
    municipality text collate "C" not null,
    name text collate "C" not null,
    node text collate "C" not null,
    state text collate "C" not null,
    changed_at bigint not null,
    told text collate "C" not null,
    told_at bigint not null,
    sending_until bigint not null,
    constraint alarm_pk primary key (municipality, name, node)
);
