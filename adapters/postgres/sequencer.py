"""Gives every appended fact its place in the one order of all facts, and the stamp of the second clock.

One leader at a time, by advisory lock. A tick takes what it sees of `event_pending`, whole appends in the order of
their first position. That order can never reverse a stream: who appends version 2 has seen version 1 committed, so
every snapshot that shows the second shows the first, and all positions of the first are lower, because an append takes
its positions after it has locked its streams. No horizon of transaction ids is needed, since a fact leaves
`event_pending` only with its place: what is committed late is numbered late, and no open transaction holds up others.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import asyncpg
import msgspec
import structlog

from adapters.postgres.doorbell import APPENDED, SEQUENCED, Doorbell
from application.ports import Clock

TICK = (files("adapters.postgres") / "sql" / "tick.sql").read_text()
LEADER = 0x686F736F_0001
"""Advisory lock of the one sequencer that works."""
STAMPING = 0x686F736F_0002
"""Advisory lock held exclusively while a stamp is taken and not yet committed; `PostgresLog.mark_at` shares it."""
SWEEP = 5_000
"""Facts after which the dead rows of `event_pending` are cleared away."""

_CUT_OFF = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""The last is what the driver's protocol says when the connection ended within a request."""
_logger = structlog.get_logger()


class Ticked(msgspec.Struct, frozen=True):
    """What one tick did: facts numbered, facts still waiting, and the log index of the last one (-1: none)."""

    facts: int
    remaining: int
    head: int


class Sequencer:
    """`run` until stopped, or `tick` by hand. `clock` only where time is simulated: otherwise the server's own time.

    `batch` is about how many facts a tick takes, `breath_s` the rest after each, so that a loaded store ticks for many
    appends at once, `poll_s` how often it looks without being woken.
    """

    def __init__(
        self,
        pool: Any,
        clock: Clock | None = None,
        *,
        batch: int = 2000,
        breath_s: float = 0.005,
        poll_s: float = 1.0,
    ) -> None:
        self._pool, self._clock = pool, clock
        self._batch, self._breath_s, self._poll_s = batch, breath_s, poll_s
        self._listeners: list[Callable[[int], None]] = []
        self._woken = asyncio.Event()
        self._turn = asyncio.Lock()
        self._connection: Any = None
        self._doorbell = Doorbell(pool)
        self._unswept = SWEEP  # whatever an earlier leader left

    @property
    def leading(self) -> bool:
        """Whether this is the one that works."""
        return self._connection is not None

    def listen(self, listener: Callable[[int], None]) -> None:
        """`listener` gets the log's last index after each tick, here or, while `run` stands by, in another process."""
        self._listeners.append(listener)

    def wake(self) -> None:
        """Says that something was appended: to ourselves when leading, otherwise to whoever leads."""
        if self.leading:
            self._woken.set()
        else:
            self._doorbell.ring()

    async def tick(self) -> int:
        """Numbers what waits, about a batch of it; the number of facts. 0 also when another process leads."""
        async with self._turn:
            if self._connection is not None:
                return (await self._tick(self._connection)).facts
            async with self._pool.acquire() as connection, connection.transaction():
                if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", LEADER):
                    return 0
                ticked = await self._number(connection)
        self._tell(ticked)
        return ticked.facts

    async def run(self, stop: asyncio.Event) -> None:
        """Works, or stands by for the one that does, until `stop`. Lost connections are taken up again."""
        stopping = asyncio.create_task(stop.wait())
        stopping.add_done_callback(lambda _: self._woken.set())
        try:
            while not stop.is_set():
                try:
                    async with self._pool.acquire() as connection:
                        await self._attend(connection, stop)
                except _CUT_OFF as error:
                    _logger.warning("sequencer.interrupted", error=type(error).__name__)
                    await self._rest(self._poll_s)
        finally:
            stopping.cancel()
            await self._doorbell.close()

    async def _attend(self, connection: Any, stop: asyncio.Event) -> None:
        connection.add_termination_listener(self._cut_off)
        await connection.add_listener(APPENDED, self._rung)
        await connection.add_listener(SEQUENCED, self._told)
        try:
            while not stop.is_set():
                self._woken.clear()
                if (self.leading or await self._lead(connection)) and await self._work():
                    continue
                await self._rest(self._poll_s)
        finally:
            self._connection = None
            await asyncio.shield(self._let_go(connection))

    async def _lead(self, connection: Any) -> bool:
        if not await connection.fetchval("select pg_try_advisory_lock($1)", LEADER):
            return False
        await connection.execute("select reset_pending()")
        self._connection = connection
        return True

    async def _work(self) -> bool:
        async with self._turn:
            ticked = await self._tick(self._connection)
        if ticked.facts:
            await asyncio.sleep(self._breath_s)
        return ticked.remaining > 0

    async def _tick(self, connection: Any) -> Ticked:
        ticked = await self._number(connection)
        self._tell(ticked)
        self._unswept += ticked.facts
        if self._unswept > SWEEP:
            self._unswept = 0
            await connection.execute("vacuum (skip_locked, truncate off, process_toast off) event_pending")
        return ticked

    async def _number(self, connection: Any) -> Ticked:
        now = self._clock.now() if self._clock else None
        row = await connection.fetchrow(TICK, now, self._batch, STAMPING)
        return Ticked(row["count"], row["remaining"], -1 if row["head"] is None else row["head"])

    def _tell(self, ticked: Ticked) -> None:
        if ticked.facts:
            for listener in self._listeners:
                listener(ticked.head)

    def _rung(self, *_notification: Any) -> None:
        self._woken.set()

    def _told(self, _connection: Any, _pid: int, _channel: str, payload: str) -> None:
        if not self.leading:  # our own ticks were told at once
            for listener in self._listeners:
                listener(int(payload))

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    def _cut_off(self, _connection: object) -> None:
        """The lock went with the connection: somebody else may lead already."""
        self._connection = None
        self._woken.set()

    async def _let_go(self, connection: Any) -> None:
        """The lock must not stay with a connection that goes back to the pool. A lost one holds nothing."""
        try:
            connection.remove_termination_listener(self._cut_off)
            await connection.remove_listener(APPENDED, self._rung)
            await connection.remove_listener(SEQUENCED, self._told)
            await connection.execute("select pg_advisory_unlock_all()")
        except _CUT_OFF:
            with contextlib.suppress(asyncpg.InterfaceError):  # the pool has given it up already
                connection.terminate()
