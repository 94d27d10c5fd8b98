"""What officials ask of a day of reception, in the imperative. Texts arrive sealed, looked-up things looked up."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from domain.calendar import legal_date, legal_midnight
from domain.kernel import Command, Sealed
from domain.reception.events import Receiver, ReceptionPaper
from domain.reception.vocabulary import DayKind, LinkedKind, Signing, VisitKind, VisitResult


class OpenDay(Command, frozen=True):
    """`receiver_known`: an official who is named works there (looked up)."""

    authority_id: UUID
    school_id: UUID | None
    subject_id: UUID
    day: date
    place: str
    receiver: Receiver
    kind: DayKind
    receiver_known: bool
    late_reason: str = ""

    def happened_at(self) -> datetime:
        """A day of the past happened on that day, at an hour that nobody wrote down."""
        return happened_on(self.day, self.at)


class CorrectDay(Command, frozen=True):
    day: date
    place: str
    receiver: Receiver
    kind: DayKind
    receiver_known: bool
    reason: str


class RecordVisit(Command, frozen=True):
    """`day`: that of the stream, for when it happened. `place_known`: the unit is one of the register (looked up)."""

    subject_id: UUID
    day: date
    people: Sealed | None
    people_count: int
    contact: Sealed | None
    content: Sealed | None
    wanted: Sealed | None
    kind: VisitKind
    place_id: UUID | None
    place_known: bool
    result: VisitResult
    result_text: Sealed | None
    late_reason: str = ""

    def happened_at(self) -> datetime:
        """On the day of reception."""
        return happened_on(self.day, self.at)


class CorrectVisit(Command, frozen=True):
    """All of it anew, as it should have stood."""

    visit_number: int
    people: Sealed | None
    people_count: int
    contact: Sealed | None
    content: Sealed | None
    wanted: Sealed | None
    kind: VisitKind
    place_id: UUID | None
    place_known: bool
    result: VisitResult
    result_text: Sealed | None
    reason: Sealed | None


class AttachMinutes(Command, frozen=True):
    """`signing` None: nobody signed."""

    visit_number: int
    signing: Signing | None
    papers: tuple[ReceptionPaper, ...]


class LinkVisit(Command, frozen=True):
    """`reason` is needed where another case was linked before."""

    visit_number: int
    case_id: UUID
    case_kind: LinkedKind
    case_number: str
    reason: str = ""


class CloseDay(Command, frozen=True):
    pass


class ReopenDay(Command, frozen=True):
    reason: str


ReceptionCommand = OpenDay | CorrectDay | RecordVisit | CorrectVisit | AttachMinutes | LinkVisit | CloseDay | ReopenDay


def happened_on(day: date, at: datetime) -> datetime:
    """Now, for what happened today; for an earlier day its beginning, since the hour is not known."""
    return at if day >= legal_date(at) else legal_midnight(day)
