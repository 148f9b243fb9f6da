-- 歳入科目, priced things, and how an issuer's slips are read.

create table revenue_account (
    municipality text collate "C" not null,
    code text collate "C" not null,
    title text collate "C" not null,
    kaikei text collate "C" not null,
    kan text collate "C" not null,
    kou text collate "C" not null,
    moku text collate "C" not null,
    setsu text collate "C" not null,
    saisetsu text collate "C" not null,
    year_rule text collate "C" not null,
    money_owner text collate "C" not null,
    enterprise bigint not null,
    constraint revenue_account_pk primary key (municipality, code)
);

create table fee_item (
    municipality text collate "C" not null,
    code text collate "C" not null,
    name text collate "C" not null,
    kana text collate "C" not null,
    revenue_account text collate "C" not null,
    tax_class text collate "C" not null,
    methods text collate "C" not null,
    section text collate "C" not null,
    places text not null,
    position bigint not null,
    constraint fee_item_pk primary key (municipality, code)
);

create table fee_price (
    municipality text collate "C" not null,
    fee text collate "C" not null,
    valid_from text collate "C" not null,
    valid_to text collate "C" null,
    unit_amount bigint not null,
    constraint fee_price_pk primary key (municipality, fee, valid_from)
);

create table slip_issuer (
    municipality text collate "C" not null,
    company text collate "C" not null,
    key_offset bigint not null,
    key_length bigint not null,
    reissue_in_key bigint not null,
    constraint slip_issuer_pk primary key (municipality, company)
);
