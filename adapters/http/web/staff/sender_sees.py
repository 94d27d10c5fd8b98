"""Người gửi sẽ thấy: the sender's page as it will be when the draft goes out, folded and said by the same code."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from adapters.http.sender_view import SenderView, sender_view
from adapters.http.web.staff.dossier import Dossier
from adapters.http.web.staff.room import Context, Desk
from adapters.http.web.terms import public_term
from application.ports import Recorded
from domain.feedback.events import AnswerCorrected, AnswerReleased
from domain.law.term import Term
from projections.feedback_view import Draft, feedback_view


async def sender_sees(desk: Desk, dossier: Dossier) -> Context | None:
    """After the last draft was released now; once it was released, as it is. None where there is no draft."""
    draft, moment = dossier.draft, dossier.answer.moment
    if draft is None or not dossier.answer.disclose.sees("personal"):
        return None
    view = dossier.answer.view
    if draft.released_at is None:
        at = desk.room.clock.now() if moment.live else moment.at
        law = await desk.room.law.at(view.authority_id, at)
        going = _released(dossier, draft, law.term("review", "POL-REVIEW", trigger_at=at), at)
        view = feedback_view([*dossier.answer.history, going]) or view
    seen = sender_view(view, dossier.answer.disclose, moment.day)
    return _context(dossier, seen)


def _released(dossier: Dossier, draft: Draft, window: Term, at: datetime) -> Recorded:
    """The fact that is not there yet."""
    last, view = dossier.answer.history[-1], dossier.answer.view
    fact: Any = AnswerReleased(draft_number=draft.number, review_term=window)
    if draft.correction:
        sent = view.released
        fact = AnswerCorrected(draft_number=draft.number, corrects=sent.number if sent else 0, review_term=window)
    version = last.originator_version + 1
    return replace(last, fact=fact, occurred_at=at, recorded_at=at, originator_version=version)


def _context(dossier: Dossier, seen: SenderView) -> Context:
    words = dossier.words
    authority = dossier.names.get(dossier.answer.view.authority_id, "")
    more = words.known("sender-state-more", seen.state)
    return {
        "status": words.label("sender-state", seen.state),
        "with_it": more % {"authority": authority} if more else "",
        "outcome": words.label("outcome", seen.outcome) if seen.outcome else "",
        "answered_on": seen.answered_on,
        "corrected_on": seen.corrected_on,
        "answers": [
            {"request": _said(dossier, one.request), "answer": _said(dossier, one.answer)} for one in seen.answers
        ],
        "review_until": seen.review_until,
        "review_term": public_term(seen.review_term, words.language, dossier.answer.moment.day)
        if seen.review_term
        else None,
    }


def _said(dossier: Dossier, text: object) -> str:
    return text if isinstance(text, str) else dossier.words.gettext("Erased")
