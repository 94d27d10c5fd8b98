"""From the QR code to the receipt: landing, the form in three screens, receipt, choosing another school.

No account, no cookie.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import FormMultiDict, UploadFile

from adapters.http.api.submissions import CITIZEN, PUBLIC_LIMIT
from adapters.http.conditional import KEY_FIELD, Intents
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.naming import Naming
from adapters.http.problems import InvalidInputError
from adapters.http.refusals import refusal_text
from adapters.http.screen import Screen
from adapters.http.senders import Sender, Senders
from adapters.http.settings import HttpSettings
from adapters.http.web.i18n import label
from adapters.http.web.public import form_steps as steps
from adapters.http.web.public.denouncing import denouncing
from adapters.http.web.public.pictures import qr_picture
from adapters.http.web.render import language_of, page
from adapters.http.web.terms import public_term
from application.access import Actor, NotVisibleError
from application.feedback import FeedbackDesk
from application.feedback_intake import Submitted
from application.ports import Clock, CommandReusedError, FileRefusedError, PlaceInfo, Places, Reader
from domain.calendar import legal_date
from domain.feedback.refusals import TextTooLongError, TextTooShortError
from domain.screening.vocabulary import Sign
from projections.authorities import authority
from projections.places import find_places

MOST_UNITS = 30
PageRequest = Request[Any, Any, Any]


class PublicController(Controller):
    path = "/p"
    include_in_schema = False
    opt = {"public": True}  # noqa: RUF012 - litestar reads it from the class

    @get("/")
    async def choose(
        self, request: PageRequest, db: Injected[Reader], places: Injected[Places], q: FromQuery[str] = ""
    ) -> Response[str]:
        """Which school? Only units that somebody is competent for, and that have a code."""
        return page(request, "p/choose.html", {"action": "/p/", "q": q, **await _units(db, places, q)})

    @get("/{unit:str}")
    async def landing(self, request: PageRequest, places: Injected[Places], unit: FromPath[str]) -> Response[str]:
        """Where the QR code leads."""
        place = await _place(places, unit)
        context = {
            "unit": {"name": place.name, "ward": place.area_name, "code": place.code},
            "reader": place.authority_name,
            "start": f"/p/{place.code}/form",
            "lookup": "/p/track",
            "not_this": "/p/",
            "signed": f"/p/signed?unit={place.code}",
        }
        return page(request, "p/landing.html", context)

    @get("/{unit:str}/form")
    async def form(
        self, request: PageRequest, places: Injected[Places], screen: Injected[Screen], unit: FromPath[str]
    ) -> Response[str]:
        """The first of the three screens."""
        place, language = await _place(places, unit), language_of(request)
        context = steps.form_context(place, language, {}, key=str(uuid4()), stamp=screen.stamp(place.code))
        return page(request, "p/form.html", context)

    @post("/{unit:str}/form", request_max_body_size=PUBLIC_LIMIT, status_code=201)
    async def send(
        self,
        *,
        request: PageRequest,
        places: Injected[Places],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
        senders: Injected[Senders],
        screen: Injected[Screen],
        settings: Injected[HttpSettings],
        clock: Injected[Clock],
        naming: Injected[Naming],
        unit: FromPath[str],
    ) -> Response[str]:
        """Another screen, the receipt, or the form with what was typed and what is wrong. Sent twice, it is one."""
        place, language = await _place(places, unit), language_of(request)
        typed = await request.form()
        values = {name: value for name, value in typed.items() if isinstance(value, str)}
        photos = await photos_of(typed)
        again = _Again(request, place, values, screen.stamp(place.code), len(photos))
        try:
            wish = await intents.read_form(request, place.id, new=True)
        except InvalidInputError:
            return again.show(steps.step_sent(values), {}, 400, key=str(uuid4()))
        there = steps.wanted_step(values)
        if there is not None:
            return again.turn(there)
        changed = ""
        try:
            known = await feedback.known(wish)
            if not known and (errors := steps.faults(values, len(photos), language)):
                return again.show(steps.first_step(errors), errors, 400)
            signs = frozenset[Sign]() if known else await screen.of_form(request, place, wish.id, values)
            submitted = await feedback.submit(CITIZEN, wish, place, steps.submission(values, photos, language, signs))
        except CommandReusedError:
            submitted, changed = feedback.first_of(wish), values.get("story", "")
        except (TextTooShortError, TextTooLongError) as error:
            return again.show(2, {"story": refusal_text(error.code, error.details, language)}, 400)
        except FileRefusedError as error:
            return again.show(2, {"photos": refusal_text(error.code, {}, language)}, 400)
        context = await _receipt(request, senders, settings, clock, submitted) | {
            "denounce": await denouncing(naming, place.authority_id, legal_date(clock.now()), "sent"),
            "changed": changed,
            "danger": values.get("danger") == "yes",
        }
        status = 200 if changed else 201
        return page(request, "p/receipt.html", context, status_code=status, headers={"cache-control": "no-store"})

    @get("/signed")
    async def signed(
        self,
        request: PageRequest,
        places: Injected[Places],
        db: Injected[Reader],
        clock: Injected[Clock],
        unit: FromQuery[str] = "",
    ) -> Response[str]:
        """What needs a signature. Address and days of reception are the authority's to state; unknown ones are not."""
        place = await places.by_code(unit) if unit else None
        row = await authority(db, place.authority_id) if place else None
        contact = row.contact_on(legal_date(clock.now())) if row else None
        start = f"/p/{place.code}/form" if place else None
        name = place.authority_name if place else None
        return page(request, "p/signed.html", {"authority": name, "contact": contact, "start": start})

    @get("/privacy")
    async def privacy(self, request: PageRequest, places: Injected[Places], unit: FromQuery[str] = "") -> Response[str]:
        """What is done with what is sent."""
        place, language = (await places.by_code(unit) if unit else None), language_of(request)
        context = {
            "reader": place.authority_name if place else label(language, "public", "reader"),
            "keep": [label(language, "public", key) for key in ("keep-case", "keep-ineligible", "keep-address")],
            "contact": label(language, "public", "data-contact"),
        }
        return page(request, "p/privacy.html", context)

    @get("/developers")
    async def developers(self, request: PageRequest, settings: Injected[HttpSettings]) -> Response[str]:
        """For who writes an application."""
        discovery = [f"{settings.base_url}/open311/v2/discovery.{ending}" for ending in ("json", "xml")]
        return page(request, "p/developers.html", {"discovery": discovery})


