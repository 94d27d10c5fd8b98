"""The list of accounts: found by name, by state and by what a post may do, sorted, exported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from adapters.http.web.staff.moments import address
from adapters.http.web.staff.room import Context, Desk
from application.access import Role
from domain.schools.vocabulary import PlaceKind
from domain.searching import search_key
from projections.people import PersonRow, PostRow, people, posts_in
from projections.places import find_places

PATH = "/accounts"
STATES = ("active", "invited", "locked", "without-post")
SORTS = ("name", "username", "state")
MOST_SCHOOLS = 2_000


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One line."""

    id: UUID
    name: str
    username: str
    state: str
    posts: tuple[PostRow, ...]
    second_factor: bool


async def listed(desk: Desk) -> Context:
    """For `accounts.html`."""
    wanted, words = _asked(desk), desk.words
    found = await _found(desk, wanted)
    return {
        "action": PATH,
        "create": {"href": f"{PATH}/new"},
        "q": wanted["q"],
        "states": _choices(words, "account-state", STATES),
        "state": wanted["state"],
        "roles": _choices(words, "role", [role.value for role in Role]),
        "role": wanted["role"],
        "sorts": _choices(words, "account-sort", SORTS)[1:],
        "sort": wanted["sort"],
        "export": address(f"{PATH}/export", dict(wanted)),
        "accounts": [
            {
                "id": str(one.id),
                "href": f"{PATH}/{one.id}",
                "username": one.username,
                "name": one.name,
                "posts": [post.title for post in one.posts] or [words.gettext("no post today")],
                "state": one.state,
                "state_text": words.label("account-state", one.state),
            }
            for one in found
        ],
    }


async def exported(desk: Desk) -> list[list[str]]:
    """The same, with a line of titles."""
    words, _ = desk.words, desk.words.gettext
    rows = [
        [
            one.name,
            one.username,
            ", ".join(post.title for post in one.posts),
            ", ".join(sorted({words.label("role", role.value) for post in one.posts for role in post.roles})),
            words.label("account-state", one.state),
            _("yes") if one.second_factor else _("no"),
        ]
        for one in await _found(desk, _asked(desk))
    ]
    titles = [_("Person"), _("User name"), _("Posts"), _("What the post may do"), _("State"), _("Second step")]
    return [titles, *rows]


async def schools_of(desk: Desk) -> dict[UUID, str]:
    """Schools that the actor's authority is competent for today."""
    today = desk.room.today()
    rows = await find_places(desk.room.db, kind=PlaceKind.SCHOOL, limit=MOST_SCHOOLS)
    ours = [row for row in rows if row.authority_on(today) == desk.actor.authority_id and row.exists_on(today)]
    return {row.id: row.name for row in ours}


def state_of(row: PersonRow, held: list[PostRow], desk: Desk) -> str:
    """`invited`: the start code was not used yet; `expired`: it will not be."""
    if row.locked:
        return "locked"
    if not held:
        return "without-post"
    if row.start_code_until is None:
        return "active"
    return "invited" if row.start_code_until > desk.room.clock.now() else "expired"


def _asked(desk: Desk) -> dict[str, str]:
    typed = desk.request.query_params
    sort = typed.get("sort", "")
    return {
        "q": typed.get("q", "").strip(),
        "state": typed.get("state", "") if typed.get("state", "") in STATES else "",
        "role": typed.get("role", "") if typed.get("role", "") in set(Role) else "",
        "sort": sort if sort in SORTS else SORTS[0],
    }


async def _found(desk: Desk, wanted: dict[str, str]) -> list[Account]:
    if desk.actor.authority_id is None:
        return []
    posts = await posts_in(desk.room.db, desk.actor.authority_id)
    rows = await people(desk.room.db, {row.account_id for row in posts})
    names, today = await desk.room.naming.names(rows), desk.room.today()
    accounts = []
    for row in rows.values():
        held = [post for post in posts if post.account_id == row.id and post.held_on(today)]
        accounts.append(
            Account(
                id=row.id,
                name=names.get(row.id, desk.words.gettext("An account without a name")),
                username=row.username,
                state=state_of(row, held, desk),
                posts=tuple(held),
                second_factor=row.second_factor,
            )
        )
    return sorted((one for one in accounts if _matches(one, wanted)), key=lambda one: _key(one, wanted["sort"]))


def _matches(one: Account, wanted: dict[str, str]) -> bool:
    key = search_key(wanted["q"])
    state = one.state if one.state != "expired" else "invited"
    return (
        (not key or key in search_key(f"{one.name} {one.username}"))
        and (not wanted["state"] or state == wanted["state"])
        and (not wanted["role"] or any(wanted["role"] in post.roles for post in one.posts))
    )


def _key(one: Account, sort: str) -> tuple[str, str]:
    first = {"name": search_key(one.name), "username": one.username, "state": one.state}[sort]
    return first, search_key(one.name)


def _choices(words: Any, kind: str, keys: Iterable[str]) -> list[Context]:
    every = {"value": "", "text": words.gettext("all of them")}
    return [every, *({"value": key, "text": words.label(kind, key)} for key in keys)]
