"""The outbox: put once, sent at least once, tried again later and later, and said aloud when it is stuck."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import structlog

from adapters.postgres.consumers import PASSING
from application.ports import Clock, Letter, Mail, Mailer, MailNotSentError

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=7)
KEPT = timedelta(days=30)
"""For how long the outbox knows what it has sent: longer than any fact is brought again."""
STUCK_AFTER = timedelta(minutes=30)
Compose = Callable[[Mail], Awaitable[Letter | None]]
"""The words of a mail; None: there is nothing to be sent any more."""

_PUT = """
insert into outbox (id, account_id, kind, case_id, put_at, send_after)
values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing
"""
_NEXT = """
select id, account_id, kind, case_id, put_at, send_after, attempts from outbox
where done_at is null and send_after <= $1 order by send_after, id limit 1 for update skip locked
"""
_DONE = "update outbox set outcome = $2, done_at = $3, attempts = attempts + 1, last_error = $4 where id = $1"
_LATER = "update outbox set attempts = attempts + 1, last_error = $2, send_after = $3 where id = $1"
_log = structlog.get_logger("hoso")


class PostgresOutbox:
    """`application.ports.Outbox` on PostgreSQL, and the delivery of what lies in it."""

    def __init__(self, pool: Any, clock: Clock) -> None:
        self._pool, self._clock = pool, clock

    async def put(self, mails: Collection[Mail]) -> None:
        """One with an id that was put before changes nothing."""
        now = self._clock.now()
        rows = [(one.id, one.account_id, one.kind, one.case_id, now, one.send_after) for one in mails]
        await self._pool.executemany(_PUT, rows)

    async def deliver(self, compose: Compose, mailer: Mailer) -> int:
        """Sends what is due, one after the other; how many went out. Several processes may do this at once.

        A mail is locked while it is on its way. A process that is killed after the server took it and before that was
        written down sends it again under the same Message-ID.
        """
        sent = 0
        while (went := await self._deliver_one(compose, mailer)) is not None:
            sent += went
        return sent

    async def clear(self) -> None:
        """Forgets what was done long ago."""
        await self._pool.execute("delete from outbox where done_at < $1", self._clock.now() - KEPT)

    async def stuck(self) -> tuple[int, int, str]:
        """How many wait after failing for a while, how many were given up in the last days, and the last fault."""
        now = self._clock.now()
        row = await self._pool.fetchrow(
            "select count(*) filter (where done_at is null and attempts > 0 and put_at < $1) as waiting,"
            " count(*) filter (where outcome = 'given-up' and done_at > $2) as lost,"
            " coalesce(max(last_error) filter (where outcome in ('', 'given-up')), '') as fault from outbox",
            now - STUCK_AFTER,
            now - GIVE_UP_AFTER,
        )
        return row["waiting"], row["lost"], row["fault"]

    async def _deliver_one(self, compose: Compose, mailer: Mailer) -> int | None:
        now = self._clock.now()
        async with self._pool.acquire() as connection, connection.transaction():
            row = await connection.fetchrow(_NEXT, now)
            if row is None:
                return None
            mail = Mail(
                id=row["id"], account_id=row["account_id"], kind=row["kind"], case_id=row["case_id"],
                send_after=row["send_after"],
            )  # fmt: skip
            try:
                letter = await compose(mail)
                if letter is None:
                    await connection.execute(_DONE, mail.id, "dropped", now, "")
                    return 0
                await mailer.send(letter)
            except (*PASSING, asyncpg.PostgresError):
                raise
            except Exception as error:  # noqa: BLE001 - a mail that cannot be written must not hold up the others
                code = error.code if isinstance(error, MailNotSentError) else type(error).__name__
                await self._failed(connection, mail.id, row["attempts"], row["put_at"], now, code)
                return 0
            await connection.execute(_DONE, mail.id, "sent", now, "")
            return 1

    async def _failed(
        self, connection: Any, mail_id: UUID, attempts: int, put_at: datetime, now: datetime, code: str
    ) -> None:
        _log.warning("mail not sent", mail=str(mail_id), attempt=attempts + 1, error=code)
        if now - put_at > GIVE_UP_AFTER:
            await connection.execute(_DONE, mail_id, "given-up", now, code)
        else:
            await connection.execute(_LATER, mail_id, code, now + pause_after(attempts))


def pause_after(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, at most 4 hours."""
    return min(FIRST_PAUSE * float(2 ** min(attempts, 16)), LONGEST_PAUSE)
