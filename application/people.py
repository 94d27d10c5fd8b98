"""Accounts and posts: who somebody is on a day, and the desk that opens, changes and locks accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar, Protocol
from uuid import UUID, uuid5

import msgspec

from application.access import Actor, ForbiddenError, NotVisibleError, Policy, Role, everyone
from application.arrangements import Arrangements
from application.authorities import AuthorityTree, Chains, administers
from application.execute import Act, Executor
from application.feedback_access import STAFF
from application.identifiers import seeded_id
from application.ports import Clock, Receipt, Request, Secrets, Vault
from domain.calendar import DAY, legal_date
from domain.kernel import RefusalError
from domain.people import commands as c
from domain.people.account import ACCOUNT, normal_username
from domain.people.events import AccountOpened
from domain.people.state import Account, Post

START_CODE_LASTS = timedelta(days=7)
"""How long a printed start code is good for (policy of the system, at most signing_in.LONGEST_START_CODE)."""


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

    async def prepare_code(self, code: str) -> str:
        """What may be stored of a start code: made by us, so never too weak."""
        ...

    async def replace(self, account_id: UUID, prepared: str, version: int) -> None:
        """Stores it and ends the sessions of the account, unless one of the same or a later `version` is there."""
        ...


class HeldCases(Protocol):
    """How much somebody has in hand."""

    async def count(self, account_id: UUID, authority_ids: Collection[UUID] | None = None) -> int:
        """Open cases, in these authorities or everywhere."""
        ...


class Invited(msgspec.Struct, frozen=True):
    """The receipt, and the code to print. It is stored nowhere and comes out the same when the request is repeated."""

    receipt: Receipt
    code: str
    expires_at: datetime


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
        stands_in_for=frozenset(
            given.for_account_id
            for given in state.stand_ins
            if given.authority_id == post.authority_id and given.runs_on(day)
        ),
        direct_answers=frozenset(
            (category, given.id)
            for given in state.delegations
            if given.authority_id == post.authority_id and given.runs_on(day)
            for category in given.categories
        ),
    )


def _signs_everything(state: Account, post: Post, day: date) -> bool:
    return any(
        given.authority_id == post.authority_id and given.runs_on(day) and not given.categories
        for given in state.delegations
    )


class PeopleDesk(Arrangements):
    """Raises what the executor raises, and WeakPasswordError where a password is set."""

    def __init__(
        self,
        execute: Executor,
        clock: Clock,
        vault: Vault,
        credentials: Credentials,
        tree: AuthorityTree,
        *,
        secrets: Secrets | None = None,
        held: HeldCases | None = None,
    ) -> None:
        """Without `secrets` nobody is invited; without `held` nobody holds a case."""
        self._execute, self._clock, self._vault = execute, clock, vault
        self._credentials, self._tree, self._secrets, self._held = credentials, tree, secrets, held

    def with_credentials(self, credentials: Credentials) -> PeopleDesk:
        """The same desk with passwords kept another way."""
        return PeopleDesk(
            self._execute,
            self._clock,
            self._vault,
            credentials,
            self._tree,
            secrets=self._secrets,
            held=self._held,
        )

    async def open_account(
        self, actor: Actor, request: Request, *, username: str, display_name: str, password: str, post: NewPost
    ) -> Receipt:
        """With its first post. What an official chose is only a start password: its holder has to change it."""
        await self._must_open(actor, post)
        prepared = await self._credentials.prepare(normal_username(username), password)
        until = None if actor.kind == "system" else self._clock.now() + START_CODE_LASTS
        return await self._open(actor, request, username, display_name, post, prepared, until)

    async def invite(
        self, actor: Actor, request: Request, *, username: str, display_name: str, post: NewPost
    ) -> Invited:
        """With its first post and a start code to print, which its holder changes at the first sign-in."""
        await self._must_open(actor, post)
        code, until = await self._code(request, account_id_of(username))
        prepared = await self._credentials.prepare_code(code)
        return Invited(await self._open(actor, request, username, display_name, post, prepared, until), code, until)

    async def reissue(self, actor: Actor, request: Request, account_id: UUID) -> Invited:
        """A new start code, when a password is forgotten or the paper was lost. Its sessions are over."""
        await self.must_administer(actor, account_id)
        code, until = await self._code(request, account_id)
        prepared = await self._credentials.prepare_code(code)
        command = c.IssueStartCode(by=actor.id, at=self._clock.now(), account_id=account_id, expires_at=until)
        receipt = await self._do(actor, request, command)
        await self._credentials.replace(account_id, prepared, receipt.version)
        return Invited(receipt, code, until)

    async def reset_password(
        self, actor: Actor, request: Request, account_id: UUID, username: str, password: str
    ) -> Receipt:
        """A start password that an administrator chose, for programs; pages print a code. Its sessions are over."""
        await self.must_administer(actor, account_id)
        prepared = await self._credentials.prepare(username, password)
        now = self._clock.now()
        command = c.IssueStartCode(by=actor.id, at=now, account_id=account_id, expires_at=now + START_CODE_LASTS)
        receipt = await self._do(actor, request, command)
        await self._credentials.replace(account_id, prepared, receipt.version)
        return receipt

    async def remove_second_factor(self, actor: Actor, request: Request, account_id: UUID, reason: str) -> Receipt:
        """By another administrator; its sessions are over, and it is set up anew at the next sign-in."""
        command = c.RemoveSecondFactor(by=actor.id, at=self._clock.now(), account_id=account_id, reason=reason)
        return await self._do(actor, request, command)

    async def enrol_second_factor(self, actor: Actor, request: Request) -> Receipt:
        """The caller has checked the first code."""
        command = c.EnrolSecondFactor(by=actor.id, at=self._clock.now(), account_id=actor.id)
        return await self._execute(actor, request, Act(ACCOUNT, actor.id, command, _there, _oneself(actor.id)))

    async def _code(self, request: Request, account_id: UUID) -> tuple[str, datetime]:
        """The same code for the same request, and until when it was good when it was first given."""
        if self._secrets is None:
            raise ForbiddenError
        until = self._clock.now() + START_CODE_LASTS
        if await self._execute.known(request):
            state = await self._state(account_id)
            until = (state.start_code_until if state else None) or until
        return self._secrets.tracking_code(uuid5(request.id, "start-code")), until

    async def _must_open(self, actor: Actor, post: NewPost) -> None:
        if not _administering(post.authority_id, await self._chains([post.authority_id]))(actor, None):
            raise ForbiddenError

    async def _open(
        self,
        actor: Actor,
        request: Request,
        username: str,
        display_name: str,
        post: NewPost,
        prepared: str,
        start_code_until: datetime | None,
    ) -> Receipt:
        """The name of the person is sealed under the account's own key."""
        name, account_id = normal_username(username), account_id_of(username)
        may = _administering(post.authority_id, await self._chains([post.authority_id]))
        await self._vault.create_subject(account_id)
        command = c.OpenAccount(
            by=actor.id,
            at=self._clock.now(),
            account_id=account_id,
            username=name,
            display_name=self._vault.seal(account_id, f"{AccountOpened.TOPIC}:display_name", display_name.strip()),
            post=_post(post, request),
            start_code_until=start_code_until,
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
            open_cases=await self._left_behind(account_id, state, post, until_day) if state and post else 0,
        )
        return await self._do(actor, request, command, post.authority_id if post else None)

    async def lock(self, actor: Actor, request: Request, account_id: UUID, reason: str) -> Receipt:
        """Its sessions are over with this fact."""
        held = await self._held.count(account_id) if self._held else 0
        command = c.LockAccount(
            by=actor.id, at=self._clock.now(), account_id=account_id, reason=reason, open_cases=held
        )
        return await self._do(actor, request, command)

    async def unlock(self, actor: Actor, request: Request, account_id: UUID, reason: str) -> Receipt:
        """The sessions from before stay over."""
        command = c.UnlockAccount(by=actor.id, at=self._clock.now(), account_id=account_id, reason=reason)
        return await self._do(actor, request, command)

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

    async def must_administer(self, actor: Actor, account_id: UUID) -> None:
        """For what must be settled before a request is looked at. Raises NotVisibleError."""
        state = await self._state(account_id)
        chains = await self._chains(_authorities(state))
        if not _sees(chains)(actor, state):
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

    async def _left_behind(self, account_id: UUID, state: Account, post: Post, until_day: date) -> int:
        """Open cases in the authority of this post, if it is the last one there that can hold any."""
        others = (other for other in state.posts_on(until_day + DAY) if other.id != post.id)
        if self._held is None or any(o.authority_id == post.authority_id and o.roles & STAFF for o in others):
            return 0
        return await self._held.count(account_id, (post.authority_id,))

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
