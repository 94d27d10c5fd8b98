"""The sequencer at work: woken, standing by, cut off, and never wrong about its order."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from adapters.postgres.doorbell import Doorbell
from adapters.postgres.log import PostgresLog
from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.sequencer import LEADER, STAMPING, TICK, Sequencer
from adapters.postgres.verify import verify
from application.ports import Mark
from tests.contract.notes import BODY, envelope, envelopes
from tests.faults.store_bench import logged, put
from tests.support.postgres import FreshDatabase

NEVER_S = 3600.0
LEADERS = f"""select pid from pg_locks where locktype = 'advisory' and database = (select oid from pg_database
              where datname = current_database()) and (classid::bigint << 32) + objid::bigint = {LEADER}"""


class Heard:
    """Waits for ticks, as a listener."""

    def __init__(self, *sequencers: Sequencer) -> None:
        self._grown = asyncio.Event()
        for sequencer in sequencers:
            sequencer.listen(lambda _: self._grown.set())

    async def until(self, met: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(20):
            while True:
                self._grown.clear()
                if await met():
                    return
                await self._grown.wait()


@asynccontextmanager
async def running(*sequencers: Sequencer) -> AsyncIterator[None]:
    """They run meanwhile."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(sequencer.run(stop)) for sequencer in sequencers]
    yield
    stop.set()
    await asyncio.gather(*tasks)


async def until_leading(pool: Any, *sequencers: Sequencer) -> None:
    """Asks the server for a moment's pause until one of them leads."""
    async with asyncio.timeout(20):
        while not any(sequencer.leading for sequencer in sequencers):
            await pool.fetchval("select pg_sleep(0.002)")


def sequenced(pool: Any, count: int) -> Callable[[], Awaitable[bool]]:
    async def met() -> bool:
        return bool(await pool.fetchval("select count(*) = $1 from log", count))

    return met


async def test_an_append_wakes_the_sequencer_of_its_own_process(database: FreshDatabase) -> None:
    pool = await database.pool()
    sequencer = Sequencer(pool, poll_s=NEVER_S)
    heard = Heard(sequencer)
    async with running(sequencer):
        await until_leading(pool, sequencer)
        store = PostgresEventStore(pool, appended=sequencer.wake)
        await store.append([envelope(uuid4())], BODY)
        await heard.until(sequenced(pool, 1))


async def test_an_append_in_another_process_wakes_it_and_hears_of_the_tick(database: FreshDatabase) -> None:
    pool, elsewhere = await database.pool(), await database.pool()
    leader, standby = Sequencer(pool, poll_s=NEVER_S), Sequencer(elsewhere, poll_s=NEVER_S)
    async with running(leader):
        await until_leading(pool, leader)
        async with running(standby):
            heard = Heard(standby)
            store = PostgresEventStore(elsewhere, appended=standby.wake)
            await store.append([envelope(uuid4())], BODY)
            await heard.until(sequenced(pool, 1))
            assert not standby.leading
        bell = Doorbell(elsewhere)
        store = PostgresEventStore(elsewhere, appended=bell.ring)
        await store.append([envelope(uuid4())], BODY)
        await Heard(leader).until(sequenced(pool, 2))
        await bell.close()


async def test_what_nobody_was_woken_for_is_found_by_looking(database: FreshDatabase) -> None:
    pool = await database.pool()
    sequencer = Sequencer(pool, poll_s=0.05)
    heard = Heard(sequencer)
    async with running(sequencer):
        await until_leading(pool, sequencer)
        await PostgresEventStore(pool).append([envelope(uuid4())], BODY)
        await heard.until(sequenced(pool, 1))


async def test_there_is_one_leader_and_another_takes_over_when_it_is_cut_off(database: FreshDatabase) -> None:
    pools = [await database.pool() for _ in range(3)]
    superuser = await asyncpg.connect(**database.superuser_dsn)
    sequencers = [Sequencer(pool, poll_s=0.05) for pool in pools]
    heard = Heard(*sequencers)
    store = PostgresEventStore(pools[0])
    async with running(*sequencers):
        for turn in range(1, 6):
            await until_leading(superuser, *sequencers)
            (leader,) = await superuser.fetch(LEADERS)
            await superuser.execute("select pg_terminate_backend($1, 5000)", leader["pid"])
            await store.append([envelope(uuid4())], BODY)
            await heard.until(sequenced(superuser, turn))
            assert sum(sequencer.leading for sequencer in sequencers) <= 1
    assert await superuser.fetch(LEADERS) == []
    await superuser.close()


