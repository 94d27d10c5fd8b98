"""The posters at the gates: for each unit its QR code, the same address in letters, and the code (Mã QR)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.injected import FromQuery, Injected
from adapters.http.web.public.pictures import qr_picture
from adapters.http.web.render import page
from adapters.http.web.staff.room import POSTERS, Context, Desk, StaffRoom, desk_of, shell
from application.access import Role
from projections.authorities import AuthorityRow, authorities
from projections.places import PlaceRow, find_places, place_names

PATH = "/qr"
MOST_UNITS = 5_000
MOST_SHOWN = 60
"""Every picture is drawn anew; whoever has more units finds them by name."""


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
        bodies = await _bodies(desk)
        today = room.today()
        units = [
            (row, bodies[keeper])
            for row in await find_places(room.db, q=q.strip(), limit=MOST_UNITS)
            if row.public_code and row.area_id and row.exists_on(today)
            if (keeper := row.authority_on(today)) in bodies
        ]
        areas = await place_names(room.db, {row.area_id for row, _ in units[:MOST_SHOWN] if row.area_id})
        context = await shell(desk, PATH) | {
            "q": q,
            "action": PATH,
            "units": [_poster(room.settings.base_url, row, body, areas) for row, body in units[:MOST_SHOWN]],
            "left_off": max(0, len(units) - MOST_SHOWN),
        }
        return page(request, "staff/qr_codes.html", context)


async def _bodies(desk: Desk) -> dict[UUID | None, str]:
    """Names of the own authority and, for an administrator, of those below it."""
    actor, today = desk.actor, desk.room.today()
    rows = {row.id: row for row in await authorities(desk.room.db) if row.exists_on(today)}
    below = Role.ADMINISTRATOR in actor.roles
    return {
        row.id: row.name
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


def _poster(base_url: str, row: PlaceRow, authority: str, areas: dict[UUID, str]) -> Context:
    address = f"{base_url}/p/{row.public_code}"
    return {
        "name": row.name,
        "area": areas.get(row.area_id, "") if row.area_id else "",
        "authority": authority,
        "code": row.public_code,
        "address": address,
        "picture": qr_picture(address),
    }
