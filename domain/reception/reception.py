"""Day of reception (buổi tiếp công dân): who received where, and every visit with what came of it.

Luật Tiếp công dân 2013. Nothing is edited: what was wrong is corrected by a fact with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.calendar import legal_date
from domain.kernel import Decider, UnknownCaseError
from domain.reception import commands as c
from domain.reception import events as f
from domain.reception import refusals as r
from domain.reception.visits import Entry, attach, correct, link, owes_minutes, record

LAW_SINCE = date(2014, 7, 1)
"""Luật Tiếp công dân 42/2013/QH13 in force."""


class Reception(msgspec.Struct, frozen=True):
    """Only what the rules and the policies read."""

    authority_id: UUID | None = None
    school_id: UUID | None = None
    subject_id: UUID | None = None
    day: date | None = None
    late: bool = False
    """The whole day was entered on a later one, with its reason: its visits need none of their own."""
    closed: bool = False
    entries: Mapping[int, Entry] = {}


def evolve(state: Reception | None, fact: f.ReceptionFact) -> Reception:
    """Rule-free and total."""
    state = state or Reception()
    match fact:
        case f.ReceptionDayOpened():
            return replace(
                state,
                authority_id=fact.authority_id,
                school_id=fact.school_id,
                subject_id=fact.subject_id,
                day=fact.day,
                late=bool(fact.late_reason),
            )
        case f.ReceptionDayCorrected():
            return replace(state, day=fact.day)
        case f.ReceptionDayClosed():
            return replace(state, closed=True)
        case f.ReceptionDayReopened():
            return replace(state, closed=False)
        case f.VisitRecorded():
            entry = Entry(
                subject_id=fact.subject_id,
                recorded_by=fact.recorded_by,
                kind=fact.visit.kind,
                result=fact.visit.result,
            )
            return replace(state, entries={**state.entries, fact.number: entry})
        case f.MinutesAttached() | f.VisitCorrected() | f.VisitLinked():
            return _of_visit(state, fact)
        case _:
            assert_never(fact)


def _of_visit(state: Reception, fact: f.MinutesAttached | f.VisitCorrected | f.VisitLinked) -> Reception:
    entry = state.entries.get(fact.number)
    if entry is None:
        return state
    match fact:
        case f.MinutesAttached():
            entry = replace(entry, minutes=True)
        case f.VisitCorrected():
            entry = replace(entry, kind=fact.visit.kind, result=fact.visit.result)
        case f.VisitLinked():
            entry = replace(entry, case_id=fact.case_id, case_kind=fact.case_kind)
    return replace(state, entries={**state.entries, fact.number: entry})


def decide(  # noqa: PLR0911 - one arm per command
    state: Reception | None, command: c.ReceptionCommand
) -> Sequence[f.ReceptionFact]:
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, c.OpenDay):
        return open_day(state, command)
    if state is None or state.day is None:
        raise UnknownCaseError
    match command:
        case c.CorrectDay():
            return correct_day(state, command)
        case c.RecordVisit():
            return record_visit(state, command)
        case c.CorrectVisit():
            return correct(state.entries, command)
        case c.AttachMinutes():
            return attach(state.entries, command)
        case c.LinkVisit():
            return link(state.entries, command)
        case c.CloseDay():
            return close(state)
        case c.ReopenDay():
            return reopen(state, command)
        case _:
            assert_never(command)


def open_day(state: Reception | None, cmd: c.OpenDay) -> Sequence[f.ReceptionFact]:
    """Today's, or an earlier one with the reason why it comes late."""
    if state is not None:
        raise r.DayThereError
    check_day(cmd.day, legal_date(cmd.at), cmd.late_reason)
    place, receiver = _where(cmd)
    late_reason = cmd.late_reason.strip() if cmd.day < legal_date(cmd.at) else ""
    return (
        f.ReceptionDayOpened(
            authority_id=cmd.authority_id,
            school_id=cmd.school_id,
            subject_id=cmd.subject_id,
            day=cmd.day,
            place=place,
            receiver=receiver,
            kind=cmd.kind,
            late_reason=late_reason,
        ),
    )


def correct_day(state: Reception, cmd: c.CorrectDay) -> Sequence[f.ReceptionFact]:
    """Also when the day is over."""
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    if cmd.day != state.day:
        check_day(cmd.day, legal_date(cmd.at), cmd.reason)
    place, receiver = _where(cmd)
    return (
        f.ReceptionDayCorrected(day=cmd.day, place=place, receiver=receiver, kind=cmd.kind, reason=cmd.reason.strip()),
    )


def record_visit(state: Reception, cmd: c.RecordVisit) -> Sequence[f.ReceptionFact]:
    """With the next number of the day."""
    if state.closed:
        raise r.DayClosedError
    late = state.day is not None and legal_date(cmd.at) > state.day and not state.late
    if late and not cmd.late_reason.strip():
        raise r.LateReasonMissingError(field="late_reason")
    return record(max(state.entries, default=0) + 1, cmd, cmd.late_reason.strip() if late else "")


def close(state: Reception) -> Sequence[f.ReceptionFact]:
    """Also when nobody came; not while an oral complaint has no signed minutes."""
    if state.closed:
        raise r.DayClosedError
    if owing := owes_minutes(state.entries):
        raise r.MinutesMissingError(number=owing[0])
    return (f.ReceptionDayClosed(),)


def reopen(state: Reception, cmd: c.ReopenDay) -> Sequence[f.ReceptionFact]:
    """For a visit that was forgotten."""
    if not state.closed:
        raise r.DayNotClosedError
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (f.ReceptionDayReopened(reason=cmd.reason.strip()),)


def check_day(day: date, today: date, late_reason: str) -> None:
    """Not one that has not come; an earlier one with a reason."""
    if day < LAW_SINCE:
        raise r.DayBeforeLawError(field="day")
    if day > today:
        raise r.DayAheadError(field="day")
    if day < today and not late_reason.strip():
        raise r.LateReasonMissingError(field="late_reason")


def _where(cmd: c.OpenDay | c.CorrectDay) -> tuple[str, f.Receiver]:
    if not cmd.place.strip():
        raise r.PlaceMissingError(field="place")
    receiver = replace(cmd.receiver, post=cmd.receiver.post.strip())
    if (receiver.official_id is None) == (receiver.name is None):
        raise r.ReceiverMissingError(field="receiver_name")
    if receiver.official_id is not None and not cmd.receiver_known:
        raise r.ReceiverUnknownError(field="official_id")
    if receiver.name is not None and not receiver.post:
        raise r.PostMissingError(field="receiver_post")
    return cmd.place.strip(), receiver


def possible_actions(state: Reception) -> frozenset[str]:
    """What the rules allow now, whoever asks. Names are those of the API's paths."""
    if state.day is None:
        return frozenset()
    found = {"day-corrections", "reopenings"} if state.closed else {"day-corrections", "visits"}
    if state.entries:
        found |= {"minutes", "corrections", "links"}
    if not state.closed and not owes_minutes(state.entries):
        found.add("closings")
    return frozenset(found)


RECEPTION: Decider[Reception, c.ReceptionCommand, f.ReceptionFact] = Decider("reception", decide, evolve)
