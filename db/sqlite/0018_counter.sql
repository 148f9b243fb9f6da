-- The clerk's screen: what each till is at, so that a screen that lost its power or its network comes back to it; the terminal's slip of an unfinished payment; whose mistake a refund repairs.

-- draft is the cart that is being put together, as JSON; sale is the receivable that the till is at; receipt_link is shown to its customer as a QR code until the next one comes.
create table till (
    municipality text not null,
    terminal text not null,
    draft text null,
    sale text null,
    language text null,
    receipt_link text null,
    version integer not null,
    changed_at integer not null,
    changed_by text not null,
    constraint till_pk primary key (municipality, terminal)
);

-- 処理未了票.
alter table payment add column unfinished_slip text null;

-- A certificate that was handed over is refunded only where the mistake was the city's own.
alter table refund add column city_mistake integer null;

-- What this database is for (Production, Training, …), written by its first start: real money and practice never share one.
create table installation (
    name text not null,
    value text not null,
    constraint installation_pk primary key (name)
);

-- What was released by a person while evidence may still come: the list of inquiries.
create index payment_inquiry on payment (municipality, inquiry_state, inquiry_until) where inquiry_state is not null;
