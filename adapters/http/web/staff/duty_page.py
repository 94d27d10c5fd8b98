"""Who is on duty for urgent cases: listed, put on, ended; by a head or an administrator of the authority."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.forms import Errors, Field, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from adapters.http.web.terms import term_words
from application.access import ForbiddenError
from application.duty import KEEPERS, DutyDesk
from domain.calendar import DAY
from domain.duty.duty import Duty
from domain.kernel import RefusalError

DUTY = "/duty"


class DutyController(Controller):
    """`/duty`."""

    path = DUTY
    include_in_schema = False

    @get("/")
    async def shown(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        duty: Injected[DutyDesk],
    ) -> Response[Any]:
        """Who is told now, and the list."""
        desk = desk_of(room, request, signed_in)
        desk.need(KEEPERS)
        return await _page(desk, duty, {}, None)

    @post("/", status_code=200)
    async def put_on(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        duty: Injected[DutyDesk],
    ) -> Response[Any]:
        """Another entry."""
        desk = desk_of(room, request, signed_in)
        desk.need(KEEPERS)
        wish = await room.intents.read_form(request, desk.actor.id)
        typed, fields = await typed_of(request), await _fields(desk, duty, None)
        errors = faults(fields, typed, desk.words)
        official = typed.identifier("official_id")
        if errors or official is None:
            return await _page(desk, duty, errors, typed)
        first, last = (date.fromisoformat(typed.one(name)) for name in ("from_day", "until_day"))
        try:
            await duty.put_on_duty(desk.actor, wish, official, first, last)
        except RefusalError as error:
            return await _page(desk, duty, refusal(error, desk.words, fields, {}), typed)
        return to(f"{DUTY}?done=duty")

    @post("/endings", status_code=200)
    async def end(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        duty: Injected[DutyDesk],
    ) -> Response[Any]:
        """From today on this entry does not count any more."""
        desk = desk_of(room, request, signed_in)
        desk.need(KEEPERS)
        wish = await room.intents.read_form(request, desk.actor.id)
        typed = await typed_of(request)
        chosen = typed.identifier("duty_id") or UUID(int=0)
        try:
            await duty.end(desk.actor, wish, chosen, room.today() - DAY, typed.one("reason"))
        except RefusalError as error:
            return await _page(desk, duty, refusal(error, desk.words, (), {}), None)
        return to(f"{DUTY}?done=duty")


async def _fields(desk: Desk, duty: DutyDesk, typed: Typed | None) -> tuple[Field, ...]:
    authority_id, _ = desk.actor.authority_id, desk.words.gettext
    if authority_id is None:
        raise ForbiddenError
    people = await duty.candidates(authority_id)
    names = await desk.room.naming.names(people)
    items = tuple(sorted(((str(one), names.get(one, "–")) for one in people), key=lambda item: item[1]))
    today = desk.room.today().isoformat()

    def value(name: str, otherwise: str = "") -> str:
        return typed.one(name) if typed else otherwise

    return (
        Field(id="official_id", kind="select", label=_("Official"), value=value("official_id"), items=items),
        Field(id="from_day", kind="day", label=_("First day"), value=value("from_day", today)),
        Field(id="until_day", kind="day", label=_("Last day"), value=value("until_day")),
    )


async def _page(desk: Desk, duty: DutyDesk, errors: Errors, typed: Typed | None) -> Response[str]:
    room, actor = desk.room, desk.actor
    if actor.authority_id is None:
        raise ForbiddenError
    fields = await _fields(desk, duty, typed)
    version, found = await duty.list_of(actor.authority_id)
    today = room.today()
    usual = await duty.told_without_list(actor.authority_id)
    names = await room.naming.names({*(one.official_id for one in found.duties), *usual})
    now = found.on(today) or tuple(usual)
    law = await room.law.at(actor.authority_id, room.clock.now())
    target = term_words(law.term("urgent", trigger_at=room.clock.now()), desk.words.language)
    target["hours"] = law.term("urgent", trigger_at=room.clock.now()).value
    context = await shell(desk, DUTY, errors=errors) | {
        "now": [names.get(person, "–") for person in now],
        "listed": bool(found.on(today)),
        "target": target,
        "duties": [_entry(one, names, today) for one in _ordered(found.duties, today)],
        "fields": [field.context() for field in fields],
        "version": version,
        "action": DUTY,
        "command_id": new_command(),
        "end": {"action": f"{DUTY}/endings"},
    }
    return page(desk.request, "staff/duty.html", context, status_code=400 if errors else 200)


def _ordered(duties: tuple[Duty, ...], today: date) -> list[Duty]:
    return sorted(duties, key=lambda one: (one.until_day < today, one.from_day, one.official_id))


def _entry(one: Duty, names: dict[UUID, str], today: date) -> Context:
    void = one.until_day < one.from_day
    return {
        "id": str(one.id),
        "name": names.get(one.official_id, "–"),
        "from_day": one.from_day,
        "until_day": one.until_day,
        "void": void,
        "running": one.runs_on(today),
        "over": one.until_day < today,
        "command_id": new_command(),
    }
