"""Taking a complaint in: a first one, or the second in the same matter (Nhận đơn khiếu nại)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.api.complaints import PAPERS_LIMIT
from adapters.http.authenticate import SignedIn
from adapters.http.complaints import READ
from adapters.http.injected import Injected
from adapters.http.problems import InvalidInputError
from adapters.http.web.render import page
from adapters.http.web.staff.complaint_dossier import PATH
from adapters.http.web.staff.complaint_forms import WishForm, scans_in
from adapters.http.web.staff.forms import LINE, Errors, Field, Typed, new_command, refusal, typed_of
from adapters.http.web.staff.paper_form import own_units
from adapters.http.web.staff.register import identifier_of
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from application import complaint_wishes as w
from application.access import ForbiddenError
from application.complaint_access import receives_complaints
from application.ports import FileRefusedError
from domain.complaints.competence import competent
from domain.complaints.refusals import PrivateUnitError
from domain.complaints.vocabulary import Form, Level, Ownership
from domain.kernel import RefusalError
from projections.authorities import authorities

NEW, SECOND = f"{PATH}/new", f"{PATH}/second"
FIRST = "first_number"
"""Instead of an id people type the number of the first complaint."""
FILES = ("petition", "mandate")
"""Inputs that take a file, in the order in which the desk keeps them."""
WITHOUT = frozenset({"source_id", "first_id"})
HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("what", ("place_id", "ownership", "against", "target", "target_number", "target_day", "employment", "dismissal")),
    ("who", ("complainant", "contact", "representation", "representative", "mandate")),
    ("petition", ("form", "petition", "received_on", "late_reason", "known_on", "content", "remedy")),
    ("resolver", ("resolver", "resolver_id", "competence_reason")),
)
"""Parts of the form and the fields in each."""


class NewComplaintController(Controller):
    """`/complaints/new` and `/complaints/second`."""

    path = PATH
    include_in_schema = False

    @get("/new")
    async def new(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """An empty form, with what the table of competence says today."""
        desk = _desk(room, request, signed_in)
        return await _form(desk, w.Petition, None, {}, told=await _told_at_reception(desk))

    @get("/second")
    async def second(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The same for the second level, `?first=` the number of the first complaint."""
        desk = _desk(room, request, signed_in)
        return await _form(desk, w.SecondPetition, None, {})

    @post("/new", status_code=200, request_max_body_size=PAPERS_LIMIT)
    async def take_in(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """On to the case, or the form again with what is wrong."""
        return await _take_in(_desk(room, request, signed_in), w.Petition)

    @post("/second", status_code=200, request_max_body_size=PAPERS_LIMIT)
    async def take_in_second(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The same."""
        return await _take_in(_desk(room, request, signed_in), w.SecondPetition)


def _desk(room: StaffRoom, request: Request[Any, Any, Any], signed_in: SignedIn) -> Desk:
    """Raises ForbiddenError for posts that take nothing in."""
    desk = desk_of(room, request, signed_in)
    if not receives_complaints(desk.actor, None):
        raise ForbiddenError
    return desk


async def _told_at_reception(desk: Desk) -> dict[str, str]:
    """What was said on a day of reception (`?reception=&entry=`), so that nobody types it twice."""
    query = desk.request.query_params
    day, entry = identifier_of(query.get("reception", "")), query.get("entry", "")
    if day is None or not entry.isdecimal():
        return {}
    told = await desk.room.reception_reader.entry_for_complaint(desk.actor, day, int(entry))
    preset = {
        "complainant": told.people,
        "contact": told.contact,
        "content": told.content,
        "remedy": told.wanted,
        "received_on": told.day.isoformat(),
        "form": Form.ORAL_MINUTES.value if told.oral else "",
        "place_id": str(told.place_id) if told.place_id else "",
    }
    return {name: value for name, value in preset.items() if value}


async def _take_in(desk: Desk, shape: type[w.Petition]) -> Response[Any]:
    room, request = desk.room, desk.request
    wish = await room.intents.read_form(request, desk.actor.id, new=True)
    typed = await typed_of(request)
    form = await _wish_form(desk, shape, typed)
    if typed.one("ownership") == Ownership.PRIVATE.value:
        # Said at once: nobody fills a long form in for what is no complaint.
        wrong = refusal(PrivateUnitError(field="ownership"), desk.words, form.fields(), {})
        return await _form(desk, shape, typed, wrong, status_code=409)
    scans = await scans_in(request, form.file_fields())
    errors = form.faults(scans)
    first = await room.complaint_reader.by_number(desk.actor, typed.one(FIRST)) if shape is w.SecondPetition else None
    if shape is w.SecondPetition and first is None:
        errors = {FIRST: desk.words.gettext("No complaint of your authority has this number."), **errors}
    if errors and await room.complaints.known(wish) is None:
        return await _form(desk, shape, typed, errors, lost=len(scans))
    try:
        receipt = await room.complaints.receive(desk.actor, wish, _petition(form, scans, first))
    except (RefusalError, InvalidInputError, FileRefusedError) as error:
        aliases = {"first_id": FIRST}
        if isinstance(error, FileRefusedError):
            aliases |= dict.fromkeys(("", "photos", "files"), FILES[error.position])
        fields = (*form.fields(), *_first_field(desk, shape, typed))
        wrong = refusal(error, desk.words, fields, aliases)
        status = 409 if isinstance(error, RefusalError) else 400
        return await _form(desk, shape, typed, wrong, lost=len(scans), status_code=status)
    await room.visibility.visible(receipt, READ)
    return to(f"{PATH}/{receipt.case_id}?done=complaint-received")


def _petition(form: WishForm, scans: Any, first: UUID | None) -> w.Petition:
    found = form.wish(scans, {"first_id": first} if first else {})
    assert isinstance(found, w.Petition)  # noqa: S101 - the form was made from that shape
    return found


async def _wish_form(
    desk: Desk, shape: type[w.Petition], typed: Typed | None, told: Mapping[str, str] | None = None
) -> WishForm:
    today = desk.room.today()
    units = await own_units(desk)
    if desk.actor.unit_id is not None:
        units = [unit for unit in units if unit.id == desk.actor.unit_id]
    bodies = [row for row in await authorities(desk.room.db) if row.exists_on(today)]
    preset = {"received_on": today.isoformat(), "ownership": "public" if desk.actor.unit_id else ""}
    preset |= {"place_id": str(units[0].id)} if len(units) == 1 else {}
    return WishForm(
        shape,
        desk.words,
        typed,
        preset={**preset, **(told or {})},
        choices={
            "place_id": tuple((str(unit.id), unit.name) for unit in units),
            "resolver_id": tuple((str(row.id), row.name) for row in bodies),
        },
        without=WITHOUT,
    )


def _first_field(desk: Desk, shape: type[w.Petition], typed: Typed | None) -> tuple[Field, ...]:
    if shape is not w.SecondPetition:
        return ()
    _ = desk.words.gettext
    value = typed.one(FIRST) if typed else desk.request.query_params.get("first", "")
    hint = _("For example KN-7KQ2M9TD-2026-0001: it stands on the decision's file and in the register.")
    return (Field(id=FIRST, kind="text", label=_("Number of the first complaint"), value=value, hint=hint, most=LINE),)


async def _form(
    desk: Desk,
    shape: type[w.Petition],
    typed: Typed | None,
    errors: Errors,
    *,
    lost: int = 0,
    status_code: int = 0,
    told: Mapping[str, str] | None = None,
) -> Response[str]:
    _, words = desk.words.gettext, desk.words
    form = await _wish_form(desk, shape, typed, told)
    by_id = {field.id: field for field in form.fields()}
    second = shape is w.SecondPetition
    sections: list[Context] = [
        {"heading": words.label("complaint-part", part), "inputs": [by_id[name].context() for name in names]}
        for part, names in HEADINGS
    ]
    sections[0]["inputs"] = [field.context() for field in _first_field(desk, shape, typed)] + sections[0]["inputs"]
    ways = ((NEW, _("First complaint")), (SECOND, _("Second complaint")))
    context = await shell(desk, PATH, errors=errors) | {
        "title": _("Take a second complaint in") if second else _("Take a complaint in"),
        "explain": [
            _("Only a signed petition, or signed minutes of what was said, is a complaint; a QR message is none."),
            *_competence(desk),
        ],
        "ways": [{"href": href, "text": text, "active": href == (SECOND if second else NEW)} for href, text in ways],
        "files": True,
        "lost": lost,
        "action": SECOND if second else NEW,
        "command_id": new_command(),
        "sections": sections,
        "do": _("Take it in"),
    }
    return page(desk.request, "staff/enter.html", context, status_code=status_code or (400 if errors else 200))


def _competence(desk: Desk) -> list[str]:
    """Who resolves complaints against a school today, as the table says."""
    words, today = desk.words, desk.room.today()
    found = []
    for level in Level:
        entry = competent("school", level, today)
        if entry is not None:
            posts = ", ".join(words.label("complaint-word", f"resolver/{one.value}") for one in entry.resolvers)
            told = words.gettext("Against a school, %(level)s: %(posts)s (%(basis)s; how far checked: %(status)s).")
            found.append(
                told
                % {
                    "level": words.label("complaint-word", f"level/{level.value}").lower(),
                    "posts": posts,
                    "basis": entry.basis,
                    "status": words.known("rule-status", entry.status) or entry.status,
                }
            )
    return found
