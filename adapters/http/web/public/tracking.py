"""What became of it: the code is sent in the body, so that it stands in no address and no log."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from litestar import Controller, Request, Response, get, post

from adapters.http.api.submissions import PUBLIC_LIMIT
from adapters.http.authenticate import client_address
from adapters.http.conditional import Intents
from adapters.http.injected import FromPath, Injected
from adapters.http.naming import Naming
from adapters.http.problems import InvalidInputError
from adapters.http.refusals import refusal_text
from adapters.http.sender_view import SenderView, ShownText
from adapters.http.senders import Senders
from adapters.http.web.i18n import Language, label
from adapters.http.web.public.feedback import photos_of
from adapters.http.web.render import language_of, page
from adapters.http.web.terms import public_term
from application.access import NotVisibleError
from application.feedback import FeedbackDesk
from application.feedback_intake import MOST_PHOTOS
from application.ports import Clock, FileRefusedError
from domain.calendar import legal_date
from domain.kernel import RefusalError

LONGEST = 20_000
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
        return await self._show(request, str(typed.get("code", "")), senders, naming, clock)

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
        sender, language = await senders.by_code(code, client_address(request)), language_of(request)
        photos = await photos_of(typed)
        if not text or len(text) > LONGEST:
            errors = {"reply": label(language, "public", "reply-missing" if not text else "too-long")}
            return await self._show(request, code, senders, naming, clock, errors=errors, values={"reply": text})
        if len(photos) > MOST_PHOTOS:
            errors = {"photos": refusal_text("too-many-files", {}, language)}
            return await self._show(request, code, senders, naming, clock, errors=errors, values={"reply": text})
        try:
            number = int(str(typed.get("question", "0")) or 0)
            wish = await intents.read_form(request, sender.actor.id, new=True)
            await feedback.reply(sender.actor, wish, sender.case_id, question=number, text=text, photos=photos)
        except (InvalidInputError, ValueError):
            raise NotVisibleError from None
        except (RefusalError, FileRefusedError) as error:
            errors = {"reply": refusal_text(error.code, getattr(error, "details", {}), language)}
            return await self._show(request, code, senders, naming, clock, errors=errors, values={"reply": text})
        return await self._show(
            request, code, senders, naming, clock, notice=label(language, "public", "reply-received")
        )

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
        sender, language = await senders.by_code(code, client_address(request)), language_of(request)
        if not reason or len(reason) > LONGEST:
            errors = {"reason": label(language, "public", "reason-missing" if not reason else "too-long")}
            return await self._show(request, code, senders, naming, clock, errors=errors, values={"reason": reason})
        try:
            wish = await intents.read_form(request, sender.actor.id, new=True)
            await feedback.reopen(sender.actor, wish, sender.case_id, reason)
        except InvalidInputError:
            raise NotVisibleError from None
        except RefusalError as error:
            errors = {"reason": refusal_text(error.code, error.details, language)}
            return await self._show(request, code, senders, naming, clock, errors=errors, values={"reason": reason})
        return await self._show(
            request, code, senders, naming, clock, notice=label(language, "public", "review-received")
        )

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
    ) -> Response[str]:
        language = language_of(request)
        try:
            sender = await senders.by_code(code, client_address(request))
        except NotVisibleError:
            context = _lookup(code, {"code": label(language, "public", "code-unknown")})
            return page(request, "p/lookup.html", context, status_code=404, headers=NO_STORE)
        _, seen = await senders.view(sender)
        names = await naming.names([UUID(seen.place_id), UUID(seen.authority_id)])
        context = _tracking(seen, language, clock, names.get(UUID(seen.authority_id), ""), values or {})
        shown = {**context, "code": code, "notice": notice, "errors": errors or {}}
        return page(request, "p/track.html", shown, status_code=400 if errors else 200, headers=NO_STORE)


def _lookup(value: str, errors: dict[str, str]) -> dict[str, Any]:
    return {"action": "/p/track", "value": value, "errors": errors, "signed": "/p/signed"}


def _tracking(
    seen: SenderView, language: Language, clock: Clock, authority: str, values: dict[str, str]
) -> dict[str, Any]:
    today = legal_date(clock.now())
    following = None
    if seen.next_term is not None:
        term = public_term(seen.next_term, language, today)
        text = label(language, "sender-next", seen.next_term.purpose) % {"authority": authority}
        following = {"text": text, "term": term}
    question = seen.questions[0] if seen.questions else None
    return {
        "status": label(language, "sender-state", seen.state),
        "with_it": label(language, "sender-state-more", seen.state) % {"authority": authority},
        "next": following,
        "question": question
        and {
            "text": _words(question.question, language),
            "number": question.number,
            "asked_on": question.asked_on,
            "action": "/p/track/reply",
            "command_id": str(uuid4()),
            "value": values.get("reply", ""),
            "max": LONGEST,
        },
        "requests": [
            {
                "text": _words(answer.request, language),
                "answer": _words(answer.answer, language),
                "answered_on": seen.answered_on,
            }
            for answer in seen.answers
        ],
        "answer": None,
        "messages": _messages(seen, language),
        "days": [{"on": day.on, "text": label(language, "sender-day", day.what)} for day in seen.days],
        "review": {
            "action": "/p/track/review",
            "until": seen.review_until,
            "term": public_term(seen.review_term, language, today) if seen.review_term else None,
            "command_id": str(uuid4()),
            "value": values.get("reason", ""),
        }
        if seen.may_ask_review
        else None,
        "withdraw": None,
    }


def _messages(seen: SenderView, language: Language) -> list[dict[str, Any]]:
    sent = {"mine": True, "text": _words(seen.text, language), "on": seen.received_on, "sent_files": seen.photos}
    messages = [sent]
    for exchange in seen.exchanges:
        asked = {"mine": False, "text": _words(exchange.question, language), "on": exchange.asked_on}
        messages.append(asked)
        if exchange.reply is not None:
            text = _words(exchange.reply, language)
            messages.append({"mine": True, "text": text, "on": exchange.replied_on})
    return messages


def _words(text: ShownText, language: Language) -> str:
    return text if isinstance(text, str) else label(language, "public", "erased")
