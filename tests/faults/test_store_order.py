"""The one order of all facts under transactions that overlap, each beside a control that gets it wrong."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError

from adapters.postgres.log import PostgresLog
from adapters.postgres.sequencer import Sequencer
from tests.contract.notes import envelope, envelopes
from tests.faults.store_bench import HORIZON, insert_by_hand, logged, pending_by, put, put_unguarded
from tests.support.postgres import FreshDatabase


async def test_a_slow_writer_that_commits_after_a_fast_one_loses_nothing(database: FreshDatabase) -> None:
    pool = await database.pool()
    sequencer, log, slow, fast = Sequencer(pool), PostgresLog(pool), uuid4(), uuid4()
    by_position: list[object] = []
    read_on = "select pos, stream_id from event where pos > $1 order by pos"
    async with pool.acquire() as writer:
        async with writer.transaction():
            await put(writer, envelope(slow))
            async with pool.acquire() as other:
                await put(other, envelope(fast))
            assert await sequencer.tick() == 1
            seen = await log.after(-1, 10)
            rows = await pool.fetch(read_on, 0)
            by_position += [row["stream_id"] for row in rows]
        assert await sequencer.tick() == 1
        seen += await log.after(seen[-1].log_index, 10)
        by_position += [row["stream_id"] for row in await pool.fetch(read_on, rows[-1]["pos"])]
    assert [fact.originator_id for fact in seen] == [fast, slow]
    assert by_position == [fast], "the control, a reader by position, must miss the slow writer"


async def test_transaction_ids_taken_in_the_wrong_order_never_reverse_a_stream(database: FreshDatabase) -> None:
    pool = await database.pool()
    stream = uuid4()
    async with pool.acquire() as low, pool.acquire() as high:
        async with low.transaction():
            await low.fetchval("select pg_current_xact_id()")
            await put(high, envelope(stream, 1))
            await put_unguarded(low, envelope(stream, 2))
        assert await pending_by(high, "xid, pos") == [(stream, 2), (stream, 1)], "the control must reverse"
        assert await Sequencer(pool).tick() == 2
        assert await logged(high) == [(stream, 1), (stream, 2)]


async def test_an_append_that_is_not_the_first_write_of_its_transaction_is_refused(database: FreshDatabase) -> None:
    pool = await database.pool()
    async with pool.acquire() as connection:
        for _ in range(2):
            transaction = connection.transaction()
            await transaction.start()
            await connection.fetchval("select pg_current_xact_id()")
            with pytest.raises(IntegrityError):
                await put(connection, envelope(uuid4()))
            await transaction.rollback()
        assert await connection.fetchval("select count(*) from event") == 0


async def test_two_appends_in_one_transaction_would_reverse_a_stream(database: FreshDatabase) -> None:
    """Why an append must be the first write: this is the control of the refusal above."""
    pool = await database.pool()
    stream, other = uuid4(), uuid4()
    async with pool.acquire() as twice, pool.acquire() as once:
        async with twice.transaction():
            await put(twice, envelope(other))
            await put(once, envelope(stream, 1))
            await put_unguarded(twice, envelope(stream, 2))
        await Sequencer(pool).tick()
        assert await logged(once) == [(other, 1), (stream, 2), (stream, 1)]


async def test_three_transactions_with_an_early_id_and_one_left_open_keep_their_order(database: FreshDatabase) -> None:
    pool = await database.pool()
    stream, sequencer = uuid4(), Sequencer(pool)
    by_horizon: list[object] = []
    async with pool.acquire() as early, pool.acquire() as open_, pool.acquire() as plain, early.transaction():
        await early.fetchval("select pg_current_xact_id()")  # as if it had moved a cursor before its append
        async with open_.transaction():
            await open_.fetchval("select pg_current_xact_id()")
            await put(plain, envelope(stream, 1))
            await put_unguarded(early, envelope(stream, 2))
            await early.execute("commit")
            by_horizon += await pending_by(plain, "pos", f"where {HORIZON}")
            assert await sequencer.tick() == 2
        await early.execute("begin")
    assert by_horizon == [(stream, 2)], "the control, a horizon of ids, must take the second before the first"
    assert await logged(pool) == [(stream, 1), (stream, 2)]


async def test_an_open_transaction_elsewhere_holds_nothing_up(database: FreshDatabase) -> None:
    pool = await database.pool()
    async with pool.acquire() as open_, open_.transaction():
        await open_.fetchval("select pg_current_xact_id()")
        async with pool.acquire() as plain:
            await put(plain, envelope(uuid4()))
            assert await pending_by(plain, "pos", f"where {HORIZON}") == [], "the control, a horizon of ids, must wait"
            assert await Sequencer(pool).tick() == 1


async def test_appends_stay_whole_when_their_positions_interleave(database: FreshDatabase) -> None:
    pool = await database.pool()
    one, two = uuid4(), uuid4()
    async with pool.acquire() as a, pool.acquire() as b:
        async with a.transaction(), b.transaction():
            for version in (1, 2, 3):
                await insert_by_hand(a, one, version)
                await insert_by_hand(b, two, version)
        by_position = [stream for stream, _ in await pending_by(a, "pos")]
        assert by_position == [one, two] * 3, "the control, the order of positions, must interleave"
        assert await Sequencer(pool).tick() == 6
        assert [stream for stream, _ in await logged(a)] == [one] * 3 + [two] * 3


async def test_a_tick_takes_about_its_batch_and_only_whole_appends(database: FreshDatabase) -> None:
    pool = await database.pool()
    sequencer = Sequencer(pool, batch=5)
    async with pool.acquire() as connection:
        for count in (3, 3, 9, 1):
            await put(connection, *envelopes(uuid4(), 1, count))
    assert [await sequencer.tick() for _ in range(4)] == [6, 9, 1, 0]


async def test_a_backlog_is_taken_in_time_proportional_to_its_length(database: FreshDatabase) -> None:
    """Also when the table of what waits was last seen empty: a join planned for no rows would take minutes."""
    pool = await database.pool()
    sequencer, facts = Sequencer(pool), 30_000
    async with pool.acquire() as connection:
        await put(connection, *envelopes(uuid4(), 1, 3000))
        await sequencer.tick()
        await connection.execute("vacuum (truncate off, analyze) event_pending")
        for _ in range(10):
            await put(connection, *envelopes(uuid4(), 1, facts // 10))
        async with asyncio.timeout(20):
            while await sequencer.tick():
                pass
        assert await connection.fetchval("select max(log_index) from log") == facts + 3000 - 1
