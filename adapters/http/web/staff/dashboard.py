"""The dashboard: how much there is, how old it is, how long answers take; every number opens its list."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.cases import Moment
from adapters.http.figures import ROLES
from adapters.http.injected import Injected
from adapters.http.web import i18n
from adapters.http.web.render import page
from adapters.http.web.staff.exports import About, exports_of, sheets_answer, stream
from adapters.http.web.staff.figure_tables import Links, Table, channel_table, headlines, tables
from adapters.http.web.staff.moments import Asked, address, asked_moment, band, look_back
from adapters.http.web.staff.register import areas_of, day_of, identifier_of
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.sheets import Cell, Sheet
from adapters.http.web.staff.signing_in import to
from application.access import Role
from projections.case_figures import Figures, Period, Wanted
from projections.places import place_names

PATH = "/dashboard"


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the page and its files are made of."""

    asked: Asked
    moment: Moment
    wanted: Wanted
    found: Figures
    links: Links
    tables: list[Table]

    @property
    def query(self) -> Context:
        """The filters as the address has them."""
        first, last = self.wanted.first.isoformat(), self.wanted.last.isoformat()
        return {"from": first, "to": last, "area": str(self.wanted.area_id or "")}

    @property
    def look(self) -> Context:
        """The moment as the address has it."""
        return dict(self.asked.query())


class DashboardController(Controller):
    """`/dashboard` and its files."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def dashboard(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Stocks at the moment, flows of the period."""
        desk = desk_of(room, request, signed_in)
        desk.need(ROLES)
        if Role.AUDITOR in desk.actor.roles and desk.actor.audit_purpose_until is None:
            return to(address("/purpose", {"next": PATH}))
        shown = await _shown(desk)
        areas = await areas_of(desk)
        context = await shell(desk, PATH) | {
            "action": PATH,
            "filter": shown.query | {"areas": [{"value": str(area), "text": name} for area, name in areas.items()]},
            "numbers": headlines(shown.found, shown.links, desk.words),
            "period": {"first": shown.wanted.first, "last": shown.wanted.last},
            "answered": shown.found.answered,
            "tables": shown.tables,
            "export": exports_of(f"{PATH}/export", {**shown.query, **shown.look}),
            "look_back": look_back(PATH, shown.asked, marks=[], happened=False) | {"keep": shown.query},
            "past": band(PATH, shown.asked, shown.query),
        }
        return page(request, "staff/dashboard.html", context)

    @get("/export")
    async def export(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The same tables as a file."""
        desk = desk_of(room, request, signed_in)
        desk.need(ROLES)
        shown, words = await _shown(desk), desk.words
        about = About(words.gettext("Dashboard"), shown.moment, shown.asked, await _said(desk, shown.wanted))
        first = Sheet(
            words.gettext("Dashboard"),
            (words.gettext("Figure"), words.gettext("Number")),
            [[one["text"], one["value"]] for one in headlines(shown.found, shown.links, words)],
        )
        sheets = [first, *(table.sheet() for table in shown.tables)]
        if request.query_params.get("format") == "xlsx":
            return await sheets_answer(desk, "dashboard", about, sheets)
        blocks = [(sheet.name, list(sheet.heads), _each(sheet)) for sheet in sheets]
        return await stream(desk, "dashboard", about, [*blocks])


async def _shown(desk: Desk) -> Shown:
    query, asked = desk.request.query_params, asked_moment(desk, happened=False)
    period = Period(
        first=day_of(query.get("from", "")),
        last=day_of(query.get("to", "")),
        area_id=identifier_of(query.get("area", "")),
    )
    looked_at = await desk.room.cases.moment(asked.at) if asked.at else None
    found, moment = await desk.room.cases.figures(desk.actor, period, looked_at)
    wanted = period.on(moment.day)
    links = Links(wanted, asked.query())
    names = await place_names(desk.room.db, found.areas)
    told = await desk.room.ended_months.channels(desk.actor, moment)
    return Shown(
        asked=asked,
        moment=moment,
        wanted=wanted,
        found=found,
        links=links,
        tables=[*tables(found, wanted, names, links, desk.words), channel_table(told, desk.words)],
    )


async def _said(desk: Desk, wanted: Wanted) -> tuple[str, ...]:
    words = desk.words
    days = {"first": i18n.short_day(wanted.first), "last": i18n.short_day(wanted.last)}
    said = [words.gettext("Period: %(first)s to %(last)s") % days]
    if wanted.area_id:
        said += (await place_names(desk.room.db, [wanted.area_id])).values()
    return tuple(said)


async def _each(sheet: Sheet) -> AsyncIterator[list[Cell]]:
    for row in sheet.rows:
        yield list(row)
