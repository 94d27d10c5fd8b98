"""What a sender sees of the own submission: five words for the state, days instead of hours, never who or how."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from adapters.http.disclose import Discloser
from domain.calendar import legal_date
from domain.feedback.vocabulary import Stage
from domain.law.term import Term
from projections.feedback_view import FeedbackView

SenderState = Literal["sent", "in-progress", "needs-your-reply", "answered", "under-review", "finished"]
"""Đã gửi · Đang xử lý · Cần bạn trả lời · Đã trả lời · Đang xem xét lại · Đã kết thúc (glossary §1.2)."""
ShownText = str | dict[str, bool] | None


class OpenQuestion(msgspec.Struct, frozen=True):
    """A question that waits for the sender."""

    number: int
    question: ShownText
    asked_on: date


class Exchange(msgspec.Struct, frozen=True):
    """A question and what the sender answered."""

    number: int
    question: ShownText
    asked_on: date
    reply: ShownText
    replied_on: date | None


class AnsweredRequest(msgspec.Struct, frozen=True):
    """One request as the authority understood it, and its answer."""

    number: int
    request: ShownText
    answer: ShownText


class SenderDay(msgspec.Struct, frozen=True):
    """Something that happened, by its day only."""

    on: date
    what: Literal["sent", "received", "asked", "replied", "answered", "reopened", "closed"]


class SenderView(msgspec.Struct, frozen=True, kw_only=True):
    """The tracking page."""

    state: SenderState
    place_id: str
    authority_id: str
    received_on: date
    next_term: Term | None
    """The date that the sender waits for now: of the acknowledgement, then of the answer."""
    questions: tuple[OpenQuestion, ...]
    outcome: str
    answered_on: date | None
    answers: tuple[AnsweredRequest, ...]
    exchanges: tuple[Exchange, ...]
    days: tuple[SenderDay, ...]
    review_until: date | None
    review_term: Term | None
    """Why a review may be asked for until that day."""
    may_ask_review: bool
    text: ShownText
    photos: int


def sender_view(view: FeedbackView, shown: Discloser, today: date) -> SenderView:
    """From the whole case to the sender's part of it. Texts of officials to the sender are opened, notes never."""
    released = view.released
    texts = {item.number: item.text for item in view.requests}
    answers = released.parts if released else ()
    until = view.review_until if view.answered else None
    return SenderView(
        state=_state(view),
        place_id=str(view.opened.place_id),
        authority_id=str(view.authority_id),
        received_on=view.opened.received_on,
        next_term=_next_term(view),
        questions=tuple(
            OpenQuestion(message.number, shown.text(message.question), legal_date(message.asked_at))
            for message in view.messages
            if message.reply is None and not view.answered
        ),
        outcome=released.outcome if released else "",
        answered_on=legal_date(released.released_at) if released and released.released_at else None,
        answers=tuple(
            AnsweredRequest(part.request, shown.text(texts.get(part.request)), shown.text(part.text))
            for part in answers
        ),
        exchanges=tuple(
            Exchange(
                message.number,
                shown.text(message.question),
                legal_date(message.asked_at),
                shown.text(message.reply),
                legal_date(message.replied_at) if message.replied_at else None,
            )
            for message in view.messages
        ),
        days=_days(view),
        review_until=until,
        review_term=_latest(view, "review") if until else None,
        may_ask_review=until is not None and today <= until,
        text=shown.text(view.opened.content),
        photos=len(view.opened.attachments),
    )


def _state(view: FeedbackView) -> SenderState:
    match Stage(view.status):
        case Stage.CLOSED:
            return "finished"
        case Stage.ANSWERED:
            return "answered"
        case Stage.AWAITING_SENDER:
            return "needs-your-reply"
        case Stage.SUBMITTED if view.acknowledged_at is None:
            return "sent"
        case _:
            return "under-review" if view.reopenings else "in-progress"


def _latest(view: FeedbackView, purpose: str) -> Term | None:
    terms = [line.term for line in view.terms if line.term.purpose == purpose and not line.replaced]
    return terms[-1] if terms else None


def _next_term(view: FeedbackView) -> Term | None:
    running = {line.term.purpose: line.term for line in view.terms if line.met_on is None and not line.replaced}
    if view.answered or view.closed:
        return None
    return running.get("acknowledge") or running.get("reply")


def _days(view: FeedbackView) -> tuple[SenderDay, ...]:
    days = [SenderDay(view.opened.received_on, "sent")]
    if view.acknowledged_at:
        days.append(SenderDay(legal_date(view.acknowledged_at), "received"))
    for message in view.messages:
        days.append(SenderDay(legal_date(message.asked_at), "asked"))
        if message.replied_at:
            days.append(SenderDay(legal_date(message.replied_at), "replied"))
    days += [SenderDay(legal_date(draft.released_at), "answered") for draft in view.drafts if draft.released_at]
    days += [SenderDay(legal_date(again.at), "reopened") for again in view.reopenings]
    if view.closed and view.last_at:
        days.append(SenderDay(legal_date(view.last_at), "closed"))
    return tuple(sorted(days, key=lambda day: day.on))
