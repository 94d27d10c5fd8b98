"""What came on paper, by telephone or in person, entered for its sender (Nhập từ kênh khác)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.api.submissions import PUBLIC_LIMIT
from adapters.http.authenticate import SignedIn
from adapters.http.cases import READ
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.acts_answer import received_fields
from adapters.http.web.staff.dossier import open_dossier
from adapters.http.web.staff.forms import (
    NOTHING,
    TEXT,
    Errors,
    Field,
    Typed,
    faults,
    files_of,
    new_command,
    refusal,
    typed_of,
)
from adapters.http.web.staff.moments import read_moment
from adapters.http.web.staff.room import ENTERERS, Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.terms import case_terms
from application.feedback_intake import MOST_PHOTOS, Submission, Submitted
from application.ports import FileRefusedError, Identity, PlaceInfo
from domain.feedback.vocabulary import Channel, SubmitterRole, Topic
from domain.kernel import RefusalError
from projections.places import PlaceRow, find_places

PATH = "/paper"
MOST_UNITS = 500
PHOTOS = "photos"


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
        typed, photos = await typed_of(request), await files_of(request, PHOTOS)
        fields = paper_fields(desk, typed, await _units(desk))
        if errors := faults(fields, typed, desk.words) | _own_faults(desk, typed, photos):
            return await _form(desk, typed, errors, lost=len(photos))
        place = await _place(desk, typed.identifier("unit"))
        if place is None:
            wrong = {"unit": desk.words.gettext("Your authority is not competent for this unit today.")}
            return await _form(desk, typed, wrong, lost=len(photos))
        room.feedback.must_enter(desk.actor, place)
        try:
            submitted = await room.feedback.submit(desk.actor, wish, place, submission(typed, photos))
        except (RefusalError, FileRefusedError) as error:
            errors = refusal(error, desk.words, fields, {})
            return await _form(desk, typed, errors, lost=len(photos), status_code=409)
        await room.visibility.visible(submitted.receipt, READ)
        return await _receipt(desk, submitted, place)


def submission(typed: Typed, photos: list[bytes]) -> Submission:
    """What was typed, as the desk wants it."""
    text = typed.one("received_at")
    return Submission(
        text=typed.one("text"),
        topic=Topic(typed.one("topic")),
        danger=typed.one("danger") == "yes",
        submitter_role=SubmitterRole(typed.one("submitter_role") or SubmitterRole.UNKNOWN),
        identity=Identity(*(typed.one(name) for name in ("name", "phone", "email", "address"))),
        photos=photos,
        channel=Channel(typed.one("channel")),
        received_at=read_moment(text) if text else None,
        late_reason=typed.one("late_reason"),
        received_at_place=typed.one("received_at_place"),
    )


def paper_fields(desk: Desk, typed: Typed, units: list[PlaceRow]) -> tuple[Field, ...]:
    """The whole form."""
    words = desk.words
    _, value = words.gettext, typed.one

    def pick(identifier: str, label: str, kind: str, codes: list[str], *, required: bool = True) -> Field:
        items = (("", _("Choose …")), *((code, words.label(kind, code)) for code in codes))
        return Field(id=identifier, kind="select", label=label, value=value(identifier), items=items, required=required)

    def line(identifier: str, label: str, hint: str = "") -> Field:
        return Field(
            id=identifier, kind="text", label=label, value=value(identifier), required=False, most=300, hint=hint
        )

    unit_items = (("", _("Choose …")), *((str(unit.id), unit.name) for unit in units))
    ways = [channel.value for channel in Channel if channel is not Channel.QR]
    yes_no = (("no", _("No")), ("yes", _("Yes")))
    return (
        Field(id="unit", kind="select", label=_("Which unit it is about"), value=value("unit"), items=unit_items),
        pick("channel", _("How it came"), "channel", ways),
        *received_fields(words, value),
        line("received_at_place", _("Where it was received"), _("For example: reception desk, box at the gate.")),
        pick("topic", _("What it is about"), "topic-choice", [topic.value for topic in Topic]),
        Field(
            id="danger",
            kind="radios",
            label=_("Is somebody in danger right now?"),
            value=value("danger") or "no",
            items=yes_no,
        ),
        Field(id="text", kind="area", label=_("What was told, word for word"), value=value("text"), most=TEXT, rows=8),
        pick("submitter_role", _("The sender is"), "submitter-role", [r.value for r in SubmitterRole], required=False),
        line(
            "name", _("Name of the sender"), _("Name and contact are kept apart and sealed. Leave them empty if none.")
        ),
        line("phone", _("Telephone")),
        line("email", _("Email")),
        line("address", _("Address")),
        Field(
            id=PHOTOS,
            kind="file",
            label=_("Photos of the sheet"),
            required=False,
            multiple=True,
            hint=_("At most %(most)s files: JPEG, PNG, WebP or PDF.") % {"most": MOST_PHOTOS},
        ),
    )


def _own_faults(desk: Desk, typed: Typed, photos: list[bytes]) -> Errors:
    _, found = desk.words.gettext, Errors()
    text = typed.one("received_at")
    if text and read_moment(text) is None:
        found["received_at"] = _("Write day, hour and minute, for example 25/08/2026 10:00.")
    if len(photos) > MOST_PHOTOS:
        found[PHOTOS] = _("At most %(most)s files.") % {"most": MOST_PHOTOS}
    return found


async def _units(desk: Desk) -> list[PlaceRow]:
    """Those that the own authority is competent for today."""
    today, found = desk.room.today(), await find_places(desk.room.db, limit=5_000)
    own = [row for row in found if row.area_id and row.authority_on(today) == desk.actor.authority_id]
    return [row for row in own if row.exists_on(today)][:MOST_UNITS]


async def _place(desk: Desk, unit: UUID | None) -> PlaceInfo | None:
    found = await desk.room.places.by_id(unit) if unit else None
    return found if found and found.authority_id == desk.actor.authority_id else None


async def _form(desk: Desk, typed: Typed, errors: Errors, *, lost: int = 0, status_code: int = 0) -> Response[str]:
    words = desk.words
    _ = words.gettext
    explain = [_("For somebody who came, called or wrote. The sender gets a tracking code like everybody else.")]
    if lost:
        explain.append(_("Photos have to be chosen again."))
    context = await shell(desk, PATH, errors=errors) | {
        "title": _("Enter from another channel"),
        "explain": explain,
        "back": "/work",
        "version": None,
        "action": PATH,
        "command_id": new_command(),
        "inputs": [field.context() for field in paper_fields(desk, typed, await _units(desk))],
        "do": _("Enter"),
        "warning": False,
        "previews": [],
    }
    return page(desk.request, "staff/act.html", context, status_code=status_code or (400 if errors else 200))


async def _receipt(desk: Desk, submitted: Submitted, place: PlaceInfo) -> Response[str]:
    dossier = await open_dossier(desk, submitted.receipt.case_id)
    view = dossier.answer.view
    terms = case_terms(view, dossier.answer.moment.day, await desk.room.calendar(desk.actor), desk.words)
    context: Context = await shell(desk, PATH) | {
        "code": submitted.code,
        "case": dossier.head(),
        "unit": place.name,
        "authority": place.authority_name,
        "sent_at": view.opened_at,
        "terms": [term for term in terms if term["purpose"] in ("acknowledge", "reply")],
        "track": f"{desk.room.settings.base_url}/p/track",
        "again": PATH,
        "switch": None,
    }
    return page(desk.request, "staff/paper_receipt.html", context)
