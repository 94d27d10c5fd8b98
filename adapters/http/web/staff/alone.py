"""Duyệt một mình: the list for auditors of what one person decided where two are asked for."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get

from adapters.http.alone import AUDITS, decisions
from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.listing import summary
from adapters.http.web.staff.moments import address
from adapters.http.web.staff.room import StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from application.access import Role

PATH = "/alone"


class AloneController(Controller):
    """`/alone`."""

    include_in_schema = False

    @get(PATH)
    async def alone(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Each with its case, who, when and why."""
        desk = desk_of(room, request, signed_in)
        desk.need(AUDITS)
        if Role.AUDITOR in desk.actor.roles and desk.actor.audit_purpose_until is None:
            return to(address("/purpose", {"next": PATH}))
        found, words = await decisions(room.cases, desk.actor), desk.words
        names = await room.naming.names([one.made.person_id for one in found])
        posts = await room.naming.posts([one.made.post_id for one in found])
        rows = [
            {
                "href": f"/cases/{one.case.case_id}",
                "number": one.case.number or words.gettext("no number yet"),
                "summary": summary(one.case, words),
                "what": words.label("alone-what", one.made.what),
                "by": names.get(one.made.person_id) or words.gettext("An account without a name"),
                "post": posts.get(one.made.post_id) if one.made.post_id else None,
                "at": one.made.at,
                "reason": one.made.reason,
            }
            for one in found
        ]
        return page(request, "staff/alone.html", await shell(desk, PATH) | {"rows": rows})
