"""One day of reception with its visits, and what is done about them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.api.explanation_json import file_answer
from adapters.http.api.reception_bodies import SCANS_LIMIT
from adapters.http.authenticate import SignedIn
from adapters.http.conditional import path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.receptions import READ
from adapters.http.web.render import page
from adapters.http.web.staff.forms import NOTHING, PAGE, Errors, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.moments import asked_moment
from adapters.http.web.staff.reception_acts import (
    ALIASES,
    OF_DAY,
    OF_VISIT,
    as_it_stands,
    number_of,
    own_faults,
    perform,
)
from adapters.http.web.staff.reception_fields import fields_of
from adapters.http.web.staff.reception_page import day_context, minutes_context
from adapters.http.web.staff.room import RECEPTION_PATH, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from application.access import ForbiddenError, NotVisibleError
from application.execute import StaleVersionError, VersionMissingError
from application.ports import FileRefusedError
from application.reception_access import ACTS
from domain.kernel import RefusalError


class ReceptionDayPages(Controller):
    """`/receptions/{day}`."""

    path = RECEPTION_PATH
    include_in_schema = False

    @get("/{day_id:str}")
    async def one(
        self,
        day_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Every visit with what came of it, and what may be done now; also as it stood at another moment."""
        desk = desk_of(room, request, signed_in)
        asked = asked_moment(desk, happened=False)
        seen = await room.reception_reader.one(desk.actor, path_id(day_id), asked.at)
        context = await shell(desk, RECEPTION_PATH) | await day_context(desk, seen, asked)
        return page(request, "staff/reception.html", context)

    @get("/{day_id:str}/files/{file_id:str}")
    async def file(
        self,
        day_id: FromPath[str],
        file_id: FromPath[str],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[bytes]:
        """A scan of signed minutes."""
        reader = room.reception_reader
        return file_answer(*await reader.file(signed_in.actor, path_id(day_id), path_id(file_id)))

    @get("/{day_id:str}/sheets/{number:str}")
    async def minutes(
        self,
        day_id: FromPath[str],
        number: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """To be printed, read out and signed by hand."""
        desk = desk_of(room, request, signed_in)
        seen = await room.reception_reader.one(desk.actor, path_id(day_id))
        which = number_of(Typed({"number": [number]}))
        if seen.words.withheld(seen.visit(which)):
            raise NotVisibleError
        context = await shell(desk, RECEPTION_PATH) | await minutes_context(desk, seen, which)
        return page(request, "staff/reception_minutes.html", context)

    @get("/{day_id:str}/{act:str}")
    async def form(
        self,
        day_id: FromPath[str],
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The form of an act, with what stands there where it is a correction."""
        desk, identifier = desk_of(room, request, signed_in), path_id(day_id)
        if act not in ACTS:
            raise NotVisibleError
        await room.receptions.day(desk.actor, identifier, act)
        number = number_of(Typed({"number": [request.query_params.get("visit", "")]}))
        return await _act(desk, identifier, act, number)

    @post("/{day_id:str}/{act:str}", status_code=200, request_max_body_size=SCANS_LIMIT)
    async def do(
        self,
        day_id: FromPath[str],
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Done, and back to the day."""
        desk, identifier = desk_of(room, request, signed_in), path_id(day_id)
        if act not in ACTS:
            raise NotVisibleError

        async def seen() -> None:
            await room.receptions.day(desk.actor, identifier, act)

        wish = await room.intents.read_form(request, desk.actor.id, seen)
        typed = await typed_of(request)
        number = number_of(typed)
        if await room.receptions.known(wish) is None:
            await seen()
            if wish.if_version is None:
                raise VersionMissingError
            fields = await _fields(desk, identifier, act, typed)
            if errors := faults(fields, typed, desk.words) | own_faults(act, typed, desk.words):
                return await _act(desk, identifier, act, number, typed, errors, status_code=400)
        try:
            receipt = await perform(desk, wish, identifier, act, typed)
        except (RefusalError, FileRefusedError) as error:
            fields = await _fields(desk, identifier, act, typed)
            errors = refusal(error, desk.words, fields, ALIASES)
            return await _act(desk, identifier, act, number, typed, errors, status_code=409)
        except StaleVersionError:
            late = {PAGE: desk.words.gettext("The day has changed meanwhile. Look at it, then send it again.")}
            return await _act(desk, identifier, act, number, typed, late, status_code=412)
        await room.visibility.visible(receipt, READ)
        return to(f"{RECEPTION_PATH}/{identifier}?done=reception-{act}")


async def _fields(desk: Desk, identifier: UUID, act: str, typed: Typed) -> Any:
    seen = await desk.room.reception_reader.one(desk.actor, identifier)
    return await fields_of(desk, seen, act, typed)


async def _act(
    desk: Desk,
    identifier: UUID,
    act: str,
    number: int,
    typed: Typed = NOTHING,
    errors: Errors | None = None,
    *,
    status_code: int = 200,
) -> Response[str]:
    seen, words = await desk.room.reception_reader.one(desk.actor, identifier), desk.words
    if act in OF_VISIT and (errors is None or number) and seen.words.withheld(seen.visit(number)) and act != "links":
        raise ForbiddenError
    inputs = await fields_of(desk, seen, act, typed if errors is not None else as_it_stands(seen, act, number))
    day = f"{seen.row.day:%d/%m/%Y}"
    which = words.gettext("Visit %(number)s") % {"number": number} if act in OF_VISIT else ""
    explain = words.known("reception-explain", act)
    context = await shell(desk, RECEPTION_PATH, errors=errors or {}) | {
        "title": words.label("reception-act", act),
        "caption": " · ".join(filter(None, (day, seen.row.place, which))),
        "explain": [explain] if explain else [],
        "back": f"{RECEPTION_PATH}/{identifier}",
        "version": typed.one("version") or seen.row.version,
        "action": f"{RECEPTION_PATH}/{identifier}/{act}",
        "command_id": typed.one("command_id") or new_command(),
        "inputs": [field.context() for field in inputs],
        "do": words.label("reception-do", act),
        "warning": False,
        "previews": [],
        "keeps": act in OF_DAY[:1],
    }
    return page(desk.request, "staff/act.html", context, status_code=status_code)
