-- One tick of the sequencer: whole appends (everything that one transaction wrote), in the order of their first position.
-- Without joins: whatever the statistics say of a table that is mostly empty, a backlog costs no more than its length.
--   $1 the clock's time, null for the server's own  $2 about how many facts at most  $3 advisory lock held while a stamp is in the making
with gate as materialized (
    select pg_advisory_xact_lock($3) is null as open
), pending as materialized (
    select p.ctid as place, p.pos, min(p.pos) over (partition by p.xid) as first from event_pending p
), take as materialized (
    select place, pos, first from (
        select place, pos, first, rank() over (order by first) - 1 as facts_before from pending
    ) appends where facts_before < $2::bigint
), taken as (
    delete from event_pending where ctid = any(array(select place from take))
), base as materialized (
    select coalesce(l.log_index + 1, 0) as start,
           greatest(coalesce($1::timestamptz, clock_timestamp()), l.recorded_at + interval '1 microsecond') as at
    from gate left join lateral (select log_index, recorded_at from log order by log_index desc limit 1) l on true
), numbered as (
    insert into log (log_index, pos, recorded_at)
    select start + row_number() over (order by first, pos) - 1, pos, at from take, base
    returning log_index
), told as materialized (
    select n.head, n.count, case when n.count > 0 then pg_notify('hoso_log', n.head::text) end
    from (select max(log_index) as head, count(*) as count from numbered) n
)
select count, (select count(*) from pending) - count as remaining, head from told
