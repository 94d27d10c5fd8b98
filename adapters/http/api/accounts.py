"""Accounts and posts, for administrators; delegations, for heads; the purpose of an audit, for auditors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.params import QueryParameter

from adapters.http.api.views import Done, PostView, done, name_of, post_view
from adapters.http.conditional import Intents, Nothing, path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.openapi import BODY, NEW
from adapters.http.second_factor import SecondFactors
from application.access import Actor, ForbiddenError, NotVisibleError, Role
from application.people import Invited, NewPost, PeopleDesk
from application.ports import Reader, Receipt, Vault, Visibility
from application.tracking_code import format_code
from projections.people import People, Posts, posts_in, posts_of
from projections.people import people as people_by_id

SEEN_IN = (People.name, Posts.name)
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]


class PostBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`area_ids` empty: the whole territory. `unit_id`: the school of a school account."""

    title: Title
    roles: Annotated[frozenset[Role], msgspec.Meta(min_length=1)]
    authority_id: UUID
    from_day: date
    area_ids: frozenset[UUID] = frozenset()
    unit_id: UUID | None = None

    def as_post(self) -> NewPost:
        """For the desk."""
        return NewPost(**msgspec.structs.asdict(self))


class OpenAccountBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account with its first post and a start password."""

    username: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    password: Secret
    post: PostBody


class InviteBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account with its first post; its start code is in the answer and nowhere else."""

    username: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    post: PostBody


class InvitedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """`code` opens the choice of a password until `expires_at`, and nothing else."""

    id: UUID
    version: int
    code: str
    expires_at: datetime


class EndPostBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`until_day` is the last day in the post."""

    post_id: UUID
    until_day: date
    reason: Reason


class AccountReasonBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Reason


class PasswordBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    password: Secret


class DelegationBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Both days are included. `categories` empty: everything."""

    from_day: date
    until_day: date
    categories: frozenset[Annotated[str, msgspec.Meta(max_length=100)]] = frozenset()


class EndDelegationBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`until_day` is its last day."""

    delegation_id: UUID
    until_day: date
    reason: Reason


class PurposeBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The purpose names no person. `until` is an instant with its offset."""

    purpose: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    until: Annotated[datetime, msgspec.Meta(tz=True)]


class AccountView(msgspec.Struct, frozen=True, kw_only=True):
    """One account. `name` is None when it was erased; `version` is for `If-Match`."""

    id: UUID
    version: int
    username: str
    name: str | None
    locked: bool
    posts: list[PostView]


class AccountsAnswer(msgspec.Struct, frozen=True):
    items: list[AccountView]


