"""Figure 3: the case index, every version of every row, made again from the log."""

from __future__ import annotations

import asyncio
import time
from typing import Any, ClassVar

import asyncpg

from adapters.postgres.connect import Database, app_pool, owner_connection, owner_pool
from adapters.postgres.log import PostgresLog
from adapters.postgres.rebuild import Rebuilder
from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.runner import ProjectionRunner
from adapters.postgres.sequencer import Sequencer
from adapters.postgres.tables import Table
from benchmarks import library_projection as library
from benchmarks.figures import Figure
from benchmarks.ground import Ground
from benchmarks.histories import fill
from benchmarks.measure import Rate, Watch, median
from projections.case_index import CaseIndex
from projections.feedback_index import FeedbackInIndex

FACTS, ROUNDS = 50_000, 3
PEER_S = 4.0
"""The peer takes in for so long in each round: its rate does not depend on how many follow."""
AIM = 10.0


class NextIndex(CaseIndex):
    """The same rows under a version that is not served yet."""

    version: ClassVar[int] = CaseIndex.version + 1


SERVED, NEXT = CaseIndex(FeedbackInIndex()), NextIndex(FeedbackInIndex())


class DifferentRowsError(Exception):
    """What is compared did not do the same work."""


async def figures(ground: Ground, facts: int = FACTS, rounds: int = ROUNDS) -> list[Figure]:
    """Interleaved rounds; both fill a table of the same columns and indexes with the same rows."""
    database = await ground.fresh("rebuild")
    count = await _prepare(database, facts)
    watch = Watch({"PostgreSQL": ground.server_pid}, own="hoso")
    filled, whole, fed = list[Rate](), list[Rate](), list[Rate]()
    async with await owner_pool(database) as owner, await app_pool(database) as pool:
        rebuilder = Rebuilder(owner, PostgresLog(pool))
        for _ in range(rounds):
            with watch:
                filled.append(await _new_version(rebuilder, owner, count))
            whole.append(await _compared(rebuilder, count))
            await owner.execute(f"truncate {library.TABLE.name}; drop table if exists {library.TRACKING}")
            fed.append(await asyncio.to_thread(library.feed, database, PEER_S))
            await _check(owner)
    ratios = tuple(mine.per_second / peer.per_second for mine, peer in zip(filled, fed, strict=True))
    return [
        Figure(
            name=f"case index made from {count:,} facts",
            value=median(rate.per_second for rate in filled),
            unit="facts/s",
            peer_name="eventsourcing's ProjectionRunner",
            peer=median(rate.per_second for rate in fed),
            ratio=median(ratios),
            aim=AIM,
            limit=watch.cpu.words("hoso"),
            others=watch.cpu.others,
            rounds=ratios,
        ),
        Figure(
            name="the same, with the digests of both tables compared",
            value=median(rate.per_second for rate in whole),
            unit="facts/s",
            rounds=tuple(rate.per_second for rate in whole),
        ),
    ]


async def _prepare(database: Database, facts: int) -> int:
    """The log, the served index, and the same events where the library looks for them."""
    async with await app_pool(database) as pool:
        store, sequencer = PostgresEventStore(pool), Sequencer(pool)
        count = await fill(store, facts)
        await store.drain()
        while await sequencer.tick():
            pass
        await ProjectionRunner(pool, PostgresLog(pool), [SERVED]).catch_up()
    owner = await owner_connection(database)
    try:
        await library.TABLE.create(owner)
        await asyncio.to_thread(library.make_tables, database)
        await owner.execute(library.COPY_EVENTS)
        await owner.execute("vacuum analyze")
    finally:
        await owner.close()
    return count


async def _new_version(rebuilder: Rebuilder, owner: asyncpg.Pool[Any], count: int) -> Rate:
    """As `hoso projections prepare` does before an upgrade."""
    began = time.perf_counter()
    reached = await rebuilder.prepare(NEXT)
    rate = Rate(count, time.perf_counter() - began)
    rows = f"select count(*) from {Table(NEXT).name}"
    served = f"select count(*) from {Table(SERVED).name}"
    if reached != count - 1 or await owner.fetchval(rows) != await owner.fetchval(served):
        raise DifferentRowsError
    await owner.execute(f"drop table {Table(NEXT).name}")
    await owner.execute("delete from consumer where name = $1 and version = $2", NEXT.name, NEXT.version)
    return rate


async def _compared(rebuilder: Rebuilder, count: int) -> Rate:
    """As `hoso projections rebuild` does."""
    began = time.perf_counter()
    rebuilt = await rebuilder.rebuild(SERVED)
    if not rebuilt.equal:
        raise DifferentRowsError
    return Rate(count, time.perf_counter() - began)


async def _check(owner: asyncpg.Pool[Any]) -> None:
    """As far as the peer came it made the same versions of the same rows."""
    facts = await owner.fetchval(f"select max(notification_id) from {library.TRACKING}")
    columns = ", ".join(("key", "valid_from", *library.COLUMNS))
    ours = f"select {columns} from {Table(SERVED).name} where valid_from < {facts}"
    theirs = f"select {columns} from {library.TABLE.name}"
    if await owner.fetchval(f"select exists (({ours} except {theirs}) union all ({theirs} except {ours}))"):
        raise DifferentRowsError
