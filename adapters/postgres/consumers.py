"""Cursors of consumers: read, moved by compare-and-swap, halted; and what readiness is told of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from adapters.postgres.folding import Poisoned

PASSING = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what its protocol says when the connection ended within a request
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.TransactionRollbackError,
)
"""What the database may be ill with for a while: nobody's rows are to blame, and the same is tried again."""

Identity = tuple[str, int]
"""Name and version."""


class ConsumerStatus(msgspec.Struct, frozen=True):
    """How far a consumer is. Ready: not halted, nothing parked, and `cursor` near `head`."""

    name: str
    version: int
    cursor: int
    head: int
    parked: int
    """Keys that wait."""
    halted: str | None
    """Why it stands still."""


class CursorMovedError(Exception):
    """Another runner took these facts in; nothing was written."""


async def cursors_of(connection: Any, consumers: Collection[Identity]) -> dict[Identity, tuple[int, str | None]]:
    """Cursor, and why halted, of each. `connection` is a pool or a connection."""
    rows = await connection.fetch(
        "select name, version, log_index, halted from consumer"
        " where (name, version) in (select * from unnest($1::text[], $2::int[]))",
        *_columns(consumers),
    )
    return {(row["name"], row["version"]): (row["log_index"], row["halted"]) for row in rows}


async def move(connection: asyncpg.Connection[Any], consumers: Collection[Identity], expected: int, to: int) -> None:
    """Moves all of these cursors, or raises CursorMovedError. First in its transaction: a second runner waits here."""
    moved = await connection.fetch(
        "with held as materialized (select name, version from consumer"
        "   where (name, version) in (select * from unnest($1::text[], $2::int[]))"
        "     and log_index = $3 and halted is null order by name, version for update)"
        " update consumer c set log_index = $4 from held h where (c.name, c.version) = (h.name, h.version) returning 1",
        *_columns(consumers),
        expected,
        to,
    )
    if len(moved) != len(consumers):
        raise CursorMovedError


async def halt(connection: asyncpg.Connection[Any], consumer: Identity, poisoned: Poisoned) -> None:
    """The consumer stands still before the fact that it could not take in."""
    await connection.execute(
        "update consumer set log_index = $3, halted = $4 where name = $1 and version = $2",
        *consumer,
        poisoned.log_index - 1,
        f"{poisoned.error} (fact {poisoned.log_index})",
    )


async def resume(connection: Any, consumers: Collection[Identity]) -> None:
    """Lets halted consumers try again: after a restart the code may know better."""
    await connection.execute(
        "update consumer set halted = null where halted is not null"
        " and (name, version) in (select * from unnest($1::text[], $2::int[]))",
        *_columns(consumers),
    )


async def parked_keys(connection: Any, consumers: Collection[Identity]) -> dict[Identity, set[UUID]]:
    """The keys that wait, of each consumer that has any."""
    rows = await connection.fetch(
        "select consumer, version, key from parked"
        " where (consumer, version) in (select * from unnest($1::text[], $2::int[]))",
        *_columns(consumers),
    )
    found: dict[Identity, set[UUID]] = {}
    for name, version, key in rows:
        found.setdefault((name, version), set()).add(key)
    return found


async def park(connection: Any, consumer: Identity, poisoned: Sequence[Poisoned]) -> None:
    """These keys wait from now on. Keys that waited already keep their place."""
    await connection.executemany(
        "insert into parked (consumer, version, key, log_index, error) values ($1, $2, $3, $4, $5)"
        " on conflict do nothing",
        [(*consumer, one.key, one.log_index, one.error) for one in poisoned],
    )


async def status_of(connection: Any, consumers: Collection[Identity], head: int) -> list[ConsumerStatus]:
    """In the order of names."""
    rows = await connection.fetch(
        "select name, version, log_index, halted,"
        " (select count(*) from parked p where p.consumer = c.name and p.version = c.version) as parked"
        " from consumer c where (name, version) in (select * from unnest($1::text[], $2::int[])) order by name",
        *_columns(consumers),
    )
    return [
        ConsumerStatus(row["name"], row["version"], row["log_index"], head, row["parked"], row["halted"])
        for row in rows
    ]


def _columns(consumers: Collection[Identity]) -> tuple[list[str], list[int]]:
    return [name for name, _ in consumers], [version for _, version in consumers]
