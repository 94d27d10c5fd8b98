"""What goes by the clock: alerts of terms, escalations, the morning mail; and the delivery of mails.

Every process that works does this; none keeps in mind what it told. It may stand still for a week and be killed at any
point: see `application.alerts`. Each round asks only for cases of which something is due, in pages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, time
from uuid import UUID, uuid5

import asyncpg
import structlog

from adapters.mail.letters import Letters, wants_digest
from adapters.mail.outbox import PostgresOutbox
from adapters.postgres.consumers import PASSING
from adapters.postgres.listening import woken
from application.alerts import AlertDesk
from application.law import LawBook
from application.ports import (
    Clock,
    Mail,
    Mailer,
    MailWish,
    OutcomeUnknownError,
    Reader,
)
from application.reactions.write_mails import morning
from domain.calendar import legal_date
from domain.notices.vocabulary import MailKind
from projections.complaint_watch import due_complaints
from projections.mail_wishes import mail_wishes, reachable
from projections.people import posts_in
from projections.protection import due_tasks
from projections.term_watch import due_rows

FIRST_LOOK_S, LOOK_S = 5.0, 20.0
PAGE = 200
AWAY = (*PASSING, asyncpg.PostgresError, OutcomeUnknownError)
"""What a database that is away costs is only time."""
_log = structlog.get_logger("hoso")


class RecordedOffices:
    """`application.ports.Offices` from the read model of posts."""

    def __init__(self, db: Reader) -> None:
        self._db = db

    async def accounts_in(self, authority_id: UUID) -> Sequence[UUID]:
        """Held and ended posts alike: which of them are held is asked of the accounts."""
        return sorted({post.account_id for post in await posts_in(self._db, authority_id)})


class RecordedWishes:
    """`application.ports.MailWishes` from the read model of wishes."""

    def __init__(self, db: Reader) -> None:
        self._db = db

    async def of(self, account_id: UUID) -> MailWish | None:
        """None: no address was given."""
        row = await mail_wishes(self._db, account_id)
        return MailWish(account_id, frozenset(row.kinds)) if row and row.reachable else None

    async def page(self, after: UUID | None, limit: int) -> Sequence[MailWish]:
        """All of them, by id."""
        return [MailWish(row.account_id, frozenset(row.kinds)) for row in await reachable(self._db, after, limit)]


class Alerting:
    """`run` until told to stop, or each part once."""

    def __init__(
        self,
        db: Reader,
        clock: Clock,
        desk: AlertDesk,
        wishes: RecordedWishes,
        outbox: PostgresOutbox,
        letters: Letters,
        mailer: Mailer,
        law: LawBook,
        *,
        hour: time,
        first_look_s: float = FIRST_LOOK_S,
        look_s: float = LOOK_S,
    ) -> None:
        self._db, self._clock, self._desk = db, clock, desk
        self._wishes, self._outbox, self._letters, self._mailer, self._law = wishes, outbox, letters, mailer, law
        self._hour, self._first_look_s, self._look_s = hour, first_look_s, look_s
        self._digest_on: date | None = None
        """The day whose morning mails this process has put already: spares asking, decides nothing."""

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`. What a database that is away leaves undone is done in the next round."""
        wait_s = self._first_look_s
        while not await woken(stop, wait_s):
            wait_s = self._look_s
            try:
                await self.once()
            except AWAY as error:
                _log.warning("alerts interrupted", error=type(error).__name__)

    async def once(self) -> int:
        """One round; how many facts were told."""
        told = await self.raise_alerts() + await self.raise_complaints() + await self.raise_protection()
        await self.put_digests()
        await self._outbox.deliver(self._letters.compose, self._mailer)
        return told

    async def raise_alerts(self) -> int:
        """All that is due now. A read model that is behind costs only time: the desk asks the store."""
        self._desk.look_again()
        told, after = 0, None
        while rows := await due_rows(self._db, self._clock.now(), after, PAGE):
            for row in rows:
                try:
                    terms = [(one.term, one.behind) for one in row.terms]
                    urgent = None if row.taken else row.urgent
                    told += await self._desk.tell(row.case_id, terms, urgent, row.escalations)
                except AWAY:
                    raise
                except Exception as error:  # noqa: BLE001 - a case that cannot be told must not silence the others
                    _log.warning("alert put off", case=str(row.case_id), error=type(error).__name__)
            after = (rows[-1].next_at, rows[-1].case_id)
        if told:
            _log.info("alerts told", facts=told)
        return told

    async def raise_complaints(self) -> int:
        """Of the duties of complaints, in the same way and by the same looked-up offices."""
        told, after = 0, None
        while rows := await due_complaints(self._db, self._clock.now(), after, PAGE):
            for row in rows:
                try:
                    told += await self._desk.tell_complaint(row.case_id, [(one.term, one.behind) for one in row.terms])
                except AWAY:
                    raise
                except Exception as error:  # noqa: BLE001 - a case that cannot be told must not silence the others
                    _log.warning("complaint alert put off", case=str(row.case_id), error=type(error).__name__)
            after = (rows[-1].next_at, rows[-1].case_id)
        if told:
            _log.info("complaint alerts told", facts=told)
        return told

    async def raise_protection(self) -> int:
        """Of every protection task that nobody took in time."""
        told, after = 0, None
        while rows := await due_tasks(self._db, self._clock.now(), after, PAGE):
            for row in rows:
                try:
                    told += await self._desk.tell_task(row.id, row.term, row.escalations)
                except AWAY:
                    raise
                except Exception as error:  # noqa: BLE001 - a task that cannot be told must not silence the others
                    _log.warning("protection alert put off", task=str(row.id), error=type(error).__name__)
            after = (rows[-1].next_at, rows[-1].id)
        if told:
            _log.info("protection alerts told", facts=told)
        return told

    async def put_digests(self) -> None:
        """The morning mail of today for everybody who wants it, once it is time; those of missed days are not sent."""
        now = self._clock.now()
        today = legal_date(now)
        if self._digest_on == today or now < morning(now, self._hour):
            return
        after: UUID | None = None
        while wishes := await self._wishes.page(after, PAGE):
            mails = [await self._digest(wish, today) for wish in wishes if wants_digest(wish.kinds)]
            await self._outbox.put([mail for mail in mails if mail is not None])
            after = wishes[-1].account_id
        await self._outbox.clear()
        self._digest_on = today

    async def _digest(self, wish: MailWish, today: date) -> Mail | None:
        actors, now = await self._letters.actors(wish.account_id), self._clock.now()
        works = [(await self._law.at(actor.authority_id, now)).calendar.is_working_day(today) for actor in actors]
        if not any(works):
            return None
        mail_id = uuid5(wish.account_id, f"digest/{today.isoformat()}")
        return Mail(id=mail_id, account_id=wish.account_id, kind=MailKind.DIGEST.value, send_after=now)
