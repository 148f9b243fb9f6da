-- 歳入科目, priced things, and how an issuer's slips are read.

create table revenue_account (
    municipality text not null,
    code text not null,
    title text not null,
    kaikei text not null,
    kan text not null,
    kou text not null,
    moku text not null,
    setsu text not null,
    saisetsu text not null,
    year_rule text not null,
    money_owner text not null,
    enterprise integer not null,
    constraint revenue_account_pk primary key (municipality, code)
);

create table fee_item (
    municipality text not null,
    code text not null,
    name text not null,
    kana text not null,
    revenue_account text not null,
    tax_class text not null,
    methods text not null,
    section text not null,
    places text not null,
    position integer not null,
    constraint fee_item_pk primary key (municipality, code)
);

create table fee_price (
    municipality text not null,
    fee text not null,
    valid_from text not null,
    valid_to text null,
    unit_amount integer not null,
    constraint fee_price_pk primary key (municipality, fee, valid_from)
);

create table slip_issuer (
    municipality text not null,
    company text not null,
    key_offset integer not null,
    key_length integer not null,
    reissue_in_key integer not null,
    constraint slip_issuer_pk primary key (municipality, company)
);
