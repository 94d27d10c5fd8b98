"""Complaints that one may see: the desk by what has to be done, and the register with filters and exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get

from adapters.http.api.complaint_json import names_wanted
from adapters.http.api.complaints import read_cursor, write_cursor
from adapters.http.authenticate import SignedIn
from adapters.http.complaints import must_list
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.complaint_dossier import PATH
from adapters.http.web.staff.complaint_new import NEW
from adapters.http.web.staff.exports import About, exports_of, sheets_answer
from adapters.http.web.staff.exports import preamble as preamble_of
from adapters.http.web.staff.moments import Asked, address, asked_moment, band, look_back
from adapters.http.web.staff.register import day_of, identifier_of
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.sheets import Cell, Sheet
from adapters.http.web.staff.signing_in import to
from adapters.http.web.staff.tables import csv_answer
from adapters.http.web.staff.words import Words
from adapters.http.web.terms import days_left
from application.access import Role
from application.complaint_access import receives_complaints, scope_of
from application.scopes import ComplaintScope
from domain.calendar import DAY, Calendar
from domain.complaints.vocabulary import ComplaintOutcome, Level, Stage
from projections.complaint_list import ComplaintFilters, Order
from projections.complaints import ComplaintRow, step_of
from projections.places import find_places

PARTS = ("mine", "overdue", "soon", "open", "over", "all")
SOON = 3
"""Working days that count as soon."""
SORTS: tuple[Order, ...] = ("due", "received", "number")
ROWS, MOST_EXPORTED = 25, 5_000
COLUMNS = ("number", "level", "unit", "target", "received", "accepted", "due", "state", "waiting", "outcome", "decided")


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """The filters as the address has them, words that mean nothing left out."""

    part: str = "open"
    number: str = ""
    level: str = ""
    stage: str = ""
    outcome: str = ""
    place: UUID | None = None
    received_from: date | None = None
    received_to: date | None = None
    decided_from: date | None = None
    decided_to: date | None = None
    sort: Order = "due"

    def as_address(self) -> Context:
        """For links; what is empty is left out there."""
        found: Context = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def query_of(request: Request[Any, Any, Any]) -> Query:
    """Reads the address."""
    asked = request.query_params

    def word(name: str, known: Sequence[str]) -> str:
        return asked.get(name, "") if asked.get(name, "") in known else ""

    return Query(
        part=word("part", PARTS) or "open",
        number=asked.get("number", "").strip()[:100],
        level=word("level", [level.value for level in Level]),
        stage=word("stage", [stage.value for stage in Stage]),
        outcome=word("outcome", [outcome.value for outcome in ComplaintOutcome]),
        place=identifier_of(asked.get("place", "")),
        received_from=day_of(asked.get("received_from", "")),
        received_to=day_of(asked.get("received_to", "")),
        decided_from=day_of(asked.get("decided_from", "")),
        decided_to=day_of(asked.get("decided_to", "")),
        sort=next((order for order in SORTS if order == asked.get("sort", "")), "due"),
    )


def filters_of(desk: Desk, query: Query, day: date, calendar: Calendar) -> ComplaintFilters:
    """The part of the list, narrowed by the filters."""
    narrowed = ComplaintFilters(
        number=query.number,
        level=query.level,
        stages=(query.stage,) if query.stage else (),
        outcome=query.outcome,
        place_id=query.place,
        received_from=query.received_from,
        received_to=query.received_to,
        decided_from=query.decided_from,
        decided_to=query.decided_to,
    )
    return msgspec.structs.replace(narrowed, **part_of(query.part, scope_of(desk.actor), day, calendar))


def part_of(part: str, scope: ComplaintScope, day: date, calendar: Calendar) -> dict[str, Any]:
    """What a tab narrows the list to, on this day."""
    parts: dict[str, dict[str, Any]] = {
        "mine": {"waits_for": scope, "open_only": True},
        "overdue": {"due_before": day, "open_only": True},
        "soon": {"due_from": day, "due_before": calendar.add_working_days(day, SOON) + DAY, "open_only": True},
        "open": {"open_only": True},
        "over": {"open_only": False},
        "all": {},
    }
    return parts[part]


class ComplaintsController(Controller):
    """`/complaints` and its exports."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def list_all(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """In parts with counts, what is due first on top; also as known at another moment."""
        desk = desk_of(room, request, signed_in)
        must_list(desk.actor)
        if Role.AUDITOR in desk.actor.roles and desk.actor.audit_purpose_until is None:
            return to(address("/purpose", {"next": PATH}))
        return page(request, "staff/complaints.html", await _list(desk))

    @get("/export")
    async def export(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The same list as a table: the same right, the same moment; nothing of what people wrote."""
        desk = desk_of(room, request, signed_in)
        must_list(desk.actor)
        query, asked = query_of(request), asked_moment(desk, happened=False)
        moment = await room.complaint_reader.moment(asked.at)
        filters = filters_of(desk, query, moment.day, await room.calendar(desk.actor))
        up_to = moment.up_to if asked.at else None
        found = await room.complaint_reader.page(
            desk.actor, filters, up_to=up_to, order=query.sort, limit=MOST_EXPORTED
        )
        names = await room.naming.names(names_wanted(found.rows))
        rows = [_cells(row, names, desk.words) for row in found.rows]
        heads = [desk.words.label("complaint-column", key) for key in COLUMNS]
        said = [tag["text"] for tag in _tags(query, asked, desk.words)]
        about = About(desk.words.gettext("Register of complaints"), moment, asked, tuple(said))
        limit = desk.words.gettext("Only the first %(num)s lines.") % {"num": MOST_EXPORTED} if found.next_after else ""
        if request.query_params.get("format") == "xlsx":
            return await sheets_answer(desk, "complaints", about, [Sheet(about.title, heads, rows)], limit)
        texts = [[_text(cell) for cell in row] for row in rows]
        first = [*await preamble_of(desk, about), *([["", limit]] if limit else []), []]
        return csv_answer("complaints.csv", [*first, heads, *texts])


