"""Read your own write: waiting until the read models that a page shows have taken in one's own fact."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from typing import Any

import asyncpg

from adapters.postgres.consumers import PASSING
from adapters.postgres.doorbell import PROJECTED
from adapters.postgres.listening import Listening, woken
from application.ports import Receipt

POLL_S = 0.25
"""Seconds after which one who waits looks for himself, in case nobody rang."""

_PLACE = "select l.log_index from event e join log l using (pos) where e.stream_id = $1 and e.version = $2"


class Cursors:
    """Where the consumers stand, as far as this process knows; whoever moves them tells it."""

    def __init__(self) -> None:
        self._reached: dict[str, int] = {}
        self._moved = asyncio.Event()

    def reached(self, name: str, log_index: int) -> None:
        """The consumer has taken in everything up to this index."""
        if self._reached.get(name) != log_index:
            self._reached[name] = log_index
            self.stir()

    def stir(self) -> None:
        """Everybody who waits looks again."""
        self._moved.set()
        self._moved = asyncio.Event()

    def have(self, names: Collection[str], log_index: int) -> bool:
        """Whether all of these consumers have reached it."""
        return all(self._reached.get(name, -1) >= log_index for name in names)

    async def next_move(self, timeout_s: float) -> None:
        """Until some consumer moves."""
        await woken(self._moved, timeout_s)


class PostgresVisibility:
    """`application.ports.Visibility`. `cursors` is the runner's where it works in this process; else see `follow`."""

    def __init__(self, pool: Any, cursors: Cursors) -> None:
        self._pool, self._cursors = pool, cursors

    async def visible(self, receipt: Receipt, projections: Collection[str], timeout_s: float = 2.0) -> bool:
        """True once the cursors of these consumers have passed the receipt's fact; False on timeout."""
        if receipt.version < 1:
            return True
        place: int | None = None
        try:
            async with asyncio.timeout(timeout_s):
                while True:
                    if place is None:
                        place = await self._pool.fetchval(_PLACE, receipt.case_id, receipt.version)
                    if place is not None and self._cursors.have(projections, place):
                        return True
                    await self._cursors.next_move(POLL_S)
        except TimeoutError:
            return False


async def follow(pool: Any, cursors: Cursors, versions: Mapping[str, int], stop: asyncio.Event) -> None:
    """For a process whose read models another one maintains: keeps `cursors` true until `stop`."""
    rung = asyncio.Event()
    stopping = asyncio.create_task(stop.wait())
    stopping.add_done_callback(lambda _: rung.set())
    async with Listening(pool, {PROJECTED: rung.set}):
        while not stop.is_set():
            rung.clear()
            try:
                rows = await pool.fetch(
                    "select name, log_index from consumer where (name, version) in"
                    " (select * from unnest($1::text[], $2::int[]))",
                    list(versions),
                    list(versions.values()),
                )
            except (*PASSING, asyncpg.PostgresError):
                rows = []
            for name, log_index in rows:
                cursors.reached(name, log_index)
            await woken(rung, 4 * POLL_S)