async def test_a_second_sequencer_leaves_a_tick_to_the_leader(database: FreshDatabase) -> None:
    pool = await database.pool()
    leader, other = Sequencer(pool, poll_s=NEVER_S), Sequencer(pool)
    async with running(leader):
        await until_leading(pool, leader)
        await PostgresEventStore(pool).append([envelope(uuid4())], BODY)
        assert await other.tick() == 0
        assert await leader.tick() == 1


async def test_under_twelve_writers_the_log_is_dense_whole_and_in_order(database: FreshDatabase) -> None:
    pool = await database.pool(max_size=24)
    sequencer = Sequencer(pool, batch=50, breath_s=0)
    heard = Heard(sequencer)
    store = PostgresEventStore(pool, appended=sequencer.wake, width=12)
    facts = 0

    async def writer(seed: int) -> None:
        nonlocal facts
        dice, stream, version = random.Random(seed), uuid4(), 0
        for _ in range(25):
            count = dice.choice((1, 1, 1, 3, 300))
            await store.append(envelopes(stream, version + 1, count), BODY)
            version += count
            facts += count

    async with running(sequencer):
        await asyncio.gather(*(writer(seed) for seed in range(12)))
        await heard.until(sequenced(pool, facts))
    assert await verify(pool) == []
    interleaved = """select count(*) from (select state, lag(command) over w <> command as changes, command from (
        select log_index, convert_from(state, 'UTF8')::jsonb ->> 8 as command, state from log join event using (pos)
        ) x window w as (order by log_index)) y where changes or changes is null"""
    assert await pool.fetchval(interleaved) == await pool.fetchval("select count(*) from command") == 12 * 25


async def test_a_mark_waits_for_the_stamp_that_is_in_the_making(database: FreshDatabase) -> None:
    pool = await database.pool()
    log = PostgresLog(pool)
    async with pool.acquire() as tick, pool.acquire() as writer:
        await put(writer, envelope(uuid4()))
        transaction = tick.transaction()
        await transaction.start()
        await tick.fetchrow(TICK, None, 100, STAMPING)
        moment: datetime = await writer.fetchval("select clock_timestamp()")
        without_waiting = await log.head()
        asked = asyncio.create_task(log.mark_at(moment))
        waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
        while not await writer.fetchval(waiting):
            assert not asked.done()
        await transaction.commit()
    mark = await asked
    assert mark.log_index == 0
    assert without_waiting == Mark(-1, None), "the control, an answer at once, must differ from the one given later"
    assert await log.mark_at(moment) == mark


@pytest.mark.parametrize("after_restore", ["reset", "left"])
async def test_pending_appends_of_a_restored_store_stay_apart_from_new_ones(
    database: FreshDatabase, after_restore: str
) -> None:
    """Without the reset, the control, an old append is taken for a part of the new one that was given the same id."""
    pool = await database.pool()
    old, between, new = uuid4(), uuid4(), uuid4()
    superuser = await asyncpg.connect(**database.superuser_dsn)
    async with pool.acquire() as connection:
        await put(connection, *envelopes(old, 1, 2))
        await put(connection, envelope(between, 1))
        restored = await connection.fetchval("select min(xid::text) from event_pending")
        if after_restore == "reset":
            assert await connection.fetchval("select reset_pending()") == 3
        await put(connection, envelope(new, 1))
        await superuser.execute("update event_pending set xid = $1::text::xid8 where pos = 4", restored)
        assert await Sequencer(pool).tick() == 4
        apart = [(old, 1), (old, 2), (between, 1), (new, 1)]
        mixed = [(old, 1), (old, 2), (new, 1), (between, 1)]
        assert await logged(connection) == (apart if after_restore == "reset" else mixed)
    await superuser.close()


async def test_ending_the_pool_while_it_works_ends_the_run(database: FreshDatabase) -> None:
    pool = await database.pool()
    sequencer = Sequencer(pool, poll_s=0.05)
    stop = asyncio.Event()
    run = asyncio.create_task(sequencer.run(stop))
    await until_leading(pool, sequencer)
    pool.terminate()
    with pytest.raises(asyncpg.InterfaceError):
        await pool.fetchval("select 1")
    stop.set()
    async with asyncio.timeout(5):
        await run
    assert not sequencer.leading
