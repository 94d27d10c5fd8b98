"""A sender says that somebody is treated worse since the message. The code is sent in the body, as for tracking.

One address: without `go` it shows the form, with it the report is sent. Works without a script; what was typed stays.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from litestar import Controller, Request, Response, post

from adapters.http.authenticate import client_address
from adapters.http.conditional import Intents
from adapters.http.injected import Injected
from adapters.http.naming import Naming
from adapters.http.problems import InvalidInputError
from adapters.http.protection import ProtectionReader, case_now
from adapters.http.refusals import refusal_text
from adapters.http.senders import Sender, Senders
from adapters.http.web.i18n import Language, label
from adapters.http.web.public.tracking import NO_STORE, part_of, show_tracking
from adapters.http.web.public.tracking_context import LONGEST
from adapters.http.web.render import language_of, page
from application.access import NotVisibleError
from application.ports import Clock
from application.protection import ProtectionDesk
from domain.kernel import RefusalError
from domain.protection.vocabulary import Whom

PATH = "/p/track/worse"
FIELDS = ("text", "since", "whom")
SEND = "send"


class WorsePages(Controller):
    path = PATH
    include_in_schema = False
    opt = {"public": True}  # noqa: RUF012 - litestar reads it from the class

    @post("/", status_code=200)
    async def report(
        self,
        request: Request[Any, Any, Any],
        senders: Injected[Senders],
        naming: Injected[Naming],
        intents: Injected[Intents],
        protection: Injected[ProtectionDesk],
        protection_reader: Injected[ProtectionReader],
        clock: Injected[Clock],
    ) -> Response[str]:
        """The form, or with `go` the report: once, however often it is sent."""
        form = await request.form()
        typed = {name: str(form.get(name, "")).replace("\r\n", "\n").strip() for name in (*FIELDS, "code", "go")}
        part, language = part_of(form), language_of(request)
        sender = await senders.by_code(typed["code"], client_address(request))
        there = await case_now(senders, sender, part)
        if typed["go"] != SEND:
            return await _form(request, senders, naming, there, typed, part, {})
        if errors := _faults(typed, language):
            return await _form(request, senders, naming, there, typed, part, errors)
        try:
            wish = await intents.read_form(request, there.actor.id, new=True)
            reported = await protection.report(
                there.actor,
                wish,
                there.case_id,
                whom=Whom(typed["whom"]),
                since=date.fromisoformat(typed["since"]) if typed["since"] else None,
                text=typed["text"],
            )
        except InvalidInputError:
            raise NotVisibleError from None
        except RefusalError as error:
            field = error.field if error.field in FIELDS else "text"
            errors = {field: refusal_text(error.code, error.details, language)}
            return await _form(request, senders, naming, there, typed, part, errors)
        await protection_reader.known_soon(reported.receipt)
        notice = label(language, "public", "worse-received")
        return await show_tracking(
            request, typed["code"], senders, naming, clock, protection_reader, notice=notice, part=part
        )


def _faults(typed: dict[str, str], language: Language) -> dict[str, str]:
    """Every field at fault with its sentence, in the order of the form."""
    found = {}
    if not typed["text"] or len(typed["text"]) > LONGEST:
        found["text"] = label(language, "public", "worse-text" if not typed["text"] else "too-long")
    if typed["since"] and _day(typed["since"]) is None:
        found["since"] = label(language, "public", "worse-since")
    if typed["whom"] not in set(Whom):
        found["whom"] = label(language, "public", "worse-whom")
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def _form(
    request: Request[Any, Any, Any],
    senders: Senders,
    naming: Naming,
    sender: Sender,
    typed: dict[str, str],
    part: int,
    errors: dict[str, str],
) -> Response[str]:
    language, form = language_of(request), await request.form()
    authority_id = await senders.authority_of(sender)
    names = await naming.names([authority_id])
    context = {
        "action": PATH,
        "send": SEND,
        "code": typed["code"],
        "part": part,
        # The same wish as long as the form is not sent through: what was at fault is no second report.
        "command_id": str(form.get("command_id", "")) or str(uuid4()),
        "authority": next(iter(names.values()), "") or label(language, "public", "reader"),
        "whom": [{"value": word.value, "text": label(language, "protection-whom", word.value)} for word in Whom],
        "values": {name: typed[name] for name in FIELDS},
        "track": "/p/track",
        "errors": errors,
    }
    return page(request, "p/worse.html", context, status_code=400 if errors else 200, headers=NO_STORE)
