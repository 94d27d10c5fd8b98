"""What a batch of facts does to the rows of one read model: pure, and the same however the facts are batched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from application.ports import Recorded
from projections.base import OPEN, Projection

_encoder = msgspec.json.Encoder(order="deterministic")


class Held(msgspec.Struct):
    """The current row of a key. `stored`: it stands in the table, open."""

    row: Any
    doc: bytes
    valid_from: int
    stored: bool


Rows = dict[UUID, Held | None]
"""Current rows of the keys that are loaded; None: the key has no row."""


class Poisoned(msgspec.Struct, frozen=True):
    """A fact that the projection could not fold. `error` is kind and place, never a value: values may name a person."""

    key: UUID | None
    log_index: int
    error: str


class Changes(msgspec.Struct):
    """What is to be written: `closed` are stored rows and the index at which they end, `rows` complete new records."""

    closed: list[tuple[UUID, int]]
    rows: list[tuple[Any, ...]]
    poisoned: list[Poisoned]


class Touch(msgspec.Struct, frozen=True):
    """A fact that concerns a key."""

    key: UUID
    recorded: Recorded


def touches(
    projection: Projection[Any], listens: frozenset[type], facts: Iterable[Recorded]
) -> tuple[list[Touch], Poisoned | None]:
    """The facts that concern the read model, up to the first whose key could not be told, if there is one."""
    found: list[Touch] = []
    for recorded in facts:
        if type(recorded.fact) not in listens:
            continue
        try:
            key = projection.key(recorded.fact, recorded)
        except Exception as error:  # noqa: BLE001  # whatever a read model gets wrong must not stop the others
            return found, Poisoned(None, recorded.log_index, kind_and_place(error))
        if key is not None:
            found.append(Touch(key, recorded))
    return found, None


def fold(projection: Projection[Any], rows: Rows, found: Iterable[Touch], parked: set[UUID]) -> Changes:
    """Folds in order. `rows` holds every touched key and becomes what is true afterwards.

    A key whose fold raises keeps the row before that fact and is added to `parked`; its later facts are left out.
    A fold that changes nothing makes no version.
    """
    changes = Changes([], [], [])
    fresh: set[UUID] = set()
    columns = tuple(column.field for column in projection.columns)
    for touch in found:
        key, recorded = touch.key, touch.recorded
        if key in parked:
            continue
        held = rows[key]
        try:
            row = projection.fold(held.row if held else None, recorded.fact, recorded)
            doc = b"" if row is None else _encoder.encode(row)
        except Exception as error:  # noqa: BLE001  # a poisoned key waits, and is named; it must not stop the others
            parked.add(key)
            changes.poisoned.append(Poisoned(key, recorded.log_index, kind_and_place(error)))
            continue
        if held is not None and held.doc == doc:
            continue
        if held is not None:
            _close(projection, changes, key, held, recorded.log_index, columns)
        rows[key] = None if row is None else Held(row, doc, recorded.log_index, stored=False)
        fresh.add(key)
    for key in fresh:
        if (held := rows[key]) is not None:
            changes.rows.append(_record(key, held, OPEN, columns))
            held.stored = True
    return changes


def kind_and_place(error: Exception) -> str:
    """Enough to find the fault in the code."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" at {trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + place


def _close(
    projection: Projection[Any], changes: Changes, key: UUID, held: Held, at: int, columns: tuple[str, ...]
) -> None:
    if held.stored:
        changes.closed.append((key, at))
    elif projection.versioned:
        changes.rows.append(_record(key, held, at, columns))


def _record(key: UUID, held: Held, valid_to: int, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return (key, held.valid_from, valid_to, held.doc, *[getattr(held.row, field) for field in columns])