async def _list(desk: Desk) -> Context:
    room, words = desk.room, desk.words
    query, asked = query_of(desk.request), asked_moment(desk, happened=False)
    if "part" not in desk.request.query_params and not asked.at:
        query = msgspec.structs.replace(query, part=await _first_part(desk, query))
    moment = await room.complaint_reader.moment(asked.at)
    calendar = await room.calendar(desk.actor)
    up_to, order, after = (moment.up_to if asked.at else None), query.sort, None
    if cursor := desk.request.query_params.get("cursor", ""):
        up_to, order, after = read_cursor(cursor)
    filters = filters_of(desk, query, moment.day, calendar)
    found = await room.complaint_reader.page(desk.actor, filters, up_to=up_to, order=order, after=after, limit=ROWS)
    names = await room.naming.names(names_wanted(found.rows))
    kept = {**query.as_address(), **asked.query()}
    lists = [filters_of(desk, msgspec.structs.replace(query, part=part), moment.day, calendar) for part in PARTS]
    counts = await room.complaint_reader.counts(desk.actor, lists, up_to=moment.up_to if asked.at else None)
    frozen = moment.up_to if up_to is None and desk.actor.unit_id is None else up_to
    more = write_cursor(frozen, order, found.next_after) if found.next_after else None
    context = await shell(desk, PATH)
    return context | {
        "tabs": [
            {
                "href": address(PATH, {**kept, "part": part}),
                "text": words.label("complaint-part", part),
                "count": count,
                "active": part == query.part,
            }
            for part, count in zip(PARTS, counts, strict=True)
        ],
        "rows": [_row(row, moment.day, calendar, names, words) for row in found.rows],
        "total": found.total,
        "next_page": address(PATH, {**kept, "cursor": more}) if more else None,
        "exports": exports_of(f"{PATH}/export", kept),
        "figures": f"{PATH}/figures",
        "new": NEW if receives_complaints(desk.actor, None) else None,
        "filter": await _filter(desk, query),
        "tags": _tags(query, asked, words),
        "look_back": look_back(PATH, asked, marks=[], happened=False) | {"keep": query.as_address()},
        "past": band(PATH, asked, query.as_address()),
    }


