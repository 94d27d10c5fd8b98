"""Accounts and posts: who somebody is on a day, and the desk that opens, changes and locks accounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID, uuid5

import msgspec

from application.access import Actor, ForbiddenError, NotVisibleError, Policy, Role, everyone
from application.authorities import AuthorityTree, Chains, administers
from application.execute import Act, Executor
from application.identifiers import seeded_id
from application.ports import Clock, Receipt, Request, Vault
from domain.calendar import legal_date
from domain.kernel import RefusalError
from domain.people import commands as c
from domain.people.account import ACCOUNT, normal_username
from domain.people.events import AccountOpened
from domain.people.state import Account, Post


def account_id_of(username: str) -> UUID:
    """The id follows from the user name, so that no name is given twice."""
    return seeded_id(f"account/{normal_username(username)}")


class WeakPasswordError(RefusalError):
    """`details["shortest"]`: characters."""

    code: ClassVar[str] = "password-too-weak"


class Credentials(Protocol):
    """Where passwords are kept, as hashes only, away from facts."""

    async def prepare(self, username: str, password: str) -> str:
        """What may be stored of a password. Raises WeakPasswordError."""
        ...

    async def replace(self, account_id: UUID, prepared: str, version: int) -> None:
        """Stores it and ends the sessions of the account, unless one of the same or a later `version` is there."""
        ...


class NewPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post as an administrator describes it. Without `id` it gets one that follows from the request."""

    title: str
    roles: frozenset[Role]
    authority_id: UUID
    from_day: date
    area_ids: frozenset[UUID] = frozenset()
    unit_id: UUID | None = None
    id: UUID | None = None


def chosen_post(state: Account, day: date, post_id: UUID | None) -> Post | None:
    """The post that was chosen, if it is held on this day; without a choice the first one that is held."""
    held = state.posts_on(day)
    return next((post for post in held if post_id in (None, post.id)), None)


def actor_of(account_id: UUID, state: Account, at: datetime, post_id: UUID | None = None) -> Actor | None:
    """Who acts with this account at this instant, in the chosen or the first post; None: nobody (locked, no post).

    A delegation of everything makes its receiver a head of that authority for its days.
    """
    day = legal_date(at)
    post = None if state.locked else chosen_post(state, day, post_id)
    if post is None:
        return None
    return Actor(
        kind="official",
        id=account_id,
        post_id=post.id,
        unit_id=post.unit_id,
        authority_id=post.authority_id,
        roles=post.roles | ({Role.HEAD} if _signs_everything(state, post, day) else frozenset()),
        areas=post.area_ids,
        audit_purpose_until=next((until for of, until in state.purposes if of == post.id and until > at), None),
        direct_answers=frozenset(
            (category, given.id)
            for given in state.delegations
            if given.authority_id == post.authority_id and given.runs_on(day)
            for category in given.categories
        ),
    )


def signing_categories(state: Account, day: date, authority_id: UUID) -> frozenset[str]:
    """The categories that others let this account sign for on this day, where it is not everything."""
    running = (given for given in state.delegations if given.authority_id == authority_id and given.runs_on(day))
    return frozenset(category for given in running for category in given.categories)


def _signs_everything(state: Account, post: Post, day: date) -> bool:
    return any(
        given.authority_id == post.authority_id and given.runs_on(day) and not given.categories
        for given in state.delegations
    )


