-- The second step of signing in. Nothing here is a fact; that somebody has one is.

alter table session add column step text not null default 'done' check (step in ('done', 'code', 'enrol'));
comment on column session.step is 'done: signed in; code: the second step is missing; enrol: a second factor has to be set up first.';

create table second_factor (
    account_id uuid   primary key,
    secret     bytea  not null,
    last_step  bigint not null default 0,
    confirmed  boolean not null default false
);
comment on table second_factor is 'secret: sealed under the key of the account. last_step: of the last code taken, so that none is taken twice.';

create table recovery_code (
    account_id uuid  not null,
    hash       bytea not null check (octet_length(hash) = 32),
    primary key (account_id, hash)
);
comment on table recovery_code is 'Keyed hashes of codes that were printed once and not used yet.';

grant select, insert, update, delete on second_factor, recovery_code to hoso_app;
