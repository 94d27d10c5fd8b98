"""What one complaint looks like, folded from any selection of its facts. Nothing is opened here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Recorded
from domain.calendar import legal_date
from domain.complaints import events as f
from domain.complaints.deciding_events import (
    DecisionIssued,
    DecisionPublished,
    DecisionReceived,
    DecisionSent,
    DecisionTookEffect,
)
from domain.complaints.evolving import evolve
from domain.complaints.parts import Issued, Paper
from domain.complaints.state import Complaint
from domain.kernel import Fact
from domain.law.term import Term
from projections.feedback_view import TermLine

F = TypeVar("F", bound=Fact)


class PaperLine(msgspec.Struct, frozen=True, kw_only=True):
    """A paper of the case and where it comes from. `issued`: number, symbol and day where it is an official one."""

    version: int
    topic: str
    field: str
    paper: Paper
    recorded_at: datetime
    issued: Issued | None = None


class ComplaintView(msgspec.Struct, frozen=True, kw_only=True):
    """The whole case at one moment."""

    case_id: UUID
    version: int
    state: Complaint
    opened: f.ComplaintReceived
    opened_at: datetime
    recorded_at: datetime
    facts: tuple[Recorded, ...]
    terms: tuple[TermLine, ...]
    papers: tuple[PaperLine, ...]

    def last(self, kind: type[F]) -> F | None:
        """The latest fact of a kind."""
        return next((recorded.fact for recorded in reversed(self.facts) if isinstance(recorded.fact, kind)), None)

    def every(self, kind: type[F]) -> Iterator[tuple[Recorded, F]]:
        """All facts of a kind."""
        for recorded in self.facts:
            if isinstance(recorded.fact, kind):
                yield recorded, recorded.fact

    def running(self, purpose: str) -> list[Term]:
        """Terms of a purpose that stand."""
        return [line.term for line in self.terms if line.term.purpose == purpose and not line.replaced]


def complaint_view(history: Iterable[Recorded]) -> ComplaintView | None:
    """None until the petition is among the facts."""
    facts = tuple(history)
    opened = next((recorded for recorded in facts if isinstance(recorded.fact, f.ComplaintReceived)), None)
    if opened is None or not isinstance(opened.fact, f.ComplaintReceived):
        return None
    state: Complaint | None = None
    terms: tuple[TermLine, ...] = ()
    for recorded in facts:
        fact: Any = recorded.fact
        state = evolve(state, fact)
        terms = _terms(terms, fact, recorded)
    return ComplaintView(
        case_id=opened.originator_id,
        version=max(recorded.originator_version for recorded in facts),
        state=state or Complaint(),
        opened=opened.fact,
        opened_at=opened.occurred_at,
        recorded_at=opened.recorded_at,
        facts=facts,
        terms=terms,
        papers=tuple(_papers(facts)),
    )


def _papers(facts: tuple[Recorded, ...]) -> Iterator[PaperLine]:
    for recorded in facts:
        for name in recorded.fact.__struct_fields__:
            value = getattr(recorded.fact, name)
            issued = value if isinstance(value, Issued) else None
            paper = issued.paper if issued else value
            if isinstance(paper, Paper):
                yield PaperLine(
                    version=recorded.originator_version,
                    topic=type(recorded.fact).TOPIC,
                    field=name,
                    paper=paper,
                    recorded_at=recorded.recorded_at,
                    issued=issued,
                )


def _terms(lines: tuple[TermLine, ...], fact: Fact, recorded: Recorded) -> tuple[TermLine, ...]:  # noqa: C901, PLR0911, PLR0912 - one arm per fact
    known_on = legal_date(recorded.recorded_at)
    match fact:
        case f.ComplaintReceived():
            return (*_begun(fact.limits), *_begun(fact.terms))
        case f.ComplaintReachedResolver():
            return (*lines, *_begun(fact.terms))
        case f.ComplaintExamined():
            same = (
                tuple(line.term for line in lines if line.term.purpose == "limit" and not line.replaced) == fact.limits
            )
            return lines if same else (*_replaced(lines, "limit"), *_begun(fact.limits))
        case f.ReadingDecided():
            again = tuple(line for line in lines for term in fact.terms if line.term.purpose == term.purpose)
            return (*(replace(one, replaced=True) if one in again else one for one in lines), *_begun(fact.terms))
        case f.ComplaintAccepted():
            return (*_met(lines, "accept", fact.accepted_on, known_on), *_begun(fact.terms))
        case f.ComplaintRefused() | f.ComplaintTransferred() | f.ComplainantGuided():
            return _met(lines, "accept", legal_date(recorded.occurred_at), known_on)
        case f.CircumstancesEstablished() | f.ComplaintResumed() | f.TermRederived():
            return _moved(lines, fact.old, fact.new)
        case f.ComplaintTerminated():
            return tuple(replace(line, stopped=True) if line.runs else line for line in lines)
        case DecisionIssued():
            return (*_met(lines, "resolve", fact.decision.day, known_on), *_begun(fact.terms))
        case DecisionSent():
            return _met(lines, "send", fact.sent_on, known_on)
        case DecisionReceived():
            return (*_replaced(lines, "window"), *_begun(fact.windows))
        case DecisionTookEffect():
            return _met(lines, "effect", fact.effective_on, known_on)
        case DecisionPublished():
            until = (fact.until,) if fact.until else ()
            return (*_met(lines, "publish", fact.from_day, known_on), *_begun(until))
    return lines


def _begun(terms: Iterable[Term]) -> tuple[TermLine, ...]:
    return tuple(TermLine(term=term) for term in terms)


def _replaced(lines: tuple[TermLine, ...], purpose: str) -> tuple[TermLine, ...]:
    return tuple(replace(line, replaced=True) if line.term.purpose == purpose else line for line in lines)


def _met(lines: tuple[TermLine, ...], purpose: str, on: date, known_on: date) -> tuple[TermLine, ...]:
    return tuple(
        replace(line, met_on=on, met_recorded_on=known_on) if line.term.purpose == purpose and line.runs else line
        for line in lines
    )


def _moved(lines: tuple[TermLine, ...], old: Term, new: Term) -> tuple[TermLine, ...]:
    found = tuple(replace(line, replaced=True) if line.term == old and line.runs else line for line in lines)
    return found if found == lines else (*found, TermLine(term=new))
