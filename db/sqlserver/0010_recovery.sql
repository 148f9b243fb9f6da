-- After a restore: what the backup is too old to know has to be asked for before a new payment is taken. One row, for the whole deployment.
-- Receipts of the days from from_date to to_date may have been printed by what was lost.
create table recovery (
    id bigint not null,
    state nvarchar(64) collate Latin1_General_BIN2 not null,
    since bigint not null,
    restored_at bigint not null,
    from_date nvarchar(64) collate Latin1_General_BIN2 not null,
    to_date nvarchar(64) collate Latin1_General_BIN2 not null,
    finished_at bigint null,
    note nvarchar(400) collate Latin1_General_BIN2 null,
    constraint recovery_pk primary key (id)
);

-- Contracts of which a person brought the provider's own file.
create table recovery_answer (
    instance nvarchar(64) collate Latin1_General_BIN2 not null,
    way nvarchar(64) collate Latin1_General_BIN2 not null,
    answered_at bigint not null,
    constraint recovery_answer_pk primary key (instance)
);
