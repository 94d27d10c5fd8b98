"""Read models made again from the log: to prove the served ones, to repair them, or to prepare a new version."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from adapters.postgres import consumers
from adapters.postgres.folding import Poisoned, Rows
from adapters.postgres.tables import Table, ensure_tables
from adapters.postgres.taking import Consumer, take_in
from application.ports import Log, Recorded
from projections.base import Projection

BATCH = 10_000
KNOWN_ROWS = 100_000
SHADOW = "_rebuilt"

Progress = Callable[[int, int], None]
"""Facts done, facts in all."""


class Rebuilt(msgspec.Struct, frozen=True):
    """The digests of the served table and of one made from the facts alone, both at the same place of the log."""

    name: str
    version: int
    log_index: int
    rows: int
    live: bytes
    rebuilt: bytes
    parked: int
    """Keys that could not be folded."""

    @property
    def equal(self) -> bool:
        """Whether the served table is what the facts say."""
        return self.live == self.rebuilt


class RebuildHaltedError(Exception):
    """A fact could not be taken in by a read model that must not leave one out."""


class NotReplacedError(Exception):
    """The read model moved on while its replacement was put in place; try again."""


def _unseen(_done: int, _all: int) -> None:
    """No progress shown."""


class Rebuilder:
    """`owner` is a pool that may make tables; it has no time limits."""

    def __init__(self, owner: Any, log: Log) -> None:
        self._owner, self._log = owner, log

    async def digest(self, projection: Projection[Any], at: int | None = None) -> tuple[int, bytes]:
        """Where the cursor stands (or `at`, for a versioned read model) and the digest of the served table there."""
        async with (
            self._owner.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            cursor = await _cursor(connection, projection)
            if at is None:
                at = cursor
            elif not projection.versioned and at != cursor:
                raise ValueError("only a versioned read model knows its past")
            return at, await Table(projection).digest(connection, at, present=at == cursor)

    async def rebuild(
        self, projection: Projection[Any], progress: Progress = _unseen, *, replace: bool = False
    ) -> Rebuilt:
        """Compares, at the place where the served table stands now. `replace` then serves the new rows instead.

        Raises RebuildHaltedError, NotReplacedError.
        """
        at, live = await self.digest(projection)
        shadow = Consumer(projection, Table(projection, SHADOW))
        async with self._owner.acquire() as connection:
            await shadow.table.drop(connection)
            await shadow.table.create(connection)
        try:
            filling = _Filling(shadow)
            await self._fill(shadow, at, progress, filling.write_to(self._owner))
            async with self._owner.acquire() as connection:
                await connection.execute(f"analyze {shadow.table.name}")
                async with connection.transaction():
                    rebuilt = await shadow.table.digest(connection, at, present=True)
                    rows = await connection.fetchval(f"select count(*) from {shadow.table.name}")
            if replace:
                await self._put_in_place(shadow, filling)
        finally:
            async with self._owner.acquire() as connection:
                await shadow.table.drop(connection)
        return Rebuilt(projection.name, projection.version, at, rows, live, rebuilt, len(filling.parked))

    async def prepare(self, projection: Projection[Any], progress: Progress = _unseen) -> int:
        """Makes and fills a new version beside the one that is served; where its cursor stands then.

        May be broken off and called again. Raises RebuildHaltedError, CursorMovedError (somebody else prepares it too).
        """
        async with self._owner.acquire() as connection:
            await ensure_tables(connection, [projection])
        await consumers.resume(self._owner, [(projection.name, projection.version)])
        consumer = Consumer(projection)
        consumer.cursor = await _cursor(self._owner, projection)
        known: Rows = {}

        async def write(facts: Sequence[Recorded]) -> None:
            async with self._owner.acquire() as connection, connection.transaction():
                await consumers.move(connection, [consumer.identity], consumer.cursor, facts[-1].log_index)
                parked = await consumers.parked_keys(connection, [consumer.identity])
                waiting = parked.get(consumer.identity, set())
                _forget(known, waiting)
                taken = await take_in(connection, consumer, facts, waiting, known)
                if taken.halted is not None:
                    raise RebuildHaltedError(taken.halted.error)
                await consumers.park(connection, consumer.identity, taken.parked)

        await self._fill(consumer, (await self._log.head()).log_index, progress, write)
        async with self._owner.acquire() as connection:
            await connection.execute(f"analyze {consumer.table.name}")
        return consumer.cursor

    async def _fill(
        self, consumer: Consumer, until: int, progress: Progress, write: Callable[[Sequence[Recorded]], Awaitable[None]]
    ) -> None:
        """The next batch is fetched and decoded while PostgreSQL writes this one."""
        start = consumer.cursor
        coming = asyncio.create_task(self._batch(start, until))
        try:
            while facts := await coming:
                end = facts[-1].log_index
                coming = asyncio.create_task(self._batch(end, until))
                await write(facts)
                consumer.cursor = end
                progress(end - start, until - start)
        finally:
            coming.cancel()

    async def _batch(self, after: int, until: int) -> list[Recorded]:
        if after >= until:
            return []
        facts = await self._log.after(after, min(BATCH, until - after))
        return facts if facts[-1].log_index <= until else [fact for fact in facts if fact.log_index <= until]

    async def _put_in_place(self, shadow: Consumer, filling: _Filling) -> None:
        """Served from one commit to the next. What came since is taken in while the runner waits at its cursor."""
        live = Table(shadow.projection)
        async with self._owner.acquire() as connection, connection.transaction():
            cursor = await connection.fetchval(
                "select log_index from consumer where name = $1 and version = $2 for update", *shadow.identity
            )
            while shadow.cursor < cursor:
                facts = await self._batch(shadow.cursor, cursor)
                await filling.take_in(connection, facts)
                shadow.cursor = facts[-1].log_index
            await connection.execute(f"drop table {live.name}")
            await connection.execute(f"alter table {shadow.table.name} rename to {live.bare}")
            await connection.execute("delete from parked where consumer = $1 and version = $2", *shadow.identity)
            await consumers.park(connection, shadow.identity, list(filling.parked.values()))


class _Filling:
    """A shadow table that nobody else writes to: its rows stay known from batch to batch."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer
        self._known: Rows = {}
        self.parked: dict[UUID, Poisoned] = {}

    def write_to(self, owner: Any) -> Callable[[Sequence[Recorded]], Awaitable[None]]:
        async def write(facts: Sequence[Recorded]) -> None:
            async with owner.acquire() as connection, connection.transaction():
                await self.take_in(connection, facts)

        return write

    async def take_in(self, connection: asyncpg.Connection[Any], facts: Sequence[Recorded]) -> None:
        _forget(self._known, ())
        taken = await take_in(connection, self._consumer, facts, set(self.parked), self._known)
        if taken.halted is not None:
            raise RebuildHaltedError(taken.halted.error)
        self.parked.update({one.key: one for one in taken.parked if one.key is not None})


def _forget(known: Rows, keys: Sequence[UUID] | set[UUID]) -> None:
    if len(known) > KNOWN_ROWS:
        known.clear()
    for key in keys:
        known.pop(key, None)


async def _cursor(connection: Any, projection: Projection[Any]) -> int:
    cursor: int | None = await connection.fetchval(
        "select log_index from consumer where name = $1 and version = $2", projection.name, projection.version
    )
    if cursor is None:
        raise LookupError(projection.name)
    return cursor
