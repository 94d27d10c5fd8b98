"""Asking a school to explain: the officer's own questions, a look at each photo, and what the school will see."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.cases import READ
from adapters.http.conditional import path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.problems import answer_to, sentence_of
from adapters.http.web.render import page
from adapters.http.web.staff.case_context import files
from adapters.http.web.staff.dossier import Dossier, open_dossier
from adapters.http.web.staff.explanation_words import due_words
from adapters.http.web.staff.forms import NOTHING, PAGE, REASON, TEXT, Errors, Typed, is_day, new_command, typed_of
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from adapters.http.web.terms import days_left
from application.execute import StaleVersionError, VersionMissingError
from application.explanations import Asking, CasePhoto
from application.ports import FileRefusedError, OutcomeUnknownError, Receipt
from domain.explanations.explanation import FEW
from domain.explanations.wording import borrowed
from domain.feedback.events import Attachment
from domain.kernel import RefusalError
from domain.law.term import Term
from projections.explanations import Explanations

ACTION = "explanation-requests"
SHOWN_QUESTIONS, MOST_QUESTIONS = 2, 20
MOST_SIGNS = 6
_FIELDS = {"questions": "question-1", "preview_confirmed": "confirmed", "attachments": "looked"}
"""Fields of refusals → fields of the page."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed so far, as texts."""

    questions: tuple[str, ...]
    could_know: str
    few_reason: str
    due_on: str
    date_reason: str
    photos: tuple[UUID, ...]
    looked: frozenset[UUID]
    confirmed: bool

    def asking(self, known: dict[UUID, Attachment]) -> Asking:
        """For the desk."""
        return Asking(
            questions=self.questions,
            could_know=_number(self.could_know) or 0,
            few_reason=self.few_reason,
            photos=tuple(CasePhoto(known[photo], photo in self.looked) for photo in self.photos if photo in known),
            due_on=date.fromisoformat(self.due_on) if is_day(self.due_on) else None,
            date_reason=self.date_reason,
            preview_confirmed=self.confirmed,
        )


