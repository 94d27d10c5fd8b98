"""Read-only SQL for the queries of read models: each on its own, or several on one unchanging picture."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Any

import msgspec


class PostgresReader:
    """`application.ports.Reader` over a pool or a connection.

    `versions` are those of the read models that this release serves; without it the newest of each name is meant.
    """

    def __init__(self, source: Any, versions: Mapping[str, int] | None = None) -> None:
        self._source, self._versions = source, versions

    async def fetch(self, query: str, *args: Any) -> list[Any]:
        """All rows."""
        rows: list[Any] = await self._source.fetch(query, *args)
        return rows

    async def fetchrow(self, query: str, *args: Any) -> Any | None:
        """The first row."""
        return await self._source.fetchrow(query, *args)

    async def fetchval(self, query: str, *args: Any) -> Any:
        """The first value of the first row."""
        return await self._source.fetchval(query, *args)

    async def cursor_of(self, names: Collection[str]) -> int:
        """The log index that all of these consumers have reached; -1 when one of them is not there."""
        rows = await self._source.fetch(
            "select distinct on (name) name, log_index from consumer"
            " where name = any($1) and version = coalesce(($2::text::jsonb ->> name)::int, version)"
            " order by name, version desc",
            list(names),
            msgspec.json.encode(self._versions or {}).decode(),
        )
        reached = {row["name"]: row["log_index"] for row in rows}
        return min((reached.get(name, -1) for name in names), default=-1)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[PostgresReader]:
        """A reader whose every answer, cursors included, is about one and the same moment. Over a pool only."""
        async with (
            self._source.acquire() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield PostgresReader(connection, self._versions)
