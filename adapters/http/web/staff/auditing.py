"""An auditor states a purpose before any case is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.forms import NOTHING, Errors, Typed, new_command, refusal, typed_of
from adapters.http.web.staff.room import Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import own_address, to
from application.access import Role
from domain.calendar import legal_date, legal_midnight
from domain.kernel import RefusalError

PATH = "/purpose"
DAYS = (1, 7, 30)
MOST = 500


class PurposeController(Controller):
    """`/purpose`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def form(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """What is audited, by which plan, and for how long."""
        desk = desk_of(room, request, signed_in)
        desk.need(frozenset({Role.AUDITOR}))
        return await _form(desk, NOTHING, {}, request.query_params.get("next", ""))

    @post("/", status_code=200)
    async def state(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """From now on cases are shown, until the end of the chosen day."""
        desk = desk_of(room, request, signed_in)
        desk.need(frozenset({Role.AUDITOR}))
        wish = await room.intents.read_form(request, desk.actor.id, new=True)
        typed, _ = await typed_of(request), desk.words.gettext
        errors = Errors()
        if not typed.one("purpose"):
            errors["purpose"] = _("Say what is audited.")
        if not typed.one("basis"):
            errors["basis"] = _("Name the plan or decision.")
        days = typed.one("days")
        if days not in {str(count) for count in DAYS}:
            errors["days"] = _("Choose how long.")
        purpose = f"{typed.one('purpose')} ({typed.one('basis')})"
        if not errors and len(purpose) > MOST:
            errors["purpose"] = _("%(label)s: at most %(most)s characters.") % {"label": _("Purpose"), "most": MOST}
        if errors:
            return await _form(desk, typed, errors, typed.one("next"))
        until = legal_midnight(legal_date(room.clock.now()) + timedelta(days=int(days)))
        try:
            await room.people.state_audit_purpose(desk.actor, wish, purpose, until)
        except RefusalError as error:
            sentences = refusal(error, desk.words, (), {}).values()
            return await _form(desk, typed, {"purpose": next(iter(sentences))}, typed.one("next"))
        return to(own_address(typed.one("next")))


async def _form(desk: Desk, typed: Typed, errors: Errors, wanted: str) -> Response[str]:
    until, words = desk.actor.audit_purpose_until, desk.words
    days = [
        {"value": str(count), "text": words.ngettext("%(num)d day", "%(num)d days", count) % {"num": count}}
        for count in DAYS
    ]
    context = await shell(desk, PATH, errors=errors) | {
        "action": PATH,
        "next": wanted,
        "command_id": new_command(),
        "values": {"purpose": typed.one("purpose"), "basis": typed.one("basis"), "days": typed.one("days") or "1"},
        "days": days,
        "running": {"until": until} if until else None,
    }
    return page(desk.request, "staff/purpose.html", context, status_code=400 if errors else 200)
