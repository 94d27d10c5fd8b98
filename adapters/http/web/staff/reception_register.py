"""Sổ tiếp công dân: every visit of a period in the columns that officials know, to be printed and exported."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get

from adapters.http.api.reception_bodies import read_cursor, write_cursor
from adapters.http.api.reception_json import ids_of_lines
from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.receptions import Words, must_read
from adapters.http.web.render import page
from adapters.http.web.staff.exports import About, exports_of, sheets_answer, stream
from adapters.http.web.staff.moments import Asked, address, asked_moment, band, look_back
from adapters.http.web.staff.reception_page import receiver_words, shown_text
from adapters.http.web.staff.receptions import each, order_of, period_of, query_of, said_of
from adapters.http.web.staff.room import RECEPTION_PATH, Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.sheets import Cell, Sheet
from domain.calendar import legal_date
from domain.reception.vocabulary import VisitKind, VisitResult
from projections.reception_days import DayOrder
from projections.reception_visits import Line, Place, RegisterFilters

PATH = f"{RECEPTION_PATH}/register"
ROWS, MOST_EXPORTED = 100, 5_000
COLUMNS = ("ordinal", "day", "people", "contact", "content", "visit-kind", "result", "receiver", "remarks")
Names = dict[UUID, str]


class ReceptionRegisterPages(Controller):
    """`/receptions/register`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def register(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """From the first visit of the period on; also as it stood at another moment."""
        desk = desk_of(room, request, signed_in)
        must_read(desk.actor)
        return page(request, "staff/reception_register.html", await _register(desk))

    @get("/export")
    async def export(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The same lines for a spreadsheet: the same right, the same moment."""
        desk = desk_of(room, request, signed_in)
        must_read(desk.actor)
        filters, order, asked = filters_of(desk), order_of(desk, "oldest"), asked_moment(desk, happened=False)
        reader, words = room.reception_reader, desk.words
        moment = await reader.moment(asked.at)
        found = await reader.register(desk.actor, filters, moment, order=order, limit=MOST_EXPORTED)
        names = await room.naming.names(ids_of_lines(found.lines))
        opened = reader.words(desk.actor)
        heads = [words.label("reception-column", key) for key in COLUMNS]
        rows = [_cells(desk, place, line, opened, names) for place, line in enumerate(found.lines, start=1)]
        title = words.gettext("Register of reception of citizens")
        about = About(title, moment, asked, (*said_of(desk, filters.days), *_said(desk, filters)))
        more = found.total - len(found.lines)
        limit = words.gettext("Only the first %(num)s lines.") % {"num": MOST_EXPORTED} if more > 0 else ""
        if request.query_params.get("format") == "xlsx":
            return await sheets_answer(desk, "reception-register", about, [Sheet(title, heads, rows)], limit)
        return await stream(desk, "reception-register", about, [(limit or None, heads, each(rows))])


def filters_of(desk: Desk) -> RegisterFilters:
    """What the address names; without a period the year of today."""
    asked, days = desk.request.query_params, period_of(desk)
    if "from" not in asked and "to" not in asked:
        days = type(days)(from_day=date(desk.room.today().year, 1, 1), to_day=None)
    kind, result = asked.get("kind", ""), asked.get("result", "")
    return RegisterFilters(
        days=days,
        kinds=tuple(one for one in VisitKind if one.value == kind),
        results=tuple(one for one in VisitResult if one.value == result),
    )


def _query(filters: RegisterFilters, order: DayOrder, asked: Asked) -> Context:
    whole = query_of(filters.days, order, asked)
    return whole | {"kind": "".join(filters.kinds), "result": "".join(filters.results)}


def _said(desk: Desk, filters: RegisterFilters) -> tuple[str, ...]:
    label = desk.words.label
    return (
        *(label("visit-kind", one.value) for one in filters.kinds),
        *(label("visit-result", one.value) for one in filters.results),
    )


async def _register(desk: Desk) -> Context:
    room, words = desk.room, desk.words
    filters, order, asked = filters_of(desk), order_of(desk, "oldest"), asked_moment(desk, happened=False)
    cursor, first = desk.request.query_params.get("cursor", ""), desk.request.query_params.get("n", "")
    after = read_cursor(cursor, Place) if cursor else None
    start = int(first) if cursor and first.isascii() and first.isdigit() and len(first) < len("1000000") else 0
    reader = room.reception_reader
    moment = await reader.moment(asked.at)
    found = await reader.register(desk.actor, filters, moment, order=order, after=after, limit=ROWS)
    names = await room.naming.names([*ids_of_lines(found.lines), desk.actor.authority_id])
    opened, query = reader.words(desk.actor), _query(filters, order, asked)
    kept = {name: value for name, value in query.items() if name not in ("as_of", "clock")}
    more = {**query, "cursor": write_cursor(found.next_after), "n": start + ROWS} if found.next_after else None
    return await shell(desk, RECEPTION_PATH) | {
        "authority": names.get(desk.actor.authority_id, "") if desk.actor.authority_id else "",
        "heads": [words.label("reception-column", key) for key in COLUMNS],
        "rows": [_row(desk, place, line, opened, names) for place, line in enumerate(found.lines, start=start + 1)],
        "total": found.total,
        "action": PATH,
        "back": RECEPTION_PATH,
        "filter": {
            **kept,
            "kinds": [{"value": one.value, "text": words.label("visit-kind", one.value)} for one in VisitKind],
            "results": [{"value": one.value, "text": words.label("visit-result", one.value)} for one in VisitResult],
        },
        "period": said_of(desk, filters.days),
        "next_page": address(PATH, more) if more else None,
        "exports": exports_of(f"{PATH}/export", query),
        "look_back": look_back(PATH, asked, marks=[], happened=False) | {"keep": kept},
        "past": band(PATH, asked, kept),
    }


def _parts(desk: Desk, line: Line, opened: Words, names: Names) -> Context:
    row, words = line.visit, desk.words
    visit, hidden = row.visit, words.gettext("Kept close")

    def said(value: Any) -> str:
        return hidden if opened.withheld(row) else shown_text(desk, opened.text(row, value))

    people = said(visit.people)
    if visit.people_count > 1 and not opened.withheld(row):
        people += " " + words.gettext("(%(num)s people)") % {"num": visit.people_count}
    unit = names.get(visit.place_id, "") if visit.place_id else ""
    result = words.label("visit-result", row.result.value)
    text = said(visit.result_text) if visit.result_text and not opened.withheld(row) else ""
    return {
        "day": line.day.day,
        "people": people,
        "contact": said(visit.contact) if visit.contact else "",
        "content": said(visit.content),
        "unit": unit,
        "visit-kind": words.label("visit-kind", row.kind.value),
        "result": result,
        "result_text": text,
        "receiver": receiver_words(desk, line.day.receiver, opened.of_day(line.day.receiver.name), names),
        "remarks": _remarks(desk, line),
    }


def _remarks(desk: Desk, line: Line) -> list[str]:
    row, _ = line.visit, desk.words.gettext
    found = []
    if row.case_number:
        found.append(_("Case %(number)s") % {"number": row.case_number})
    if row.papers:
        found.append(_("Signed minutes"))
    elif row.owes_minutes:
        found.append(_("Signed minutes still missing"))
    if row.corrections:
        on = legal_date(row.corrections[-1].at)
        found.append(_("Corrected on %(day)s") % {"day": f"{on:%d/%m/%Y}"})
    late = (legal_date(row.recorded_at) - line.day.day).days
    if late > 0:
        text = desk.words.ngettext("recorded %(num)d day late", "recorded %(num)d days late", late)
        found.append(text % {"num": late})
    return found


def _row(desk: Desk, place: int, line: Line, opened: Words, names: Names) -> Context:
    parts = _parts(desk, line, opened, names)
    return parts | {
        "ordinal": place,
        "number": line.visit.number,
        "href": f"{RECEPTION_PATH}/{line.day.id}#visit-{line.visit.number}",
        "kind": parts["visit-kind"],
    }


def _cells(desk: Desk, place: int, line: Line, opened: Words, names: Names) -> list[Cell]:
    parts = _parts(desk, line, opened, names)
    parts["content"] = "\n".join(filter(None, (parts["content"], parts["unit"])))
    parts["result"] = ": ".join(filter(None, (parts["result"], parts["result_text"])))
    parts["remarks"] = "; ".join(parts["remarks"])
    return [place, *(parts[key] for key in COLUMNS[1:])]