class AskingController(Controller):
    """`/cases/{id}/explanation-requests`."""

    path = f"/cases/{{case_id:str}}/{ACTION}"
    include_in_schema = False

    @get("/")
    async def form(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Empty: nothing of what the sender wrote stands in it, and no photo is chosen."""
        desk = desk_of(room, request, signed_in)
        dossier = await _allowed(desk, path_id(case_id))
        if ACTION not in dossier.answer.actions:
            return to(f"{dossier.href}?done=not-now")
        return await _form(desk, dossier, _draft(NOTHING), {})

    @post("/", status_code=200)
    async def ask(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """On to the preview, back to the form, or sent."""
        desk, identifier = desk_of(room, request, signed_in), path_id(case_id)

        async def seen() -> None:
            await room.explanations.case(desk.actor, identifier, ACTION)

        wish = await room.intents.read_form(request, desk.actor.id, seen)
        typed = await typed_of(request)
        known = await room.explanations.known(wish)
        if known is not None:
            return to(f"/cases/{identifier}?done={ACTION}")
        await seen()
        if wish.if_version is None:
            raise VersionMissingError
        dossier, draft, step = await open_dossier(desk, identifier), _draft(typed), typed.one("step")
        if step in ("more", "edit"):
            return await _form(desk, dossier, draft, {}, more=step == "more")
        return await _checked(Wanted(desk, dossier, wish, typed, draft), send=step == "send")


class Wanted(msgspec.Struct, frozen=True):
    """One wish with what was typed."""

    desk: Desk
    dossier: Dossier
    wish: Any
    typed: Typed
    draft: Draft


async def _checked(wanted: Wanted, *, send: bool) -> Response[Any]:
    """Back to the form with what is wrong; else the preview, or from the preview to the school."""
    desk, dossier, draft = wanted.desk, wanted.dossier, wanted.draft
    if errors := _faults(desk, draft):
        return await _form(desk, dossier, draft, errors)
    what, requests = draft.asking(_photos(dossier)), desk.room.explanations
    try:
        term = await requests.check(await requests.case(desk.actor, dossier.answer.view.case_id), what)
    except RefusalError as error:
        return await _form(desk, dossier, draft, _refusal(desk, error), status_code=409)
    return await _send(wanted, what, term) if send else await _preview(desk, dossier, draft, term, {})


async def _send(wanted: Wanted, what: Asking, term: Term) -> Response[Any]:
    desk, dossier, draft = wanted.desk, wanted.dossier, wanted.draft
    try:
        asked = await desk.room.explanations.request(desk.actor, wanted.wish, dossier.answer.view.case_id, what)
    except (RefusalError, FileRefusedError) as error:
        return await _preview(desk, dossier, draft, term, _refusal(desk, error), status_code=409)
    except StaleVersionError:
        late = {PAGE: desk.words.gettext("The case has changed in the meantime. Look at it, then send this again.")}
        return await _preview(desk, dossier, draft, term, late, status_code=412)
    except OutcomeUnknownError:
        retry = {"action": desk.request.url.path, "fields": [list(pair) for pair in wanted.typed.texts()]}
        context = {"status": 503, "retry": retry}
        return page(desk.request, "error.html", context, status_code=503, headers={"retry-after": "2"})
    await desk.room.visibility.visible(asked.receipt, READ)
    await desk.room.visibility.visible(Receipt(asked.explanation_id, 1), (Explanations.name,))
    return to(f"/explanations/{asked.explanation_id}?done={ACTION}")


async def _allowed(desk: Desk, case_id: UUID) -> Dossier:
    await desk.room.explanations.case(desk.actor, case_id, ACTION)
    return await open_dossier(desk, case_id)


def _draft(typed: Typed) -> Draft:
    asked = [text.replace("\r\n", "\n") for text in typed.all("question")]
    chosen = [identifier for text in typed.all("photo") if (identifier := _uuid(text))]
    return Draft(
        questions=tuple(text for text in asked[:MOST_QUESTIONS] if text),
        could_know=typed.one("could_know"),
        few_reason=typed.one("few_reason"),
        due_on=typed.one("due_on"),
        date_reason=typed.one("date_reason"),
        photos=tuple(dict.fromkeys(chosen)),
        looked=frozenset(identifier for text in typed.all("looked") if (identifier := _uuid(text))),
        confirmed=typed.one("confirmed") == "yes",
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_SIGNS else None


def _photos(dossier: Dossier) -> dict[UUID, Attachment]:
    """Every photo and paper of the sender, in the order of the case."""
    view = dossier.answer.view
    if not dossier.answer.disclose.sees("personal"):
        return {}
    kept = [*view.opened.attachments, *(item for message in view.messages for item in message.attachments)]
    return {item.id: item for item in kept}


def _faults(desk: Desk, draft: Draft) -> Errors:
    _, found = desk.words.gettext, Errors()
    if not draft.questions:
        found["question-1"] = _("Write at least one question, in your own words.")
    for number, text in enumerate(draft.questions, start=1):
        if len(text) > TEXT:
            found[f"question-{number}"] = _("A question has at most %(most)s characters.") % {"most": TEXT}
    if not draft.could_know:
        found["could_know"] = _("Say how many people could know of this matter; an estimate will do.")
    elif _number(draft.could_know) is None:
        found["could_know"] = _("Write a whole number, for example 40.")
    if draft.due_on and not is_day(draft.due_on):
        found["due_on"] = _("Write a day, for example 28/08/2026.")
    for field in ("few_reason", "date_reason"):
        if len(getattr(draft, field)) > REASON:
            found[field] = _("A reason has at most %(most)s characters.") % {"most": REASON}
    return found


def _refusal(desk: Desk, error: Exception) -> Errors:
    answer = answer_to(error)
    field = _FIELDS.get(answer.field, answer.field)
    return {field or PAGE: sentence_of(answer, desk.words.language)}


async def _base(desk: Desk, dossier: Dossier, draft: Draft, errors: Errors) -> Context:
    photos = _photos(dossier)
    links = files(dossier, tuple(photos.values()))
    shown = [
        {**link, "id": str(photo), "chosen": photo in draft.photos} for photo, link in zip(photos, links, strict=True)
    ]
    return await shell(desk, "/cases", errors=errors) | {
        "case": dossier.head(),
        "back": dossier.href,
        "action": f"{dossier.href}/{ACTION}",
        "command_id": new_command(),
        "version": dossier.answer.view.version,
        "unit": dossier.names.get(dossier.answer.view.opened.place_id, ""),
        "draft": draft,
        "photos": shown,
        "few": FEW,
    }


async def _form(
    desk: Desk, dossier: Dossier, draft: Draft, errors: Errors, *, more: bool = False, status_code: int = 0
) -> Response[str]:
    requests = desk.room.explanations
    usual = await requests.usual_term(await requests.case(desk.actor, dossier.answer.view.case_id))
    boxes = max(SHOWN_QUESTIONS, len(draft.questions) + more)
    number = _number(draft.could_know)
    context = await _base(desk, dossier, draft, errors) | {
        "questions": [*draft.questions, *[""] * (boxes - len(draft.questions))],
        "due_on": draft.due_on or usual.due_on.isoformat(),
        "usual": due_words(usual, usual.due_on, "", desk.words, school=False) | await _left(desk, usual.due_on),
        "warn": number is not None and number < FEW,
        "preview": None,
    }
    status = status_code or (400 if errors else 200)
    return page(desk.request, "staff/explanation_ask.html", context, status_code=status)


async def _preview(
    desk: Desk, dossier: Dossier, draft: Draft, term: Term, errors: Errors, *, status_code: int = 200
) -> Response[str]:
    due_on = date.fromisoformat(draft.due_on) if draft.due_on else term.due_on
    reason = draft.date_reason if due_on != term.due_on else ""
    told = dossier.text(dossier.answer.view.opened.content) or ""
    repeats = [
        {"number": number, "words": words}
        for number, text in enumerate(draft.questions, start=1)
        if (words := borrowed(text, told))
    ]
    context = await _base(desk, dossier, draft, errors) | {
        "preview": {
            "authority": dossier.names.get(dossier.answer.view.authority_id, ""),
            "term": due_words(term, due_on, reason, desk.words, school=True) | await _left(desk, due_on),
            "repeats": repeats,
            "few": (_number(draft.could_know) or 0) < FEW,
        }
    }
    return page(desk.request, "staff/explanation_ask.html", context, status_code=status_code)


async def _left(desk: Desk, due_on: date) -> Context:
    calendar = await desk.room.calendar(desk.actor)
    return {**days_left(due_on, desk.room.today(), calendar), "done": None, "late": False}
