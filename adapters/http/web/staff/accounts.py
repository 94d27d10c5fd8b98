"""Accounts and posts of an authority, for its administrator: who is there, opened, moved, locked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.conditional import path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.web.render import page
from adapters.http.web.staff.account_acts import ACCOUNT_ACTS, AccountAct, Changing, Setting, invite, open_fields
from adapters.http.web.staff.account_list import exported, listed, schools_of, state_of
from adapters.http.web.staff.forms import NOTHING, PAGE, Errors, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.register import areas_of
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from adapters.http.web.staff.start_code import start_code_page
from adapters.http.web.staff.tables import csv_answer
from application.access import NotVisibleError, Role
from application.execute import StaleVersionError
from application.people import Invited
from domain.kernel import RefusalError
from domain.people.refusals import AccountHoldsCasesError
from projections.people import People, PostRow, Posts, people, posts_of

PATH = "/accounts"
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
SEEN_IN = (People.name, Posts.name)


class AccountsController(Controller):
    """`/accounts`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def accounts(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Who has or had a post in the own authority."""
        desk = desk_of(room, request, signed_in)
        desk.need(ADMINISTRATORS)
        return page(request, "staff/accounts.html", await shell(desk, PATH) | await listed(desk))

    @get("/export")
    async def export(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The same list for a spreadsheet."""
        desk = desk_of(room, request, signed_in)
        desk.need(ADMINISTRATORS)
        return csv_answer("accounts.csv", await exported(desk))

    @get("/new")
    async def new(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """An empty form."""
        desk = desk_of(room, request, signed_in)
        desk.need(ADMINISTRATORS)
        return await _new(desk, NOTHING, {})

    @post("/new", status_code=200)
    async def create(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """An account with its first post; the answer is the paper with its start code, shown this once."""
        desk = desk_of(room, request, signed_in)
        desk.need(ADMINISTRATORS)
        wish = await room.intents.read_form(request, desk.actor.id, new=True)
        typed = await typed_of(request)
        fields = open_fields(desk, typed, await areas_of(desk), await schools_of(desk))
        if errors := faults(fields, typed, desk.words):
            return await _new(desk, typed, errors)
        try:
            invited = await invite(desk, wish, typed)
        except RefusalError as error:
            return await _new(desk, typed, refusal(error, desk.words, fields, {"unit_id": "unit"}))
        await room.visibility.visible(invited.receipt, SEEN_IN)
        return await start_code_page(desk, invited, PATH)

    @get("/{account_id:str}")
    async def account(
        self,
        account_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """One of them, with what can be done."""
        desk = desk_of(room, request, signed_in)
        return await _account_page(desk, await _administered(desk, account_id))

    @post("/{account_id:str}/{act:str}", status_code=200)
    async def change(
        self,
        account_id: FromPath[str],
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """One change."""
        desk = desk_of(room, request, signed_in)
        identifier = await _administered(desk, account_id)
        if act not in ACCOUNT_ACTS:
            raise NotVisibleError
        wish = await room.intents.read_form(request, desk.actor.id)
        typed, chosen = await typed_of(request), ACCOUNT_ACTS[act]
        setting = Setting(desk, typed, await _posts(desk, identifier), await areas_of(desk), await schools_of(desk))
        fields = chosen.fields(setting)
        if errors := faults(fields, typed, desk.words):
            return await _account_page(desk, identifier, act, typed, errors, 400)
        row = (await people(room.db, [identifier])).get(identifier)
        try:
            outcome = await chosen.perform(Changing(desk, wish, identifier, typed, row.username if row else ""))
        except RefusalError as error:
            sentences = refusal(error, desk.words, fields, {"unit_id": "unit"})
            holds = isinstance(error, AccountHoldsCasesError)
            return await _account_page(desk, identifier, act, typed, sentences, 409, holds=holds)
        except StaleVersionError:
            text = desk.words.gettext("The account has changed in the meantime. Look at it, then send it again.")
            return await _account_page(desk, identifier, act, typed, {PAGE: text}, 412)
        if isinstance(outcome, Invited):
            await room.visibility.visible(outcome.receipt, SEEN_IN)
            return await start_code_page(desk, outcome, PATH)
        await room.visibility.visible(outcome, SEEN_IN)
        return to(f"{PATH}/{identifier}?done={act}")


async def _administered(desk: Desk, account_id: str) -> UUID:
    """Raises ForbiddenError, NotVisibleError."""
    desk.need(ADMINISTRATORS)
    identifier = path_id(account_id)
    await desk.room.people.must_administer(desk.actor, identifier)
    return identifier


async def _posts(desk: Desk, account_id: UUID) -> list[PostRow]:
    """Those in authorities that the actor administers."""
    rows = await posts_of(desk.room.db, [account_id])
    administered = await desk.room.people.administered(desk.actor, {row.authority_id for row in rows})
    return [row for row in rows if row.authority_id in administered]


async def _new(desk: Desk, typed: Typed, errors: Errors) -> Response[str]:
    _ = desk.words.gettext
    context = await shell(desk, PATH, errors=errors) | {
        "title": _("New account"),
        "explain": [
            _("The next page is a paper with a start code. Nobody else ever knows the password chosen with it.")
        ],
        "back": PATH,
        "version": None,
        "action": f"{PATH}/new",
        "command_id": new_command(),
        "inputs": [field.context() for field in open_fields(desk, typed, await areas_of(desk), await schools_of(desk))],
        "do": _("Open the account and show the start code"),
        "warning": False,
        "keeps": True,
        "previews": [],
    }
    return page(desk.request, "staff/act.html", context, status_code=400 if errors else 200)


async def _account_page(
    desk: Desk,
    account_id: UUID,
    opened: str = "",
    typed: Typed = NOTHING,
    errors: Errors | None = None,
    status: int = 200,
    *,
    holds: bool = False,
) -> Response[str]:
    words, today = desk.words, desk.room.today()
    row = (await people(desk.room.db, [account_id])).get(account_id)
    if row is None:
        raise NotVisibleError
    posts, areas = await _posts(desk, account_id), await areas_of(desk)
    names = await desk.room.naming.names([account_id, *(post.authority_id for post in posts)])
    places = await desk.room.naming.names(area for post in posts for area in post.area_ids)
    state = state_of(row, [post for post in posts if post.held_on(today)], desk)
    schools = await schools_of(desk)
    fields = {
        name: act.fields(Setting(desk, typed if name == opened else NOTHING, posts, areas, schools))
        for name, act in ACCOUNT_ACTS.items()
    }
    context = await shell(desk, PATH, errors=errors or {}) | {
        "account": {
            "name": names.get(account_id, words.gettext("An account without a name")),
            "username": row.username,
            "state": words.label("account-state", state),
            "version": row.version,
        },
        "back": PATH,
        "posts": [_post(post, names, places, desk) for post in posts],
        "acts": [
            _act(name, act, account_id, opened, [field.context() for field in fields[name]], words)
            for name, act in ACCOUNT_ACTS.items()
            if act.possible(row, bool(posts))
        ],
        "second_factor": row.second_factor,
        "hand_over": f"/hand-over?of={account_id}" if holds else None,
    }
    return page(desk.request, "staff/account.html", context, status_code=status)


def _post(post: PostRow, names: dict[UUID, str], places: dict[UUID, str], desk: Desk) -> Context:
    words = desk.words
    return {
        "title": post.title,
        "authority": names.get(post.authority_id, ""),
        "roles": [words.label("role", role.value) for role in post.roles],
        "areas": [places.get(area, "") for area in post.area_ids],
        "from": post.from_day,
        "until": post.until_day,
    }


def _act(name: str, act: AccountAct, account_id: UUID, opened: str, fields: list[Context], words: Any) -> Context:
    return {
        "id": name,
        "title": words.label("act", name),
        "open": name == opened,
        "action": f"{PATH}/{account_id}/{name}",
        "command_id": new_command(),
        "fields": fields,
        "do": words.label("act-do", name),
        "warning": act.warning,
        "explain": words.known("act-explain", name) or None,
    }
