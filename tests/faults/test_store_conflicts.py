"""Many writers at once: who loses leaves nothing behind, and nobody waits in a circle."""

from __future__ import annotations

import asyncio
import random
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from adapters.postgres.recorder import PostgresEventStore
from application.ports import Receipt, VersionConflictError
from tests.contract.notes import BODY, NOTES, envelope, envelopes
from tests.faults.store_bench import counts
from tests.support.postgres import FreshDatabase


async def test_a_stale_append_leaves_nothing_behind(database: FreshDatabase) -> None:
    pool = await database.pool()
    store, fresh, stale, command = PostgresEventStore(pool), uuid4(), uuid4(), uuid4()
    await store.append(envelopes(stale, 1, 2), BODY)
    before = await counts(pool)
    with pytest.raises(VersionConflictError):
        await store.append([envelope(fresh, 1, command), envelope(stale, 2, command)], BODY)
    assert await counts(pool) == before
    await store.append([envelope(fresh, 1, command), envelope(stale, 3, command)], BODY)
    assert {table: n - before[table] for table, n in (await counts(pool)).items()} == {
        "stream": 1,
        "event": 2,
        "event_pending": 2,
        "command": 1,
    }


async def test_an_unknown_stream_is_refused_and_not_made(database: FreshDatabase) -> None:
    pool = await database.pool()
    with pytest.raises(VersionConflictError):
        await PostgresEventStore(pool).append([envelope(uuid4(), 4)], BODY)
    assert set((await counts(pool)).values()) == {0}


async def test_random_sets_of_streams_never_deadlock(database: FreshDatabase) -> None:
    pool = await database.pool()
    store = PostgresEventStore(pool)
    streams = [uuid4() for _ in range(6)]
    for stream in streams:
        await store.append([envelope(stream)], BODY)
    outcomes = {"appended": 0, "stale": 0}

    async def writer(seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(75):
            command = uuid4()
            chosen = dice.sample(streams, 3)
            heads = dict(await pool.fetch("select id, version from stream where id = any($1)", chosen))
            try:
                await store.append([envelope(stream, heads[stream] + 1, command) for stream in chosen], BODY)
                outcomes["appended"] += 1
            except VersionConflictError:
                outcomes["stale"] += 1

    await asyncio.gather(*(writer(seed) for seed in range(16)))
    assert sum(outcomes.values()) == 1200
    assert min(outcomes.values()) > 0, "the writers never met"
    assert await pool.fetchval("select sum(version) from stream") == 6 + 3 * outcomes["appended"]
    assert await deadlocks(pool) == 0


async def test_heads_that_are_locked_in_any_order_do_deadlock(database: FreshDatabase) -> None:
    """The control of the test above."""
    pool = await database.pool()
    store, one, two = PostgresEventStore(pool), uuid4(), uuid4()
    for stream in (one, two):
        await store.append([envelope(stream)], BODY)
    lock = "select from stream where id = $1 for update"
    both_hold_one = asyncio.Barrier(2)

    async def locker(first: UUID, second: UUID) -> None:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(lock, first)
            await both_hold_one.wait()
            await connection.execute(lock, second)

    ends = await asyncio.gather(locker(one, two), locker(two, one), return_exceptions=True)
    assert [type(end) for end in ends if end] == [asyncpg.DeadlockDetectedError]


async def test_of_fifty_tasks_on_one_stream_exactly_one_wins_each_version(database: FreshDatabase) -> None:
    pool = await database.pool()
    store, stream = PostgresEventStore(pool), uuid4()
    won: list[int] = []
    lost = 0

    async def task() -> None:
        nonlocal lost
        command = uuid4()
        while True:
            seen = await store.load(NOTES, stream)
            version = (seen.version if seen else 0) + 1
            try:
                receipt = await store.append([envelope(stream, version, command)], BODY)
            except VersionConflictError:
                lost += 1
                continue
            assert receipt == Receipt(stream, version)
            won.append(version)
            return

    await asyncio.gather(*(task() for _ in range(50)))
    assert sorted(won) == list(range(1, 51))
    assert lost > 0
    rows = await pool.fetch("select version from event where stream_id = $1 order by version", stream)
    assert [row["version"] for row in rows] == list(range(1, 51))


async def test_the_same_command_from_twenty_tasks_at_once_is_one_effect(database: FreshDatabase) -> None:
    pool = await database.pool()
    store, command = PostgresEventStore(pool), uuid4()
    stream, elsewhere = uuid4(), [uuid4() for _ in range(10)]
    same = [store.append([envelope(stream, 1, command)], BODY) for _ in range(10)]
    other_streams = [store.append([envelope(other, 1, command)], BODY) for other in elsewhere]
    receipts = await asyncio.gather(*same, *other_streams)
    assert len(set(map(_pair, receipts))) == 1
    assert await counts(pool) == {"stream": 1, "event": 1, "event_pending": 1, "command": 1}


async def deadlocks(pool: Any) -> int:
    async with pool.acquire() as connection:
        await connection.execute("select pg_stat_force_next_flush()")
        query = "select deadlocks from pg_stat_database where datname = current_database()"
        return int(await connection.fetchval(query))


def _pair(receipt: Receipt) -> tuple[UUID, int]:
    return receipt.case_id, receipt.version
