"""Brings facts to reactions, in log order and at least once; their command ids make it one effect."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import structlog
from eventsourcing.persistence import MapperDeserialisationError

from adapters.postgres import consumers
from adapters.postgres.consumers import PASSING, ConsumerStatus, CursorMovedError, Identity
from adapters.postgres.doorbell import PROJECTED, SEQUENCED, Doorbell
from adapters.postgres.folding import Poisoned, kind_and_place
from adapters.postgres.listening import Listening, woken
from adapters.postgres.visibility import Cursors
from application.ports import Log, OutcomeUnknownError, Recorded
from application.reactions.base import Reaction

BATCH = 500
POLL_S = 1.0
BREATH_S = 0.05
"""The rest after a batch, so that a loaded store moves cursors for many facts at once."""
ATTEMPTS = 6
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.05, 30.0
VERSION = 1
"""Reactions have no versions: what they did stays done."""

_AWAY = (*PASSING, OutcomeUnknownError)
_log = structlog.get_logger()


class Follower:
    """One reaction on its way through the log."""

    def __init__(self, reaction: Reaction) -> None:
        self.reaction = reaction
        self.identity: Identity = (reaction.name, VERSION)
        self.listens = frozenset[type](reaction.facts)
        self.cursor = -1
        self.halted: str | None = None
        """Why it does not get on at the moment, though it goes on trying."""


class ReactionRunner:
    """`run` for ever, or `catch_up` once. Each reaction goes its own way; none holds another."""

    def __init__(
        self,
        pool: Any,
        log: Log,
        reactions: Sequence[Reaction],
        *,
        cursors: Cursors | None = None,
        first_pause_s: float = FIRST_PAUSE_S,
    ) -> None:
        self._pool, self._facts = pool, log
        self._followers = [Follower(reaction) for reaction in reactions]
        self.cursors = cursors or Cursors()
        self._first_pause_s = first_pause_s
        self._woken = {follower.identity: asyncio.Event() for follower in self._followers}
        self._bell = Doorbell(pool, channel=PROJECTED)

    def wake(self) -> None:
        """There are new facts."""
        for event in self._woken.values():
            event.set()

    async def status(self) -> list[ConsumerStatus]:
        """For readiness."""
        head = (await self._facts.head()).log_index
        found = await consumers.status_of(self._pool, list(self._woken), head)
        halted = {follower.identity: follower.halted for follower in self._followers}
        return [msgspec.structs.replace(s, halted=s.halted or halted[s.name, s.version]) for s in found]

    async def catch_up(self, leaving_out: Collection[str] = ()) -> None:
        """Brings every reaction to the head, one after the other, until none adds a fact that another waits for.

        `leaving_out`: names of reactions that stay where they are.
        """
        followers = [follower for follower in self._followers if follower.reaction.name not in leaving_out]
        for follower in followers:
            await self._start(follower)
        moved = True
        while moved:
            moved = False
            for follower in followers:
                while await self._advance(follower):
                    moved = True

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`. What is being done is finished or, when cancelled, done again at the next start."""
        async with Listening(self._pool, {SEQUENCED: self.wake}), asyncio.TaskGroup() as tasks:
            stopping = tasks.create_task(stop.wait())
            stopping.add_done_callback(lambda _: self.wake())
            followers = [tasks.create_task(self._follow(follower, stop)) for follower in self._followers]
            await stop.wait()
            _, late = await asyncio.wait(followers, timeout=POLL_S) if followers else (None, ())
            for task in late:
                task.cancel()
        await self._bell.close()

    async def unpark(self, name: str, key: UUID) -> bool:
        """Brings the facts of this stream that waited. True: all were taken. KeyError: not parked."""
        follower = next(f for f in self._followers if f.reaction.name == name)
        row = await self._pool.fetchrow(
            "select log_index from parked where consumer = $1 and version = $2 and key = $3", *follower.identity, key
        )
        if row is None:
            raise KeyError(key)
        waiting = [one for one in await self._facts.of_streams([key]) if one.log_index >= row["log_index"]]
        for recorded in waiting:
            wanted = type(recorded.fact) in follower.listens
            if wanted and await self._react(follower, recorded, attempts=1) is not None:
                return False
        await self._pool.execute(
            "delete from parked where consumer = $1 and version = $2 and key = $3", *follower.identity, key
        )
        return True

    async def _follow(self, follower: Follower, stop: asyncio.Event) -> None:
        event, pause_s = self._woken[follower.identity], self._first_pause_s
        started = False
        while not stop.is_set():
            event.clear()
            try:
                if not started:
                    await self._start(follower)
                    started = True
                if await self._advance(follower):
                    await asyncio.sleep(BREATH_S)
                else:
                    await woken(event, POLL_S)
            except (*_AWAY, asyncpg.PostgresError, MapperDeserialisationError) as error:
                follower.halted = type(error).__name__
                _log.warning("reaction interrupted", reaction=follower.reaction.name, error=type(error).__name__)
                await woken(stop, pause_s)
                pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
            else:
                follower.halted, pause_s = None, self._first_pause_s

    async def _start(self, follower: Follower) -> None:
        await self._pool.execute(
            "insert into consumer (name, version) values ($1, $2) on conflict do nothing", *follower.identity
        )
        await self._reload(follower)

    async def _reload(self, follower: Follower) -> None:
        follower.cursor, _ = (await consumers.cursors_of(self._pool, [follower.identity]))[follower.identity]
        self.cursors.reached(follower.reaction.name, follower.cursor)

    async def _advance(self, follower: Follower) -> bool:
        """One batch, the cursor moved behind each fact that was reacted to; whether there was anything."""
        facts = await self._facts.after(follower.cursor, BATCH)
        if not facts:
            return False
        parked = (await consumers.parked_keys(self._pool, [follower.identity])).get(follower.identity, set())
        try:
            for recorded in facts:
                if type(recorded.fact) not in follower.listens or recorded.originator_id in parked:
                    continue
                poisoned = await self._react(follower, recorded, ATTEMPTS)
                if poisoned is not None:
                    parked.add(recorded.originator_id)
                await self._move(follower, recorded.log_index, poisoned)
            await self._move(follower, facts[-1].log_index, None)
        except CursorMovedError:
            await self._reload(follower)
        return True

    async def _move(self, follower: Follower, to: int, poisoned: Poisoned | None) -> None:
        if to <= follower.cursor:  # another task of this process was here already
            return
        async with self._pool.acquire() as connection, connection.transaction():
            await consumers.move(connection, [follower.identity], follower.cursor, to)
            if poisoned is not None:
                await consumers.park(connection, follower.identity, [poisoned])
        follower.cursor = to
        self.cursors.reached(follower.reaction.name, to)
        self._bell.ring()

    async def _react(self, follower: Follower, recorded: Recorded, attempts: int) -> Poisoned | None:
        """What a database that is away costs is only time: that is raised. Everything else is tried, then parked."""
        pause_s = self._first_pause_s
        for attempt in range(1, attempts + 1):
            try:
                await follower.reaction.react(recorded)
            except _AWAY:
                raise
            except Exception as error:  # noqa: BLE001  # whatever a policy gets wrong must not stop the others
                follower.halted = kind_and_place(error)
                _log.warning("reaction failed", reaction=follower.reaction.name, error=follower.halted, attempt=attempt)
                if attempt == attempts:
                    return Poisoned(recorded.originator_id, recorded.log_index, follower.halted)
                await asyncio.sleep(pause_s)
                pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
            else:
                return None
        raise AssertionError
