-- 仕訳: written once, never changed. A correction is another entry.

create table journal_entry (
    municipality text collate "C" not null,
    id text collate "C" not null,
    kind text collate "C" not null,
    receivable text collate "C" null,
    payment text collate "C" null,
    refund text collate "C" null,
    reverses text collate "C" null,
    receipt_date text collate "C" not null,
    business_date text collate "C" not null,
    recorded_at bigint not null,
    note text collate "C" null,
    note_hash bytea null,
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
    municipality text collate "C" not null,
    entry text collate "C" not null,
    line bigint not null,
    account text collate "C" not null,
    kaikei text collate "C" not null,
    place text collate "C" not null,
    section text collate "C" not null,
    fiscal_year bigint not null,
    carried_over bigint not null,
    debit bigint not null,
    credit bigint not null,
    receivable_line bigint null,
    receipt_date text collate "C" not null,
    business_date text collate "C" not null,
    recorded_at bigint not null,
    constraint posting_pk primary key (municipality, entry, line),
    constraint posting_one_side check ((debit > 0 and credit = 0) or (debit = 0 and credit > 0))
);

create index posting_by_account on posting (municipality, account, business_date, recorded_at);

-- Entries on their way into the chain. Any append-only table may use the mechanism under a chain name of its own.
create table unsealed (
    municipality text collate "C" not null,
    chain text collate "C" not null,
    item text collate "C" not null,
    constraint unsealed_pk primary key (municipality, chain, item)
);

-- item_hash is the hash of the item's canonical form: it names the item that was touched, the block's hash proves the item_hash.
create table sealed (
    municipality text collate "C" not null,
    chain text collate "C" not null,
    block bigint not null,
    position bigint not null,
    item text collate "C" not null,
    item_hash bytea not null,
    constraint sealed_pk primary key (municipality, chain, block, position)
);

create unique index sealed_item on sealed (municipality, chain, item);

create table seal_block (
    municipality text collate "C" not null,
    chain text collate "C" not null,
    block bigint not null,
    items bigint not null,
    previous_hash bytea not null,
    hash bytea not null,
    sealed_at bigint not null,
    constraint seal_block_pk primary key (municipality, chain, block)
);

create trigger journal_entry_append_only before update or delete on journal_entry for each row execute function refuse_change();
create trigger journal_entry_no_truncate before truncate on journal_entry for each statement execute function refuse_change();
create trigger posting_append_only before update or delete on posting for each row execute function refuse_change();
create trigger posting_no_truncate before truncate on posting for each statement execute function refuse_change();
create trigger sealed_append_only before update or delete on sealed for each row execute function refuse_change();
create trigger sealed_no_truncate before truncate on sealed for each statement execute function refuse_change();
create trigger seal_block_append_only before update or delete on seal_block for each row execute function refuse_change();
create trigger seal_block_no_truncate before truncate on seal_block for each statement execute function refuse_change();
