"""Waking by LISTEN, while it works; whoever is woken also looks by himself now and then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Self

import asyncpg

from adapters.postgres.consumers import PASSING

AGAIN_S = 1.0
"""Seconds until a lost connection is taken up again."""


class Listening:
    """While it is entered, each notification of a channel calls its function; so does each new connection."""

    def __init__(self, pool: Any, wakes: Mapping[str, Callable[[], None]]) -> None:
        self._pool, self._wakes = pool, wakes
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _listen(self) -> None:
        while True:
            try:
                async with self._pool.acquire() as connection:
                    await self._attend(connection)
            except (*PASSING, asyncpg.PostgresError):
                await asyncio.sleep(AGAIN_S)

    async def _attend(self, connection: Any) -> None:
        lost = asyncio.Event()

        def ended(_connection: object) -> None:
            lost.set()

        def told(_connection: object, _pid: int, channel: str, _payload: str) -> None:
            self._wakes[channel]()

        connection.add_termination_listener(ended)
        try:
            for channel, wake in self._wakes.items():
                await connection.add_listener(channel, told)
                wake()
            await lost.wait()
        finally:
            connection.remove_termination_listener(ended)
            if not connection.is_closed():
                for channel in self._wakes:
                    await asyncio.shield(connection.remove_listener(channel, told))


async def woken(event: asyncio.Event, timeout_s: float) -> bool:
    """Waits for the event, no longer than that; whether it came."""
    try:
        async with asyncio.timeout(timeout_s):
            await event.wait()
    except TimeoutError:
        return False
    return True