class AccountController(Controller):
    """One route per intention."""

    path = "/api/accounts"
    tags = ("Accounts",)

    @get("/", operation_id="ListAccounts")
    async def accounts(
        self,
        actor: Injected[Actor],
        people: Injected[PeopleDesk],
        db: Injected[Reader],
        vault: Injected[Vault],
        authority_id: Annotated[str | None, QueryParameter(format="uuid")] = None,
    ) -> AccountsAnswer:
        """Who has or had a post in an authority: one's own, or the one asked for if it lies below."""
        if Role.ADMINISTRATOR not in actor.roles:
            raise ForbiddenError
        wanted = path_id(authority_id) if authority_id is not None else actor.authority_id
        if wanted is None or not await people.administered(actor, [wanted]):
            raise NotVisibleError
        ids = sorted({row.account_id for row in await posts_in(db, wanted)})
        rows, posts = await people_by_id(db, ids), await posts_of(db, ids)
        administered = await people.administered(actor, {row.authority_id for row in posts})
        views = [
            AccountView(
                id=row.id,
                version=row.version,
                username=row.username,
                name=name_of(vault, row),
                locked=row.locked,
                posts=[post_view(p) for p in posts if p.account_id == row.id and p.authority_id in administered],
            )
            for row in rows.values()
        ]
        return AccountsAnswer(sorted(views, key=lambda view: view.username))

    @post("/", operation_id="OpenAccount", opt={BODY: OpenAccountBody, NEW: True})
    async def open_account(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """With its first post. The start password goes to the person by another way."""
        wish = await intents.read(request, actor.id, OpenAccountBody, _administrator(actor), new=True)
        body = wish.body
        receipt = await people.open_account(
            actor,
            wish.request,
            username=body.username,
            display_name=body.name,
            password=body.password,
            post=body.post.as_post(),
        )
        return await _shown(receipt, visibility)

    @post("/invitations", operation_id="InviteAccount", opt={BODY: InviteBody, NEW: True})
    async def invite(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        visibility: Injected[Visibility],
    ) -> InvitedAnswer:
        """With its first post and a start code that its holder changes at the first sign-in."""
        wish = await intents.read(request, actor.id, InviteBody, _administrator(actor), new=True)
        body = wish.body
        invited = await people.invite(
            actor, wish.request, username=body.username, display_name=body.name, post=body.post.as_post()
        )
        return await _invited(invited, visibility)

    @post("/{account_id:str}/start-codes", operation_id="IssueStartCode", opt={BODY: Nothing})
    async def start_code(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        visibility: Injected[Visibility],
    ) -> InvitedAnswer:
        """A new one; every session of the account is over, and its old password opens nothing."""
        target = path_id(account_id)
        wish = await intents.read(request, actor.id, Nothing, lambda: people.must_administer(actor, target))
        return await _invited(await people.reissue(actor, wish.request, target), visibility)

    @post(
        "/{account_id:str}/second-factor-removals",
        operation_id="RemoveSecondFactor",
        opt={BODY: AccountReasonBody},
    )
    async def remove_second_factor(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        second_factors: Injected[SecondFactors],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """When the telephone is lost; by another administrator."""
        target = path_id(account_id)
        wish = await intents.read(request, actor.id, AccountReasonBody, lambda: people.must_administer(actor, target))
        receipt = await people.remove_second_factor(actor, wish.request, target, wish.body.reason)
        await second_factors.forget(target)
        return await _shown(receipt, visibility)

    @post("/{account_id:str}/posts", operation_id="GivePost", opt={BODY: PostBody})
    async def give_post(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """From a day on."""
        target = path_id(account_id)
        wish = await intents.read(request, actor.id, PostBody, lambda: people.must_administer(actor, target))
        return await _shown(await people.give_post(actor, wish.request, target, wish.body.as_post()), visibility)

    @post("/{account_id:str}/post-endings", operation_id="EndPost", opt={BODY: EndPostBody})
    async def end_post(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """With a last day and a reason."""
        target = path_id(account_id)
        wish = await intents.read(request, actor.id, EndPostBody, lambda: people.must_administer(actor, target))
        body = wish.body
        receipt = await people.end_post(actor, wish.request, target, body.post_id, body.until_day, body.reason)
        return await _shown(receipt, visibility)

    @post("/{account_id:str}/locks", operation_id="LockAccount", opt={BODY: AccountReasonBody})
    async def lock(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """Its sessions are over at once."""
        target = path_id(account_id)
        wish = await intents.read(request, actor.id, AccountReasonBody, lambda: people.must_administer(actor, target))
        return await _shown(await people.lock(actor, wish.request, target, wish.body.reason), visibility)

    @post("/{account_id:str}/unlocks", operation_id="UnlockAccount", opt={BODY: AccountReasonBody})
    async def unlock(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """The sessions from before stay over."""
        target = path_id(account_id)
        wish = await intents.read(request, actor.id, AccountReasonBody, lambda: people.must_administer(actor, target))
        return await _shown(await people.unlock(actor, wish.request, target, wish.body.reason), visibility)

    @post("/{account_id:str}/password-resets", operation_id="ResetPassword", opt={BODY: PasswordBody})
    async def reset_password(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        db: Injected[Reader],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """A new start password; every session of the account is over."""
        target = path_id(account_id)
        wish = await intents.read(request, actor.id, PasswordBody, lambda: people.must_administer(actor, target))
        known = (await people_by_id(db, [target])).get(target)
        username = known.username if known else ""
        receipt = await people.reset_password(actor, wish.request, target, username, wish.body.password)
        return await _shown(receipt, visibility)

    @post("/{account_id:str}/delegations", operation_id="DelegateSigning", opt={BODY: DelegationBody})
    async def delegate(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
    ) -> Response[Done]:
        """A head lets a colleague release and sign for a time."""
        target = path_id(account_id)
        wish = await intents.read(request, actor.id, DelegationBody, lambda: people.must_be_colleague(actor, target))
        body = wish.body
        receipt = await people.delegate_signing(
            actor,
            wish.request,
            target,
            from_day=body.from_day,
            until_day=body.until_day,
            categories=body.categories,
        )
        return done(receipt)

    @post("/{account_id:str}/delegation-endings", operation_id="EndDelegation", opt={BODY: EndDelegationBody})
    async def end_delegation(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
    ) -> Response[Done]:
        """By who gave it or who has it."""
        target = path_id(account_id)
        wish = await intents.read(request, actor.id, EndDelegationBody, lambda: people.must_be_colleague(actor, target))
        body = wish.body
        receipt = await people.end_delegation(
            actor, wish.request, target, body.delegation_id, body.until_day, body.reason
        )
        return done(receipt)


@post("/api/audit-purposes", operation_id="StateAuditPurpose", tags=("Accounts",), opt={BODY: PurposeBody, NEW: True})
async def state_audit_purpose(
    request: Request[Any, Any, Any], actor: Injected[Actor], intents: Injected[Intents], people: Injected[PeopleDesk]
) -> Response[Done]:
    """Before an auditor sees any case."""
    wish = await intents.read(request, actor.id, PurposeBody, _holding(actor, Role.AUDITOR), new=True)
    receipt = await people.state_audit_purpose(actor, wish.request, wish.body.purpose, wish.body.until)
    return done(receipt)


def _administrator(actor: Actor) -> Any:
    return _holding(actor, Role.ADMINISTRATOR)


def _holding(actor: Actor, role: Role) -> Any:
    async def check() -> None:
        if role not in actor.roles:
            raise ForbiddenError

    return check


async def _shown(receipt: Receipt, visibility: Visibility) -> Response[Done]:
    """Lists that are read next show it already."""
    await visibility.visible(receipt, SEEN_IN)
    return done(receipt)


async def _invited(invited: Invited, visibility: Visibility) -> InvitedAnswer:
    receipt = invited.receipt
    await visibility.visible(receipt, SEEN_IN)
    return InvitedAnswer(
        id=receipt.case_id, version=receipt.version, code=format_code(invited.code), expires_at=invited.expires_at
    )
