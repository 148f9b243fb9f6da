-- 仕訳: written once, never changed. A correction is another entry.

create table journal_entry (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    id nvarchar(26) collate Latin1_General_BIN2 not null,
    kind nvarchar(64) collate Latin1_General_BIN2 not null,
    receivable nvarchar(26) collate Latin1_General_BIN2 null,
    payment nvarchar(26) collate Latin1_General_BIN2 null,
    refund nvarchar(26) collate Latin1_General_BIN2 null,
    reverses nvarchar(26) collate Latin1_General_BIN2 null,
    receipt_date nvarchar(10) collate Latin1_General_BIN2 not null,
    business_date nvarchar(10) collate Latin1_General_BIN2 not null,
    recorded_at bigint not null,
    note nvarchar(26) collate Latin1_General_BIN2 null,
    note_hash varbinary(32) null,
    constraint journal_entry_pk primary key (municipality, id)
);

create index journal_entry_by_payment on journal_entry (municipality, payment, kind) where payment is not null;
create index journal_entry_by_time on journal_entry (municipality, recorded_at, id);

create index journal_entry_corrections on journal_entry (municipality, business_date) where kind in ('surplusAccepted', 'reversal', 'refundRebooked');

-- Exactly one capture entry per captured payment, one refund entry per refund (money rule 3); one reversal per entry.
create unique index journal_entry_one_capture on journal_entry (municipality, payment) where kind = 'capture';
create unique index journal_entry_one_refund on journal_entry (municipality, refund) where kind = 'refund';
create unique index journal_entry_one_reversal on journal_entry (municipality, reverses) where reverses is not null;

create table posting (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    entry nvarchar(26) collate Latin1_General_BIN2 not null,
    line bigint not null,
    account nvarchar(140) collate Latin1_General_BIN2 not null,
    kaikei nvarchar(64) collate Latin1_General_BIN2 not null,
    place nvarchar(64) collate Latin1_General_BIN2 not null,
    section nvarchar(200) collate Latin1_General_BIN2 not null,
    fiscal_year bigint not null,
    carried_over bigint not null,
    debit bigint not null,
    credit bigint not null,
    receivable_line bigint null,
    receipt_date nvarchar(10) collate Latin1_General_BIN2 not null,
    business_date nvarchar(10) collate Latin1_General_BIN2 not null,
    recorded_at bigint not null,
    constraint posting_pk primary key (municipality, entry, line),
    constraint posting_one_side check ((debit > 0 and credit = 0) or (debit = 0 and credit > 0))
);

create index posting_by_account on posting (municipality, account, business_date, recorded_at);

-- Entries on their way into the chain. Any append-only table may use the mechanism under a chain name of its own.
create table unsealed (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    chain nvarchar(64) collate Latin1_General_BIN2 not null,
    item nvarchar(26) collate Latin1_General_BIN2 not null,
    constraint unsealed_pk primary key (municipality, chain, item)
);

-- item_hash is the hash of the item's canonical form: it names the item that was touched, the block's hash proves the item_hash.
create table sealed (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    chain nvarchar(64) collate Latin1_General_BIN2 not null,
    block bigint not null,
    position bigint not null,
    item nvarchar(26) collate Latin1_General_BIN2 not null,
    item_hash varbinary(32) not null,
    constraint sealed_pk primary key (municipality, chain, block, position)
);

create unique index sealed_item on sealed (municipality, chain, item);

create table seal_block (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    chain nvarchar(64) collate Latin1_General_BIN2 not null,
    block bigint not null,
    items bigint not null,
    previous_hash varbinary(32) not null,
    hash varbinary(32) not null,
    sealed_at bigint not null,
    constraint seal_block_pk primary key (municipality, chain, block)
);

go
create trigger journal_entry_append_only on journal_entry instead of update, delete as
begin
    set nocount on;
    throw 51000, 'journal_entry is append-only: a correction is another row', 1;
end;
go
create trigger posting_append_only on posting instead of update, delete as
begin
    set nocount on;
    throw 51000, 'posting is append-only: a correction is another row', 1;
end;
go
create trigger sealed_append_only on sealed instead of update, delete as
begin
    set nocount on;
    throw 51000, 'sealed is append-only: a correction is another row', 1;
end;
go
create trigger seal_block_append_only on seal_block instead of update, delete as
begin
    set nocount on;
    throw 51000, 'seal_block is append-only: a correction is another row', 1;
end;
