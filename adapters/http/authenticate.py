"""Who is asking: token → session → account as it is now → actor. And signing in."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request

from adapters.http.passwords import PostgresCredentials
from adapters.http.second_factor import SecondFactors
from adapters.http.sessions import Session, Sessions, Step
from adapters.http.throttle import SECOND_STEP, SIGN_IN, SIGN_IN_ADDRESS, Throttle, neighbourhood
from application.access import Actor, NotSignedInError, NotVisibleError, Role
from application.people import account_id_of, actor_of
from application.ports import Clock, EventStore
from application.tracking_code import ALPHABET, CODE_SIGNS, normalise_code
from domain.calendar import legal_date
from domain.people.account import ACCOUNT, normal_username
from domain.people.state import Account

TWO_STEPS = frozenset({Role.HEAD, Role.ADMINISTRATOR, Role.AUDITOR})
"""Who signs, who hands out rights and who sees everything."""
REMEMBERED = 2_000
"""Accounts whose state is kept in memory, each with the version that it belongs to."""


class SignedIn(msgspec.Struct, frozen=True):
    """Somebody with a living session, in one post, with today's rights."""

    actor: Actor
    session: Session
    account: Account


class PasswordChangeNeededError(Exception):
    """Signed in with a start code: nothing but the choice of a password is open."""


class SecondStepNeededError(Exception):
    """The password was right; the code is still to come."""


class SecondFactorNeededError(Exception):
    """The post asks for a second factor, and none is set up yet."""


class SignInFailedError(Exception):
    """Unknown name, wrong password, locked, no post today: one answer for all of them."""


_ALWAYS = frozenset({"/sign-out", "/api/session"})
_SECOND_STEP = frozenset({"/second-step", "/api/session/second-steps"})
_PASSWORD = frozenset({"/password", "/api/session/password-changes"})
_ENROLMENT = frozenset({"/second-factor", "/api/session/second-factors"})


def require_complete(signed_in: SignedIn, path: str) -> None:
    """Somebody halfway in gets to the next step and out, nowhere else.

    Raises SecondStepNeededError, PasswordChangeNeededError, SecondFactorNeededError, in this order.
    """
    here = path.rstrip("/")
    if here in _ALWAYS:
        return
    if signed_in.session.step == "code":
        _only(here, _SECOND_STEP, SecondStepNeededError)
    elif signed_in.account.start_code_until is not None:
        _only(here, _PASSWORD, PasswordChangeNeededError)
    elif signed_in.session.step == "enrol":
        _only(here, _ENROLMENT, SecondFactorNeededError)


def _only(here: str, allowed: frozenset[str], error: type[Exception]) -> None:
    if here not in allowed:
        raise error


class Authenticator:
    """Rights are those of this moment: a session comes with its account's version, the state from memory or store."""

    def __init__(self, sessions: Sessions, store: EventStore, clock: Clock) -> None:
        self._sessions, self._store, self._clock = sessions, store, clock
        self._states: OrderedDict[UUID, tuple[int, Account]] = OrderedDict()

    async def __call__(self, token: str) -> SignedIn | None:
        """None for every token that opens nothing (any more)."""
        session = await self._sessions.find(token)
        if session is None:
            return None
        account = await self.account(session.account_id, session.account_version)
        if account is None or account.epoch != session.epoch:
            return None
        actor = actor_of(session.account_id, account, self._clock.now(), session.post_id)
        return SignedIn(actor, session, account) if actor else None

    async def account(self, account_id: UUID, version: int | None = None) -> Account | None:
        """The state of an account; what is remembered serves only if it is of this version."""
        known = self._states.get(account_id)
        if known is not None and known[0] == version:
            self._states.move_to_end(account_id)
            return known[1]
        seen = await self._store.load(ACCOUNT, account_id)
        if seen is None:
            return None
        self._states[account_id] = (seen.version, seen.state)
        if len(self._states) > REMEMBERED:
            self._states.popitem(last=False)
        return seen.state


