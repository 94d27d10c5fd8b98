"""What became of it: the code is sent in the body, so that it stands in no address and no log."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.api.submissions import PUBLIC_LIMIT
from adapters.http.authenticate import client_address
from adapters.http.conditional import Intents
from adapters.http.injected import FromPath, Injected
from adapters.http.naming import Naming
from adapters.http.problems import InvalidInputError
from adapters.http.refusals import refusal_text
from adapters.http.senders import Senders
from adapters.http.web.i18n import label
from adapters.http.web.public.denouncing import denouncing
from adapters.http.web.public.feedback import photos_of
from adapters.http.web.public.tracking_context import LONGEST, tracking_context
from adapters.http.web.render import language_of, page
from application.access import NotVisibleError
from application.feedback import FeedbackDesk
from application.feedback_intake import MOST_PHOTOS
from application.ports import Clock, FileRefusedError
from domain.calendar import legal_date
from domain.kernel import RefusalError

NO_STORE = {"cache-control": "no-store"}


class TrackingPages(Controller):
    path = "/p/track"
    include_in_schema = False
    opt = {"public": True}  # noqa: RUF012 - litestar reads it from the class

    @get("/")
    async def lookup(self, request: Request[Any, Any, Any]) -> Response[str]:
        """Where to type the code."""
        return page(request, "p/lookup.html", _lookup("", {}))

    @post("/", status_code=200)
    async def track(
        self,
        request: Request[Any, Any, Any],
        senders: Injected[Senders],
        naming: Injected[Naming],
        clock: Injected[Clock],
    ) -> Response[str]:
        """The sender's page, or the field again with what was typed."""
        typed = await request.form()
        return await self._show(request, str(typed.get("code", "")), senders, naming, clock, part=_part_of(typed))

    @post("/reply", status_code=200, request_max_body_size=PUBLIC_LIMIT)
    async def reply(
        self,
        request: Request[Any, Any, Any],
        senders: Injected[Senders],
        naming: Injected[Naming],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
        clock: Injected[Clock],
    ) -> Response[str]:
        """To the first question that is open."""
        typed = await request.form()
        code, text = str(typed.get("code", "")), str(typed.get("reply", "")).strip()
        part, language = _part_of(typed), language_of(request)
        sender = await senders.part(await senders.by_code(code, client_address(request)), part)
        shown = partial(self._show, request, code, senders, naming, clock, part=part)
        photos = await photos_of(typed)
        if not text or len(text) > LONGEST:
            errors = {"reply": label(language, "public", "reply-missing" if not text else "too-long")}
            return await shown(errors=errors, values={"reply": text})
        if len(photos) > MOST_PHOTOS:
            errors = {"photos": refusal_text("too-many-files", {}, language)}
            return await shown(errors=errors, values={"reply": text})
        try:
            number = int(str(typed.get("question", "0")) or 0)
            wish = await intents.read_form(request, sender.actor.id, new=True)
            await feedback.reply(sender.actor, wish, sender.case_id, question=number, text=text, photos=photos)
        except (InvalidInputError, ValueError):
            raise NotVisibleError from None
        except (RefusalError, FileRefusedError) as error:
            errors = {"reply": refusal_text(error.code, getattr(error, "details", {}), language)}
            return await shown(errors=errors, values={"reply": text})
        return await shown(notice=label(language, "public", "reply-received"))

    @post("/review", status_code=200)
    async def review(
        self,
        request: Request[Any, Any, Any],
        senders: Injected[Senders],
        naming: Injected[Naming],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
        clock: Injected[Clock],
    ) -> Response[str]:
        """Đề nghị xem xét lại."""
        typed = await request.form()
        code, reason = str(typed.get("code", "")), str(typed.get("reason", "")).strip()
        part, language = _part_of(typed), language_of(request)
        sender = await senders.part(await senders.by_code(code, client_address(request)), part)
        shown = partial(self._show, request, code, senders, naming, clock, part=part)
        if not reason or len(reason) > LONGEST:
            errors = {"reason": label(language, "public", "reason-missing" if not reason else "too-long")}
            return await shown(errors=errors, values={"reason": reason})
        try:
            wish = await intents.read_form(request, sender.actor.id, new=True)
            await feedback.reopen(sender.actor, wish, sender.case_id, reason)
        except InvalidInputError:
            raise NotVisibleError from None
        except RefusalError as error:
            errors = {"reason": refusal_text(error.code, error.details, language)}
            return await shown(errors=errors, values={"reason": reason})
        return await shown(notice=label(language, "public", "review-received"))

    @post("/withdraw", status_code=200)
    async def withdraw(
        self,
        request: Request[Any, Any, Any],
        senders: Injected[Senders],
        naming: Injected[Naming],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
        clock: Injected[Clock],
    ) -> Response[str]:
        """Rút phản ánh: no reason is asked for."""
        typed = await request.form()
        code, reason = str(typed.get("code", "")), str(typed.get("reason", "")).strip()
        part, language = _part_of(typed), language_of(request)
        sender = await senders.part(await senders.by_code(code, client_address(request)), part)
        shown = partial(self._show, request, code, senders, naming, clock, part=part)
        if len(reason) > LONGEST:
            return await shown(
                errors={"withdraw-reason": label(language, "public", "too-long")}, values={"reason": reason}
            )
        try:
            wish = await intents.read_form(request, sender.actor.id, new=True)
            await feedback.withdraw(sender.actor, wish, sender.case_id, reason)
        except InvalidInputError:
            raise NotVisibleError from None
        except RefusalError as error:
            text = refusal_text(error.code, error.details, language)
            return await shown(errors={"withdraw-reason": text}, values={"reason": reason})
        return await shown(notice=label(language, "public", "withdrawn"))

    @staticmethod
    async def _show(
        request: Request[Any, Any, Any],
        code: FromPath[str],
        senders: Senders,
        naming: Naming,
        clock: Clock,
        *,
        notice: str | None = None,
        errors: dict[str, str] | None = None,
        values: dict[str, str] | None = None,
        part: int = 0,
    ) -> Response[str]:
        language = language_of(request)
        try:
            sender = await senders.by_code(code, client_address(request))
        except NotVisibleError:
            context = _lookup(code, {"code": label(language, "public", "code-unknown")})
            return page(request, "p/lookup.html", context, status_code=404, headers=NO_STORE)
        seen = (await senders.view(sender))[1].at_part(part)
        if seen is None:
            raise NotVisibleError
        names = await naming.names(seen.named())
        context = tracking_context(seen, language, legal_date(clock.now()), names, values or {})
        context["denounce"] = await denouncing(naming, UUID(seen.authority_id), legal_date(clock.now()), seen.state)
        shown = {**context, "code": code, "notice": notice, "errors": errors or {}}
        return page(request, "p/track.html", shown, status_code=400 if errors else 200, headers=NO_STORE)


def _part_of(typed: Any) -> int:
    """The number of the part that a form speaks of; 0 for the submission itself and for what is no number."""
    text = str(typed.get("part", "0"))
    return int(text) if text.isascii() and text.isdecimal() else 0


def _lookup(value: str, errors: dict[str, str]) -> dict[str, Any]:
    return {"action": "/p/track", "value": value, "errors": errors, "signed": "/p/signed"}
