"""Phiếu chuyển đơn and Phiếu hướng dẫn: what goes with a case to its body, or home with its sender.

That each is a slip comes from Thông tư 05/2021/TT-TTCP; its printed form there was not verified, so none is imitated.
"""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.injected import FromPath, Injected
from adapters.http.web.render import page
from adapters.http.web.staff.dossier import Dossier, open_dossier
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from application.access import NotVisibleError
from domain.feedback.vocabulary import Ending

NO_STORE = {"cache-control": "no-store"}
SLIPS = {Ending.TRANSFERRED.value: "transfer", Ending.GUIDED.value: "guidance"}
"""Which ending has which slip."""


class WaySlipController(Controller):
    """`/cases/{id}/slip`."""

    path = "/cases/{case_id:str}/slip"
    include_in_schema = False

    @get("/")
    async def show(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[str]:
        """To print. Nothing in it leads to the sender; of a case that went no such way there is none."""
        desk = desk_of(room, request, signed_in)
        dossier = await open_dossier(desk, case_id)
        context = await shell(desk, "/cases") | {"slip": _slip(desk, dossier), "case": dossier.head()}
        return page(request, "staff/way_slip.html", context, headers=NO_STORE)


def slip_of(dossier: Dossier) -> str | None:
    """The address of its slip; none for a case that went no such way."""
    return f"{dossier.href}/slip" if dossier.answer.view.ways.ending in SLIPS else None


def _slip(desk: Desk, dossier: Dossier) -> Context:
    view, words = dossier.answer.view, desk.words
    kind = SLIPS.get(view.ways.ending)
    if kind is None:
        raise NotVisibleError
    transfer, guidance = view.ways.transfer, view.ways.guidance
    there = dossier.names.get(transfer.to_authority_id, "") if transfer and transfer.to_authority_id else ""
    return {
        "id": str(view.case_id),
        "title": words.label("way-slip", kind),
        "number": (transfer.document if transfer else guidance.document if guidance else "") or None,
        "case_number": dossier.answer.row.number if dossier.answer.row else "",
        "authority": dossier.names.get(view.authority_id, ""),
        "to": (transfer.receiver or there) if transfer else None,
        "received_at": view.opened_at,
        "ended_at": view.ways.ended_at,
        "unit": dossier.names.get(view.opened.place_id, ""),
        "summary": dossier.title(),
        "requests": [dossier.said(item.text) for item in view.requests],
        "reason": view.ways.ending_reason or None,
        "where_to_ask": transfer.where_to_ask if transfer else None,
        "guided_to": words.label("guided-to", guidance.to) if guidance and guidance.to else None,
        "guidance": dossier.said(guidance.text) if guidance else None,
        "printed_on": desk.room.today(),
    }
