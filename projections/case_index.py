"""Which cases are there, of all kinds: worklist, register and head's desk, as of any instant.

Each kind of case contributes its own fold (`CaseKind`); a new kind changes nothing here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar, Protocol
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Recorded
from domain.calendar import legal_date
from domain.feedback.vocabulary import Sensitivity
from domain.kernel import Fact
from domain.registers.events import CaseEntered, register_number
from domain.screening.events import SubmissionHeld, SubmissionLetIn
from projections.base import OPEN, Column

FIRST = "(urgent and due_on is not null)"
"""What stands on top of every list: urgent, and an answer is owed."""
DUE_ORDER = f"(not {FIRST}), coalesce(due_on, date '9999-12-30')"
"""Then by the day; without a day last. Not the last day of all: the database driver takes that one for infinity."""
SEARCHED = "title_key || ' ' || lower(number)"
"""Where the text of a search is looked for."""
HELD_FOR = "length(to_bin({0}valid_to - {0}valid_from))"
"""How long a line held that has ended: the binary digits of the number of facts. Whatever held at a moment and was of
so many digits began less than that before it: so lines of one moment are found without looking at all that ended later.
"""
PROMPT = timedelta(minutes=1)
"""A fact whose two clocks are no further apart is found by when it was recorded; no line remembers it."""
_NOW = f"valid_to = {OPEN}"
_SEEN = "area_id, holder_id, narrow, unheld_new, sensitivity, involved, readers, superior_id, held"
"""What decides who may see a case."""
_TO_DO = "(not closed and not answered) or waiting_for <> ''"
_OWED = f"valid_from, {_SEEN}, category, status, closed, answered, due_on, received_on"
_TOOK = f"valid_from, {_SEEN}, answer_days"
_COUNTED = (
    f"valid_from, valid_to, {_SEEN}, place_id, category, status, waiting_for, closed, answered, danger, urgent, due_on"
)


class CaseRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a list. Dates are legal days; nothing personal stands in it.

    `closed` is true too for what ended without an answer (`ending` says how): nothing is owed any more.
    """

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
    channel: str = ""
    """Informant: counted in figures that hide small numbers, never part of a line."""
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
    ending: str = ""
    spam_proposed: bool = False
    spam_proposer_id: UUID | None = None
    correction: int = 0
    explanations: tuple[UUID, ...] = ()
    information: bool = False
    assessed: bool = False
    superior_id: UUID | None = None
    due_before_ending: tuple[date | None, str, str, date | None] | None = None
    entered_late_days: int = 0
    waiting_for: str = ""
    waiting_since: datetime | None = None
    due_on: date | None = None
    due_purpose: str = ""
    due_kind: str = ""
    latest_arguable_on: date | None = None
    held_signs: tuple[str, ...] = ()
    """Why it waits to be screened; empty: it does not."""
    happened_to: datetime | None = None
    """When the latest of its facts happened, which need not be the last that was recorded."""
    apart_from: datetime | None = None
    """From here on the case by the clock "happened" may not be that by the clock "known". None: the clocks agree."""
    apart_until: datetime | None = None
    """Until here; None where facts happened in another order than they were recorded in, which stays so for ever."""

    @property
    def held(self) -> bool:
        """Whether it waits to be screened."""
        return bool(self.held_signs)

    @property
    def urgent(self) -> bool:
        """Whether its sender saw danger or an official found it urgent."""
        return self.danger or self.sensitivity == Sensitivity.URGENT

    @property
    def first(self) -> bool:
        """Whether it stands on top of every list."""
        return self.urgent and self.due_on is not None

    @property
    def recorded_on(self) -> date:
        """The legal day on which it came into the system."""
        return legal_date(self.recorded_at)

    @property
    def answer_days(self) -> int | None:
        """Calendar days from receipt to the answer that stands."""
        return (self.answered_on - self.received_on).days if self.answered_on else None


class CaseKind(Protocol):
    """What a kind of case adds to the index."""

    facts: tuple[type[Fact], ...]

    def fold(self, row: CaseRow | None, fact: Fact, envelope: Recorded) -> CaseRow | None:
        """The row after one of `facts`."""
        ...


