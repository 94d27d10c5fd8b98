"""Releasing a parked key: the facts that waited are folded as if they had just come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import asyncpg

from adapters.postgres.folding import Rows, Touch, fold, touches
from adapters.postgres.taking import Consumer
from application.ports import Log

BATCH = 5000


async def replay(pool: Any, log: Log, consumer: Consumer, key: UUID) -> bool:
    """Folds what waits for this key up to where the cursor stands. False: it failed again and stays parked.

    Raises KeyError when the key is not parked.
    """
    name, version = consumer.identity
    row = await pool.fetchrow(
        "select p.log_index, c.log_index as cursor from parked p"
        " join consumer c on (c.name, c.version) = (p.consumer, p.version)"
        " where p.consumer = $1 and p.version = $2 and p.key = $3",
        name,
        version,
        key,
    )
    if row is None:
        raise KeyError(key)
    waiting = await _facts_of(log, consumer, key, row["log_index"] - 1, row["cursor"])
    async with pool.acquire() as connection, connection.transaction():
        # The runner waits here: no later fact of the key may be left out or folded before these.
        cursor = await connection.fetchval(
            "select log_index from consumer where name = $1 and version = $2 for update", name, version
        )
        waiting += await _facts_of(log, consumer, key, row["cursor"], cursor)
        return await _fold(connection, consumer, key, waiting)


async def _fold(connection: asyncpg.Connection[Any], consumer: Consumer, key: UUID, waiting: list[Touch]) -> bool:
    rows: Rows = {}
    await consumer.table.load(connection, {key}, rows)
    changes = fold(consumer.projection, rows, waiting, set())
    if changes.poisoned:
        return False
    await consumer.table.write(connection, changes)
    await connection.execute(
        "delete from parked where consumer = $1 and version = $2 and key = $3", *consumer.identity, key
    )
    return True


async def _facts_of(log: Log, consumer: Consumer, key: UUID, after: int, up_to: int) -> list[Touch]:
    found: list[Touch] = []
    while after < up_to:
        facts = [recorded for recorded in await log.after(after, BATCH) if recorded.log_index <= up_to]
        if not facts:
            break
        found += [touch for touch in touches(consumer.projection, consumer.listens, facts)[0] if touch.key == key]
        after = facts[-1].log_index
    return found
