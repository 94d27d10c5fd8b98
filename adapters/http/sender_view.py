"""What a sender sees of the own submission: five words for the state, days instead of hours, never who or how."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from adapters.http.disclose import Discloser
from domain.calendar import legal_date
from domain.feedback.answering import MAY_BE_ASKED_AGAIN
from domain.feedback.vocabulary import Ending, Stage
from domain.law.term import Term
from projections.feedback_view import FeedbackView

SenderState = Literal[
    "sent",
    "in-progress",
    "needs-your-reply",
    "answered",
    "under-review",
    "finished",
    "transferred",
    "guided",
    "not-pursued",
    "split",
    "withdrawn",
    "information-received",
    "information-review",
]
"""Glossary §1.2: Đã gửi · Đang xử lý · Cần bạn trả lời · Đã trả lời · Đang xem xét lại · Đã kết thúc · Đã chuyển · Cần
làm theo hướng dẫn · Không xử lý tiếp; information is received, looked at or finished, and nothing else is said."""
_ENDED: dict[str, SenderState] = {
    Ending.SPLIT: "split",
    Ending.DUPLICATE: "not-pursued",
    Ending.TRANSFERRED: "transferred",
    Ending.RECALLED: "finished",
    Ending.GUIDED: "guided",
    Ending.INELIGIBLE: "not-pursued",
    Ending.SPAM: "not-pursued",
    Ending.WITHDRAWN: "withdrawn",
}
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
    what: Literal["sent", "received", "asked", "replied", "answered", "corrected", "reopened", "closed", "ended"]


class SenderEnding(msgspec.Struct, frozen=True, kw_only=True):
    """How it ended without an answer: `why` is a code of a ground, `text` what was written to the sender."""

    how: str
    on: date | None
    why: str = ""
    text: ShownText = None
    receiver: str = ""
    receiver_id: str = ""
    """Of an authority of this store, whose name is looked up."""
    where_to_ask: str = ""


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
    part: int = 0
    """Its number where the submission was split or transferred; 0 for what the sender wrote."""
    parts: tuple[SenderView, ...] = ()
    ending: SenderEnding | None = None
    guidance: ShownText = None
    """What goes with information: how to denounce, and what protects who does."""
    corrected_on: date | None = None
    may_withdraw: bool = False

    def at_part(self, number: int) -> SenderView | None:
        """The part with this number, itself included."""
        if number == self.part:
            return self
        found = (part.at_part(number) for part in self.parts)
        return next((part for part in found if part is not None), None)

    def named(self) -> set[UUID]:
        """Places and authorities whose names are shown."""
        own = {UUID(self.place_id), UUID(self.authority_id)}
        own |= {UUID(self.ending.receiver_id)} if self.ending and self.ending.receiver_id else set()
        return own.union(*(part.named() for part in self.parts))


def sender_view(
    view: FeedbackView, shown: Discloser, today: date, *, part: int = 0, parts: tuple[SenderView, ...] = ()
) -> SenderView:
    """From the whole case to the sender's part of it. Texts of officials to the sender are opened, notes never."""
    if view.ways.information:
        return _information(view, shown, part)
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
            if message.reply is None and view.owes
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
        may_ask_review=_may_ask_review(view, until, today),
        text=shown.text(view.opened.content),
        photos=len(view.opened.attachments),
        part=part,
        parts=parts,
        ending=_ending(view, shown),
        corrected_on=_corrected_on(view),
        may_withdraw=view.owes,
    )


def _corrected_on(view: FeedbackView) -> date | None:
    released = view.released
    return legal_date(released.released_at) if released and released.correction and released.released_at else None


def _may_ask_review(view: FeedbackView, until: date | None, today: date) -> bool:
    """Until the stated day; where it ended without an answer, as long as it is kept."""
    if view.ways.ending:
        return view.ways.ending in MAY_BE_ASKED_AGAIN and not view.ways.purged
    return until is not None and today <= until


def _information(view: FeedbackView, shown: Discloser, part: int) -> SenderView:
    """Three states, what the sender wrote, how to denounce. Nothing else."""
    state: SenderState = "information-review" if view.holder_id else "information-received"
    return SenderView(
        state="finished" if view.closed or view.ways.ending else state,
        place_id=str(view.opened.place_id),
        authority_id=str(view.authority_id),
        received_on=view.opened.received_on,
        next_term=None,
        questions=(),
        outcome="",
        answered_on=None,
        answers=(),
        exchanges=(),
        days=(SenderDay(view.opened.received_on, "sent"),),
        review_until=None,
        review_term=None,
        may_ask_review=False,
        text=shown.text(view.opened.content),
        photos=len(view.opened.attachments),
        part=part,
        guidance=shown.text(view.ways.guidance.text) if view.ways.guidance else None,
    )


def _ending(view: FeedbackView, shown: Discloser) -> SenderEnding | None:
    ways = view.ways
    if not ways.ending:
        return None
    on = legal_date(ways.ended_at) if ways.ended_at else None
    if ways.transfer:
        there = ways.transfer
        known = str(there.to_authority_id) if there.to_authority_id else ""
        return SenderEnding(
            how=ways.ending, on=on, receiver=there.receiver, receiver_id=known, where_to_ask=there.where_to_ask
        )
    if ways.guidance:
        return SenderEnding(how=ways.ending, on=on, why=ways.guidance.to, text=shown.text(ways.guidance.text))
    if ways.ineligibility:
        found = ways.ineligibility
        return SenderEnding(how=ways.ending, on=on, why=found.ground, text=shown.text(found.reason))
    return SenderEnding(how=ways.ending, on=on)


def _state(view: FeedbackView) -> SenderState:
    if view.ways.ending:
        return _ENDED[view.ways.ending]
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
    running = {line.term.purpose: line.term for line in view.terms if line.runs}
    if not view.owes:
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
    days += [
        SenderDay(legal_date(draft.released_at), "corrected" if draft.correction else "answered")
        for draft in view.drafts
        if draft.released_at
    ]
    days += [SenderDay(legal_date(again.at), "reopened") for again in view.reopenings]
    if view.closed and view.last_at:
        days.append(SenderDay(legal_date(view.last_at), "closed"))
    if view.ways.ended_at:
        days.append(SenderDay(legal_date(view.ways.ended_at), "ended"))
    return tuple(sorted(days, key=lambda day: day.on))