class CaseIndex:
    """The projection: versioned rows by case id."""

    name: ClassVar[str] = "case_index"
    version: ClassVar[int] = 5
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
        Column("spam_proposer_id", "uuid"),
        Column("danger", "boolean"),
        Column("urgent", "boolean"),
        Column("closed", "boolean"),
        Column("answered", "boolean"),
        Column("superior_id", "uuid"),
        Column("held", "boolean"),
        Column("answered_on", "date"),
        Column("answer_days", "integer"),
        Column("recorded_on", "date"),
        Column("channel", "text"),
        Column("apart_from", "timestamptz"),
        Column("apart_until", "timestamptz"),
    )
    indexes: ClassVar[tuple[str, ...]] = (
        # Counts and figures read this one alone: rows are wide, and most of them are of the past.
        f"(authority_id, received_on, key) include ({_COUNTED}) where {_NOW}",
        f"(authority_id, {DUE_ORDER}, key) where {_NOW}",
        f"(authority_id, status, {DUE_ORDER}, key) where {_NOW}",
        f"(authority_id, category, {DUE_ORDER}, key) where {_NOW}",
        f"(authority_id, area_id, {DUE_ORDER}, key) where {_NOW}",
        f"(authority_id, (not {FIRST}), number, key) where {_NOW}",
        f"(authority_id, {FIRST}, received_on, key) where {_NOW}",
        f"(authority_id, waiting_for) include ({_OWED}) where {_NOW} and ({_TO_DO})",
        f"(authority_id, answered_on) include ({_TOOK}) where {_NOW} and answered_on is not null",
        f"(holder_id) where {_NOW}",
        f"(place_id) where {_NOW}",
        f"(recorded_on) where {_NOW}",
        f"using gin (({SEARCHED}) gin_trgm_ops) where {_NOW}",
        # As of a moment: of the lines that held so long, those that began shortly enough before it.
        f"({HELD_FOR.format('')}, valid_from) include (valid_to) where valid_to <> {OPEN}",
        f"(superior_id) where {_NOW} and superior_id is not null",
        f"(authority_id, apart_from) where {_NOW} and apart_from is not null",
    )

    def __init__(self, *kinds: CaseKind) -> None:
        self._of = {fact: kind for kind in kinds for fact in kind.facts}
        self.facts: tuple[type[Fact], ...] = (*self._of, CaseEntered, SubmissionHeld, SubmissionLetIn)

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:
        """A register entry and the screening speak of a case in another stream."""
        if isinstance(fact, CaseEntered | SubmissionHeld | SubmissionLetIn):
            return fact.case_id
        return envelope.originator_id

    def fold(self, row: CaseRow | None, fact: Fact, envelope: Recorded) -> CaseRow | None:
        """The number comes from the register, what is held from the screening, all else from the case itself.

        Whoever takes a case in has looked at it: it is held no longer.
        """
        after = self._after(row, fact, envelope)
        return replace(after, **_clocks(row, fact, envelope)) if after else None

    def _after(self, row: CaseRow | None, fact: Fact, envelope: Recorded) -> CaseRow | None:
        if isinstance(fact, CaseEntered):
            return replace(row, number=register_number(fact, envelope.originator_version)) if row else None
        if isinstance(fact, SubmissionHeld):
            return replace(row, held_signs=tuple(map(str, fact.signs))) if row else None
        if isinstance(fact, SubmissionLetIn):
            return replace(row, held_signs=()) if row else None
        after = self._of[type(fact)].fold(row, fact, envelope)
        looked_at = after is not None and after.held and after.holder_id is not None
        return replace(after, held_signs=()) if after and looked_at else after


def _clocks(before: CaseRow | None, fact: Fact, envelope: Recorded) -> dict[str, datetime | None]:
    """What the two clocks of a fact do to the moments at which the case differs by them."""
    happened, recorded = envelope.occurred_at, envelope.recorded_at
    last = before.happened_to if before else None
    begin, end = (before.apart_from, before.apart_until) if before else (None, None)
    for_ever = begin is not None and end is None
    if abs(recorded - happened) > PROMPT:
        begin = min(filter(None, (begin, happened, recorded)))
        end = max(filter(None, (end, happened, recorded)))
    # A register number is how a case is called: when it was given changes nothing in what happened.
    if last is not None and happened < last and not isinstance(fact, CaseEntered):
        begin, for_ever = min(filter(None, (begin, happened))), True
    return {
        "happened_to": max(filter(None, (last, happened))),
        "apart_from": begin,
        "apart_until": None if for_ever else end,
    }
