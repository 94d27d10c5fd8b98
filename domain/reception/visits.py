"""Rules of one visit: what must be written down, when there are minutes, which case may grow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from domain.reception import commands as c
from domain.reception import events as f
from domain.reception import refusals as r
from domain.reception.vocabulary import NEEDS_WORDS, LinkedKind, VisitKind, VisitResult

MOST_PEOPLE = 1_000
"""Of one visit: more are not received at a table (policy of the system)."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A visit, as far as rules and policies read it."""

    subject_id: UUID
    recorded_by: UUID
    kind: VisitKind
    result: VisitResult
    minutes: bool = False
    case_id: UUID | None = None
    case_kind: LinkedKind | None = None

    @property
    def owes_minutes(self) -> bool:
        """An oral complaint without what the person signed."""
        return self.result is VisitResult.ORAL_COMPLAINT and not self.minutes

    @property
    def may_become_complaint(self) -> bool:
        """A petition was taken in, or what was said stands in signed minutes; and no complaint is there yet."""
        taken = self.result in {VisitResult.PETITION_RECEIVED, VisitResult.ORAL_COMPLAINT}
        open_still = self.case_kind is not LinkedKind.COMPLAINT
        return self.kind is VisitKind.COMPLAINT and taken and open_still and not self.owes_minutes


def owes_minutes(entries: Mapping[int, Entry]) -> list[int]:
    """Numbers of the oral complaints without signed minutes."""
    return sorted(number for number, entry in entries.items() if entry.owes_minutes)


def record(number: int, cmd: c.RecordVisit, late_reason: str) -> Sequence[f.ReceptionFact]:
    """Who came, with what, and what was done about it."""
    return (
        f.VisitRecorded(
            number=number,
            subject_id=cmd.subject_id,
            recorded_by=cmd.by,
            visit=_visit(cmd),
            late_reason=late_reason,
        ),
    )


def correct(entries: Mapping[int, Entry], cmd: c.CorrectVisit) -> Sequence[f.ReceptionFact]:
    """Also when the day is over. From what a complaint grew, that stays a complaint."""
    entry = _entry(entries, cmd.visit_number)
    if cmd.reason is None:
        raise r.ReasonMissingError(field="reason")
    if entry.case_kind is LinkedKind.COMPLAINT and cmd.kind is not VisitKind.COMPLAINT:
        raise r.ComplaintLinkedError(field="kind")
    return (f.VisitCorrected(number=cmd.visit_number, visit=_visit(cmd), reason=cmd.reason),)


def attach(entries: Mapping[int, Entry], cmd: c.AttachMinutes) -> Sequence[f.ReceptionFact]:
    """Signed minutes, of an oral complaint or of any other visit; more of them when there are more."""
    _entry(entries, cmd.visit_number)
    if not cmd.papers:
        raise r.ScanMissingError(field="papers")
    if cmd.signing is None:
        raise r.MinutesUnsignedError(field="signing")
    return (f.MinutesAttached(number=cmd.visit_number, signing=cmd.signing, papers=cmd.papers),)


def link(entries: Mapping[int, Entry], cmd: c.LinkVisit) -> Sequence[f.ReceptionFact]:
    """The case that grew from it; another one later only with a reason."""
    entry = _entry(entries, cmd.visit_number)
    if cmd.case_kind is LinkedKind.COMPLAINT:
        if entry.kind is not VisitKind.COMPLAINT:
            raise r.NoComplaintError(field="case_number")
        if entry.owes_minutes:
            raise r.MinutesMissingError(number=cmd.visit_number)
    if entry.case_id == cmd.case_id:
        raise r.LinkedAlreadyError(field="case_number")
    reason = cmd.reason.strip() if entry.case_id is not None else ""
    if entry.case_id is not None and not reason:
        raise r.ReasonMissingError(field="reason")
    return (
        f.VisitLinked(
            number=cmd.visit_number,
            case_id=cmd.case_id,
            case_kind=cmd.case_kind,
            case_number=cmd.case_number.strip(),
            reason=reason,
        ),
    )


def _entry(entries: Mapping[int, Entry], number: int) -> Entry:
    entry = entries.get(number)
    if entry is None:
        raise r.VisitUnknownError(field="number")
    return entry


def _visit(cmd: c.RecordVisit | c.CorrectVisit) -> f.Visit:
    if cmd.people is None:
        raise r.PeopleMissingError(field="people")
    if not 1 <= cmd.people_count <= MOST_PEOPLE:
        raise r.CountWrongError(field="people_count", most=MOST_PEOPLE)
    if cmd.content is None:
        raise r.ContentMissingError(field="content")
    if cmd.place_id is not None and not cmd.place_known:
        raise r.UnitUnknownError(field="place_id")
    if cmd.result is VisitResult.ORAL_COMPLAINT and cmd.kind is not VisitKind.COMPLAINT:
        raise r.OralComplaintOnlyError(field="result")
    if cmd.result in NEEDS_WORDS and cmd.result_text is None:
        raise r.ResultTextMissingError(field="result_text")
    return f.Visit(
        people=cmd.people,
        people_count=cmd.people_count,
        contact=cmd.contact,
        content=cmd.content,
        wanted=cmd.wanted,
        kind=cmd.kind,
        place_id=cmd.place_id,
        result=cmd.result,
        result_text=cmd.result_text,
    )