class SignIn:
    """By user name and password. Every way of failing costs the same work and gets the same answer."""

    def __init__(
        self,
        sessions: Sessions,
        credentials: PostgresCredentials,
        throttle: Throttle,
        authenticator: Authenticator,
        clock: Clock,
        second: SecondFactors,
        required: Callable[[], Awaitable[bool]],
    ) -> None:
        """`required`: whether this installation asks heads, administrators and auditors for a second step."""
        self._sessions, self._credentials, self._second, self._required = sessions, credentials, second, required
        self._throttle, self._authenticator, self._clock = throttle, authenticator, clock

    async def __call__(self, username: str, password: str, address: str) -> tuple[str, SignedIn]:
        """A new token and who it stands for. Raises SignInFailedError, TooManyAttemptsError."""
        name, near = normal_username(username), neighbourhood(address)
        account_id = account_id_of(name)
        await self._throttle.take(SIGN_IN_ADDRESS, near)
        account = await self._authenticator.account(account_id)
        if account is not None and account.start_code_until is not None:
            password = _as_printed(password)
        stored = await self._verified(account_id, name, near, password)
        actor = actor_of(account_id, account, self._clock.now()) if account else None
        if stored is None or account is None or actor is None or actor.post_id is None:
            raise SignInFailedError
        if account.start_code_until is not None and account.start_code_until <= self._clock.now():
            raise SignInFailedError
        step = await self._step(account)
        opened = await self._sessions.open(account_id, actor.post_id, account.epoch, stored, step)
        if opened is None:
            raise SignInFailedError
        await self._throttle.forgive(SIGN_IN, name, near)
        token, session = opened
        return token, SignedIn(actor, session, account)

    async def second_step(self, signed_in: SignedIn, code: str) -> tuple[str, SignedIn]:
        """The code of the telephone, or a recovery code. Raises SignInFailedError, TooManyAttemptsError."""
        account_id = signed_in.actor.id
        await self._throttle.take(SECOND_STEP, str(account_id))
        if signed_in.session.step != "code" or not await self._second.take(account_id, code):
            raise SignInFailedError
        await self._throttle.forgive(SECOND_STEP, str(account_id))
        return await self._completed(signed_in)

    async def enrol(self, signed_in: SignedIn, code: str) -> tuple[Sequence[str], str, SignedIn] | None:
        """The first code of a new second factor: recovery codes and another token; None when the code is wrong.

        Raises TooManyAttemptsError.
        """
        await self._throttle.take(SECOND_STEP, str(signed_in.actor.id))
        codes = await self._second.confirm(signed_in.actor.id, code)
        if codes is None:
            return None
        await self._throttle.forgive(SECOND_STEP, str(signed_in.actor.id))
        return (codes, *await self._completed(signed_in))

    async def _completed(self, signed_in: SignedIn) -> tuple[str, SignedIn]:
        done = await self._sessions.completed(signed_in.session)
        if done is None:
            raise NotSignedInError
        token, session = done
        return token, msgspec.structs.replace(signed_in, session=session)

    async def _step(self, account: Account) -> Step:
        if account.second_factor:
            return "code"
        held = account.posts_on(legal_date(self._clock.now()))
        asked = any(post.roles & TWO_STEPS for post in held)
        return "enrol" if asked and await self._required() else "done"

    async def verify_own(self, signed_in: SignedIn, username: str, password: str, address: str) -> None:
        """For what needs the password once more. Raises SignInFailedError, TooManyAttemptsError."""
        near = neighbourhood(address)
        if signed_in.account.start_code_until is not None:
            password = _as_printed(password)
        if await self._verified(signed_in.actor.id, normal_username(username), near, password) is None:
            raise SignInFailedError
        await self._throttle.forgive(SIGN_IN, normal_username(username), near)

    async def act_in(self, signed_in: SignedIn, post_id: UUID) -> tuple[str, SignedIn]:
        """In another of one's posts, with a new token. Raises NotVisibleError, NotSignedInError."""
        actor = actor_of(signed_in.actor.id, signed_in.account, self._clock.now(), post_id)
        if actor is None:
            raise NotVisibleError
        moved = await self._sessions.in_other_post(signed_in.session, post_id)
        if moved is None:
            raise NotSignedInError
        token, session = moved
        return token, SignedIn(actor, session, signed_in.account)

    async def _verified(self, account_id: UUID, name: str, near: str, password: str) -> str | None:
        """The hash that the password belongs to."""
        await self._throttle.take(SIGN_IN, name, near)
        return await self._credentials.verified(account_id, password)


def _as_printed(typed: str) -> str:
    """A start code however it was typed; what is none stays as it is."""
    code = normalise_code(typed)
    return code if len(code) == CODE_SIGNS and set(code) <= set(ALPHABET) else typed


def token_of(request: Request[Any, Any, Any], cookie: str) -> str | None:
    """From `Authorization: Bearer`, else from the cookie; never from the address."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return request.cookies.get(cookie) or None


def client_address(request: Request[Any, Any, Any]) -> str:
    """As the connection has it; headers that a client can write say nothing."""
    return request.client.host if request.client else ""
