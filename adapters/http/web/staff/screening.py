"""Waiting to be screened: what looked like junk to a machine, for a person to look at. One click lets it in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.conditional import path_id
from adapters.http.injected import FromQuery, Injected
from adapters.http.web.render import page
from adapters.http.web.staff.forms import new_command, typed_of
from adapters.http.web.staff.room import SCREENERS, SCREENING_PATH, Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from application.access import NotVisibleError
from application.identifiers import scoped_id
from application.ports import Receipt
from application.ports import Request as Wish
from domain.screening.refusals import NotHeldError
from projections.case_filters import Filters
from projections.case_index import CaseIndex, CaseRow

ROWS = 50
SHOWN_SIGNS = 400
"""Characters of the text: enough to see what it is."""
HELD = Filters(open_only=True, held=True)


class ScreeningPages(Controller):
    """`/screening`."""

    path = SCREENING_PATH
    include_in_schema = False

    @get("/")
    async def held(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        let_in: FromQuery[int] = 0,
    ) -> Response[Any]:
        """Danger first, then by due date, the text beside it."""
        desk = desk_of(room, request, signed_in)
        desk.need(SCREENERS)
        found, _moment = await room.cases.page(desk.actor, HELD, limit=ROWS)
        names = await room.naming.names(i for row in found.rows for i in (row.place_id, row.area_id))
        context = await shell(desk, "/work") | {
            "action": SCREENING_PATH,
            "command_id": new_command(),
            "total": found.total,
            "rows": [await _line(desk, row, names) for row in found.rows],
            "more": max(0, found.total - len(found.rows)),
        }
        if let_in > 0:
            text = desk.words.ngettext("%(num)d submission let in.", "%(num)d submissions let in.", let_in)
            context["notice"] = {"text": text % {"num": let_in}, "success": True}
        return page(request, "staff/screening.html", context)

    @post("/", status_code=303)
    async def let_in(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """One of them or all that are ticked. What somebody else let in meanwhile is passed over."""
        desk = desk_of(room, request, signed_in)
        desk.need(SCREENERS)
        wish = await room.intents.read_form(request, desk.actor.id, new=True)
        typed = await typed_of(request)
        chosen = list(dict.fromkeys(typed.all("one") or typed.all("case")))[:ROWS]
        last: Receipt | None = None
        done = 0
        for case_id in map(path_id, chosen):
            try:
                last = await room.screening.let_in(desk.actor, _part(wish, case_id), case_id)
                done += 1
            except (NotHeldError, NotVisibleError):
                continue
        if last is not None:
            await room.visibility.visible(last, (CaseIndex.name,))
        return to(f"{SCREENING_PATH}?let_in={done}")


def _part(wish: Wish, case_id: UUID) -> Wish:
    """One wish for several cases: a key for each, so that pressing twice does it once."""
    return Wish(scoped_id(wish.id, case_id), wish.fingerprint)


async def _line(desk: Desk, row: CaseRow, names: dict[UUID, str]) -> Context:
    answer = await desk.room.cases.feedback(desk.actor, row.case_id)
    text = answer.disclose.text(answer.view.opened.content)
    shown = text if isinstance(text, str) else desk.words.gettext("Erased")
    return {
        "id": str(row.case_id),
        "href": f"/cases/{row.case_id}",
        "number": row.number or desk.words.gettext("no number yet"),
        "unit": names.get(row.place_id, ""),
        "topic": desk.words.label("topic-choice", row.topic),
        "received": row.received_on,
        "urgent": row.urgent,
        "text": shown[:SHOWN_SIGNS] + ("…" if len(shown) > SHOWN_SIGNS else ""),
        "files": len(answer.view.opened.attachments),
        "signs": [desk.words.label("screening-sign", sign) for sign in row.held_signs],
    }
