"""What colleagues arrange among themselves by dates: who signs for a head, who stands in for somebody absent."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from application.access import Actor, ForbiddenError, NotVisibleError, Role, everyone
from application.execute import Act, Executor
from application.ports import Clock, Receipt, Request
from domain.people import commands as c
from domain.people.account import ACCOUNT
from domain.people.roles import ALONE
from domain.people.state import Account


class Arrangements:
    """The part of the desk of accounts that heads and colleagues use. Raises what the executor raises."""

    _execute: Executor
    _clock: Clock

    async def delegate_signing(
        self,
        actor: Actor,
        request: Request,
        account_id: UUID,
        *,
        from_day: date,
        until_day: date,
        categories: frozenset[str] = frozenset(),
    ) -> Receipt:
        """A head lets a colleague of the same authority sign. `categories` empty: everything."""
        if actor.post_id is None or actor.authority_id is None:
            raise ForbiddenError
        own = await self._state(actor.id)
        posts = own.posts_on(from_day) if own else ()
        command = c.DelegateSigning(
            by=actor.id,
            at=self._clock.now(),
            account_id=account_id,
            delegation_id=uuid5(request.id, "delegation"),
            from_post_id=actor.post_id,
            authority_id=actor.authority_id,
            head_of=frozenset(post.authority_id for post in posts if Role.HEAD in post.roles),
            categories=categories,
            from_day=from_day,
            until_day=until_day,
        )
        return await self._execute(actor, request, Act(ACCOUNT, account_id, command, _colleague, _heading))

    async def end_delegation(
        self, actor: Actor, request: Request, account_id: UUID, delegation_id: UUID, until_day: date, reason: str
    ) -> Receipt:
        """By who gave it or who has it."""
        command = c.EndDelegation(
            by=actor.id,
            at=self._clock.now(),
            account_id=account_id,
            delegation_id=delegation_id,
            until_day=until_day,
            reason=reason,
        )
        return await self._execute(actor, request, Act(ACCOUNT, account_id, command, _colleague, everyone))

    async def appoint_stand_in(
        self,
        actor: Actor,
        request: Request,
        stand_in: UUID,
        *,
        for_account_id: UUID,
        from_day: date,
        until_day: date,
        reason: str,
    ) -> Receipt:
        """`stand_in` has in hand what `for_account_id` holds, for these days. By that person or by a head."""
        if actor.authority_id is None:
            raise ForbiddenError
        absent = await self._state(for_account_id)
        if not _colleague(actor, absent):
            raise NotVisibleError
        posts = absent.posts_on(from_day) if absent else ()
        command = c.AppointStandIn(
            by=actor.id,
            at=self._clock.now(),
            account_id=stand_in,
            stand_in_id=uuid5(request.id, "stand-in"),
            for_account_id=for_account_id,
            authority_id=actor.authority_id,
            absent_works=any(p.authority_id == actor.authority_id and ALONE.isdisjoint(p.roles) for p in posts),
            head_of=_heads(actor),
            from_day=from_day,
            until_day=until_day,
            reason=reason,
        )
        return await self._execute(actor, request, Act(ACCOUNT, stand_in, command, _colleague, _working))

    async def end_stand_in(
        self, actor: Actor, request: Request, stand_in: UUID, stand_in_id: UUID, until_day: date, reason: str
    ) -> Receipt:
        """By either side or a head; `until_day` is its last day."""
        command = c.EndStandIn(
            by=actor.id,
            at=self._clock.now(),
            account_id=stand_in,
            stand_in_id=stand_in_id,
            head_of=_heads(actor),
            until_day=until_day,
            reason=reason,
        )
        return await self._execute(actor, request, Act(ACCOUNT, stand_in, command, _colleague, _working))

    async def must_be_colleague(self, actor: Actor, account_id: UUID) -> None:
        """The same for what colleagues do. Raises NotVisibleError."""
        if not _colleague(actor, await self._state(account_id)):
            raise NotVisibleError

    async def _state(self, account_id: UUID) -> Account | None:
        seen = await self._execute.load(ACCOUNT, account_id)
        return seen.state if seen else None


def _heads(actor: Actor) -> frozenset[UUID]:
    return frozenset({actor.authority_id} if actor.authority_id and Role.HEAD in actor.roles else ())


def _working(actor: Actor, _state: Any) -> bool:
    return ALONE.isdisjoint(actor.roles)


def _colleague(actor: Actor, state: Account | None) -> bool:
    """Somebody of the same authority."""
    theirs = {post.authority_id for post in state.posts} if state else set()
    return actor.kind == "official" and actor.authority_id is not None and actor.authority_id in theirs


def _heading(actor: Actor, _state: Any) -> bool:
    return Role.HEAD in actor.roles
