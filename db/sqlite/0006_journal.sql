-- 仕訳: written once, never changed. A correction is another entry.

create table journal_entry (
    municipality text not null,
    id text not null,
    kind text not null,
    receivable text null,
    payment text null,
    refund text null,
    reverses text null,
    receipt_date text not null,
    business_date text not null,
    recorded_at integer not null,
    note text null,
    note_hash blob null,
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
    municipality text not null,
    entry text not null,
    line integer not null,
    account text not null,
    kaikei text not null,
    place text not null,
    section text not null,
    fiscal_year integer not null,
    carried_over integer not null,
    debit integer not null,
    credit integer not null,
    receivable_line integer null,
    receipt_date text not null,
    business_date text not null,
    recorded_at integer not null,
    constraint posting_pk primary key (municipality, entry, line),
    constraint posting_one_side check ((debit > 0 and credit = 0) or (debit = 0 and credit > 0))
) without rowid;

create index posting_by_account on posting (municipality, account, business_date, recorded_at);

-- Entries on their way into the chain. Any append-only table may use the mechanism under a chain name of its own.
create table unsealed (
    municipality text not null,
    chain text not null,
    item text not null,
    constraint unsealed_pk primary key (municipality, chain, item)
) without rowid;

-- item_hash is the hash of the item's canonical form: it names the item that was touched, the block's hash proves the item_hash.
create table sealed (
    municipality text not null,
    chain text not null,
    block integer not null,
    position integer not null,
    item text not null,
    item_hash blob not null,
    constraint sealed_pk primary key (municipality, chain, block, position)
) without rowid;

create unique index sealed_item on sealed (municipality, chain, item);

create table seal_block (
    municipality text not null,
    chain text not null,
    block integer not null,
    items integer not null,
    previous_hash blob not null,
    hash blob not null,
    sealed_at integer not null,
    constraint seal_block_pk primary key (municipality, chain, block)
) without rowid;

create trigger journal_entry_no_update before update on journal_entry begin select raise(abort, 'journal_entry is append-only: a correction is another row'); end;
create trigger journal_entry_no_replace before insert on journal_entry when exists (select 1 from journal_entry where municipality = new.municipality and id = new.id) begin select raise(abort, 'journal_entry is append-only: a correction is another row'); end;
create trigger journal_entry_no_delete before delete on journal_entry begin select raise(abort, 'journal_entry is append-only: a correction is another row'); end;
create trigger posting_no_update before update on posting begin select raise(abort, 'posting is append-only: a correction is another row'); end;
create trigger posting_no_replace before insert on posting when exists (select 1 from posting where municipality = new.municipality and entry = new.entry and line = new.line) begin select raise(abort, 'posting is append-only: a correction is another row'); end;
create trigger posting_no_delete before delete on posting begin select raise(abort, 'posting is append-only: a correction is another row'); end;
create trigger sealed_no_update before update on sealed begin select raise(abort, 'sealed is append-only: a correction is another row'); end;
create trigger sealed_no_replace before insert on sealed when exists (select 1 from sealed where municipality = new.municipality and chain = new.chain and block = new.block and position = new.position) begin select raise(abort, 'sealed is append-only: a correction is another row'); end;
create trigger sealed_no_delete before delete on sealed begin select raise(abort, 'sealed is append-only: a correction is another row'); end;
create trigger seal_block_no_update before update on seal_block begin select raise(abort, 'seal_block is append-only: a correction is another row'); end;
create trigger seal_block_no_replace before insert on seal_block when exists (select 1 from seal_block where municipality = new.municipality and chain = new.chain and block = new.block) begin select raise(abort, 'seal_block is append-only: a correction is another row'); end;
create trigger seal_block_no_delete before delete on seal_block begin select raise(abort, 'seal_block is append-only: a correction is another row'); end;
