"""How the duties of a complaint ended, and how it ended itself: by the day that papers say, and by the day recorded."""

from __future__ import annotations

from datetime import date

import msgspec

from application.ports import Recorded
from domain.calendar import legal_date
from domain.complaints import deciding_events as d
from domain.complaints import events as f
from domain.complaints.state import Complaint
from domain.complaints.vocabulary import Ground

DUTIES = ("accept", "resolve", "send", "publish")
"""Terms that somebody of the state has to keep; the others end a right of the complainant."""


class Kept(msgspec.Struct, frozen=True):
    """A duty that runs no more. `met` False: the case ended before it was done. `recorded_on`: the legal day."""

    purpose: str
    due_on: date
    on: date
    recorded_on: date
    met: bool = True


class Ended(msgspec.Struct, frozen=True):
    """How it ended without a decision, or that it was withdrawn. `ground`: of Article 11, where it was refused."""

    how: str
    on: date
    ground: Ground | None = None


def kept_by(before: Complaint, after: Complaint, fact: f.ComplaintFact, envelope: Recorded) -> tuple[Kept, ...]:
    """The duties that this fact ended. A date that moved, or a term by another reading, has not ended."""
    stands = {term.purpose for term in after.terms}
    recorded_on = legal_date(envelope.recorded_at)
    purpose, day = _met(fact)
    ended = [term for term in before.terms if term.purpose in DUTIES and term.purpose not in stands]
    return tuple(
        Kept(term.purpose, term.due_on, day or recorded_on, recorded_on, met=term.purpose == purpose) for term in ended
    )


def _met(fact: f.ComplaintFact) -> tuple[str, date | None]:
    match fact:
        case f.ComplaintAccepted():
            return "accept", fact.accepted_on
        case d.DecisionIssued():
            return "resolve", fact.decision.day
        case d.DecisionSent():
            return "send", fact.sent_on
        case d.DecisionPublished():
            return "publish", fact.from_day
    ended = ended_by(fact)
    return "", ended.on if ended else None


def ended_by(fact: f.ComplaintFact, envelope: Recorded | None = None) -> Ended | None:
    """Refused, transferred, guided or withdrawn; the day of its paper, where there is none the day recorded."""
    match fact:
        case f.ComplaintRefused():
            return Ended("refused", fact.notice.day, fact.ground)
        case f.ComplaintTransferred():
            return Ended("transferred", fact.slip.day)
        case f.ComplainantGuided() if fact.paper is not None:
            return Ended("guided", fact.paper.day)
        case f.ComplainantGuided() if envelope is not None:
            return Ended("guided", legal_date(envelope.recorded_at))
        case f.ComplaintWithdrawn():
            return Ended("withdrawn", fact.withdrawn_on)
    return None


def over_on(fact: f.ComplaintFact, envelope: Recorded) -> date:
    """The day on which it was over, for a fact after which it is."""
    if isinstance(fact, f.ComplaintTerminated):
        return fact.notice.day
    ended = ended_by(fact, envelope)
    return ended.on if ended else legal_date(envelope.recorded_at)
