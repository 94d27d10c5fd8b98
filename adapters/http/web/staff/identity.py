"""The contact of a sender: looked up with a reason, shown once, and the look is a fact of the case."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.cases import READ
from adapters.http.conditional import path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.web.render import page
from adapters.http.web.staff.dossier import Dossier, open_dossier
from adapters.http.web.staff.forms import PAGE, REASON, Errors, new_command, refusal, typed_of
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from application.execute import StaleVersionError
from application.ports import ErasedError
from domain.kernel import RefusalError

ACT = "identity-disclosures"


class IdentityController(Controller):
    """`/cases/{id}/contact`."""

    path = "/cases/{case_id:str}/contact"
    include_in_schema = False

    @get("/")
    async def ask(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Why it is looked up."""
        desk, identifier = desk_of(room, request, signed_in), path_id(case_id)
        await room.feedback.must_see(desk.actor, identifier, ACT)
        return await _asked(desk, await open_dossier(desk, identifier), {})

    @post("/", status_code=200)
    async def disclose(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Name and contact in the answer itself: no address leads to them afterwards."""
        desk, identifier = desk_of(room, request, signed_in), path_id(case_id)
        _ = desk.words.gettext

        async def seen() -> None:
            await room.feedback.must_see(desk.actor, identifier, ACT)

        wish = await room.intents.read_form(request, desk.actor.id, seen)
        reason = (await typed_of(request)).one("reason")
        if not reason or len(reason) > REASON:
            await seen()
            errors = {"reason": _("Say why the contact is needed.")}
            return await _asked(desk, await open_dossier(desk, identifier), errors, reason)
        try:
            receipt, identity = await room.feedback.disclose_identity(desk.actor, wish, identifier, reason)
        except ErasedError:
            return await _shown(desk, await open_dossier(desk, identifier), erased=True)
        except RefusalError as error:
            errors = refusal(error, desk.words, (), {})
            return await _asked(desk, await open_dossier(desk, identifier), errors, reason, 409)
        except StaleVersionError:
            errors = {PAGE: _("The case has changed in the meantime. Look at what is new, then send it again.")}
            return await _asked(desk, await open_dossier(desk, identifier), errors, reason, 412)
        await room.visibility.visible(receipt, READ)
        found = msgspec.structs.asdict(identity) if identity else {}
        return await _shown(desk, await open_dossier(desk, identifier), identity=found)


async def _asked(desk: Desk, dossier: Dossier, errors: Errors, reason: str = "", status_code: int = 0) -> Response[str]:
    ask = {"action": f"{dossier.href}/contact", "command_id": new_command(), "reason": reason}
    return await _page(desk, dossier, {"ask": ask, "errors": errors}, status_code or (400 if errors else 200))


async def _shown(desk: Desk, dossier: Dossier, **more: Any) -> Response[str]:
    return await _page(desk, dossier, {"ask": None, "errors": {}, **more}, 200)


async def _page(desk: Desk, dossier: Dossier, content: Context, status_code: int) -> Response[str]:
    context = await shell(desk, "/cases") | {"case": dossier.head(), "identity": None, "erased": False, **content}
    return page(desk.request, "staff/contact.html", context, status_code=status_code)