class PeopleDesk:
    """Raises what the executor raises, and WeakPasswordError where a password is set."""

    def __init__(
        self, execute: Executor, clock: Clock, vault: Vault, credentials: Credentials, tree: AuthorityTree
    ) -> None:
        self._execute, self._clock, self._vault = execute, clock, vault
        self._credentials, self._tree = credentials, tree

    async def open_account(
        self, actor: Actor, request: Request, *, username: str, display_name: str, password: str, post: NewPost
    ) -> Receipt:
        """With its first post. The name of the person is sealed under the account's own key."""
        name, account_id = normal_username(username), account_id_of(username)
        may = _administering(post.authority_id, await self._chains([post.authority_id]))
        if not may(actor, None):
            raise ForbiddenError
        prepared = await self._credentials.prepare(name, password)
        await self._vault.create_subject(account_id)
        command = c.OpenAccount(
            by=actor.id,
            at=self._clock.now(),
            account_id=account_id,
            username=name,
            display_name=self._vault.seal(account_id, f"{AccountOpened.TOPIC}:display_name", display_name.strip()),
            post=_post(post, request),
        )
        receipt = await self._execute(actor, request, Act(ACCOUNT, account_id, command, everyone, may))
        await self._credentials.replace(account_id, prepared, receipt.version)
        return receipt

    async def give_post(self, actor: Actor, request: Request, account_id: UUID, post: NewPost) -> Receipt:
        """By an administrator of the authority that the post is in."""
        command = c.GivePost(by=actor.id, at=self._clock.now(), account_id=account_id, post=_post(post, request))
        return await self._do(actor, request, command, post.authority_id)

    async def end_post(
        self, actor: Actor, request: Request, account_id: UUID, post_id: UUID, until_day: date, reason: str
    ) -> Receipt:
        """By an administrator of the authority that the post is in; a post that is not there is refused by the rule."""
        state = await self._state(account_id)
        post = state.post(post_id) if state else None
        command = c.EndPost(
            by=actor.id,
            at=self._clock.now(),
            account_id=account_id,
            post_id=post_id,
            until_day=until_day,
            reason=reason,
        )
        return await self._do(actor, request, command, post.authority_id if post else None)

    async def lock(self, actor: Actor, request: Request, account_id: UUID, reason: str) -> Receipt:
        """Its sessions are over with this fact."""
        command = c.LockAccount(by=actor.id, at=self._clock.now(), account_id=account_id, reason=reason)
        return await self._do(actor, request, command)

    async def unlock(self, actor: Actor, request: Request, account_id: UUID, reason: str) -> Receipt:
        """The sessions from before stay over."""
        command = c.UnlockAccount(by=actor.id, at=self._clock.now(), account_id=account_id, reason=reason)
        return await self._do(actor, request, command)

    async def reset_password(
        self, actor: Actor, request: Request, account_id: UUID, username: str, password: str
    ) -> Receipt:
        """A new start password, by an administrator. Its sessions are over."""
        await self.must_administer(actor, account_id)
        prepared = await self._credentials.prepare(username, password)
        command = c.ReplacePassword(by=actor.id, at=self._clock.now(), account_id=account_id)
        receipt = await self._do(actor, request, command)
        await self._credentials.replace(account_id, prepared, receipt.version)
        return receipt

    async def replace_own_password(self, actor: Actor, request: Request, username: str, password: str) -> Receipt:
        """The caller has verified the old one. Every session is over, this one too."""
        prepared = await self._credentials.prepare(username, password)
        command = c.ReplacePassword(by=actor.id, at=self._clock.now(), account_id=actor.id)
        receipt = await self._execute(actor, request, Act(ACCOUNT, actor.id, command, _there, _oneself(actor.id)))
        await self._credentials.replace(actor.id, prepared, receipt.version)
        return receipt

    async def state_audit_purpose(self, actor: Actor, request: Request, purpose: str, until: datetime) -> Receipt:
        """For the post that the auditor acts in."""
        if actor.post_id is None or Role.AUDITOR not in actor.roles:
            raise ForbiddenError
        command = c.StateAuditPurpose(
            by=actor.id,
            at=self._clock.now(),
            account_id=actor.id,
            post_id=actor.post_id,
            purpose=purpose,
            until=until.astimezone(UTC),
        )
        return await self._execute(actor, request, Act(ACCOUNT, actor.id, command, _there, _oneself(actor.id)))

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

    async def must_administer(self, actor: Actor, account_id: UUID) -> None:
        """For what must be settled before a request is looked at. Raises NotVisibleError."""
        state = await self._state(account_id)
        chains = await self._chains(_authorities(state))
        if not _sees(chains)(actor, state):
            raise NotVisibleError

    async def must_be_colleague(self, actor: Actor, account_id: UUID) -> None:
        """The same for what colleagues do. Raises NotVisibleError."""
        if not _colleague(actor, await self._state(account_id)):
            raise NotVisibleError

    async def administered(self, actor: Actor, authority_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Which of these authorities the actor administers."""
        chains = await self._chains(authority_ids)
        return frozenset(authority_id for authority_id in chains if administers(actor, authority_id, chains))

    async def _do(
        self, actor: Actor, request: Request, command: c.PeopleCommand, authority_id: UUID | None = None
    ) -> Receipt:
        state = await self._state(command.account_id)
        chains = await self._chains([*_authorities(state), *([authority_id] if authority_id else [])])
        may: Policy = _administering(authority_id, chains) if authority_id else everyone
        return await self._execute(actor, request, Act(ACCOUNT, command.account_id, command, _sees(chains), may))

    async def _state(self, account_id: UUID) -> Account | None:
        seen = await self._execute.load(ACCOUNT, account_id)
        return seen.state if seen else None

    async def _chains(self, authority_ids: Iterable[UUID]) -> Chains:
        return await self._tree.chains(authority_ids, legal_date(self._clock.now()))


def _post(post: NewPost, request: Request) -> c.NewPost:
    return c.NewPost(
        post_id=post.id or uuid5(request.id, "post"),
        title=post.title,
        roles=post.roles,
        authority_id=post.authority_id,
        from_day=post.from_day,
        area_ids=post.area_ids,
        unit_id=post.unit_id,
    )


def _authorities(state: Account | None) -> list[UUID]:
    return [post.authority_id for post in state.posts] if state else []


def _sees(chains: Chains) -> Policy:
    """An administrator sees an account that has, or had, a post in an authority of his."""
    return lambda actor, state: any(administers(actor, of, chains) for of in _authorities(state))


def _administering(authority_id: UUID, chains: Chains) -> Policy:
    return lambda actor, _state: administers(actor, authority_id, chains)


def _there(_actor: Actor, state: Account | None) -> bool:
    return state is not None


def _oneself(account_id: UUID) -> Policy:
    return lambda actor, _state: actor.id == account_id


def _colleague(actor: Actor, state: Account | None) -> bool:
    """Somebody of the same authority."""
    return actor.kind == "official" and actor.authority_id is not None and actor.authority_id in _authorities(state)


def _heading(actor: Actor, _state: Any) -> bool:
    return Role.HEAD in actor.roles
