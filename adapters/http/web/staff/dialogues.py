"""Dialogue meetings: the list of those of the authority, as a file, and planning one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

from litestar import Controller, Request, Response, get, post

from adapters.http.api.dialogues import PARTS, filters_of, read_cursor, write_cursor
from adapters.http.authenticate import SignedIn
from adapters.http.dialogues import must_read
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.exports import About, exports_of, sheets_answer, stream
from adapters.http.web.staff.forms import (
    LINE,
    NOTHING,
    TEXT,
    Errors,
    Field,
    Typed,
    faults,
    new_command,
    refusal,
    typed_of,
)
from adapters.http.web.staff.moments import Asked, address, asked_moment, band, look_back
from adapters.http.web.staff.room import DIALOGUES_PATH, Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.sheets import Cell, Sheet
from adapters.http.web.staff.signing_in import to
from application.access import ForbiddenError
from application.dialogue_access import plans
from application.dialogues import Plan
from domain.calendar import legal_date
from domain.dialogues.vocabulary import OpinionStatus
from domain.kernel import RefusalError
from projections.dialogues import LATEST, ORDERS, DialogueOrder, DialogueRow, Dialogues

PATH = DIALOGUES_PATH
SHOWN_PARTS = ("open", "late", "planned", "held", "closed", "all")
ROWS, MOST_EXPORTED = 25, 5_000
COLUMNS = ("title", "day", "stage", "opinions", "settled", "open", "rows-waiting", "next-due", "closed", "published")


class DialoguesController(Controller):
    """`/dialogues`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def list_all(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """In parts with counts; also as it stood at another moment."""
        desk = desk_of(room, request, signed_in)
        must_read(desk.actor)
        return page(request, "staff/dialogues.html", await _list(desk))

    @get("/export")
    async def export(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The chosen part for a spreadsheet, without a word of anybody."""
        desk = desk_of(room, request, signed_in)
        must_read(desk.actor)
        words, asked = desk.words, asked_moment(desk, happened=False)
        moment = await room.dialogue_reader.moment(asked.at)
        part, order, sought = _chosen(desk)
        filters = filters_of(part, moment.day, sought)
        found = await room.dialogue_reader.page(desk.actor, filters, moment, order=order, limit=MOST_EXPORTED)
        heads = [words.label("dialogue-column", key) for key in COLUMNS]
        rows = [_cells(row, desk) for row in found.rows]
        title = words.gettext("Dialogue meetings")
        about = About(title, moment, asked, (words.label("dialogue-part", part), *([sought] if sought else [])))
        if request.query_params.get("format") == "xlsx":
            return await sheets_answer(desk, "dialogues", about, [Sheet(title, heads, rows)])
        return await stream(desk, "dialogues", about, [(None, heads, _each(rows))])

    @get("/plan")
    async def form(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Nothing filled in."""
        desk = desk_of(room, request, signed_in)
        _must_plan(desk)
        return await _form(desk)

    @post("/plan", status_code=200)
    async def plan(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Planned, and on to the meeting."""
        desk = desk_of(room, request, signed_in)
        _must_plan(desk)
        wish, typed = await room.intents.read_form(request, desk.actor.id, new=True), await typed_of(request)
        fields = plan_fields(desk, typed)
        if errors := faults(fields, typed, desk.words):
            return await _form(desk, typed, errors, status_code=400)
        texts = ("title", "matter", "place", "chair_post", "invited", "chair_name")
        what = Plan(planned_on=date.fromisoformat(typed.one("planned_on")), **{name: typed.one(name) for name in texts})
        try:
            planned = await room.dialogues.plan(desk.actor, wish, what)
        except RefusalError as error:
            return await _form(desk, typed, refusal(error, desk.words, fields, {}), status_code=409)
        await room.visibility.visible(planned.receipt, (Dialogues.name,))
        return to(f"{PATH}/{planned.dialogue_id}?done=dialogue-planned")


def _must_plan(desk: Desk) -> None:
    if not plans(desk.actor):
        raise ForbiddenError


def plan_fields(desk: Desk, typed: Typed) -> list[Field]:
    """With what was typed."""
    _ = desk.words.gettext

    def line(name: str, label: str, hint: str = "", **more: Any) -> Field:
        return Field(id=name, kind="text", label=label, value=typed.one(name), hint=hint, most=LINE, **more)

    def area(name: str, label: str, hint: str) -> Field:
        return Field(id=name, kind="area", label=label, value=typed.one(name), hint=hint, most=TEXT, rows=3)

    planned_on = typed.one("planned_on")
    return [
        line("title", _("Title of the meeting")),
        area("matter", _("Matter of the meeting"), _("For example: the plan of the school year, fees, safety.")),
        Field(id="planned_on", kind="day", label=_("Planned day"), value=planned_on),
        line("place", _("Place")),
        line("chair_post", _("Who chairs it (post)")),
        line("chair_name", _("Name of who chairs it (may stay empty)"), _("Kept sealed."), required=False),
        area("invited", _("Who is invited"), _("Groups of people, no names: parents, teachers, people of a hamlet.")),
    ]


async def _form(
    desk: Desk, typed: Typed = NOTHING, errors: Errors | None = None, *, status_code: int = 200
) -> Response[str]:
    context = await shell(desk, PATH, errors=errors or {}) | {
        "back": PATH,
        "action": f"{PATH}/plan",
        "command_id": typed.one("command_id") or new_command(),
        "fields": [field.context() for field in plan_fields(desk, typed)],
    }
    return page(desk.request, "staff/dialogue_plan.html", context, status_code=status_code)


def _chosen(desk: Desk) -> tuple[str, DialogueOrder, str]:
    query = desk.request.query_params
    part, sort = query.get("part", ""), query.get("sort", "")
    order: DialogueOrder = next((name for name in ORDERS if name == sort), "newest")
    return part if part in PARTS else "open", order, query.get("q", "").replace("\0", "").strip()[:LINE]


async def _list(desk: Desk) -> Context:
    room, words = desk.room, desk.words
    asked, (part, order, sought) = asked_moment(desk, happened=False), _chosen(desk)
    moment = await room.dialogue_reader.moment(asked.at)
    cursor = desk.request.query_params.get("cursor", "")
    found = await room.dialogue_reader.page(
        desk.actor,
        filters_of(part, moment.day, sought),
        moment,
        order=order,
        after=read_cursor(cursor) if cursor else None,
        limit=ROWS,
    )
    lists = [filters_of(name, moment.day, sought) for name in SHOWN_PARTS]
    counts = await room.dialogue_reader.counts(desk.actor, lists, moment)
    query = {"part": part, "sort": order, "q": sought, **asked.query()}
    return await shell(desk, PATH) | {
        "tabs": [
            {
                "href": address(PATH, {**query, "part": name}),
                "text": words.label("dialogue-part", name),
                "count": count,
                "active": name == part,
            }
            for name, count in zip(SHOWN_PARTS, counts, strict=True)
        ],
        "rows": [list_row(row, moment.day, asked, desk) for row in found.rows],
        "search": {"action": PATH, "q": sought, "keep": {"part": part, "sort": order, **asked.query()}},
        "sorts": [
            {
                "text": words.label("dialogue-sort", name),
                "href": address(PATH, {**query, "sort": name}),
                "active": name == order,
            }
            for name in ORDERS
        ],
        "next_page": address(PATH, {**query, "cursor": write_cursor(found.next_after)}) if found.next_after else None,
        "exports": exports_of(f"{PATH}/export", query),
        "plan": f"{PATH}/plan" if plans(desk.actor) and not asked.at else None,
        "look_back": look_back(PATH, asked, marks=[], happened=False) | {"keep": {"part": part, "q": sought}},
        "past": band(PATH, asked, {"part": part, "q": sought}),
    }


def list_row(row: DialogueRow, today: date, asked: Asked, desk: Desk) -> Context:
    """One line, with how far it is."""
    return {
        "href": address(f"{PATH}/{row.id}", asked.query()),
        "title": row.title,
        "day": row.day,
        "held": row.held,
        "stage": desk.words.label("dialogue-stage", row.stage),
        "total": len(row.opinions),
        "settled": row.settled,
        "waiting": len(row.aside),
        "next_due": None if row.next_due == LATEST else row.next_due,
        "late": row.next_due < today,
        "published": row.published,
    }


def _cells(row: DialogueRow, desk: Desk) -> list[Cell]:
    words, states = desk.words, row.states()
    return [
        row.title,
        row.day,
        words.label("dialogue-stage", row.stage),
        len(row.opinions),
        row.settled,
        states[OpinionStatus.RECORDED] + states[OpinionStatus.ROUTED],
        len(row.aside),
        None if row.next_due == LATEST else row.next_due,
        legal_date(row.closed_at) if row.closed_at else None,
        words.gettext("Yes") if row.published else words.gettext("No"),
    ]


async def _each(rows: list[list[Cell]]) -> AsyncIterator[list[Cell]]:
    for row in rows:
        yield row
