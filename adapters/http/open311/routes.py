"""Open311 GeoReport v2 for feedback: what can be sent, sending it, and looking at what one has sent oneself.

Nothing lists what others have sent. Answers carry no CORS headers and pages of other sites cannot post here: a web page
that wants to do so asks from its own server. http://wiki.open311.org/GeoReport_v2
"""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get, post
from msgspec.structs import replace

from adapters.http.api.submissions import CITIZEN, key_of
from adapters.http.authenticate import client_address
from adapters.http.conditional import Intents
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.naming import Naming
from adapters.http.open311.answers import Form, answer, form_of
from adapters.http.open311.faults import told
from adapters.http.open311.requests import checked, fields_of, receipt, shown
from adapters.http.open311.services import (
    definition,
    discovery,
    jurisdiction,
    services,
    topic_of,
    units_of,
)
from adapters.http.problems import language_of
from adapters.http.screen import Screen
from adapters.http.senders import Sender, Senders
from adapters.http.settings import HttpSettings
from application.access import NotVisibleError
from application.feedback import FeedbackDesk
from application.ports import Clock, Places, Reader
from application.tracking_code import ReadingTokens
from domain.calendar import legal_date

AnyRequest = Request[Any, Any, Any]
Answered = Response[bytes]


class Open311Controller(Controller):
    """Described by the standard and docs/reference/open311.md, not by the document of our own API."""

    path = "/open311/v2"
    include_in_schema = False
    exception_handlers = {Exception: told}  # noqa: RUF012 - litestar reads it from the class

    @get(["/discovery.json", "/discovery.xml"])
    async def discovery(self, request: AnyRequest, settings: Injected[HttpSettings]) -> Answered:
        """GET Service Discovery."""
        language = language_of(request)
        return answer("discovery", discovery(settings, language), form_of(request.url.path), language)

    @get(["/services.json", "/services.xml"])
    async def services(
        self, request: AnyRequest, db: Injected[Reader], clock: Injected[Clock], jurisdiction_id: FromQuery[str] = ""
    ) -> Answered:
        """GET Service List."""
        language = language_of(request)
        await jurisdiction(db, jurisdiction_id, legal_date(clock.now()), language)
        return answer("services", services(language), form_of(request.url.path), language)

    @get("/services/{name:str}")
    async def definition(
        self,
        request: AnyRequest,
        db: Injected[Reader],
        clock: Injected[Clock],
        settings: Injected[HttpSettings],
        name: FromPath[str],
        jurisdiction_id: FromQuery[str] = "",
    ) -> Answered:
        """GET Service Definition. With `jurisdiction_id` it names the schools to choose from."""
        language, today = language_of(request), legal_date(clock.now())
        code, form = _named(name)
        topic = topic_of(code, language)
        units = await units_of(db, await jurisdiction(db, jurisdiction_id, today, language), today)
        return answer("service_definition", definition(topic, units, language, settings), form, language)

    @post(["/requests.json", "/requests.xml"], status_code=200)
    async def send(
        self,
        *,
        request: AnyRequest,
        intents: Injected[Intents],
        db: Injected[Reader],
        places: Injected[Places],
        feedback: Injected[FeedbackDesk],
        senders: Injected[Senders],
        screen: Injected[Screen],
        secrets: Injected[ReadingTokens],
        settings: Injected[HttpSettings],
        clock: Injected[Clock],
    ) -> Answered:
        """POST Service Request, at the desk of the public form. With an Idempotency-Key a repetition is one."""
        language, fields = language_of(request), await fields_of(request)
        asked = await jurisdiction(db, fields.jurisdiction_id, legal_date(clock.now()), language)
        place, what = checked(fields, await places.by_code(fields.unit), asked, language)
        wish = await intents.request_of(request, place.id, key_of(request))
        if await feedback.known(wish) is None:
            what = replace(what, signs=await screen.of_text(request, place, wish.id, what.text))
        submitted = await feedback.submit(CITIZEN, wish, place, what)
        await senders.known_soon(submitted.receipt)
        said = receipt(submitted, secrets.reading_token(submitted.code), fields, settings, language)
        return answer("service_requests", said, form_of(request.url.path), language)

    @get(["/requests.json", "/requests.xml"])
    async def nobodys(self, request: AnyRequest) -> Answered:
        """GET Service Requests: always none, whatever is asked for. The discovery document says why."""
        return answer("service_requests", [], form_of(request.url.path), language_of(request))

    @get("/requests/{name:str}")
    async def own(
        self,
        request: AnyRequest,
        senders: Injected[Senders],
        secrets: Injected[ReadingTokens],
        naming: Injected[Naming],
        settings: Injected[HttpSettings],
        name: FromPath[str],
    ) -> Answered:
        """GET Service Request, by the id that its sender alone has."""
        language, (token, form) = language_of(request), _named(name)
        view, seen = await senders.view(await _sender(request, senders, secrets, token))
        names = await naming.names(seen.named())
        said = [shown(token, view, seen, names, settings, language)]
        return answer("service_requests", said, form, language)

    @get("/tokens/{name:str}")
    async def token(
        self, request: AnyRequest, senders: Injected[Senders], secrets: Injected[ReadingTokens], name: FromPath[str]
    ) -> Answered:
        """GET service_request_id from a token: here the one is the other."""
        token, form = _named(name)
        await _sender(request, senders, secrets, token)
        said = [{"service_request_id": token, "token": token}]
        return answer("service_requests", said, form, language_of(request))


def _named(name: str) -> tuple[str, Form]:
    """`money.xml`. Raises NotVisibleError for what ends with neither form."""
    stem, _, ending = name.rpartition(".")
    if ending not in set(Form):
        raise NotVisibleError
    return stem, Form(ending)


async def _sender(request: AnyRequest, senders: Senders, secrets: ReadingTokens, token: str) -> Sender:
    """Counted like a tracking code that is typed. Raises NotVisibleError, TooManyAttemptsError."""
    return await senders.by_code(secrets.code_behind(token) or "", client_address(request))
