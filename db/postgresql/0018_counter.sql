-- The clerk's screen: what each till is at, so that a screen that lost its power or its network comes back to it; the terminal's slip of an unfinished payment; whose mistake a refund repairs.

-- draft is the cart that is being put together, as JSON; sale is the receivable that the till is at; receipt_link is shown to its customer as a QR code until the next one comes.
create table till (
    municipality text collate "C" not null,
    terminal text collate "C" not null,
    draft text collate "C" null,
    sale text collate "C" null,
    language text collate "C" null,
    receipt_link text collate "C" null,
    version bigint not null,
    changed_at bigint not null,
    changed_by text collate "C" not null,
    constraint till_pk primary key (municipality, terminal)
);

-- 処理未了票.
alter table payment add column unfinished_slip text collate "C" null;

-- A certificate that was handed over is refunded only where the mistake was the city's own.
alter table refund add column city_mistake bigint null;

-- What this database is for (Production, Training, …), written by its first start: real money and practice never share one.
create table installation (
    name text collate "C" not null,
    value text collate "C" not null,
    constraint installation_pk primary key (name)
);

-- What was released by a person while evidence may still come: the list of inquiries.
create index payment_inquiry on payment (municipality, inquiry_state, inquiry_until) where inquiry_state is not null;
