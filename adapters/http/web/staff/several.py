"""Several cases at once: chosen in a list, given to somebody else, linked as duplicates, or exported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.cases import READ
from adapters.http.injected import Injected
from adapters.http.problems import answer_to, sentence_of
from adapters.http.web.render import page
from adapters.http.web.staff.dossier import colleagues
from adapters.http.web.staff.forms import PAGE, REASON, Errors, Field, Typed, faults, new_command, typed_of
from adapters.http.web.staff.listing import row_context
from adapters.http.web.staff.register import category_name
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, ids, shell
from adapters.http.web.staff.signing_in import HOME
from adapters.http.web.staff.tables import csv_answer
from application.access import ForbiddenError, NotVisibleError, Role
from application.execute import StaleVersionError
from application.feedback_access import STAFF
from application.linking import link_duplicates
from application.reassignment import MOST_AT_ONCE, REASSIGNS, Reassigned, Wanted, reassign
from projections.case_filters import Filters
from projections.case_index import CaseRow

PATH = "/work/several"
LINKS = frozenset({Role.INTAKE, Role.HEAD, Role.OFFICER})
"""Posts that are offered to link duplicates; of each case it is asked again."""
ACTS: dict[str, frozenset[Role]] = {"assign": REASSIGNS, "link": LINKS, "export": STAFF | {Role.AUDITOR}}
COLUMNS = ("number", "state", "summary", "category", "unit", "area", "received", "due", "answered", "waiting")


class Chosen(msgspec.Struct, frozen=True):
    """What was ticked, as far as this person may see it, in the order of the list."""

    rows: tuple[CaseRow, ...]
    versions: dict[UUID, int]
    """As they were seen."""

    @property
    def wanted(self) -> list[Wanted]:
        """Each case with the version that was seen."""
        return [Wanted(row.case_id, self.versions[row.case_id]) for row in self.rows]


class SeveralController(Controller):
    """`/work/several`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def form(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """What is to be done with the ticked ones."""
        desk = desk_of(room, request, signed_in)
        act = act_of(desk, request.query_params.get("act", ""))
        chosen = await _chosen(desk, request.query_params.getall("case", []))
        if act == "export" and chosen.rows:
            return csv_answer("cases.csv", await _table(desk, chosen.rows))
        return await _page(desk, act, chosen)

    @post("/", status_code=200)
    async def do(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """One case after the other; what became of each stands in its line."""
        desk = desk_of(room, request, signed_in)
        wish, typed = await room.intents.read_form(request, desk.actor.id, new=True), await typed_of(request)
        act = act_of(desk, typed.one("act"))
        chosen = await _chosen(desk, typed.all("case"))
        fields = await _fields(desk, act, chosen, typed)
        wrong = faults(fields, typed, desk.words)
        if wrong or not chosen.rows:
            return await _page(desk, act, chosen, typed, wrong)
        if act == "assign":
            handler = await room.officials.colleague(desk.actor, UUID(typed.one("handler_id")))
            if handler is None:
                return await _page(desk, act, chosen, typed, {"handler_id": desk.words.label("several", "nobody")})
            done = await reassign(room.feedback, desk.actor, wish, chosen.wanted, handler, typed.one("reason"))
        else:
            goes_on = UUID(typed.one("of"))
            done = await link_duplicates(room.feedback, desk.actor, wish, chosen.wanted, goes_on, typed.one("reason"))
        return await _outcome(desk, act, chosen, done)


def act_of(desk: Desk, name: str) -> str:
    """Raises NotVisibleError for what is no act, ForbiddenError for what the post does not do."""
    if name not in ACTS:
        raise NotVisibleError
    if not desk.actor.roles & ACTS[name]:
        raise ForbiddenError
    return name


def offered(desk: Desk) -> list[Context]:
    """The buttons below a list."""
    label = desk.words.label
    return [{"value": act, "text": label("several", act)} for act, roles in ACTS.items() if desk.actor.roles & roles]


async def _chosen(desk: Desk, ticked: Sequence[str]) -> Chosen:
    """`<id>.<version>` each; what is none, or may not be seen, is left out."""
    versions: dict[UUID, int] = {}
    for text in ticked[:MOST_AT_ONCE]:
        identifier, _, version = text.partition(".")
        try:
            versions[UUID(identifier)] = int(version)
        except ValueError:
            continue
    if not versions:
        return Chosen((), {})
    found, _moment = await desk.room.cases.page(desk.actor, Filters(case_ids=tuple(versions)), limit=MOST_AT_ONCE)
    return Chosen(found.rows, versions)


async def _fields(desk: Desk, act: str, chosen: Chosen, typed: Typed | None) -> tuple[Field, ...]:
    words = desk.words

    def value(name: str) -> str:
        return typed.one(name) if typed else ""

    reason = Field(id="reason", kind="area", label=words.gettext("Reason"), value=value("reason"), most=REASON, rows=3)
    if act == "assign":
        people = await colleagues(desk, desk.actor.authority_id) if desk.actor.authority_id else []
        items = (("", words.gettext("Choose …")), *((str(one.id), one.text) for one in people))
        handler = Field(
            id="handler_id", kind="select", label=words.gettext("Handler"), value=value("handler_id"), items=items
        )
        return (handler, reason)
    if act == "link":
        cases = tuple((str(row.case_id), f"{row.number} – {row.title}") for row in chosen.rows)
        label = words.gettext("Which case goes on")
        first = str(chosen.rows[0].case_id) if chosen.rows else ""
        of = Field(id="of", kind="radios", label=label, value=value("of") or first, items=cases)
        return (of, reason)
    return ()


async def _page(
    desk: Desk, act: str, chosen: Chosen, typed: Typed | None = None, errors: Errors | None = None
) -> Response[str]:
    words, errors = desk.words, errors or {}
    enough = len(chosen.rows) >= (2 if act == "link" else 1)
    if not enough:
        errors = {PAGE: words.label("several", "none-two" if act == "link" else "none")}
    context = await shell(desk, HOME, errors=errors) | {
        "title": words.label("several", act),
        "explain": words.known("several-explain", act),
        "act": act,
        "action": PATH,
        "command_id": new_command(),
        "back": HOME,
        "rows": [
            {**one, "picked": f"{one['id']}.{chosen.versions[UUID(one['id'])]}"} for one in await _lines(desk, chosen)
        ],
        "inputs": [field.context() for field in await _fields(desk, act, chosen, typed)] if enough else [],
        "outcomes": None,
    }
    return page(desk.request, "staff/several.html", context, status_code=400 if errors else 200)


async def _lines(desk: Desk, chosen: Chosen) -> list[Context]:
    named = (i for row in chosen.rows for i in ids(row.place_id, row.area_id, row.holder_id))
    names = await desk.room.naming.names(named)
    calendar, day = await desk.room.calendar(desk.actor), desk.room.today()
    return [row_context(row, day, calendar, names, desk.words) for row in chosen.rows]


async def _outcome(desk: Desk, act: str, chosen: Chosen, done: Sequence[Reassigned]) -> Response[str]:
    words = desk.words
    for one in done:
        if one.receipt is not None:
            await desk.room.visibility.visible(one.receipt, READ)
    by_case = {one.case_id: one for one in done}
    outcomes = [
        {**line, "done": one.receipt is not None if one else None, "text": _said(desk, act, one)}
        for line in await _lines(desk, chosen)
        for one in [by_case.get(UUID(line["id"]))]
    ]
    good = sum(one.receipt is not None for one in done)
    counted = words.gettext("Done for %(good)s of %(all)s cases.") % {"good": good, "all": len(done)}
    context = await shell(desk, HOME) | {
        "title": words.label("several", act),
        "explain": counted,
        "act": act,
        "back": HOME,
        "rows": [],
        "inputs": [],
        "outcomes": outcomes,
        "notice": {"text": counted, "success": good == len(done)},
    }
    return page(desk.request, "staff/several.html", context)


def _said(desk: Desk, act: str, one: Reassigned | None) -> str:
    """Why not, or what was done; of the case that goes on that it does."""
    if one is None:
        return desk.words.label("several-done", "goes-on")
    if one.error is None:
        return desk.words.label("several-done", act)
    if isinstance(one.error, StaleVersionError):
        return desk.words.label("several-done", "stale")
    return sentence_of(answer_to(one.error), desk.words.language)


async def _table(desk: Desk, rows: Sequence[CaseRow]) -> list[list[str]]:
    """As in the export of the register."""
    words = desk.words
    names = await desk.room.naming.names(i for row in rows for i in ids(row.place_id, row.area_id))

    def cells(row: CaseRow) -> list[str]:
        days = [day.isoformat() if day else "" for day in (row.received_on, row.due_on, row.answered_on)]
        waits = words.label("waits-for", row.waiting_for) if row.waiting_for else ""
        category = category_name(row.category, words)
        unit, area = names.get(row.place_id, ""), names.get(row.area_id, "")
        return [row.number, words.label("state", row.status), row.title, category, unit, area, *days, waits]

    return [[words.label("column", key) for key in COLUMNS], *(cells(row) for row in rows)]
