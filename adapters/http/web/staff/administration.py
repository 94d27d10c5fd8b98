"""Where the pages to run the service begin: only those that the post may use."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.web.staff.room import POSTERS, StaffRoom, desk_of
from adapters.http.web.staff.running import Page, cell, section, show
from application.access import Role
from application.feedback_access import STAFF
from application.reassignment import REASSIGNS

PATH = "/administration"
RUNS = STAFF | {Role.ADMINISTRATOR, Role.AUDITOR}


class AdministrationController(Controller):
    """`/administration`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def overview(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """One line for each page, with what it is for."""
        desk = desk_of(room, request, signed_in)
        desk.need(RUNS)
        _ = desk.words.gettext
        administrator = frozenset({Role.ADMINISTRATOR})
        entries = (
            ("/accounts", _("Accounts"), _("Invite, change posts, lock, give a new start code."), administrator),
            ("/places", _("Places"), _("Wards and schools of the authority; add what is missing."), administrator),
            ("/arrangements", _("Absence and delegation"), _("Who stands in for whom, who may sign."), STAFF),
            ("/hand-over", _("Hand cases over"), _("Several cases to another handler in one go."), REASSIGNS),
            (
                "/categories",
                _("Categories"),
                _("What feedback can be about, and who may see it."),
                RUNS,
            ),
            ("/policies", _("Own terms"), _("Terms that the authority sets itself, by which document."), RUNS),
            ("/calendar", _("Days off"), _("Days off and make-up days, and what a change would move."), RUNS),
            ("/qr", _("QR code sheets"), _("Print the posters of schools."), POSTERS),
            ("/second-factor", _("Sign in in two steps"), _("Set up the second step of signing in."), RUNS),
        )
        rows = [
            [cell(title, href=href), cell(what)] for href, title, what, roles in entries if desk.actor.roles & roles
        ]
        listed = section("pages", _("Pages"), [_("Page"), _("What it is for")], rows, "")
        return await show(desk, Page(path=PATH, title=_("Administration"), back=None, sections=[listed]), {})
