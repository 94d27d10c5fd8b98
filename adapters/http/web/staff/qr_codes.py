"""The posters at the gates: for each unit its QR code, the same address in letters, and the code (Mã QR)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.injected import FromQuery, Injected
from adapters.http.web.i18n import Language
from adapters.http.web.public.pictures import qr_picture
from adapters.http.web.render import page
from adapters.http.web.staff.room import POSTERS, Context, Desk, StaffRoom, desk_of, shell
from adapters.poster.sheets import Unit, other_ways, pdf_of
from application.access import NotVisibleError, Role
from projections.authorities import AuthorityRow, authorities
from projections.places import PlaceRow, find_places, place_names

PATH = "/qr"
MOST_UNITS = 5_000
MOST_SHOWN = 60
"""Every picture is drawn anew; whoever has more units finds them by name."""
MOST_PRINTED = 300
"""Units in one PDF: about half a minute of drawing and forty megabytes of memory at most."""
Found = list[tuple[PlaceRow, AuthorityRow]]


class QrCodesController(Controller):
    """`/qr`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def posters(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        q: FromQuery[str] = "",
    ) -> Response[Any]:
        """One code for the whole unit: neither class, gate nor sheet can be told from it."""
        desk = desk_of(room, request, signed_in)
        desk.need(POSTERS)
        units = await _units(desk, q)
        areas = await place_names(room.db, {row.area_id for row, _ in units[:MOST_SHOWN] if row.area_id})
        context = await shell(desk, PATH) | {
            "q": q,
            "action": PATH,
            "sheets": f"{PATH}/sheets.pdf",
            "units": [_poster(_unit(room, row, body, areas), desk.words.language) for row, body in units[:MOST_SHOWN]],
            "left_off": max(0, len(units) - MOST_SHOWN),
        }
        return page(request, "staff/qr_codes.html", context)

    @get("/sheets.pdf")
    async def sheets(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        q: FromQuery[str] = "",
    ) -> Response[bytes]:
        """Poster and paper sheet of the units named by `unit`, else of all that `q` finds, ready to print."""
        desk = desk_of(room, request, signed_in)
        desk.need(POSTERS)
        wanted = set(request.query_params.getall("unit", []))
        units = [(row, body) for row, body in await _units(desk, q) if not wanted or row.public_code in wanted]
        if not units:
            raise NotVisibleError
        units = units[:MOST_PRINTED]
        areas = await place_names(room.db, {row.area_id for row, _ in units if row.area_id})
        printed = [_unit(room, row, body, areas) for row, body in units]
        # What hangs at a gate is for parents: in Vietnamese, whatever language the page of the official is in.
        pdf = await pdf_of(printed, room.today(), "en" if request.query_params.get("lang") == "en" else "vi")
        name = printed[0].code if len(printed) == 1 else "qr"
        headers = {"content-disposition": f'inline; filename="{name}.pdf"'}
        return Response(pdf, media_type="application/pdf", headers=headers)


async def _units(desk: Desk, q: str) -> Found:
    """Those with a code that the own authority, or one that one administers, is competent for today."""
    bodies, today = await _bodies(desk), desk.room.today()
    return [
        (row, bodies[keeper])
        for row in await find_places(desk.room.db, q=q.strip(), limit=MOST_UNITS)
        if row.public_code and row.area_id and row.exists_on(today)
        if (keeper := row.authority_on(today)) in bodies
    ]


def _unit(room: StaffRoom, row: PlaceRow, body: AuthorityRow, areas: dict[UUID, str]) -> Unit:
    return Unit(
        name=row.name,
        area=areas.get(row.area_id, "") if row.area_id else "",
        code=row.public_code,
        address=f"{room.settings.base_url}/p/{row.public_code}",
        authority=body.name,
        contact=body.contact_on(room.today()),
    )


async def _bodies(desk: Desk) -> dict[UUID | None, AuthorityRow]:
    """The own authority and, for an administrator, of those below it."""
    actor, today = desk.actor, desk.room.today()
    rows = {row.id: row for row in await authorities(desk.room.db) if row.exists_on(today)}
    below = Role.ADMINISTRATOR in actor.roles
    return {
        row.id: row
        for row in rows.values()
        if row.id == actor.authority_id or (below and actor.authority_id in _above(row, rows, today))
    }


def _above(row: AuthorityRow, rows: dict[UUID, AuthorityRow], day: date) -> set[UUID]:
    """Everybody whom it is subordinate to."""
    found: set[UUID] = set()
    current = row.superior_on(day)
    while current is not None and current not in found:
        found.add(current)
        current = rows[current].superior_on(day) if current in rows else None
    return found


def _poster(unit: Unit, language: Language) -> Context:
    return {
        "name": unit.name,
        "area": unit.area,
        "authority": unit.authority,
        "code": unit.code,
        "address": unit.address,
        "picture": qr_picture(unit.address),
        "ways": other_ways(unit, language),
    }
