"""Figures of complaints in a period, as of any moment; numbers open their list where the register can show it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.cases import Moment
from adapters.http.complaint_figures import KINDS, asked_span, figures_for
from adapters.http.complaints import must_list
from adapters.http.injected import Injected
from adapters.http.web import i18n
from adapters.http.web.render import page
from adapters.http.web.staff.complaint_dossier import PATH as LIST
from adapters.http.web.staff.complaint_figure_tables import Links, headlines, tables
from adapters.http.web.staff.exports import About, exports_of, sheets_answer, stream
from adapters.http.web.staff.figure_tables import Table
from adapters.http.web.staff.moments import Asked, address, asked_moment, band, look_back
from adapters.http.web.staff.register import day_of
from adapters.http.web.staff.room import COMPLAINTS_PATH, Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.sheets import Cell, Sheet
from adapters.http.web.staff.signing_in import to
from application.access import Role
from projections.complaint_figures import ComplaintFigures

PATH = f"{LIST}/figures"


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the page and its files are made of."""

    asked: Asked
    moment: Moment
    kind: str
    found: ComplaintFigures
    links: Links
    tables: list[Table]

    @property
    def query(self) -> Context:
        """The period as the address has it."""
        span = self.found.span
        return {"period": self.kind, "first": span.first.isoformat(), "last": span.last.isoformat()}


class ComplaintFiguresController(Controller):
    """`/complaints/figures` and its files."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def figures(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Of what this person may see today."""
        desk = desk_of(room, request, signed_in)
        must_list(desk.actor)
        if Role.AUDITOR in desk.actor.roles and desk.actor.audit_purpose_until is None:
            return to(address("/purpose", {"next": PATH}))
        shown = await _shown(desk)
        kinds = [{"value": kind, "text": desk.words.label("complaint-period", kind)} for kind in KINDS]
        context = await shell(desk, COMPLAINTS_PATH) | {
            "action": PATH,
            "filter": shown.query | {"periods": kinds},
            "span": {"first": shown.found.span.first, "last": shown.found.span.last},
            "standing": shown.found.day,
            "numbers": headlines(shown.found, shown.links, desk.words),
            "tables": shown.tables,
            "export": exports_of(f"{PATH}/export", {**shown.query, **shown.asked.query()}),
            "list": address(LIST, dict(shown.asked.query())),
            "look_back": look_back(PATH, shown.asked, marks=[], happened=False) | {"keep": shown.query},
            "past": band(PATH, shown.asked, shown.query),
        }
        return page(request, "staff/complaint_figures.html", context)

    @get("/export")
    async def export(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The same tables as a file: CSV, or a workbook with charts of its own."""
        desk = desk_of(room, request, signed_in)
        must_list(desk.actor)
        shown, words = await _shown(desk), desk.words
        title, span = words.gettext("Figures of complaints"), shown.found.span
        days = {"first": i18n.short_day(span.first), "last": i18n.short_day(span.last)}
        about = About(title, shown.moment, shown.asked, (words.gettext("Period: %(first)s to %(last)s") % days,))
        first = Sheet(
            title,
            (words.gettext("Figure"), words.gettext("Number")),
            [[one["text"], one["value"]] for one in headlines(shown.found, shown.links, words)],
        )
        sheets = [first, *(table.sheet() for table in shown.tables)]
        if request.query_params.get("format") == "xlsx":
            return await sheets_answer(desk, "complaint-figures", about, sheets)
        blocks = [(sheet.name, list(sheet.heads), _each(sheet)) for sheet in sheets]
        return await stream(desk, "complaint-figures", about, [*blocks])


async def _shown(desk: Desk) -> Shown:
    query, asked = desk.request.query_params, asked_moment(desk, happened=False)
    kind = query.get("period", "") if query.get("period", "") in KINDS else "quarter"
    moment = await desk.room.complaint_reader.moment(asked.at)
    span = asked_span(kind, day_of(query.get("first", "")), day_of(query.get("last", "")), moment.day)
    found = await figures_for(desk.room.complaint_reader, desk.actor, span, moment)
    names = await desk.room.naming.names([*found.units, *found.skipping])
    links = Links(found, asked.query())
    return Shown(
        asked=asked, moment=moment, kind=kind, found=found, links=links, tables=tables(found, names, links, desk.words)
    )


async def _each(sheet: Sheet) -> AsyncIterator[list[Cell]]:
    for row in sheet.rows:
        yield list(row)
