"""Who was told what about which case, or which protection task? A row for each, with the newest notice of each sort.

A series of alerts that was caught up after a standstill is many facts and one notice: the newest. Whether somebody may
still see the case is asked when the list is read.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded
from domain.alerts import events as a
from domain.alerts.stages import Stage
from domain.complaints import deciding_events as d
from domain.complaints import events as k
from domain.feedback import events as f
from domain.kernel import Fact
from domain.notices.vocabulary import NoticeKind
from domain.protection import events as p
from projections.base import OPEN, Column, table_of

DONE: dict[type[Fact], frozenset[str]] = {
    k.ComplaintAccepted: frozenset({"accept"}),
    d.DecisionIssued: frozenset({"resolve"}),
    d.DecisionSent: frozenset({"send"}),
    d.DecisionPublished: frozenset({"publish"}),
}
"""Which duty of a complaint a fact fulfils."""
ENDS: tuple[type[Fact], ...] = (
    k.ComplaintRefused,
    k.ComplaintTransferred,
    k.ComplainantGuided,
    k.ComplaintTerminated,
    d.ComplaintClosed,
)
"""After these a complaint has no duties any more."""
COMPLAINT_FACTS: tuple[type[Fact], ...] = (k.ComplaintReceived, *DONE, *ENDS)
URGENT_SORTS = ("urgent", "escalated")
MOST_ROWS = 500
"""Cases that one person's list looks through, the newest first."""


