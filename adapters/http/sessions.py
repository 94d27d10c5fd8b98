"""Sessions: a random token for the browser or the API client, its hash in the database, two limits, revocation."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID, uuid4

import asyncpg
import msgspec
from litestar.datastructures import Cookie

from application.ports import Clock

IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
"""Being seen is written at most so often: not every page view is a write."""
KEPT_AFTERWARDS = timedelta(days=1)
_COLUMNS = "s.id, s.account_id, s.post_id, s.epoch, s.created_at, s.last_seen_at, s.step"
Step = Literal["done", "code", "enrol"]
"""`code`: the second step is missing; `enrol`: a second factor has to be set up before anything else."""
_ALIVE = "s.revoked_at is null and s.last_seen_at > $2 and s.created_at > $3"


class Session(msgspec.Struct, frozen=True):
    """One sign-in. `epoch` is that of the account then; `account_version` that of its stream now."""

    id: UUID
    account_id: UUID
    post_id: UUID
    epoch: int
    created_at: datetime
    last_seen_at: datetime
    step: Step = "done"
    account_version: int | None = None

    @property
    def ends_at(self) -> datetime:
        """The absolute limit."""
        return self.created_at + ABSOLUTE


class Sessions:
    """The table. A token is only ever made here: one that a client brings along opens nothing."""

    def __init__(self, pool: asyncpg.Pool[Any], clock: Clock) -> None:
        self._pool, self._clock = pool, clock

    async def open(
        self, account_id: UUID, post_id: UUID, epoch: int, verified_hash: str, step: Step = "done"
    ) -> tuple[str, Session] | None:
        """A new token; None when the password was replaced since it was verified."""
        token, now = secrets.token_urlsafe(32), self._clock.now()
        session = Session(uuid4(), account_id, post_id, epoch, now, now, step)
        opened = await self._pool.fetchval(
            "with still as (select from credential where account_id = $3 and hash = $7 for share)"
            " insert into session (token_hash, id, account_id, post_id, epoch, created_at, last_seen_at, step)"
            " select $1, $2, $3, $4, $5, $6, $6, $8 from still returning true",
            _hash(token),
            session.id,
            account_id,
            post_id,
            epoch,
            now,
            verified_hash,
            step,
        )
        return (token, session) if opened else None

    async def clear(self) -> int:
        """Forgets what has been over for a day; how many."""
        now = self._clock.now()
        gone: int = await self._pool.fetchval(
            "with gone as (delete from session"
            " where created_at < $1 or revoked_at < $2 or last_seen_at < $3 returning 1) select count(*) from gone",
            now - ABSOLUTE - KEPT_AFTERWARDS,
            now - KEPT_AFTERWARDS,
            now - IDLE - KEPT_AFTERWARDS,
        )
        return gone

    async def in_other_post(self, session: Session, post_id: UUID) -> tuple[str, Session] | None:
        """The same sign-in with other rights gets another token; the old one is dead. None when it was dead before."""
        token = secrets.token_urlsafe(32)
        moved = await self._pool.fetchval(
            f"update session s set token_hash = $4, post_id = $5 where s.id = $1 and {_ALIVE} returning true",  # noqa: S608
            session.id,
            *self._limits(),
            _hash(token),
            post_id,
        )
        return (token, msgspec.structs.replace(session, post_id=post_id)) if moved else None

    async def completed(self, session: Session) -> tuple[str, Session] | None:
        """After the second step, with another token; None when the session was over before."""
        token = secrets.token_urlsafe(32)
        moved = await self._pool.fetchval(
            f"update session s set token_hash = $4, step = 'done' where s.id = $1 and {_ALIVE} returning true",  # noqa: S608
            session.id,
            *self._limits(),
            _hash(token),
        )
        return (token, msgspec.structs.replace(session, step="done")) if moved else None

    async def find(self, token: str) -> Session | None:
        """The living session of a token, with the version of its account: one question per request."""
        row = await self._pool.fetchrow(
            f"select {_COLUMNS}, h.version from session s left join stream h on h.id = s.account_id"  # noqa: S608
            f" where s.token_hash = $1 and {_ALIVE}",
            _hash(token),
            *self._limits(),
        )
        if row is None:
            return None
        session = Session(*row)
        now = self._clock.now()
        if session.last_seen_at < now - NOTED_EVERY:
            await self._pool.execute("update session set last_seen_at = $2 where id = $1", session.id, now)
        return session

    async def of_account(self, account_id: UUID, epoch: int) -> list[Session]:
        """The living sessions of an account, the newest first."""
        rows = await self._pool.fetch(
            f"select {_COLUMNS} from session s where s.account_id = $1 and {_ALIVE} and s.epoch = $4"  # noqa: S608
            " order by s.created_at desc, s.id",
            account_id,
            *self._limits(),
            epoch,
        )
        return [Session(*row) for row in rows]

    async def revoke(self, account_id: UUID, session_id: UUID) -> bool:
        """Ends one session of this account; False when it has no such living session."""
        ended = await self._pool.fetchval(
            f"update session s set revoked_at = $5"  # noqa: S608
            f" where s.account_id = $1 and s.id = $4 and {_ALIVE} returning true",
            account_id,
            *self._limits(),
            session_id,
            self._clock.now(),
        )
        return bool(ended)

    def _limits(self) -> tuple[datetime, datetime]:
        now = self._clock.now()
        return now - IDLE, now - ABSOLUTE


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()


def cookie_name(*, secure: bool) -> str:
    """`__Host-` binds the cookie to this host and to HTTPS; on plain loopback browsers refuse that prefix."""
    return "__Host-hoso" if secure else "hoso"


def session_cookie(token: str, *, secure: bool) -> Cookie:
    """Ends with the browser; the limits are kept by the server."""
    return Cookie(key=cookie_name(secure=secure), value=token, path="/", httponly=True, secure=secure, samesite="lax")


def dead_cookie(*, secure: bool) -> Cookie:
    """Removes the cookie."""
    return Cookie(
        key=cookie_name(secure=secure), value="", path="/", max_age=0, httponly=True, secure=secure, samesite="lax"
    )
