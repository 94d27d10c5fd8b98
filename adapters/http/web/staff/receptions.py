"""Days of reception: the list of them, and a new one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.api.reception_bodies import read_cursor, write_cursor
from adapters.http.api.reception_json import ids_of_day
from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.receptions import READ, must_read
from adapters.http.web.render import page
from adapters.http.web.staff.exports import About, exports_of, sheets_answer, stream
from adapters.http.web.staff.forms import Errors, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.moments import Asked, address, asked_moment, band, look_back
from adapters.http.web.staff.reception_acts import (
    ALIASES,
    day_of,
)
from adapters.http.web.staff.reception_fields import day_fields, late_fields
from adapters.http.web.staff.reception_page import receiver_words
from adapters.http.web.staff.register import day_of as day_typed
from adapters.http.web.staff.room import RECEPTION_PATH, Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.sheets import Cell, Sheet
from adapters.http.web.staff.signing_in import to
from application.access import ForbiddenError
from application.reception_access import RECORDS, records
from domain.calendar import legal_date
from domain.kernel import RefusalError
from projections.reception_days import DayFilters, DayOrder, DayRow

ROWS, MOST_EXPORTED = 25, 5_000
COLUMNS = ("day", "day-kind", "place", "receiver", "visits", "state", "late")


class ReceptionPages(Controller):
    """`/receptions`."""

    path = RECEPTION_PATH
    include_in_schema = False

    @get("/")
    async def list_all(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """By day, the latest first; also as it stood at another moment."""
        desk = desk_of(room, request, signed_in)
        must_read(desk.actor)
        return page(request, "staff/receptions.html", await _list(desk))

    @get("/export")
    async def export(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The same list for a spreadsheet."""
        desk = desk_of(room, request, signed_in)
        must_read(desk.actor)
        filters, order, asked = period_of(desk), order_of(desk), asked_moment(desk, happened=False)
        moment = await room.reception_reader.moment(asked.at)
        found = await room.reception_reader.days(desk.actor, filters, moment, order=order, limit=MOST_EXPORTED)
        names = await room.naming.names(one for row in found.rows for one in ids_of_day(row))
        heads = [desk.words.label("reception-column", key) for key in COLUMNS]
        rows = [_cells(desk, row, names) for row in found.rows]
        about = About(desk.words.gettext("Days of reception"), moment, asked, said_of(desk, filters))
        if request.query_params.get("format") == "xlsx":
            return await sheets_answer(desk, "reception-days", about, [Sheet(about.title, heads, rows)])
        return await stream(desk, "reception-days", about, [(None, heads, each(rows))])

    @get("/new")
    async def new(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The form of a new day: today's, unless another is typed."""
        desk = desk_of(room, request, signed_in)
        desk.need(RECORDS)
        return await _new(desk, Typed({"day": [room.today().isoformat()]}))

    @post("/new", status_code=200)
    async def open_day(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Opened, and on to its page."""
        desk = desk_of(room, request, signed_in)

        async def seen() -> None:
            if not records(desk.actor):
                raise ForbiddenError

        await seen()
        wish = await room.intents.read_form(request, desk.actor.id, seen, new=True)
        typed = await typed_of(request)
        fields = [*await day_fields(desk, typed), *late_fields(desk, None, typed)]
        if await room.receptions.known(wish) is None and (errors := faults(fields, typed, desk.words)):
            return await _new(desk, typed, errors, status_code=400)
        try:
            receipt = await room.receptions.open_day(
                desk.actor, wish, await day_of(desk, typed), typed.one("late_reason")
            )
        except RefusalError as error:
            return await _new(desk, typed, refusal(error, desk.words, fields, ALIASES), status_code=409)
        await room.visibility.visible(receipt, READ)
        return to(f"{RECEPTION_PATH}/{receipt.case_id}?done=reception-opened")


def period_of(desk: Desk) -> DayFilters:
    """The days that the address names; what is no day does not narrow."""
    asked = desk.request.query_params
    return DayFilters(from_day=day_typed(asked.get("from", "")), to_day=day_typed(asked.get("to", "")))


def order_of(desk: Desk, usual: DayOrder = "newest") -> DayOrder:
    """Which end comes first."""
    asked = desk.request.query_params.get("sort", "")
    return "oldest" if asked == "oldest" else "newest" if asked == "newest" else usual


def query_of(filters: DayFilters, order: DayOrder, asked: Asked) -> Context:
    """The same in an address."""
    return {"from": _iso(filters.from_day), "to": _iso(filters.to_day), "sort": order, **asked.query()}


def said_of(desk: Desk, filters: DayFilters) -> tuple[str, ...]:
    """The period in words, for a file."""
    _ = desk.words.gettext
    ends = ((_("From %(day)s"), filters.from_day), (_("up to %(day)s"), filters.to_day))
    return tuple(text % {"day": f"{day:%d/%m/%Y}"} for text, day in ends if day)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


async def each(rows: list[list[Cell]]) -> AsyncIterator[list[Cell]]:
    """For a file that is told line by line."""
    for row in rows:
        yield row


async def _list(desk: Desk) -> Context:
    room, words = desk.room, desk.words
    filters, order, asked = period_of(desk), order_of(desk), asked_moment(desk, happened=False)
    cursor = desk.request.query_params.get("cursor", "")
    after = read_cursor(cursor, tuple[date, UUID]) if cursor else None
    reader = room.reception_reader
    moment = await reader.moment(asked.at)
    found = await reader.days(desk.actor, filters, moment, order=order, after=after, limit=ROWS)
    names = await room.naming.names(one for row in found.rows for one in ids_of_day(row))
    query = query_of(filters, order, asked)
    other: DayOrder = "oldest" if order == "newest" else "newest"
    kept = {name: value for name, value in query.items() if name not in ("as_of", "clock")}
    return await shell(desk, RECEPTION_PATH) | {
        "rows": [_row(desk, row, names) for row in found.rows],
        "total": found.total,
        "filter": {"from": query["from"], "to": query["to"], "sort": order},
        "action": RECEPTION_PATH,
        "sort": {
            "text": words.label("reception-sort", other),
            "href": address(RECEPTION_PATH, {**query, "sort": other}),
        },
        "next_page": address(RECEPTION_PATH, {**query, "cursor": write_cursor(found.next_after)})
        if found.next_after
        else None,
        "exports": exports_of(f"{RECEPTION_PATH}/export", query),
        "register": f"{RECEPTION_PATH}/register",
        "new": f"{RECEPTION_PATH}/new" if records(desk.actor) and asked.at is None else None,
        "look_back": look_back(RECEPTION_PATH, asked, marks=[], happened=False) | {"keep": kept},
        "past": band(RECEPTION_PATH, asked, kept),
    }


def _receiver(desk: Desk, row: DayRow, names: dict[UUID, str]) -> str:
    written = desk.room.reception_reader.words(desk.actor).of_day(row.receiver.name)
    return receiver_words(desk, row.receiver, written, names)


def _row(desk: Desk, row: DayRow, names: dict[UUID, str]) -> Context:
    return {
        "href": f"{RECEPTION_PATH}/{row.id}",
        "day": row.day,
        "place": row.place,
        "kind": desk.words.label("reception-day-kind", row.kind.value),
        "receiver": _receiver(desk, row, names),
        "visits": row.visits,
        "state": desk.words.label("reception-state", "closed" if row.closed_at else "open"),
        "late_days": row.late_days,
    }


def _cells(desk: Desk, row: DayRow, names: dict[UUID, str]) -> list[Cell]:
    words = desk.words
    return [
        row.day,
        words.label("reception-day-kind", row.kind.value),
        row.place,
        _receiver(desk, row, names),
        row.visits,
        words.label("reception-state", "closed" if row.closed_at else "open"),
        legal_date(row.recorded_at) if row.late_days else None,
    ]


async def _new(desk: Desk, typed: Typed, errors: Errors | None = None, *, status_code: int = 200) -> Response[str]:
    _ = desk.words.gettext
    inputs = [*await day_fields(desk, typed), *late_fields(desk, None, typed)]
    context = await shell(desk, RECEPTION_PATH, errors=errors or {}) | {
        "title": _("New day of reception"),
        "explain": [_("Also a day on which nobody came stands in the register.")],
        "back": RECEPTION_PATH,
        "version": None,
        "action": f"{RECEPTION_PATH}/new",
        "command_id": typed.one("command_id") or new_command(),
        "inputs": [field.context() for field in inputs],
        "do": _("Open the day"),
        "warning": False,
        "previews": [],
    }
    return page(desk.request, "staff/act.html", context, status_code=status_code)