class Notice(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One notice to one person. `day`: the day it speaks of; `number`: days overdue, or the escalation."""

    id: UUID
    kind: NoticeKind
    person_id: UUID
    at: datetime
    purpose: str = ""
    day: date | None = None
    number: int = 0

    @property
    def sort(self) -> str:
        """A newer one of the same sort takes its place."""
        return f"term:{self.purpose}" if self.purpose else self.kind.value


class NoticesRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The notices about one case; where they are of protection, `case_id` is the id of that task."""

    case_id: UUID
    holder_id: UUID | None = None
    notices: tuple[Notice, ...] = ()
    people: tuple[UUID, ...] = ()
    last_at: int = 0


class Notices:
    """The projection; only the present is kept."""

    name: ClassVar[str] = "notices"
    version: ClassVar[int] = 4
    versioned: ClassVar[bool] = False
    row = NoticesRow
    facts: ClassVar[tuple[type[Fact], ...]] = (
        f.FeedbackSubmitted,
        f.FeedbackAcknowledged,
        f.FeedbackClassified,
        f.FeedbackAssigned,
        f.SenderReplied,
        f.AnswerReturned,
        f.AnswerReleased,
        f.FeedbackClosed,
        f.InvolvementDeclared,
        f.FeedbackHandedOver,
        a.TermAlertRaised,
        a.UrgentCaseReported,
        a.UrgentEscalated,
        a.ProtectionTaskReported,
        a.ProtectionTaskEscalated,
        p.ProtectionTaken,
        p.ProtectionHandedOver,
        p.ProtectionClosed,
        *COMPLAINT_FACTS,
    )
    columns: ClassVar[tuple[Column, ...]] = (Column("people", "uuid[]"), Column("last_at", "bigint"))
    indexes: ClassVar[tuple[str, ...]] = (
        f"using gin (people) where valid_to = {OPEN}",
        # For who has very many of them, the newest are found in this order.
        f"(last_at desc, key) where valid_to = {OPEN} and people <> '{{}}'",
    )

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:
        """An alert speaks of a case, or of a task, in another stream."""
        if isinstance(fact, a.ProtectionAlert):
            return fact.task_id
        return fact.case_id if isinstance(fact, a.CaseAlert) else envelope.originator_id

    def fold(self, row: NoticesRow | None, fact: Fact, envelope: Recorded) -> NoticesRow | None:
        """Who holds the case, and what people are told."""
        if isinstance(fact, f.FeedbackSubmitted | k.ComplaintReceived):
            return NoticesRow(case_id=envelope.originator_id)
        if row is None and isinstance(fact, a.ProtectionTaskReported):
            row = NoticesRow(case_id=fact.task_id)
        if row is None:
            return None
        told = _of_alert(fact, envelope) if isinstance(fact, a.AlertFact) else _of_case(row, fact, envelope)
        kept = tuple(one for one in row.notices if not _over(one, fact))
        sorts = {(one.person_id, one.sort) for one in told}
        notices = (*(one for one in kept if (one.person_id, one.sort) not in sorts), *told)
        return replace(
            row,
            holder_id=_holder(row, fact),
            notices=notices,
            people=tuple(sorted({one.person_id for one in notices})),
            last_at=max((int(one.at.timestamp()) for one in notices), default=0),
        )


def _holder(row: NoticesRow, fact: Fact) -> UUID | None:
    match fact:
        case f.FeedbackAcknowledged():
            return fact.holder_id
        case f.FeedbackAssigned():
            return fact.handler_id
        case f.FeedbackHandedOver():
            return None
        case f.InvolvementDeclared() if row.holder_id == fact.official_id:
            return None
    return row.holder_id


def _of_case(row: NoticesRow, fact: Fact, envelope: Recorded) -> tuple[Notice, ...]:
    """To whom it was given, or to who holds it; nobody is told of an act of one's own."""
    if isinstance(fact, p.ProtectionHandedOver):
        handed = NoticeKind.PROTECTION_HANDED, fact.official_id
        return _one(envelope, *handed) if fact.official_id != envelope.actor_id else ()
    kinds = {
        f.FeedbackAssigned: NoticeKind.ASSIGNED,
        f.SenderReplied: NoticeKind.REPLIED,
        f.AnswerReturned: NoticeKind.RETURNED,
        f.AnswerReleased: NoticeKind.RELEASED,
    }
    kind, person = kinds.get(type(fact)), _holder(row, fact)
    if kind is None or person is None or person == envelope.actor_id:
        return ()
    return _one(envelope, kind, person)


def _one(envelope: Recorded, kind: NoticeKind, person: UUID) -> tuple[Notice, ...]:
    return (Notice(id=envelope.event_id, kind=kind, person_id=person, at=envelope.occurred_at),)


def _of_alert(fact: a.AlertFact, envelope: Recorded) -> tuple[Notice, ...]:
    kind, purpose, day, number = NoticeKind.URGENT, "", None, 0
    match fact:
        case a.UrgentEscalated():
            kind, number = NoticeKind.ESCALATED, fact.number
        case a.ProtectionTaskReported():
            kind = NoticeKind.PROTECTION
        case a.ProtectionTaskEscalated():
            kind, number = NoticeKind.PROTECTION_AGAIN, fact.number
        case a.TermAlertRaised():
            overdue = fact.stage is Stage.OVERDUE
            kind, purpose, number = NoticeKind(fact.stage.value), fact.purpose, fact.overdue_days
            day = fact.due_on if not overdue else fact.reached_on
    return tuple(
        Notice(
            id=envelope.event_id, kind=kind, person_id=person, at=envelope.occurred_at,
            purpose=purpose, day=day, number=number,
        )
        for person in fact.told
    )  # fmt: skip


def _over(notice: Notice, fact: Fact) -> bool:
    """What was told of a thing that has since been done is no news any more."""
    if isinstance(fact, COMPLAINT_FACTS):
        return isinstance(fact, ENDS) or notice.purpose in DONE[type(fact)]
    match fact:
        case f.FeedbackAcknowledged():
            return notice.purpose == "acknowledge" or notice.kind.value in URGENT_SORTS
        case f.FeedbackClassified():
            return notice.purpose == "triage"
        case p.ProtectionTaken() | p.ProtectionHandedOver() | p.ProtectionClosed():
            return True
        case f.AnswerReleased() | f.FeedbackClosed():
            return bool(notice.purpose) or notice.kind.value in URGENT_SORTS
    return False


TABLE = f"read_model.{table_of(Notices)}"
_decoder = msgspec.json.Decoder(NoticesRow)


async def notices_of(db: Reader, person_id: UUID) -> list[tuple[UUID, Notice]]:
    """Case (or task) and notice, the newest first. Whether it may be seen is for the caller to ask."""
    rows = await db.fetch(
        f"select doc from {TABLE} where valid_to = {OPEN} and people @> array[$1::uuid] and people <> '{{}}'"  # noqa: S608
        " order by last_at desc, key limit $2",
        person_id,
        MOST_ROWS,
    )
    found = [
        (row.case_id, one)
        for row in (_decoder.decode(row[0]) for row in rows)
        for one in row.notices
        if one.person_id == person_id
    ]
    return sorted(found, key=lambda pair: (pair[1].at, pair[1].id), reverse=True)
