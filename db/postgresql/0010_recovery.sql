-- After a restore: what the backup is too old to know has to be asked for before a new payment is taken. One row, for the whole deployment.
-- Receipts of the days from from_date to to_date may have been printed by what was lost.
create table recovery (
    id bigint not null,
    state text collate "C" not null,
    since bigint not null,
    restored_at bigint not null,
    from_date text collate "C" not null,
    to_date text collate "C" not null,
    finished_at bigint null,
    note text collate "C" null,
    constraint recovery_pk primary key (id)
);

-- Contracts of which a person brought the provider's own file.
create table recovery_answer (
    instance text collate "C" not null,
    way text collate "C" not null,
    answered_at bigint not null,
    constraint recovery_answer_pk primary key (instance)
);
