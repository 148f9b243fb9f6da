-- 歳入科目, priced things, and how an issuer's slips are read.

create table revenue_account (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    code nvarchar(64) collate Latin1_General_BIN2 not null,
    title nvarchar(200) collate Latin1_General_BIN2 not null,
    kaikei nvarchar(200) collate Latin1_General_BIN2 not null,
    kan nvarchar(200) collate Latin1_General_BIN2 not null,
    kou nvarchar(200) collate Latin1_General_BIN2 not null,
    moku nvarchar(200) collate Latin1_General_BIN2 not null,
    setsu nvarchar(200) collate Latin1_General_BIN2 not null,
    saisetsu nvarchar(200) collate Latin1_General_BIN2 not null,
    year_rule nvarchar(64) collate Latin1_General_BIN2 not null,
    money_owner nvarchar(200) collate Latin1_General_BIN2 not null,
    enterprise bigint not null,
    constraint revenue_account_pk primary key (municipality, code)
);

create table fee_item (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    code nvarchar(64) collate Latin1_General_BIN2 not null,
    name nvarchar(200) collate Latin1_General_BIN2 not null,
    kana nvarchar(200) collate Latin1_General_BIN2 not null,
    revenue_account nvarchar(64) collate Latin1_General_BIN2 not null,
    tax_class nvarchar(64) collate Latin1_General_BIN2 not null,
    methods nvarchar(200) collate Latin1_General_BIN2 not null,
    section nvarchar(200) collate Latin1_General_BIN2 not null,
    places nvarchar(max) not null,
    position bigint not null,
    constraint fee_item_pk primary key (municipality, code)
);

create table fee_price (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    fee nvarchar(64) collate Latin1_General_BIN2 not null,
    valid_from nvarchar(10) collate Latin1_General_BIN2 not null,
    valid_to nvarchar(10) collate Latin1_General_BIN2 null,
    unit_amount bigint not null,
    constraint fee_price_pk primary key (municipality, fee, valid_from)
);

create table slip_issuer (
    municipality nvarchar(64) collate Latin1_General_BIN2 not null,
    company nvarchar(64) collate Latin1_General_BIN2 not null,
    key_offset bigint not null,
    key_length bigint not null,
    reissue_in_key bigint not null,
    constraint slip_issuer_pk primary key (municipality, company)
);