async def _first_part(desk: Desk, query: Query) -> str:
    """What waits for this person, unless nothing does."""
    mine = ComplaintFilters(waits_for=scope_of(desk.actor), open_only=True)
    (count,) = await desk.room.complaint_reader.counts(desk.actor, [mine])
    return "mine" if count else query.part


def _row(row: ComplaintRow, day: date, calendar: Calendar, names: Mapping[UUID, str], words: Words) -> Context:
    state, due = row.state, row.due
    term = None
    if due is not None and row.due_on is not None:
        term = {
            "due": row.due_on,
            "done": None,
            "late": False,
            "badge": due.kind,
            **days_left(due.due_on, day, calendar),
        }
    return {
        "href": f"{PATH}/{row.case_id}",
        "number": row.number or words.gettext("no number yet"),
        "level": words.label("complaint-word", f"level/{row.level}"),
        "unit": names.get(row.place_id, "") if row.place_id else "",
        "target": words.label("complaint-word", f"target/{state.target.value}"),
        "state": words.label("complaint-word", f"stage/{row.stage}"),
        "next": words.known("complaint-next", step_of(state)[0]),
        "waiting": words.known("complaint-waits", row.waiting_for) if row.waiting_for else "",
        "received": row.received_on,
        "outcome": words.label("complaint-word", f"outcome/{row.outcome}") if row.outcome else "",
        "term": term,
        "due_label": words.label("term", due.purpose) if due else "",
    }


def _cells(row: ComplaintRow, names: Mapping[UUID, str], words: Words) -> list[Cell]:
    state = row.state
    return [
        row.number,
        words.label("complaint-word", f"level/{row.level}"),
        names.get(row.place_id, "") if row.place_id else "",
        words.label("complaint-word", f"target/{state.target.value}"),
        row.received_on,
        state.accepted_on,
        row.due_on,
        words.label("complaint-word", f"stage/{row.stage}"),
        words.known("complaint-waits", row.waiting_for) if row.waiting_for else "",
        words.label("complaint-word", f"outcome/{row.outcome}") if row.outcome else "",
        row.decided_on,
    ]


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


async def _filter(desk: Desk, query: Query) -> Context:
    words = desk.words
    today = desk.room.today()
    own = [row for row in await find_places(desk.room.db, limit=5_000) if row.area_id]
    units = [row for row in own if row.authority_on(today) == desk.actor.authority_id]

    def items(field: str, codes: Sequence[str]) -> list[Context]:
        return [{"value": code, "text": words.label("complaint-word", f"{field}/{code}")} for code in codes]

    return {
        "number": query.number,
        "level": query.level,
        "levels": items("level", [level.value for level in Level]),
        "stage": query.stage,
        "stages": items("stage", [stage.value for stage in Stage]),
        "outcome": query.outcome,
        "outcomes": items("outcome", [outcome.value for outcome in ComplaintOutcome]),
        "place": str(query.place) if query.place else "",
        "places": [{"value": str(unit.id), "text": unit.name} for unit in units],
        "days": [
            {"id": name, "label": words.label("complaint-filter", name), "value": _iso(getattr(query, name))}
            for name in ("received_from", "received_to", "decided_from", "decided_to")
        ],
        "sort": query.sort,
        "sorts": [{"value": order, "text": words.label("complaint-sort", order)} for order in SORTS],
        "part": query.part,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _tags(query: Query, asked: Asked, words: Words) -> list[Context]:
    """What is in force, each with the address without it."""
    whole = {**query.as_address(), **asked.query()}
    found = [
        (name, words.label("complaint-word", f"{name}/{whole[name]}"))
        for name in ("level", "stage", "outcome")
        if whole[name]
    ]
    found += [("number", f"“{query.number}”")] if query.number else []
    found += [("place", words.label("complaint-filter", "place"))] if query.place else []
    days = [name for name in ("received_from", "received_to", "decided_from", "decided_to") if whole[name]]
    found += [
        (name, f"{words.label('complaint-filter', name)}: {date.fromisoformat(whole[name]):%d/%m/%Y}") for name in days
    ]
    return [{"text": text, "href": address(PATH, {**whole, name: ""})} for name, text in found]
