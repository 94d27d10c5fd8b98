"""Which cases are there, of all kinds: worklist, register and head's desk, as of any instant.

Each kind of case contributes its own fold (`CaseKind`); a new kind changes nothing here.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Protocol
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Recorded
from domain.kernel import Fact
from domain.registers.events import CaseEntered, register_number
from projections.base import Column


class CaseRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a list. Dates are legal days; nothing personal stands in it."""

    case_id: UUID
    kind: str
    version: int
    authority_id: UUID
    area_id: UUID
    place_id: UUID
    status: str
    received_on: date
    opened_at: datetime
    recorded_at: datetime
    holder_id: UUID | None = None
    assigned: bool = False
    readers: tuple[UUID, ...] = ()
    involved: tuple[UUID, ...] = ()
    sensitivity: str = "normal"
    narrow: bool = False
    narrowed_by_person: bool = False
    unheld_new: bool = False
    classified: bool = False
    danger: bool = False
    topic: str = ""
    category: str = ""
    sub_category: str = ""
    title: str = ""
    title_key: str = ""
    number: str = ""
    questions_open: int = 0
    draft_number: int = 0
    waits_for_release: bool = False
    returned: bool = False
    new_reply: bool = False
    reopened: bool = False
    answered: bool = False
    answered_on: date | None = None
    closed: bool = False
    entered_late_days: int = 0
    waiting_for: str = ""
    waiting_since: datetime | None = None
    due_on: date | None = None
    due_purpose: str = ""
    due_kind: str = ""
    latest_arguable_on: date | None = None


class CaseKind(Protocol):
    """What a kind of case adds to the index."""

    facts: tuple[type[Fact], ...]

    def fold(self, row: CaseRow | None, fact: Fact, envelope: Recorded) -> CaseRow | None:
        """The row after one of `facts`."""
        ...


class CaseIndex:
    """The projection: versioned rows by case id."""

    name: ClassVar[str] = "case_index"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = True
    row = CaseRow
    columns: ClassVar[tuple[Column, ...]] = (
        Column("authority_id", "uuid"),
        Column("area_id", "uuid"),
        Column("place_id", "uuid"),
        Column("holder_id", "uuid"),
        Column("readers", "uuid[]"),
        Column("involved", "uuid[]"),
        Column("sensitivity", "text"),
        Column("narrow", "boolean"),
        Column("unheld_new", "boolean"),
        Column("kind", "text"),
        Column("status", "text"),
        Column("category", "text"),
        Column("number", "text"),
        Column("title_key", "text"),
        Column("received_on", "date"),
        Column("due_on", "date"),
        Column("waiting_for", "text"),
        Column("danger", "boolean"),
        Column("closed", "boolean"),
        Column("answered", "boolean"),
    )
    indexes: ClassVar[tuple[str, ...]] = (
        "(authority_id, due_on, key) where valid_to = 9223372036854775807",
        "(authority_id, received_on, key) where valid_to = 9223372036854775807",
        "(holder_id) where valid_to = 9223372036854775807",
        "(authority_id, valid_from)",
    )

    def __init__(self, *kinds: CaseKind) -> None:
        self._of = {fact: kind for kind in kinds for fact in kind.facts}
        self.facts: tuple[type[Fact], ...] = (*self._of, CaseEntered)

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:
        """A register entry speaks of a case in another stream."""
        return fact.case_id if isinstance(fact, CaseEntered) else envelope.originator_id

    def fold(self, row: CaseRow | None, fact: Fact, envelope: Recorded) -> CaseRow | None:
        """The number comes from the register, all else from the case itself."""
        if isinstance(fact, CaseEntered):
            return replace(row, number=register_number(fact, envelope.originator_version)) if row else None
        return self._of[type(fact)].fold(row, fact, envelope)
