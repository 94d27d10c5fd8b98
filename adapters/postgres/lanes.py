"""Connections that appends share: a lane takes one from the pool while there is work, and hands it back after.

An append that waits for its lane belongs to the lane, not to its caller: once handed over it runs to its end, whatever
becomes of the caller.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any, cast

from adapters.postgres.stored import Batch, Writer

_Job = tuple[Batch, "asyncio.Future[None]"]


class Lanes:
    """At most `width` appends at a time; a lane that had nothing to do for `linger_s` gives its connection back."""

    def __init__(self, pool: Any, width: int = 16, linger_s: float = 0.05) -> None:
        self._pool, self._width, self._linger_s = pool, width, linger_s
        self._waiting: deque[_Job] = deque()
        self._idle: list[asyncio.Future[_Job | None]] = []
        self._lanes: set[asyncio.Task[None]] = set()

    def write(self, batch: Batch) -> asyncio.Future[None]:
        """Hands an append over. Its future raises what `Writer.write` does, or why there was no connection."""
        job = (batch, asyncio.get_running_loop().create_future())
        while self._idle:
            lane = self._idle.pop()
            if not lane.done():
                lane.set_result(job)
                return job[1]
        self._waiting.append(job)
        if len(self._lanes) < self._width:
            task = asyncio.create_task(self._lane())
            self._lanes.add(task)
        return job[1]

    async def drain(self) -> None:
        """Waits until everything handed over has ended; before the pool is closed."""
        while self._lanes:
            await asyncio.wait(self._lanes)

    async def _lane(self) -> None:
        try:
            while self._waiting:
                async with self._pool.acquire() as connection, Writer(connection) as writer:
                    while not writer.lost and (job := self._next() or await self._linger()):
                        await _run(writer, job)
        except Exception as error:  # noqa: BLE001 - why there is no connection is the answer to who waits for one
            if len(self._lanes) == 1:
                self._fail(error)
        finally:  # at once, not by a callback: whoever hands over next counts the lanes that are left
            self._lanes.remove(cast("asyncio.Task[None]", asyncio.current_task()))

    def _next(self) -> _Job | None:
        return self._waiting.popleft() if self._waiting else None

    async def _linger(self) -> _Job | None:
        loop = asyncio.get_running_loop()
        idle: asyncio.Future[_Job | None] = loop.create_future()
        self._idle.append(idle)
        timer = loop.call_later(self._linger_s, _give_up, idle)
        try:
            return await idle
        finally:
            timer.cancel()

    def _fail(self, error: Exception) -> None:
        while job := self._next():
            if not job[1].done():
                job[1].set_exception(error)


async def _run(writer: Writer, job: _Job) -> None:
    batch, answer = job
    try:
        await writer.write(batch)
    except Exception as error:  # noqa: BLE001 - it belongs to the caller
        if not answer.done():
            answer.set_exception(error)
    else:
        if not answer.done():
            answer.set_result(None)


def _give_up(idle: asyncio.Future[_Job | None]) -> None:
    if not idle.done():
        idle.set_result(None)
