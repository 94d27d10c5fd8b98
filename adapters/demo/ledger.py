"""What has happened by when, written down by the loader from the story itself: no fact is folded here.

Whoever wants to know whether looking back by the clock "happened" tells the truth holds it against this.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

Value = str | int | bool | date | UUID | None
Which = Literal["happened", "known"]


class Entry(msgspec.Struct, frozen=True):
    """What one act changed. `known_at` is when it was recorded: later than `happened_at` for what was entered late."""

    happened_at: datetime
    known_at: datetime
    what: str
    changes: dict[str, Value]

    @property
    def late(self) -> bool:
        """Whether the two clocks differ."""
        return self.happened_at < self.known_at


class Ledger:
    """Entries by case, in the order in which they were recorded.

    The fields: `status`, `authority_id`, `holder_id` (None: nobody), `category` (empty: none yet), `requests`,
    `open_questions` (numbers), `answered`, `closed`, `reply_due_on` (None: the story cannot count that far).
    """

    def __init__(self) -> None:
        self._entries: dict[UUID, list[Entry]] = {}
        self._sorted: dict[tuple[UUID, Which], tuple[list[datetime], list[dict[str, Value]]]] = {}

    def write(self, case_id: UUID, entry: Entry) -> None:
        """One more thing that happened to a case."""
        self._entries.setdefault(case_id, []).append(entry)
        self._sorted.pop((case_id, "happened"), None)
        self._sorted.pop((case_id, "known"), None)

    @property
    def cases(self) -> tuple[UUID, ...]:
        """In the order in which they were recorded first."""
        return tuple(self._entries)

    def entries(self, case_id: UUID) -> tuple[Entry, ...]:
        """In the order of recording."""
        return tuple(self._entries[case_id])

    def late(self) -> tuple[tuple[UUID, Entry], ...]:
        """What was entered late."""
        return tuple((case_id, entry) for case_id in self._entries for entry in self._entries[case_id] if entry.late)

    def moments(self) -> list[datetime]:
        """Every instant at which something happened or was recorded, sorted."""
        everything = (entry for entries in self._entries.values() for entry in entries)
        return sorted({at for entry in everything for at in (entry.happened_at, entry.known_at)})

    def state_at(self, case_id: UUID, at: datetime, clock: Which = "happened") -> Mapping[str, Value] | None:
        """How the case stood; None before it was submitted."""
        instants, states = self._history(case_id, clock)
        place = bisect_right(instants, at)
        return states[place - 1] if place else None

    def _history(self, case_id: UUID, clock: Which) -> tuple[list[datetime], list[dict[str, Value]]]:
        if (case_id, clock) not in self._sorted:
            entries = self._entries.get(case_id, [])
            if clock == "happened":
                entries = sorted(entries, key=lambda entry: entry.happened_at)  # stable: then by recording
            states: list[dict[str, Value]] = []
            for entry in entries:
                states.append({**(states[-1] if states else {}), **entry.changes})
            instants = [entry.happened_at if clock == "happened" else entry.known_at for entry in entries]
            self._sorted[case_id, clock] = (instants, states)
        return self._sorted[case_id, clock]

    def to_json(self) -> bytes:
        """For whoever compares from outside; `from_json` reads it."""
        return msgspec.json.encode({str(case_id): entries for case_id, entries in self._entries.items()})

    @classmethod
    def from_json(cls, data: bytes) -> Ledger:
        """The ledger that was written by `to_json`; days and ids come back as the text that the API shows."""
        ledger = cls()
        for case_id, entries in msgspec.json.decode(data, type=dict[UUID, list[_Read]]).items():
            for read in entries:
                ledger.write(case_id, Entry(read.happened_at, read.known_at, read.what, {**read.changes}))
        return ledger


class _Read(msgspec.Struct):
    happened_at: datetime
    known_at: datetime
    what: str
    changes: dict[str, str | int | bool | None]
