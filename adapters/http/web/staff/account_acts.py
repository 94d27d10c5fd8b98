"""What an administrator does to an account: the fields of each act, and the method of the desk that does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from uuid import UUID

import msgspec

from adapters.http.web.staff.forms import REASON, Field, Typed
from adapters.http.web.staff.room import Desk
from application.access import ForbiddenError, Role
from application.people import Invited, NewPost
from application.ports import Receipt, Request
from projections.people import PersonRow, PostRow

Areas = Mapping[UUID, str]
NAME, REASON_CHARACTERS = 200, 500


class Changing(msgspec.Struct, frozen=True):
    """One wish."""

    desk: Desk
    wish: Request
    account_id: UUID
    typed: Typed
    username: str


class Setting(msgspec.Struct, frozen=True):
    """What the fields of an act are made from."""

    desk: Desk
    typed: Typed
    posts: list[PostRow]
    areas: Areas
    schools: Areas


class AccountAct(msgspec.Struct, frozen=True, kw_only=True):
    """`possible(account, has_posts)`: whether it is offered."""

    fields: Callable[[Setting], tuple[Field, ...]]
    perform: Callable[[Changing], Awaitable[Receipt | Invited]]
    possible: Callable[[PersonRow, bool], bool]
    warning: bool = False


def open_fields(desk: Desk, typed: Typed, areas: Areas, schools: Areas) -> tuple[Field, ...]:
    """A person, a user name, a post. The start code is made for them."""
    _ = desk.words.gettext
    return (
        Field(id="name", kind="text", label=_("Name"), value=typed.one("name"), most=NAME),
        Field(
            id="username",
            kind="text",
            label=_("User name"),
            value=typed.one("username"),
            most=100,
            width=20,
            hint=_("Small letters, digits, full stops. It is never given to somebody else."),
        ),
        *post_fields(desk, typed, areas, schools),
    )


def post_fields(desk: Desk, typed: Typed, areas: Areas, schools: Areas) -> tuple[Field, ...]:
    """The post, in the own authority; a school account also says of which school."""
    _, words = desk.words.gettext, desk.words
    only = Field(
        id="areas",
        kind="checkboxes",
        label=_("Only for these areas"),
        value=",".join(typed.all("areas")),
        items=tuple((str(area), name) for area, name in areas.items()),
        required=False,
        hint=_("None: the whole territory."),
    )
    roles = tuple((role.value, words.label("role", role.value)) for role in Role)
    chosen = ",".join(typed.all("roles"))
    return (
        Field(id="title", kind="text", label=_("Post"), value=typed.one("title"), most=NAME),
        Field(
            id="roles",
            kind="checkboxes",
            label=_("What the post may do"),
            value=chosen,
            items=roles,
            hint=_("Auditor, administrator and school account stand alone: they do not also work on cases."),
        ),
        *((only,) if areas else ()),
        Field(
            id="unit",
            kind="select",
            label=_("School of a school account"),
            value=typed.one("unit"),
            items=(("", _("none: this is no school account")), *((str(i), name) for i, name in schools.items())),
            required=False,
        ),
        Field(
            id="from_day",
            kind="day",
            label=_("First day"),
            value=typed.one("from_day") or desk.room.today().isoformat(),
        ),
    )


def post_of(desk: Desk, typed: Typed) -> NewPost:
    """What was typed. Raises ForbiddenError without an authority; roles and days were examined before."""
    if desk.actor.authority_id is None:
        raise ForbiddenError
    return NewPost(
        title=typed.one("title"),
        roles=frozenset(Role(word) for word in typed.all("roles") if word in set(Role)),
        authority_id=desk.actor.authority_id,
        from_day=date.fromisoformat(typed.one("from_day")),
        area_ids=frozenset(UUID(area) for area in typed.all("areas")),
        unit_id=typed.identifier("unit"),
    )


async def invite(desk: Desk, wish: Request, typed: Typed) -> Invited:
    """With its first post."""
    return await desk.room.people.invite(
        desk.actor,
        wish,
        username=typed.one("username"),
        display_name=typed.one("name"),
        post=post_of(desk, typed),
    )


def _give_fields(setting: Setting) -> tuple[Field, ...]:
    return post_fields(setting.desk, setting.typed, setting.areas, setting.schools)


async def _give(doing: Changing) -> Receipt:
    desk = doing.desk
    return await desk.room.people.give_post(desk.actor, doing.wish, doing.account_id, post_of(desk, doing.typed))


def _end_fields(setting: Setting) -> tuple[Field, ...]:
    desk, typed, posts = setting.desk, setting.typed, setting.posts
    _, today = desk.words.gettext, desk.room.today()
    running = tuple((str(post.id), post.title) for post in posts if post.until_day is None or post.until_day >= today)
    return (
        Field(
            id="post_id",
            kind="select",
            label=_("Post"),
            value=typed.one("post_id"),
            items=(("", _("Choose …")), *running),
        ),
        Field(id="until_day", kind="day", label=_("Last day"), value=typed.one("until_day") or today.isoformat()),
        _reason(desk, typed),
    )


async def _end(doing: Changing) -> Receipt:
    desk, typed = doing.desk, doing.typed
    return await desk.room.people.end_post(
        desk.actor,
        doing.wish,
        doing.account_id,
        UUID(typed.one("post_id")),
        date.fromisoformat(typed.one("until_day")),
        typed.one("reason"),
    )


def _reason(desk: Desk, typed: Typed) -> Field:
    label = desk.words.gettext("Reason")
    return Field(
        id="reason", kind="area", label=label, value=typed.one("reason"), most=min(REASON, REASON_CHARACTERS), rows=2
    )


def _reason_fields(setting: Setting) -> tuple[Field, ...]:
    return (_reason(setting.desk, setting.typed),)


async def _lock(doing: Changing) -> Receipt:
    desk = doing.desk
    return await desk.room.people.lock(desk.actor, doing.wish, doing.account_id, doing.typed.one("reason"))


async def _unlock(doing: Changing) -> Receipt:
    desk = doing.desk
    return await desk.room.people.unlock(desk.actor, doing.wish, doing.account_id, doing.typed.one("reason"))


def _no_fields(_setting: Setting) -> tuple[Field, ...]:
    return ()


async def _reissue(doing: Changing) -> Invited:
    return await doing.desk.room.people.reissue(doing.desk.actor, doing.wish, doing.account_id)


async def _remove_second_factor(doing: Changing) -> Receipt:
    desk = doing.desk
    receipt = await desk.room.people.remove_second_factor(
        desk.actor, doing.wish, doing.account_id, doing.typed.one("reason")
    )
    await desk.room.second_factors.forget(doing.account_id)
    return receipt


ACCOUNT_ACTS: dict[str, AccountAct] = {
    "post-givings": AccountAct(fields=_give_fields, perform=_give, possible=lambda row, _posts: not row.locked),
    "post-endings": AccountAct(fields=_end_fields, perform=_end, possible=lambda _row, posts: posts),
    "start-codes": AccountAct(fields=_no_fields, perform=_reissue, possible=lambda row, _posts: not row.locked),
    "second-factor-removals": AccountAct(
        fields=_reason_fields, perform=_remove_second_factor, possible=lambda row, _posts: row.second_factor
    ),
    "locks": AccountAct(
        fields=_reason_fields, perform=_lock, possible=lambda row, _posts: not row.locked, warning=True
    ),
    "unlocks": AccountAct(fields=_reason_fields, perform=_unlock, possible=lambda row, _posts: row.locked),
}
"""By the last part of the address."""
