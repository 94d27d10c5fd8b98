"""The recorder underneath: rows in the library's own words (StoredEvent, Notification, Tracking, IntegrityError).

It knows no envelopes: `recorder.PostgresEventStore` speaks those on top of it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Self, cast
from uuid import UUID

import asyncpg
import msgspec
from eventsourcing.persistence import IntegrityError, Notification, StoredEvent, Tracking

from application.ports import OutcomeUnknownError, Receipt

APPEND = (files("adapters.postgres") / "sql" / "append.sql").read_text()
STALE = "HS412"
NOT_CONFIRMED = "01000"
"""SQLSTATE of the warning "canceling wait for synchronous replication", which comes with an ordinary success."""
_CUT_OFF = ("08", "57P")
"""Classes of SQLSTATE after which nobody knows whether the commit was reached."""

_ADVANCE = """
insert into consumer as c (name, version, log_index) values ($1, 0, $2)
on conflict (name, version) do update set log_index = excluded.log_index where c.log_index < excluded.log_index
returning 1
"""


class Batch(msgspec.Struct, frozen=True):
    """Everything that one append writes. `rows` and `digests` belong together by position."""

    command_id: UUID
    fingerprint: bytes
    receipt: Receipt
    rows: Sequence[StoredEvent]
    digests: Sequence[bytes]

    def arguments(self) -> tuple[Any, ...]:
        """The parameters of append.sql. Raises IntegrityError when versions of a stream do not follow one another."""
        heads = heads_of(self.rows)
        kinds = {row.originator_id: row.topic.partition(".")[0] for row in reversed(self.rows)}
        return (
            [stream_id for stream_id, _, _ in heads],
            [expected for _, expected, _ in heads],
            [adds for _, _, adds in heads],
            [kinds[stream_id] for stream_id, _, _ in heads],
            self.command_id,
            self.fingerprint,
            self.receipt.case_id,
            self.receipt.version,
            [row.originator_id for row in self.rows],
            [row.originator_version for row in self.rows],
            [row.topic for row in self.rows],
            [row.state for row in self.rows],
            self.digests,
        )


def heads_of(rows: Sequence[StoredEvent]) -> list[tuple[UUID, int, int]]:
    """(stream, version expected before the append, facts added) sorted by stream. Raises IntegrityError."""
    first: dict[UUID, int] = {}
    last: dict[UUID, int] = {}
    for row in rows:
        stream_id, version = cast("UUID", row.originator_id), row.originator_version
        if version != last.get(stream_id, version - 1) + 1 or version < 1:
            raise IntegrityError(f"version {version} does not follow in stream {stream_id}")
        first.setdefault(stream_id, version)
        last[stream_id] = version
    return [(stream_id, first[stream_id] - 1, last[stream_id] - first[stream_id] + 1) for stream_id in sorted(first)]


class Writer:
    """Appends on one connection, and hears the warnings that come with an answer."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._statement: Any = None
        self.lost = False
        """The connection is of no more use."""
        self._warnings: list[str] = []

    async def __aenter__(self) -> Self:
        self._statement = await self._connection.prepare(APPEND)
        self._connection.add_log_listener(self._heard)
        return self

    async def __aexit__(self, *_exception: object) -> None:
        with contextlib.suppress(asyncpg.InterfaceError):  # the connection is gone, and its listeners with it
            self._connection.remove_log_listener(self._heard)

    async def write(self, batch: Batch) -> None:
        """The append, in the connection's transaction or in one of its own; it must be the first write of it.

        Raises IntegrityError (nothing was written) and OutcomeUnknownError.
        """
        arguments = batch.arguments()
        self._warnings.clear()
        try:
            await self._statement.fetchval(*arguments)
        except asyncpg.PostgresError as error:
            if error.sqlstate == STALE or isinstance(error, asyncpg.UniqueViolationError):
                raise IntegrityError(str(error)) from error
            if error.sqlstate.startswith(_CUT_OFF):
                self.lost = True
                raise OutcomeUnknownError from error
            raise
        except (OSError, asyncpg.InterfaceError, asyncpg.InternalClientError) as error:
            self.lost = True
            raise OutcomeUnknownError from error
        if NOT_CONFIRMED in self._warnings:
            raise OutcomeUnknownError

    def _heard(self, _connection: Any, message: Any) -> None:
        self._warnings.append(message.sqlstate)


class StoredEventRecorder:
    """The library's recorder interfaces as coroutines. Its notification ids count from 1: `log_index` + 1."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    async def insert_events(self, batch: Batch, tracking: Tracking | None = None) -> None:
        """Appends and moves the cursor of `tracking` in one transaction. Raises IntegrityError, OutcomeUnknownError."""
        async with self._pool.acquire() as connection, connection.transaction():
            if batch.rows:
                async with Writer(connection) as writer:
                    await writer.write(batch)
            if tracking:
                await _advance(connection, tracking)

    async def select_events(
        self, stream_id: UUID, *, gt: int = 0, lte: int | None = None, desc: bool = False, limit: int | None = None
    ) -> list[StoredEvent]:
        """The rows of a stream with gt < version <= lte."""
        order = "desc" if desc else "asc"
        query = f"""select version, topic, state from event where stream_id = $1 and version > $2
                    and ($3::int is null or version <= $3) order by version {order} limit $4"""
        return [
            StoredEvent(stream_id, row["version"], row["topic"], row["state"])
            for row in await self._pool.fetch(query, stream_id, gt, lte, limit)
        ]

    async def select_notifications(
        self, start: int, limit: int, stop: int | None = None, topics: Sequence[str] = ()
    ) -> list[Notification]:
        """The log from notification id `start` on, up to and including `stop`."""
        query = """select log_index, stream_id, version, topic, state from log join event using (pos)
                   where log_index >= $1 and ($2::bigint is null or log_index < $2)
                   and (cardinality($3::text[]) = 0 or topic = any($3)) order by log_index limit $4"""
        return [
            Notification(row["stream_id"], row["version"], row["topic"], row["state"], id=row["log_index"] + 1)
            for row in await self._pool.fetch(query, start - 1, stop, list(topics), limit)
        ]

    async def max_notification_id(self) -> int | None:
        """The id of the last notification."""
        last = await self._pool.fetchval("select max(log_index) + 1 from log")
        return None if last is None else int(last)

    async def insert_tracking(self, tracking: Tracking) -> None:
        """Moves a cursor, only ever forward. Raises IntegrityError."""
        async with self._pool.acquire() as connection:
            await _advance(connection, tracking)

    async def max_tracking_id(self, application_name: str) -> int | None:
        """Where the cursor of this name stands."""
        query = "select log_index + 1 from consumer where name = $1 and version = 0"
        last = await self._pool.fetchval(query, application_name)
        return None if last is None else int(last)


async def _advance(connection: Any, tracking: Tracking) -> None:
    if not await connection.fetchval(_ADVANCE, tracking.application_name, tracking.notification_id - 1):
        raise IntegrityError(f"{tracking.application_name} is already at {tracking.notification_id} or beyond")
