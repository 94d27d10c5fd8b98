"""What came on paper, by telephone or in person, entered for its sender (Nhập từ kênh khác)."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get, post

from adapters.http.api.submissions import PUBLIC_LIMIT
from adapters.http.authenticate import SignedIn
from adapters.http.cases import READ
from adapters.http.injected import FromPath, Injected
from adapters.http.web.render import page
from adapters.http.web.staff.forms import NOTHING, Errors, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.paper_form import (
    PATH,
    PHOTOS,
    PaperForm,
    own_faults,
    own_place,
    own_units,
    scans_of,
    submission,
    three_ways,
)
from adapters.http.web.staff.paper_slip import slip
from adapters.http.web.staff.room import ENTERERS, Desk, StaffRoom, desk_of, shell
from application.feedback_intake import Submitted
from application.ports import FileRefusedError
from domain.kernel import RefusalError

NO_STORE = {"cache-control": "no-store"}


class PaperController(Controller):
    """`/paper`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def form(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """An empty form."""
        desk = desk_of(room, request, signed_in)
        desk.need(ENTERERS)
        return await _form(desk, NOTHING, {})

    @post("/", status_code=200, request_max_body_size=PUBLIC_LIMIT)
    async def enter(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The receipt in the answer itself: the code is shown this once, and sending the form again gives the same."""
        desk = desk_of(room, request, signed_in)
        desk.need(ENTERERS)
        wish = await room.intents.read_form(request, desk.actor.id, new=True)
        typed, scans = await typed_of(request), await scans_of(request, PHOTOS)
        fields = PaperForm(desk.words, typed, await own_units(desk)).all()
        if errors := faults(fields, typed, desk.words) | own_faults(desk.words, typed, scans):
            return await _form(desk, typed, errors, lost=len(scans))
        place = await own_place(desk, typed.identifier("unit"))
        if place is None:
            wrong = {"unit": desk.words.gettext("Your authority is not competent for this unit today.")}
            return await _form(desk, typed, wrong, lost=len(scans))
        room.feedback.must_enter(desk.actor, place)
        try:
            submitted = await room.feedback.submit(desk.actor, wish, place, submission(typed, scans))
        except (RefusalError, FileRefusedError) as error:
            errors = refusal(error, desk.words, fields, {})
            return await _form(desk, typed, errors, lost=len(scans), status_code=409)
        await room.visibility.visible(submitted.receipt, READ)
        return await _receipt(desk, submitted)


class SlipController(Controller):
    """`/cases/{id}/receipt`: the paper receipt once more, without the code."""

    path = "/cases/{case_id:str}/receipt"
    include_in_schema = False

    @get("/")
    async def again(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[str]:
        """For whoever sees the case and how it came."""
        desk = desk_of(room, request, signed_in)
        shown = await slip(desk, case_id)
        context = await shell(desk, "/cases") | {"slips": [shown], "ways": [], "case": shown["case"], "again": None}
        return page(request, "staff/paper_receipt.html", context, headers=NO_STORE)


async def _form(desk: Desk, typed: Typed, errors: Errors, *, lost: int = 0, status_code: int = 0) -> Response[str]:
    _ = desk.words.gettext
    form = PaperForm(desk.words, typed, await own_units(desk))
    context = await shell(desk, PATH, errors=errors) | {
        "title": _("Enter from another channel"),
        "explain": [_("For somebody who came, called or wrote. The sender gets a tracking code like everybody else.")],
        "ways": three_ways(desk.words, PATH),
        "files": True,
        "lost": lost,
        "action": PATH,
        "command_id": new_command(),
        "sections": [
            {"heading": heading, "inputs": [field.context() for field in fields]} for heading, fields in form.sections()
        ],
        "do": _("Enter and print the receipt"),
    }
    status = status_code or (400 if errors else 200)
    return page(desk.request, "staff/enter.html", context, status_code=status, headers=NO_STORE)


async def _receipt(desk: Desk, submitted: Submitted) -> Response[str]:
    shown = await slip(desk, submitted.receipt.case_id, submitted.code)
    context = await shell(desk, PATH) | {
        "slips": [shown],
        "ways": three_ways(desk.words, ""),
        "case": shown["case"],
        "again": PATH,
        "switch": None,
    }
    return page(desk.request, "staff/paper_receipt.html", context, headers=NO_STORE)
