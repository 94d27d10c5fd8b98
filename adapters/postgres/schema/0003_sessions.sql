-- Who may sign in, who is signed in, and how often somebody tried. Nothing here is a fact: none of it is history.

create table credential (
    account_id  uuid        primary key,
    hash        text        not null,
    version     int         not null,
    replaced_at timestamptz not null default clock_timestamp()
);
comment on table credential is 'argon2id hashes. version: of the account stream when it was set, so that an older request never undoes a newer one.';

create table session (
    token_hash   bytea       primary key check (octet_length(token_hash) = 32),
    id           uuid        not null unique,
    account_id   uuid        not null,
    post_id      uuid        not null,
    epoch        int         not null,
    created_at   timestamptz not null,
    last_seen_at timestamptz not null,
    revoked_at   timestamptz
);
create index session_account on session (account_id);
comment on table session is 'SHA-256 of the token, never the token. epoch: of the account when it signed in; a lock or a new password moves it on.';

create unlogged table throttle (
    key    bytea            primary key check (octet_length(key) = 32),
    tokens double precision not null,
    at     timestamptz      not null
);
comment on table throttle is 'Token buckets. The key is a keyed hash that changes every day: no address, no name.';

grant select, insert, update, delete on credential, session, throttle to hoso_app;

-- Readiness asks, as the app, whether the schema is the one that this release knows.
grant select on schema_migration to hoso_app;
