"""From the QR code to the receipt: landing, form, receipt, and choosing another school. No account, no cookie."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.datastructures import FormMultiDict, UploadFile

from adapters.http.api.submissions import CITIZEN, PUBLIC_LIMIT
from adapters.http.conditional import Intents
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.problems import InvalidInputError
from adapters.http.refusals import refusal_text
from adapters.http.senders import Sender, Senders
from adapters.http.settings import HttpSettings
from adapters.http.web.i18n import Language, label
from adapters.http.web.public.pictures import qr_picture
from adapters.http.web.render import language_of, page
from adapters.http.web.terms import public_term
from application.access import Actor, NotVisibleError
from application.feedback import FeedbackDesk
from application.feedback_intake import MOST_PHOTOS, Submission
from application.ports import Clock, FileRefusedError, Identity, PlaceInfo, Places, Reader
from domain.calendar import legal_date
from domain.feedback.intake import SHORTEST_TEXT
from domain.feedback.refusals import TextTooLongError, TextTooShortError
from domain.feedback.vocabulary import SubmitterRole, Topic
from projections.places import find_places

MOST_UNITS = 30
FIELD_OF = {"text": "story"}
"""Names of the domain → names of the form."""


class PublicController(Controller):
    path = "/p"
    include_in_schema = False
    opt = {"public": True}  # noqa: RUF012 - litestar reads it from the class

    @get("/")
    async def choose(
        self, request: Request[Any, Any, Any], db: Injected[Reader], places: Injected[Places], q: FromQuery[str] = ""
    ) -> Response[str]:
        """Which school? Only units that somebody is competent for, and that have a code."""
        return page(request, "p/choose.html", {"action": "/p/", "q": q, **await _units(db, places, q)})

    @get("/{unit:str}")
    async def landing(
        self, request: Request[Any, Any, Any], places: Injected[Places], unit: FromPath[str]
    ) -> Response[str]:
        """Where the QR code leads."""
        place = await _place(places, unit)
        context = {
            "unit": _unit(place),
            "reader": place.authority_name,
            "start": f"/p/{place.code}/form",
            "lookup": "/p/track",
            "not_this": "/p/",
            "signed": f"/p/signed?unit={place.code}",
        }
        return page(request, "p/landing.html", context)

    @get("/{unit:str}/form")
    async def form(
        self, request: Request[Any, Any, Any], places: Injected[Places], unit: FromPath[str]
    ) -> Response[str]:
        """The three screens as one page."""
        place = await _place(places, unit)
        return page(request, "p/form.html", _form(place, language_of(request), uuid4(), {}, {}))

    @post("/{unit:str}/form", request_max_body_size=PUBLIC_LIMIT, status_code=201)
    async def send(
        self,
        request: Request[Any, Any, Any],
        places: Injected[Places],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
        senders: Injected[Senders],
        settings: Injected[HttpSettings],
        clock: Injected[Clock],
        unit: FromPath[str],
    ) -> Response[str]:
        """The receipt, or the form with what was typed and what is wrong. Pressed twice, it is one message."""
        place, language = await _place(places, unit), language_of(request)
        typed = await request.form()
        values = {name: value for name, value in typed.items() if isinstance(value, str)}
        try:
            wish = await intents.read_form(request, place.id, new=True)
        except InvalidInputError:
            return _again(request, place, language, uuid4(), values, {}, 0)
        photos = await photos_of(typed)
        key = UUID(values["command_id"])
        if faults := _faults(values, photos, language):
            return _again(request, place, language, key, values, faults, len(photos))
        try:
            submitted = await feedback.submit(CITIZEN, wish, place, _submission(values, photos, language))
        except (TextTooShortError, TextTooLongError) as error:
            faults = {"story": refusal_text(error.code, error.details, language)}
            return _again(request, place, language, key, values, faults, len(photos))
        except FileRefusedError as error:
            faults = {"photos": refusal_text(error.code, {}, language)}
            return _again(request, place, language, key, values, faults, len(photos))
        await senders.known_soon(submitted.receipt)
        sender = Sender(Actor(kind="citizen", id=CITIZEN.id), submitted.receipt.case_id)
        view, _seen = await senders.view(sender)
        terms = {
            line.term.purpose: public_term(line.term, language, legal_date(clock.now()))
            for line in view.terms
        }
        context = {
            "code": submitted.code,
            "sent_at": view.opened_at,
            "qr": qr_picture(f"{settings.base_url}/p/track#{submitted.code}"),
            "track": "/p/track",
            "save": None,
            "terms": {"acknowledge": terms.get("acknowledge"), "reply": terms.get("reply")},
            "contact": values.get("contact") == "given",
        }
        return page(request, "p/receipt.html", context, status_code=201, headers={"cache-control": "no-store"})

    @get("/signed")
    async def signed(
        self, request: Request[Any, Any, Any], places: Injected[Places], unit: FromQuery[str] = ""
    ) -> Response[str]:
        """What needs a signature. Address and days of reception are the authority's to state; unknown ones are not."""
        place = await places.by_code(unit) if unit else None
        authority = {"name": place.authority_name, "address": None, "reception": None, "phone": None} if place else None
        start = f"/p/{place.code}/form" if place else None
        return page(request, "p/signed.html", {"authority": authority, "start": start})

    @get("/privacy")
    async def privacy(
        self, request: Request[Any, Any, Any], places: Injected[Places], unit: FromQuery[str] = ""
    ) -> Response[str]:
        """What is done with what is sent."""
        place, language = (await places.by_code(unit) if unit else None), language_of(request)
        context = {
            "reader": place.authority_name if place else label(language, "public", "reader"),
            "keep": [label(language, "public", key) for key in ("keep-case", "keep-ineligible", "keep-address")],
            "contact": label(language, "public", "data-contact"),
        }
        return page(request, "p/privacy.html", context)


