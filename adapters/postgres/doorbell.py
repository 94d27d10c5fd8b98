"""Tells whoever listens, in whatever process, that there is something to do. A hint only: they poll as well."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import asyncpg

APPENDED = "hoso_append"
"""Channel: something was appended."""
SEQUENCED = "hoso_log"
"""Channel: the log has grown; the payload is its last index."""
PROJECTED = "hoso_cursor"
"""Channel: cursors of consumers have moved."""

_CUT_OFF = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""The last is what the driver's protocol says when the connection ended within a request."""


class Doorbell:
    """`ring` after an append, at no cost to it: one NOTIFY at once, then at most one each `every_s` seconds."""

    def __init__(self, pool: Any, every_s: float = 0.02, channel: str = APPENDED) -> None:
        self._pool, self._every_s, self._channel = pool, every_s, channel
        self._wanted = False
        self._task: asyncio.Task[None] | None = None

    def ring(self) -> None:
        """Never waits and never fails."""
        self._wanted = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._ring())

    async def close(self) -> None:
        """Before the pool is closed."""
        if self._task:
            self._wanted = False
            await self._task

    async def _ring(self) -> None:
        while self._wanted:
            self._wanted = False
            with contextlib.suppress(*_CUT_OFF):
                await self._pool.execute("select pg_notify($1, '')", self._channel)
            await asyncio.sleep(self._every_s)
