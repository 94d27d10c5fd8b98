"""Which terms run, and when does the next alert of each case fall? The alert worker asks only for what is due.

A row per case. `next_at` is the next moment at which something must be told: midnight of the next milestone's day, or
the hour of the next escalation; a case without any has `NEVER`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded
from domain.alerts import events as a
from domain.alerts.stages import MOST_ESCALATIONS, escalation_at, first_behind, starts_behind, watched
from domain.calendar import DAY, legal_date, legal_midnight
from domain.feedback import events as f
from domain.kernel import Fact
from domain.law.term import Term
from projections.base import OPEN, Column, table_of

NEVER = 2**40
"""Seconds: later than any calendar."""


class Watched(msgspec.Struct, frozen=True):
    """A running term; milestones up to `behind` were told or are none of ours."""

    term: Term
    behind: date | None = None

    def told(self, alert: a.TermAlertRaised) -> Watched:
        """The same once this alert was raised; an alert of another term changes nothing."""
        if (self.term.purpose, self.term.due_on) != (alert.purpose, alert.due_on):
            return self
        return replace(self, behind=max(self.behind or alert.reached_on, alert.reached_on))


class WatchRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One case. `next_at`: seconds since 1970."""

    case_id: UUID
    authority_id: UUID
    terms: tuple[Watched, ...] = ()
    taken: bool = False
    urgent: Term | None = None
    escalations: int = 0
    next_at: int = NEVER


class TermWatch:
    """The projection; only the present is kept."""

    name: ClassVar[str] = "term_watch"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = False
    row = WatchRow
    facts: ClassVar[tuple[type[Fact], ...]] = (
        f.FeedbackSubmitted,
        f.FeedbackAcknowledged,
        f.FeedbackClassified,
        f.FeedbackReclassified,
        f.FeedbackAssigned,
        f.AnswerReleased,
        f.FeedbackClosed,
        f.FeedbackReopened,
        f.FeedbackHandedOver,
        f.TermRederived,
        a.TermAlertRaised,
        a.UrgentCaseReported,
        a.UrgentEscalated,
    )
    columns: ClassVar[tuple[Column, ...]] = (Column("next_at", "bigint"),)
    indexes: ClassVar[tuple[str, ...]] = (f"(next_at, key) where valid_to = {OPEN} and next_at < {NEVER}",)

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:
        """An alert speaks of a case in another stream."""
        return fact.case_id if isinstance(fact, a.CaseAlert) else envelope.originator_id

    def fold(self, row: WatchRow | None, fact: Fact, envelope: Recorded) -> WatchRow | None:
        """Terms come and are met; what was told is not told again."""
        known_on = legal_date(envelope.recorded_at)
        if isinstance(fact, f.FeedbackSubmitted):
            row = WatchRow(case_id=envelope.originator_id, authority_id=fact.authority_id)
            return _settled(replace(row, terms=_begun(fact.terms, known_on)))
        return _settled(replace(row, **_change(row, fact, known_on))) if row else None


def _change(row: WatchRow, fact: Fact, known_on: date) -> dict[str, Any]:  # noqa: PLR0911 - one arm per fact
    match fact:
        case f.FeedbackAcknowledged():
            return {"terms": _without(row, "acknowledge"), "taken": True}
        case f.FeedbackClassified() | f.FeedbackReclassified():
            return {"terms": _without(row, "triage")}
        case f.FeedbackAssigned():
            return {"taken": True}
        case f.AnswerReleased() | f.FeedbackClosed():
            return {"terms": (), "taken": True}
        case f.FeedbackReopened():
            return {"terms": (*row.terms, *_begun(fact.terms, known_on))}
        case f.FeedbackHandedOver():
            return {"authority_id": fact.to_authority_id}
        case f.TermRederived():
            rest = tuple(one for one in row.terms if one.term != fact.old)
            moved = (Watched(fact.new, known_on - DAY),) if len(rest) < len(row.terms) else ()
            return {"terms": (*rest, *moved)}
    return _told(row, fact)


def _told(row: WatchRow, fact: Fact) -> dict[str, Any]:
    match fact:
        case a.TermAlertRaised():
            return {"terms": tuple(one.told(fact) for one in row.terms)}
        case a.UrgentCaseReported():
            return {"urgent": fact.term}
        case a.UrgentEscalated():
            return {"escalations": max(row.escalations, fact.number)}
    return {}


def _begun(terms: tuple[Term, ...], known_on: date) -> tuple[Watched, ...]:
    return tuple(Watched(term, starts_behind(term, known_on)) for term in terms if watched(term))


def _without(row: WatchRow, purpose: str) -> tuple[Watched, ...]:
    return tuple(one for one in row.terms if one.term.purpose != purpose)


def _settled(row: WatchRow) -> WatchRow:
    moments = [legal_midnight(first_behind(one.term, one.behind).on) for one in row.terms]
    if row.urgent is not None and not row.taken and row.escalations < MOST_ESCALATIONS:
        moments.append(escalation_at(row.urgent, row.escalations + 1))
    return replace(row, next_at=min((int(moment.timestamp()) for moment in moments), default=NEVER))


TABLE = f"read_model.{table_of(TermWatch)}"
_decoder = msgspec.json.Decoder(WatchRow)


async def due_rows(db: Reader, now: datetime, after: tuple[int, UUID] | None, limit: int) -> list[WatchRow]:
    """Cases of which something must be told by `now`, in the order of when; `after`: moment and case of the last."""
    rows = await db.fetch(
        f"select doc from {TABLE} where valid_to = {OPEN} and next_at < {NEVER} and next_at <= $1"  # noqa: S608
        " and ($2::bigint is null or (next_at, key) > ($2, $3::uuid)) order by next_at, key limit $4",
        int(now.timestamp()),
        after[0] if after else None,
        after[1] if after else None,
        limit,
    )
    return [_decoder.decode(row[0]) for row in rows]
