"""Signing in and out, one's own sessions, posts and password."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, delete, get, post

from adapters.http.api.views import PostView, name_of, post_view
from adapters.http.authenticate import SignedIn, SignIn, client_address
from adapters.http.conditional import Intents, path_id, read_json
from adapters.http.injected import FromPath, Injected
from adapters.http.openapi import BODY, NEW, OPEN
from adapters.http.sessions import IDLE, Sessions, dead_cookie
from adapters.http.settings import HttpSettings
from application.access import Actor, NotVisibleError
from application.people import PeopleDesk
from application.ports import Clock, Reader, Vault
from domain.calendar import legal_date
from projections.people import people as people_by_id
from projections.people import posts_of

Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]


class Credential(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    username: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    password: Secret


class PostChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    post_id: UUID


class PasswordChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    current: Secret
    password: Secret


class SessionAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in, in which post, until when. `name` is None when it was erased."""

    session_id: UUID
    account_id: UUID
    username: str
    name: str | None
    post_id: UUID
    posts: list[PostView]
    roles: list[str]
    created_at: datetime
    ends_at: datetime
    idle_seconds: int
    audit_purpose_until: datetime | None
    next_step: Literal["", "second-step", "password", "second-factor"] = ""
    """What is still to be done before anything else is open."""


class NewSessionAnswer(SessionAnswer, frozen=True, kw_only=True):
    """`token` goes into `Authorization: Bearer` and is shown this once."""

    token: str
    token_type: str = "Bearer"  # noqa: S105 - the scheme of RFC 6750, no secret


class SessionView(msgspec.Struct, frozen=True):
    """One of one's own sessions. Nothing of the device is stored."""

    id: UUID
    created_at: datetime
    last_seen_at: datetime
    ends_at: datetime
    current: bool


class SessionsAnswer(msgspec.Struct, frozen=True):
    items: list[SessionView]


class SessionController(Controller):
    """Tokens for programs. Pages use the same table with a cookie."""

    path = "/api"
    tags = ("Session",)

    @post("/session", operation_id="SignIn", opt={BODY: Credential, OPEN: True})
    async def sign_in(
        self,
        request: Request[Any, Any, Any],
        sign_in: Injected[SignIn],
        db: Injected[Reader],
        vault: Injected[Vault],
        clock: Injected[Clock],
    ) -> NewSessionAnswer:
        """A bearer token for user name and password. No cookie is set; a token that came along means nothing."""
        given = await read_json(request, Credential)
        token, signed_in = await sign_in(given.username, given.password, client_address(request))
        return await with_token(token, signed_in, db, vault, clock)

    @get("/session", operation_id="WhoAmI")
    async def who_am_i(
        self, signed_in: Injected[SignedIn], db: Injected[Reader], vault: Injected[Vault], clock: Injected[Clock]
    ) -> SessionAnswer:
        """The present session."""
        return await session_answer(signed_in, db, vault, clock)

    @delete("/session", operation_id="SignOut", status_code=204)
    async def sign_out(
        self, signed_in: Injected[SignedIn], sessions: Injected[Sessions], settings: Injected[HttpSettings]
    ) -> Response[None]:
        """The token is dead from here on."""
        await sessions.revoke(signed_in.actor.id, signed_in.session.id)
        return Response(None, status_code=204, cookies=[dead_cookie(secure=settings.secure)])

    @post("/session/post-choices", operation_id="ActInPost", opt={BODY: PostChoice, OPEN: True})
    async def act_in_post(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        sign_in: Injected[SignIn],
        db: Injected[Reader],
        vault: Injected[Vault],
        clock: Injected[Clock],
    ) -> NewSessionAnswer:
        """Go on in another of one's posts, with a new token; the old one is dead."""
        choice = await read_json(request, PostChoice)
        token, moved = await sign_in.act_in(signed_in, choice.post_id)
        return await with_token(token, moved, db, vault, clock)

    @post(
        "/session/password-changes",
        operation_id="ChangeOwnPassword",
        status_code=204,
        opt={BODY: PasswordChange, NEW: True},
    )
    async def change_password(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        sign_in: Injected[SignIn],
        intents: Injected[Intents],
        people: Injected[PeopleDesk],
        db: Injected[Reader],
    ) -> None:
        """Ends every session of the account, this one too."""
        wish = await intents.read(request, signed_in.actor.id, PasswordChange, new=True)
        found = await people_by_id(db, [signed_in.actor.id])
        if signed_in.actor.id not in found:
            raise NotVisibleError
        username = found[signed_in.actor.id].username
        await sign_in.verify_own(signed_in, username, wish.body.current, client_address(request))
        await people.replace_own_password(signed_in.actor, wish.request, username, wish.body.password)

    @get("/sessions", operation_id="ListOwnSessions")
    async def own_sessions(self, signed_in: Injected[SignedIn], sessions: Injected[Sessions]) -> SessionsAnswer:
        """Where one is signed in, the newest first."""
        found = await sessions.of_account(signed_in.actor.id, signed_in.account.epoch)
        here = signed_in.session.id
        views = [SessionView(s.id, s.created_at, s.last_seen_at, s.ends_at, s.id == here) for s in found]
        return SessionsAnswer(views)

    @delete("/sessions/{session_id:str}", operation_id="RevokeOwnSession", status_code=204)
    async def revoke(self, session_id: FromPath[str], actor: Injected[Actor], sessions: Injected[Sessions]) -> None:
        """End one of one's own sessions."""
        if not await sessions.revoke(actor.id, path_id(session_id)):
            raise NotVisibleError


async def session_answer(signed_in: SignedIn, db: Reader, vault: Vault, clock: Clock) -> SessionAnswer:
    """Who is signed in, with names from the read models."""
    actor, session = signed_in.actor, signed_in.session
    row = (await people_by_id(db, [actor.id])).get(actor.id)
    today = legal_date(clock.now())
    held = [found for found in await posts_of(db, [actor.id]) if found.held_on(today)]
    return SessionAnswer(
        session_id=session.id,
        account_id=actor.id,
        username=row.username if row else "",
        name=name_of(vault, row) if row else None,
        post_id=session.post_id,
        posts=[post_view(found) for found in held],
        roles=sorted(actor.roles),
        created_at=session.created_at,
        ends_at=session.ends_at,
        idle_seconds=int(IDLE.total_seconds()),
        audit_purpose_until=actor.audit_purpose_until,
        next_step=_next_step(signed_in),
    )


def _next_step(signed_in: SignedIn) -> Literal["", "second-step", "password", "second-factor"]:
    if signed_in.session.step == "code":
        return "second-step"
    if signed_in.account.start_code_until is not None:
        return "password"
    return "second-factor" if signed_in.session.step == "enrol" else ""


async def with_token(token: str, signed_in: SignedIn, db: Reader, vault: Vault, clock: Clock) -> NewSessionAnswer:
    """The same with the token, and what is still to be done before anything else."""
    answer = await session_answer(signed_in, db, vault, clock)
    return NewSessionAnswer(token=token, **msgspec.structs.asdict(answer))
