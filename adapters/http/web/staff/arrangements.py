"""Absence with a stand-in, and delegations of signing: seen, given and ended by dates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.injected import FromPath, Injected
from adapters.http.web import i18n
from adapters.http.web.staff.dossier import Colleague, colleagues
from adapters.http.web.staff.forms import NOTHING, Field, Typed
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of
from adapters.http.web.staff.running import (
    Form,
    Page,
    cell,
    day_field,
    day_of,
    reason_of,
    section,
    show,
    take,
)
from application.access import NotVisibleError, Role
from application.feedback_access import STAFF
from application.ports import Receipt
from application.ports import Request as Wish
from domain.feedback.categories import CATEGORIES
from projections.arrangements import Arranged, ArrangementRow, arrangements_in

PATH = "/arrangements"


class ArrangementsController(Controller):
    """`/arrangements`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def arrangements(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Of the own authority; past ones too."""
        desk = desk_of(room, request, signed_in)
        desk.need(STAFF)
        return await show(desk, *await _page(desk, NOTHING))

    @post("/{act:str}", status_code=200)
    async def change(
        self,
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Give one, or end one."""
        desk = desk_of(room, request, signed_in)
        desk.need(STAFF)
        return await take(desk, act, lambda typed: _page(desk, typed))


async def running_delegations(desk: Desk) -> list[str]:
    """`I am delegating to … until the end of …`, for whoever delegates today."""
    if desk.actor.authority_id is None:
        return []
    today, words = desk.room.today(), desk.words
    rows = [
        row
        for row in await arrangements_in(desk.room.db, desk.actor.authority_id, "delegation")
        if row.giver_id == desk.actor.id and row.runs_on(today)
    ]
    names = await desk.room.naming.names(row.receiver_id for row in rows)
    text = words.gettext("I am delegating to %(to)s until the end of %(day)s: %(what)s.")
    return [
        text
        % {
            "to": names.get(row.receiver_id, words.gettext("An account without a name")),
            "day": i18n.short_day(row.until_day),
            "what": _what(row, desk),
        }
        for row in rows
    ]


async def _page(desk: Desk, typed: Typed) -> tuple[Page, dict[str, Form]]:
    if desk.actor.authority_id is None:
        raise NotVisibleError
    _, db = desk.words.gettext, desk.room.db
    absences = await arrangements_in(db, desk.actor.authority_id, "stand-in")
    delegations = await arrangements_in(db, desk.actor.authority_id, "delegation")
    people = [p for p in await colleagues(desk, desk.actor.authority_id) if p.roles & STAFF]
    names = await desk.room.naming.names(
        person for row in [*absences, *delegations] for person in (row.giver_id, row.receiver_id)
    )
    dates = [_("First day"), _("Last day"), _("State")]
    page = Page(
        path=PATH,
        title=_("Absence and delegation"),
        explain=[
            _("A stand-in sees and handles what the absent person has in hand. A delegation lets somebody sign."),
        ],
        badges=await running_delegations(desk),
        seen_in=(Arranged.name,),
        sections=[
            section(
                "absences",
                _("Absences"),
                [_("Absent"), _("Stand-in"), *dates],
                [[*_sides(row, names, desk), *_dates(row, desk)] for row in absences],
                _("Nobody has a stand-in."),
            ),
            section(
                "delegations",
                _("Delegations of signing"),
                [_("From"), _("To"), _("For"), *dates],
                [[*_sides(row, names, desk), cell(_what(row, desk)), *_dates(row, desk)] for row in delegations],
                _("Nothing is delegated."),
            ),
        ],
    )
    return page, _forms(desk, typed, people, absences, delegations, names)


def _forms(
    desk: Desk,
    typed: Typed,
    people: list[Colleague],
    absences: list[ArrangementRow],
    delegations: list[ArrangementRow],
    names: dict[UUID, str],
) -> dict[str, Form]:
    actor, today, _ = desk.actor, desk.room.today(), desk.words.gettext
    head = Role.HEAD in actor.roles
    mine = [row for row in absences if head or actor.id in (row.giver_id, row.receiver_id)]
    given = [row for row in delegations if actor.id in (row.giver_id, row.receiver_id)]
    can_end = [row for row in mine if row.until_day > today]
    can_end_delegation = [row for row in given if row.until_day > today]
    days = (
        day_field(desk, typed, "from_day", _("First day"), today),
        day_field(desk, typed, "until_day", _("Last day")),
    )
    absent = people if head else [person for person in people if person.id == actor.id]
    until = day_field(desk, typed, "until_day", _("Last day"), today)
    return {
        "stand-ins": Form(
            name="stand-ins",
            fields=(
                _person(desk, typed, "absent", _("Who is absent"), absent, str(actor.id) if not head else ""),
                _person(desk, typed, "stand_in", _("Who stands in"), [p for p in people if p.id != actor.id or head]),
                *days,
                reason_of(desk, typed),
            ),
            perform=lambda wish, sent: _appoint(desk, wish, sent),
        ),
        "stand-in-endings": Form(
            name="stand-in-endings",
            fields=(_one_of(desk, typed, can_end, names), until, reason_of(desk, typed)),
            perform=lambda wish, sent: _end(desk, wish, sent, can_end),
            may=bool(can_end),
        ),
        "delegations": Form(
            name="delegations",
            fields=(
                _person(desk, typed, "to", _("To whom"), [p for p in people if p.id != actor.id]),
                *days,
                Field(
                    id="categories",
                    kind="checkboxes",
                    label=_("Only for these categories"),
                    value=",".join(typed.all("categories")),
                    items=tuple((code, _name(code, desk)) for code in CATEGORIES),
                    required=False,
                    hint=_("None: everything. With some, this person answers these directly."),
                ),
            ),
            perform=lambda wish, sent: _delegate(desk, wish, sent),
            may=head,
        ),
        "delegation-endings": Form(
            name="delegation-endings",
            fields=(_one_of(desk, typed, can_end_delegation, names), until, reason_of(desk, typed)),
            perform=lambda wish, sent: _end_delegation(desk, wish, sent, can_end_delegation),
            may=bool(can_end_delegation),
        ),
    }


async def _appoint(desk: Desk, wish: Wish, typed: Typed) -> Receipt:
    return await desk.room.people.appoint_stand_in(
        desk.actor,
        wish,
        UUID(typed.one("stand_in")),
        for_account_id=UUID(typed.one("absent")),
        from_day=day_of(typed, "from_day"),
        until_day=day_of(typed, "until_day"),
        reason=typed.one("reason"),
    )


async def _end(desk: Desk, wish: Wish, typed: Typed, rows: list[ArrangementRow]) -> Receipt:
    row = next(row for row in rows if str(row.id) == typed.one("which"))
    return await desk.room.people.end_stand_in(
        desk.actor, wish, row.receiver_id, row.id, day_of(typed, "until_day"), typed.one("reason")
    )


async def _delegate(desk: Desk, wish: Wish, typed: Typed) -> Receipt:
    return await desk.room.people.delegate_signing(
        desk.actor,
        wish,
        UUID(typed.one("to")),
        from_day=day_of(typed, "from_day"),
        until_day=day_of(typed, "until_day"),
        categories=frozenset(typed.all("categories")),
    )


async def _end_delegation(desk: Desk, wish: Wish, typed: Typed, rows: list[ArrangementRow]) -> Receipt:
    row = next(row for row in rows if str(row.id) == typed.one("which"))
    return await desk.room.people.end_delegation(
        desk.actor, wish, row.receiver_id, row.id, day_of(typed, "until_day"), typed.one("reason")
    )


def _person(desk: Desk, typed: Typed, name: str, label: str, people: list[Colleague], value: str = "") -> Field:
    items = (("", desk.words.gettext("Choose …")), *((str(person.id), person.text) for person in people))
    return Field(id=name, kind="select", label=label, value=typed.one(name) or value, items=items)


def _one_of(desk: Desk, typed: Typed, rows: list[ArrangementRow], names: dict[UUID, str]) -> Field:
    words = desk.words

    def told(row: ArrangementRow) -> str:
        who = f"{names.get(row.giver_id, '')} → {names.get(row.receiver_id, '')}"
        return f"{who}, {i18n.short_day(row.from_day)} – {i18n.short_day(row.until_day)}"

    items = tuple((str(row.id), told(row)) for row in rows)
    choose = ("", words.gettext("Choose …"))
    return Field(
        id="which", kind="select", label=words.gettext("Which one"), value=typed.one("which"), items=(choose, *items)
    )


def _sides(row: ArrangementRow, names: dict[UUID, str], desk: Desk) -> list[Context]:
    nobody = desk.words.gettext("An account without a name")
    return [cell(names.get(row.giver_id, nobody)), cell(names.get(row.receiver_id, nobody), quiet=row.reason)]


def _dates(row: ArrangementRow, desk: Desk) -> list[Context]:
    today = desk.room.today()
    state = "running" if row.runs_on(today) else "past" if row.until_day < today else "ahead"
    return [
        cell(i18n.short_day(row.from_day)),
        cell(i18n.short_day(row.until_day)),
        cell(desk.words.label("arrangement-state", state), tag="green" if state == "running" else "grey"),
    ]


def _what(row: ArrangementRow, desk: Desk) -> str:
    if not row.categories:
        return desk.words.gettext("everything")
    return ", ".join(_name(code, desk) for code in row.categories)


def _name(code: str, desk: Desk) -> str:
    category = CATEGORIES.get(code)
    if category is None:
        return code
    return category.en if desk.words.language == "en" else category.vi
