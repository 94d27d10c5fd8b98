"""Who is asking: token → session → account as it is now → actor. And signing in."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request

from adapters.http.passwords import PostgresCredentials
from adapters.http.sessions import Session, Sessions
from adapters.http.throttle import SIGN_IN, SIGN_IN_ADDRESS, Throttle, neighbourhood
from application.access import Actor, NotSignedInError, NotVisibleError
from application.people import account_id_of, actor_of
from application.ports import Clock, EventStore
from domain.people.account import ACCOUNT, normal_username
from domain.people.state import Account

REMEMBERED = 2_000
"""Accounts whose state is kept in memory, each with the version that it belongs to."""


class SignedIn(msgspec.Struct, frozen=True):
    """Somebody with a living session, in one post, with today's rights."""

    actor: Actor
    session: Session
    account: Account


class SignInFailedError(Exception):
    """Unknown name, wrong password, locked, no post today: one answer for all of them."""


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
    ) -> None:
        self._sessions, self._credentials = sessions, credentials
        self._throttle, self._authenticator, self._clock = throttle, authenticator, clock

    async def __call__(self, username: str, password: str, address: str) -> tuple[str, SignedIn]:
        """A new token and who it stands for. Raises SignInFailedError, TooManyAttemptsError."""
        name, near = normal_username(username), neighbourhood(address)
        account_id = account_id_of(name)
        await self._throttle.take(SIGN_IN_ADDRESS, near)
        stored = await self._verified(account_id, name, near, password)
        account = await self._authenticator.account(account_id)
        actor = actor_of(account_id, account, self._clock.now()) if account else None
        if stored is None or account is None or actor is None or actor.post_id is None:
            raise SignInFailedError
        opened = await self._sessions.open(account_id, actor.post_id, account.epoch, stored)
        if opened is None:
            raise SignInFailedError
        await self._throttle.forgive(SIGN_IN, name, near)
        token, session = opened
        return token, SignedIn(actor, session, account)

    async def verify_own(self, signed_in: SignedIn, username: str, password: str, address: str) -> None:
        """For what needs the password once more. Raises SignInFailedError, TooManyAttemptsError."""
        near = neighbourhood(address)
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


def token_of(request: Request[Any, Any, Any], cookie: str) -> str | None:
    """From `Authorization: Bearer`, else from the cookie; never from the address."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return token.strip()
    return request.cookies.get(cookie) or None


def client_address(request: Request[Any, Any, Any]) -> str:
    """As the connection has it; headers that a client can write say nothing."""
    return request.client.host if request.client else ""