class _Again:
    """The form once more: the same key, so that nothing is sent twice, and everything that was typed."""

    def __init__(self, request: PageRequest, place: PlaceInfo, values: dict[str, str], stamp: str, photos: int) -> None:
        self._request, self._place, self._values = request, place, values
        self._stamp, self._photos = stamp, photos

    def turn(self, there: int) -> Response[str]:
        """Another screen, unless something is missing on those before it."""
        errors = steps.faults(self._values, self._photos, language_of(self._request), before=there)
        return self.show(steps.first_step(errors) if errors else there, errors, 400 if errors else 200)

    def show(self, step: int, errors: dict[str, str], status: int, *, key: str = "") -> Response[str]:
        """`key` only where the one that was sent is none."""
        context = steps.form_context(
            self._place,
            language_of(self._request),
            self._values,
            key=key or str(UUID(self._values[KEY_FIELD])),
            stamp=self._stamp,
            step=step,
            errors=errors,
            lost=self._photos,
        )
        return page(self._request, "p/form.html", context, status_code=status)


async def _receipt(
    request: PageRequest,
    senders: Senders,
    settings: HttpSettings,
    clock: Clock,
    submitted: Submitted,
) -> dict[str, Any]:
    language = language_of(request)
    await senders.known_soon(submitted.receipt)
    view, _seen = await senders.view(Sender(Actor(kind="citizen", id=CITIZEN.id), submitted.receipt.case_id))
    today = legal_date(clock.now())
    terms = {line.term.purpose: public_term(line.term, language, today) for line in view.terms}
    return {
        "code": submitted.code,
        "sent_at": view.opened_at,
        "qr": qr_picture(f"{settings.base_url}/p/track#{submitted.code}"),
        "track": "/p/track",
        "terms": {"acknowledge": terms.get("acknowledge"), "reply": terms.get("reply")},
        "again": request.url.path,
    }


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
