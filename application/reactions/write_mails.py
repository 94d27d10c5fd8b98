"""Single mails: urgent, protection of a sender, sender replied, returned, due today.

What is put into the outbox are ids, no words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from application.ports import Clock, EventStore, Mail, MailWishes, Outbox, Recorded
from domain.alerts.events import (
    ProtectionTaskEscalated,
    ProtectionTaskReported,
    TermAlertRaised,
    UrgentCaseReported,
    UrgentEscalated,
)
from domain.alerts.stages import EVERY, MOST_ESCALATIONS, MOST_PROTECTION_ESCALATIONS, PROTECTION_EVERY, Stage
from domain.calendar import legal_date, legal_midnight
from domain.feedback.events import AnswerReturned, SenderReplied
from domain.feedback.feedback import FEEDBACK
from domain.kernel import Fact
from domain.notices.vocabulary import NoticeKind
from domain.protection.protection import PROTECTION

STILL_NEWS = timedelta(days=2)
"""A mail about what happened longer ago (a log that is read anew, a long standstill) would only confuse."""
ALWAYS = frozenset({NoticeKind.URGENT, NoticeKind.ESCALATED, NoticeKind.PROTECTION, NoticeKind.PROTECTION_AGAIN})
"""Nobody who gave an address can choose not to be told of these."""


def morning(at: datetime, hour: time) -> datetime:
    """The moment of the morning mails on the legal day of `at`."""
    return legal_midnight(legal_date(at)) + timedelta(hours=hour.hour, minutes=hour.minute)


class WriteMails:
    """The id of a mail follows from the fact and the person: however often it is brought, one mail."""

    name = "write-mails"
    facts: tuple[type[Fact], ...] = (
        UrgentCaseReported,
        UrgentEscalated,
        ProtectionTaskReported,
        ProtectionTaskEscalated,
        SenderReplied,
        AnswerReturned,
        TermAlertRaised,
    )

    def __init__(self, store: EventStore, clock: Clock, wishes: MailWishes, outbox: Outbox, *, hour: time) -> None:
        self._store, self._clock, self._wishes, self._outbox, self._hour = store, clock, wishes, outbox, hour

    async def react(self, recorded: Recorded) -> None:
        """Puts a mail for everybody who wants it."""
        now, fact = self._clock.now(), recorded.fact
        if now - recorded.recorded_at > STILL_NEWS:
            return
        match fact:
            case UrgentCaseReported():
                await self._put(recorded, fact.case_id, NoticeKind.URGENT, fact.told, now)
            case UrgentEscalated() if not _caught_up(fact, recorded):
                await self._put(recorded, fact.case_id, NoticeKind.ESCALATED, fact.told, now)
            case ProtectionTaskReported():
                await self._of_task(recorded, fact.task_id, NoticeKind.PROTECTION, fact.told, now)
            case ProtectionTaskEscalated() if not _caught_up(fact, recorded):
                await self._of_task(recorded, fact.task_id, NoticeKind.PROTECTION_AGAIN, fact.told, now)
            case TermAlertRaised() if fact.stage is Stage.DUE and fact.reached_on == legal_date(now):
                await self._put(recorded, fact.case_id, NoticeKind.DUE, fact.told, max(now, morning(now, self._hour)))
            case SenderReplied():
                await self._to_holder(recorded, NoticeKind.REPLIED, now)
            case AnswerReturned():
                await self._to_holder(recorded, NoticeKind.RETURNED, now)

    async def _to_holder(self, recorded: Recorded, kind: NoticeKind, now: datetime) -> None:
        seen = await self._store.load(FEEDBACK, recorded.originator_id)
        holder = seen.state.holder_id if seen else None
        if holder is not None and holder != recorded.actor_id:
            await self._put(recorded, recorded.originator_id, kind, (holder,), now)

    async def _of_task(
        self, recorded: Recorded, task_id: UUID, kind: NoticeKind, people: Iterable[UUID], now: datetime
    ) -> None:
        """The mail names the case behind the task by its id; whether it still waits is asked when it goes out."""
        seen = await self._store.load(PROTECTION, task_id)
        if seen is not None and seen.state.case_id is not None and seen.state.holder_id is None:
            await self._put(recorded, seen.state.case_id, kind, people, now)

    async def _put(
        self, recorded: Recorded, case_id: UUID, kind: NoticeKind, people: Iterable[UUID], after: datetime
    ) -> None:
        mails = []
        for person in people:
            wish = await self._wishes.of(person)
            if wish and (kind in ALWAYS or kind.value in wish.kinds):
                mail_id = uuid5(recorded.event_id, f"mail/{person}")
                mails.append(Mail(id=mail_id, account_id=person, kind=kind.value, case_id=case_id, send_after=after))
        if mails:
            await self._outbox.put(mails)


def _caught_up(fact: UrgentEscalated | ProtectionTaskEscalated, recorded: Recorded) -> bool:
    """After a standstill the escalations of all missed hours or days come at once: only the last is a mail."""
    of_case = isinstance(fact, UrgentEscalated)
    every, most = (EVERY, MOST_ESCALATIONS) if of_case else (PROTECTION_EVERY, MOST_PROTECTION_ESCALATIONS)
    return fact.number < most and fact.missed_at + every <= recorded.recorded_at
