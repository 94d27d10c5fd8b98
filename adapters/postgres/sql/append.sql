-- The append, one round trip; the order of its steps is what keeps it right (docs/adr).
--   $1 stream ids  $2 expected versions  $3 facts added  $4 kinds     one entry per stream, sorted by id
--   $5 command id  $6 request fingerprint  $7 stream of the receipt  $8 its version
--   $9 stream of each fact  $10 its version  $11 topic  $12 stored bytes  $13 digest
with want as materialized (
    select * from unnest($1::uuid[], $2::int[], $3::int[], $4::text[]) w(id, expected, adds, kind)
    where pg_current_xact_id_if_assigned() is null          -- the append is the first write of its transaction
), fresh as (
    insert into stream (id, kind, version) select id, kind, adds from want where expected = 0 order by id
    on conflict do nothing returning id
), lock as materialized (
    select s.id, w.adds from stream s join want w using (id)
    where w.expected > 0 and s.version = w.expected order by s.id for update of s
), moved as (
    update stream s set version = s.version + l.adds from lock l where s.id = l.id returning s.id
), ok as materialized (
    select case when (select count(*) from fresh) + (select count(*) from moved) = cardinality($1) then true else stale() end as yes
), cmd as (
    insert into command (id, fingerprint, stream_id, version) select $5, $6, $7, $8 from ok where yes returning 1
), ev as (
    insert into event (stream_id, version, topic, state, digest)
    select s, v, t, d, h from cmd, unnest($9::uuid[], $10::int[], $11::text[], $12::bytea[], $13::bytea[]) x(s, v, t, d, h)
    returning pos
), pend as (
    insert into event_pending (pos) select pos from ev
)
select max(pos) from ev
