-- The event store: streams, facts, their one order, the commands that made them. Run by hoso_owner.
do $$ begin
    if not exists (select from pg_roles where rolname = 'hoso_owner') then create role hoso_owner; end if;
    if not exists (select from pg_roles where rolname = 'hoso_app') then create role hoso_app; end if;
end $$;

create table stream (
    id      uuid primary key,
    kind    text not null,
    version int  not null check (version > 0)
) with (fillfactor = 80);
comment on table stream is 'The head of each stream: its kind and the version of its last fact.';

create table event (
    pos       bigint generated always as identity (cache 1) primary key,
    stream_id uuid   not null,
    version   int    not null check (version > 0),
    topic     text   not null,
    state     bytea  not null,
    digest    bytea  not null check (octet_length(digest) = 32),
    unique (stream_id, version)
);
comment on table event is 'Facts, never changed. digest: SHA-256 of the canonical envelope. cache 1: positions rise in real time.';

-- Appended, not yet in the log. The transaction id only says which facts were appended together.
create table event_pending (
    pos bigint not null,
    xid xid8   not null default pg_current_xact_id()
) with (autovacuum_enabled = false);  -- the sequencer clears it

create table log (
    log_index   bigint      primary key,
    pos         bigint      not null unique,
    recorded_at timestamptz not null
);
create index log_recorded_at on log (recorded_at);
comment on table log is 'The one order of all facts: dense from 0. All facts of one tick share a stamp, two ticks never do.';

create table command (
    id          uuid        primary key,
    fingerprint bytea,
    stream_id   uuid        not null,
    version     int         not null,
    at          timestamptz not null default clock_timestamp()
);
create index command_at on command using brin (at);
comment on table command is 'What was answered to each command. The fingerprint expires, the answer does not.';

create table store_meta (
    key   text primary key,
    value text not null
);

-- Called by the append statement: everything it wrote disappears with the exception.
create function stale() returns boolean language plpgsql as
$$ begin raise exception 'a stream is not at the expected version' using errcode = 'HS412'; end $$;

create function refuse_change() returns trigger language plpgsql as
$$ begin raise exception '% of % is refused: what was recorded stays', tg_op, tg_table_name using errcode = 'HS403'; end $$;

create trigger event_stays before update or delete or truncate on event for each statement execute function refuse_change();
create trigger log_stays before update or delete or truncate on log for each statement execute function refuse_change();
create trigger command_stays before delete or truncate on command for each statement execute function refuse_change();
create trigger stream_stays before delete or truncate on stream for each statement execute function refuse_change();

-- The one change that a command allows: its fingerprint is forgotten after 30 days.
create function only_expiry() returns trigger language plpgsql as $$
begin
    if new.fingerprint is null and old.at < clock_timestamp() - interval '30 days'
       and (new.id, new.stream_id, new.version, new.at) is not distinct from (old.id, old.stream_id, old.version, old.at)
    then return new;
    end if;
    raise exception 'UPDATE of command is refused: what was recorded stays' using errcode = 'HS403';
end $$;
create trigger command_only_expires before update on command for each row execute function only_expiry();

-- Also where a superuser replays with session_replication_role = replica.
alter table event enable always trigger event_stays;
alter table log enable always trigger log_stays;
alter table command enable always trigger command_stays;
alter table command enable always trigger command_only_expires;
alter table stream enable always trigger stream_stays;

create function expire_fingerprints() returns bigint language sql security definer set search_path = public, pg_temp as $$
    with gone as (
        update command set fingerprint = null
        where fingerprint is not null and at < clock_timestamp() - interval '30 days' returning 1
    ) select count(*) from gone
$$;
revoke all on function expire_fingerprints() from public;

-- Transaction ids mean nothing after a restore: a pending append could be taken for part of a new one. Each group gets an
-- id from the end of the range, which no transaction ever reaches.
create function reset_pending() returns bigint language sql security definer set search_path = public, pg_temp as $$
    with renamed as (
        update event_pending p set xid = g.fresh
        from (select xid, (18446744073709551615 - row_number() over (order by min(pos)))::text::xid8 as fresh
              from event_pending group by xid) g
        where p.xid = g.xid returning 1
    ) select count(*) from renamed
$$;
revoke all on function reset_pending() from public;

grant usage on schema public to hoso_app;
grant select, insert, update on stream to hoso_app;
grant select, insert on event, log, command to hoso_app;
grant select, insert, delete, maintain on event_pending to hoso_app;
grant select, insert, update on store_meta to hoso_app;
grant execute on function expire_fingerprints(), reset_pending() to hoso_app;
