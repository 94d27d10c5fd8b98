"""How one read model takes in a batch of facts: load the rows that are touched, fold, write. Live and rebuild alike."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from adapters.postgres.consumers import Identity
from adapters.postgres.folding import Poisoned, Rows, Touch, fold, touches
from adapters.postgres.tables import Table
from application.ports import Recorded
from projections.base import Projection

LONGEST_PAUSE_S = 30.0


class Consumer:
    """One read model on its way through the log, as this process last knew it."""

    def __init__(self, projection: Projection[Any], table: Table | None = None) -> None:
        self.projection = projection
        self.table = table or Table(projection)
        self.identity: Identity = (projection.name, projection.version)
        self.listens = frozenset[type](projection.facts)
        self.mixes_keys = bool(getattr(projection, "mixes_keys", False))
        self.cursor = -1
        self.halted: str | None = None
        self.refused: str | None = None
        """Why the database did not take its rows at the last try."""
        self._failures = 0
        self._not_before = 0.0

    @property
    def ready(self) -> bool:
        """Whether facts are brought to it now."""
        return self.halted is None and time.monotonic() >= self._not_before

    def advanced(self, end: int, halted: Poisoned | None) -> None:
        """A batch up to `end` is written."""
        self._failures, self.refused = 0, None
        self.cursor = end if halted is None else halted.log_index - 1
        self.halted = None if halted is None else halted.error

    def put_off(self, error: Exception) -> None:
        """The database refused; it is tried again later and later."""
        self._failures += 1
        self.refused = type(error).__name__
        self._not_before = time.monotonic() + min(0.1 * 2.0**self._failures, LONGEST_PAUSE_S)


class Taken(msgspec.Struct, frozen=True):
    """What became of a batch: keys that were parked, and the fact before which the consumer must halt."""

    parked: list[Poisoned]
    halted: Poisoned | None


async def take_in(
    connection: asyncpg.Connection[Any],
    consumer: Consumer,
    facts: Sequence[Recorded],
    parked: set[UUID],
    known: Rows | None = None,
) -> Taken:
    """Within the caller's transaction. `parked` are the keys that wait already; new ones are added.

    `known` are rows that a caller who is the only writer keeps from batch to batch.
    """
    found, halted = touches(consumer.projection, consumer.listens, facts)
    if not found:
        return Taken([], halted)
    rows: Rows = {} if known is None else known
    missing = {touch.key for touch in found if touch.key not in rows}
    if missing:
        await consumer.table.load(connection, missing, rows)
    changes = fold(consumer.projection, rows, found, parked)
    if changes.poisoned and consumer.mixes_keys:
        return await _halt_before(connection, consumer, found, changes.poisoned[0])
    await consumer.table.write(connection, changes)
    return Taken(changes.poisoned, halted)


async def _halt_before(
    connection: asyncpg.Connection[Any], consumer: Consumer, found: Sequence[Touch], poisoned: Poisoned
) -> Taken:
    """Rows that mix keys would be wrong as soon as one fact is left out: only what came before is written."""
    before = [touch for touch in found if touch.recorded.log_index < poisoned.log_index]
    rows: Rows = {}
    await consumer.table.load(connection, {touch.key for touch in before}, rows)
    await consumer.table.write(connection, fold(consumer.projection, rows, before, set()))
    return Taken([], poisoned)