async def photos_of(typed: FormMultiDict) -> list[bytes]:
    """What was chosen; an empty file field is none."""
    chosen = [value for value in typed.getall("photos", []) if isinstance(value, UploadFile)]
    return [data for upload in chosen if (data := await upload.read())]


async def _place(places: Places, unit: str) -> PlaceInfo:
    place = await places.by_code(unit)
    if place is None:
        raise NotVisibleError
    return place


async def _units(db: Reader, places: Places, q: str) -> dict[str, Any]:
    if not q.strip():
        return {"units": [], "searched": False}
    found = await find_places(db, q=q, limit=MOST_UNITS)
    infos = [info for row in found if row.public_code and (info := await places.by_id(row.id))]
    units = [{"href": f"/p/{info.code}", "name": info.name, "ward": info.area_name} for info in infos]
    return {"units": units, "searched": True}


def _unit(place: PlaceInfo) -> dict[str, str]:
    return {"name": place.name, "ward": place.area_name, "code": place.code}


def _form(
    place: PlaceInfo, language: Language, key: UUID, values: dict[str, str], errors: dict[str, str], lost: int = 0
) -> dict[str, Any]:
    return {
        "unit": _unit(place),
        "action": f"/p/{place.code}/form",
        "command_id": str(key),
        "categories": [{"value": topic.value, "text": label(language, "topic-choice", topic.value)} for topic in Topic],
        "roles": [
            {"value": role.value, "text": label(language, "submitter-role", role.value)}
            for role in SubmitterRole
            if role is not SubmitterRole.UNKNOWN
        ],
        "values": values,
        "errors": errors,
        "photos_lost": lost,
        "landing": f"/p/{place.code}",
        "privacy": f"/p/privacy?unit={place.code}",
    }


def _again(
    request: Request[Any, Any, Any],
    place: PlaceInfo,
    language: Language,
    key: UUID,
    values: dict[str, str],
    errors: dict[str, str],
    lost: int,
) -> Response[str]:
    """A new key: what is sent next is another request than the one that was refused."""
    del key
    return page(request, "p/form.html", _form(place, language, uuid4(), values, errors, lost), status_code=400)


def _faults(values: dict[str, str], photos: list[bytes], language: Language) -> dict[str, str]:
    faults = {}
    if values.get("category") not in set(Topic):
        faults["category"] = label(language, "public", "choose-topic")
    if values.get("danger") not in ("yes", "no"):
        faults["danger"] = label(language, "public", "choose-danger")
    if len(values.get("story", "").strip()) < SHORTEST_TEXT:
        faults["story"] = refusal_text(TextTooShortError.code, {"shortest": SHORTEST_TEXT}, language)
    if values.get("contact") not in ("none", "given"):
        faults["contact"] = label(language, "public", "choose-contact")
    if len(photos) > MOST_PHOTOS:
        faults["photos"] = refusal_text("too-many-files", {}, language)
    return faults


def _submission(values: dict[str, str], photos: list[bytes], language: Language) -> Submission:
    given = values.get("contact") == "given"
    fields = {name: values.get(name, "").strip()[:300] for name in ("name", "phone", "email")}
    role = values.get("role", "")
    return Submission(
        text=values.get("story", ""),
        topic=Topic(values["category"]),
        danger=values["danger"] == "yes",
        submitter_role=SubmitterRole(role) if role in set(SubmitterRole) else SubmitterRole.UNKNOWN,
        identity=msgspec.convert(fields, Identity) if given else Identity(),
        photos=photos,
        language=language,
    )
