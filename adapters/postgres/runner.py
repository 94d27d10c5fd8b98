"""Takes the facts of the log into the read models: rows and cursors in one transaction, all live ones in one batch."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import structlog
from eventsourcing.persistence import MapperDeserialisationError

from adapters.postgres import consumers
from adapters.postgres.consumers import PASSING, ConsumerStatus, CursorMovedError, Identity
from adapters.postgres.doorbell import PROJECTED, SEQUENCED, Doorbell
from adapters.postgres.listening import Listening, woken
from adapters.postgres.parking import replay
from adapters.postgres.taking import Consumer, Taken, take_in
from adapters.postgres.visibility import Cursors
from application.ports import Log, Recorded
from projections.base import Projection

BATCH = 1000
POLL_S = 1.0
BREATH_S = 0.02
"""The rest after a batch, so that a loaded store writes for many facts at once."""

_log = structlog.get_logger()


class ProjectionRunner:
    """`run` for ever, or `catch_up` once. `cursors` is where pages that wait for their own write look."""

    def __init__(
        self,
        pool: Any,
        log: Log,
        projections: Sequence[Projection[Any]],
        *,
        cursors: Cursors | None = None,
        batch: int = BATCH,
    ) -> None:
        self._pool, self._facts, self._batch = pool, log, batch
        self._consumers = [Consumer(projection) for projection in projections]
        self._by_identity = {consumer.identity: consumer for consumer in self._consumers}
        self.cursors = cursors or Cursors()
        self._woken = asyncio.Event()
        self._bell = Doorbell(pool, channel=PROJECTED)

    def wake(self) -> None:
        """There are new facts, or a key was released."""
        self._woken.set()

    async def status(self) -> list[ConsumerStatus]:
        """For readiness. A consumer whose rows the database refuses is halted here, until a later try succeeds."""
        head = (await self._facts.head()).log_index
        found = await consumers.status_of(self._pool, self._by_identity, head)
        refused = {consumer.identity: consumer.refused for consumer in self._consumers}
        return [msgspec.structs.replace(s, halted=s.halted or refused[s.name, s.version]) for s in found]

    async def catch_up(self) -> None:
        """Brings every consumer to the head, the one that is furthest behind first. A second runner may help or win."""
        await self._reload()
        while True:
            ready = [consumer for consumer in self._consumers if consumer.ready]
            least = min((consumer.cursor for consumer in ready), default=None)
            if least is None:
                return
            ahead = [consumer.cursor for consumer in ready if consumer.cursor > least]
            group = [consumer for consumer in ready if consumer.cursor == least]
            if not await self._advance(group, min(ahead, default=None)):
                return

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`. Woken by `wake` and by other processes; a poll each second is enough to be right."""
        behind: dict[Identity, asyncio.Task[None]] = {}
        async with Listening(self._pool, {SEQUENCED: self.wake}), asyncio.TaskGroup() as tasks:
            stopping = tasks.create_task(stop.wait())
            stopping.add_done_callback(lambda _: self.wake())
            await self._start(stop)
            while not stop.is_set():
                self._woken.clear()
                moved = await self._guarded(self._advance_live)
                self._catch_up_apart(tasks, behind)
                if moved:
                    await asyncio.sleep(BREATH_S)
                else:
                    await woken(self._woken, POLL_S)
            for task in behind.values():
                task.cancel()
        await self._bell.close()

    async def unpark(self, name: str, key: UUID) -> bool:
        """Folds what waits for this key. True: it did not fail again, and the key is current. KeyError: not parked."""
        consumer = next(c for c in self._consumers if c.projection.name == name)
        done = await replay(self._pool, self._facts, consumer, key)
        self.wake()
        return done

    async def resume(self, name: str) -> None:
        """Lets a halted read model try again. Every start of the runner does so too."""
        await consumers.resume(self._pool, [one for one in self._by_identity if one[0] == name])
        await self._reload()
        self.wake()

    async def _start(self, stop: asyncio.Event) -> None:
        async def begin() -> bool:
            await consumers.resume(self._pool, self._by_identity)
            await self._reload()
            return True

        while not stop.is_set() and not await self._guarded(begin):
            await woken(stop, POLL_S)

    async def _reload(self) -> None:
        for identity, (cursor, halted) in (await consumers.cursors_of(self._pool, self._by_identity)).items():
            consumer = self._by_identity[identity]
            consumer.cursor, consumer.halted = cursor, halted
            self.cursors.reached(identity[0], cursor)

    async def _guarded(self, work: Callable[[], Awaitable[bool]]) -> bool:
        """The database may go away; what is lost is only time."""
        try:
            return await work()
        except (*PASSING, asyncpg.PostgresError, MapperDeserialisationError) as error:
            _log.warning("projections interrupted", error=type(error).__name__)
            return False

    async def _advance_live(self) -> bool:
        """The consumers that are furthest on move together. One that is halted may have been resumed elsewhere."""
        if any(consumer.halted for consumer in self._consumers):
            await self._reload()
        ready = [consumer for consumer in self._consumers if consumer.ready]
        front = max((consumer.cursor for consumer in ready), default=None)
        if front is None:
            return False
        return await self._advance([consumer for consumer in ready if consumer.cursor == front], None)

    def _catch_up_apart(self, tasks: asyncio.TaskGroup, behind: dict[Identity, asyncio.Task[None]]) -> None:
        front = max((consumer.cursor for consumer in self._consumers), default=-1)
        for consumer in self._consumers:
            running = behind.get(consumer.identity)
            if consumer.ready and consumer.cursor < front and (running is None or running.done()):
                behind[consumer.identity] = tasks.create_task(self._follow(consumer))

    async def _follow(self, consumer: Consumer) -> None:
        """One that lags goes its own way until it has reached the others, and holds nobody."""

        async def step() -> bool:
            front = max(other.cursor for other in self._consumers)
            return consumer.ready and consumer.cursor < front and await self._advance([consumer], front)

        while await self._guarded(step):
            pass

    async def _advance(self, group: Sequence[Consumer], until: int | None) -> bool:
        """One batch for consumers that stand at the same place; whether there was anything to do."""
        began, start = time.perf_counter(), group[0].cursor
        facts = await self._facts.after(start, self._batch)
        if until is not None:
            facts = [recorded for recorded in facts if recorded.log_index <= until]
        if not facts:
            return False
        try:
            await self._write(group, start, facts)
        except CursorMovedError:
            await self._reload()
        except PASSING:
            raise
        except (asyncpg.PostgresError, TypeError, ValueError, OverflowError) as error:  # rows that cannot be written
            await self._one_by_one(group, until, error)
        else:
            _log.info(
                "projections advanced",
                consumers=len(group),
                facts=len(facts),
                log_index=facts[-1].log_index,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )
            self._bell.ring()
        return True

    async def _one_by_one(self, group: Sequence[Consumer], until: int | None, error: Exception) -> None:
        """Rows that the database refuses hold back only their own read model, which is tried again later and later."""
        if len(group) > 1:
            for consumer in group:
                await self._advance([consumer], until)
            return
        group[0].put_off(error)
        _log.error("projection refused", consumer=group[0].identity[0], error=type(error).__name__)

    async def _write(self, group: Sequence[Consumer], start: int, facts: Sequence[Recorded]) -> None:
        """`start`: where the facts begin. Another task of this process may have moved the consumers meanwhile."""
        identities = [consumer.identity for consumer in group]
        end = facts[-1].log_index
        async with self._pool.acquire() as connection, connection.transaction():
            await consumers.move(connection, identities, start, end)
            parked = await consumers.parked_keys(connection, identities)
            taken = [
                await take_in(connection, consumer, facts, parked.get(consumer.identity, set())) for consumer in group
            ]
            for consumer, result in zip(group, taken, strict=True):
                await _note(connection, consumer, result)
        for consumer, result in zip(group, taken, strict=True):
            consumer.advanced(end, result.halted)
            self.cursors.reached(consumer.identity[0], consumer.cursor)


async def _note(connection: asyncpg.Connection[Any], consumer: Consumer, result: Taken) -> None:
    if result.parked:
        await consumers.park(connection, consumer.identity, result.parked)
        _log.error("projection parked", consumer=consumer.identity[0], keys=len(result.parked))
    if result.halted is not None:
        await consumers.halt(connection, consumer.identity, result.halted)
        _log.error("projection halted", consumer=consumer.identity[0], error=result.halted.error)
