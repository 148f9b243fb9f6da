-- After a restore: what the backup is too old to know has to be asked for before a new payment is taken. One row, for the whole deployment.
-- Receipts of the days from from_date to to_date may have been printed by what was lost.
create table recovery (
    id integer not null,
    state text not null,
    since integer not null,
    restored_at integer not null,
    from_date text not null,
    to_date text not null,
    finished_at integer null,
    note text null,
    constraint recovery_pk primary key (id)
);

-- Contracts of which a person brought the provider's own file.
create table recovery_answer (
    instance text not null,
    way text not null,
    answered_at integer not null,
    constraint recovery_answer_pk primary key (instance)
);
