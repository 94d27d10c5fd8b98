"""What one feedback looks like, folded from any selection of its facts: as known at a moment, or as it had happened.

Nothing is opened here: texts stay sealed until a page or the API opens them for the post of the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Recorded
from domain.calendar import legal_date
from domain.feedback import events as f
from domain.feedback.vocabulary import Sensitivity, stage_of
from domain.kernel import Sealed
from domain.law.term import Term
from projections.feedback_ways import Ways, went


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A question to the sender, with the reply once there is one."""

    number: int
    question: Sealed
    asked_at: datetime
    reply: Sealed | None = None
    replied_at: datetime | None = None
    lapsed: bool = False
    """The answer was released before a reply came: nothing is waited for any more."""
    attachments: tuple[f.Attachment, ...] = ()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as drafted, returned or released."""

    number: int
    outcome: str
    parts: tuple[f.AnswerPart, ...]
    drafter_id: UUID
    drafted_at: datetime
    submitted_at: datetime | None = None
    returned_at: datetime | None = None
    return_reason: Sealed | None = None
    released_at: datetime | None = None
    releaser_id: UUID | None = None
    alone_reason: str = ""
    """Drafted and released by one person, because the authority has only one."""
    by_delegation: bool = False
    correction: bool = False
    correction_reason: str = ""
    corrects: int = 0


class TermLine(msgspec.Struct, frozen=True, kw_only=True):
    """A date of the case: running, met on a day, or replaced by a newer one. On time is told by both clocks.

    `stopped`: the case ended without an answer, or none is owed to it; the date runs again if that is taken back.
    """

    term: Term
    met_on: date | None = None
    met_recorded_on: date | None = None
    replaced: bool = False
    stopped: bool = False

    @property
    def runs(self) -> bool:
        """Whether it is still to be kept."""
        return self.met_on is None and not self.replaced and not self.stopped


class Note(msgspec.Struct, frozen=True):
    """A note for colleagues."""

    note: Sealed
    by: UUID
    at: datetime


class Reopening(msgspec.Struct, frozen=True):
    """Who wanted it taken up again, and why."""

    asked_by: str
    reason: Sealed
    at: datetime


class FeedbackView(msgspec.Struct, frozen=True, kw_only=True):
    """The whole case at one moment."""

    case_id: UUID
    version: int
    opened: f.FeedbackSubmitted
    opened_at: datetime
    recorded_at: datetime
    authority_id: UUID
    holder_id: UUID | None = None
    assigned: bool = False
    acknowledged_at: datetime | None = None
    kind: str = ""
    category: str = ""
    sub_category: str = ""
    title: str = ""
    sensitivity: str = "normal"
    narrowed_by_person: bool = False
    requests: tuple[f.RequestItem, ...] = ()
    messages: tuple[Message, ...] = ()
    drafts: tuple[Draft, ...] = ()
    notes: tuple[Note, ...] = ()
    reopenings: tuple[Reopening, ...] = ()
    readers: tuple[UUID, ...] = ()
    involved: tuple[UUID, ...] = ()
    terms: tuple[TermLine, ...] = ()
    waits_for_release: bool = False
    answered: bool = False
    review_until: date | None = None
    closed: bool = False
    close_reason: str = ""
    last_at: datetime | None = None
    hidden: frozenset[int] = frozenset()
    """Texts in which words were covered: 0 the submission, else the reply to that question."""
    correction_waits: int = 0
    ways: Ways = Ways()

    @property
    def owes(self) -> bool:
        """Whether an answer is still owed."""
        return not (self.answered or self.closed or self.ways.ending or self.ways.information)

    @property
    def status(self) -> str:
        """The stage in its code."""
        return stage_of(
            closed=self.closed,
            answered=self.answered,
            waits=self.waits_for_release,
            asked=any(message.reply is None and not message.lapsed for message in self.messages),
            assigned=self.assigned,
            classified=bool(self.category),
            held=self.holder_id is not None,
            ending=self.ways.ending,
            unit_asked=self.ways.unit_asked,
            information=self.ways.information,
            assessed=self.ways.assessment is not None,
        ).value

    @property
    def released(self) -> Draft | None:
        """The answer that the sender can read."""
        return next((draft for draft in reversed(self.drafts) if draft.released_at), None)


def feedback_view(history: Iterable[Recorded]) -> FeedbackView | None:
    """None before the submission itself is among the facts. Never raises."""
    view: FeedbackView | None = None
    for recorded in history:
        fact = recorded.fact
        if isinstance(fact, f.FeedbackSubmitted):
            view = _opened(fact, recorded)
        elif view is not None:
            view = replace(
                view,
                version=max(view.version, recorded.originator_version),
                last_at=recorded.occurred_at,
                ways=went(view.ways, recorded),
                **_change(view, recorded),
            )
    return view


def _opened(fact: f.FeedbackSubmitted, recorded: Recorded) -> FeedbackView:
    return FeedbackView(
        case_id=recorded.originator_id,
        version=recorded.originator_version,
        opened=fact,
        opened_at=recorded.occurred_at,
        recorded_at=recorded.recorded_at,
        authority_id=fact.authority_id,
        sensitivity=fact.sensitivity.value,
        terms=tuple(TermLine(term=term) for term in fact.terms),
        last_at=recorded.occurred_at,
    )


def _change(view: FeedbackView, recorded: Recorded) -> dict[str, Any]:  # noqa: C901, PLR0911 - one arm per fact
    fact: Any = recorded.fact
    match fact:
        case f.FeedbackAcknowledged():
            met = _met(view.terms, "acknowledge", recorded)
            return {"holder_id": fact.holder_id, "acknowledged_at": recorded.occurred_at, "terms": met}
        case f.FeedbackClassified() | f.FeedbackReclassified():
            return _classified(view, fact, recorded)
        case f.FeedbackAssigned():
            return {"holder_id": fact.handler_id, "assigned": True}
        case f.SenderAsked():
            asked = Message(number=fact.question_number, question=fact.question, asked_at=recorded.occurred_at)
            return {"messages": (*view.messages, asked)}
        case f.SenderReplied():
            return {"messages": tuple(_replied(message, fact, recorded) for message in view.messages)}
        case f.AnswerDrafted() | f.AnswerSubmittedForRelease() | f.AnswerReturned() | f.AnswerReleased():
            return _answer(view, fact, recorded)
        case f.FeedbackClosed():
            return {"closed": True, "close_reason": fact.reason}
        case f.FeedbackReopened():
            again = Reopening(fact.asked_by.value, fact.reason, recorded.occurred_at)
            over = (replace(line, stopped=False, replaced=True) if line.stopped else line for line in view.terms)
            lines = (*over, *(TermLine(term=term) for term in fact.terms))
            return {
                "closed": False,
                "answered": False,
                "review_until": None,
                "waits_for_release": False,
                "reopenings": (*view.reopenings, again),
                "terms": lines,
            }
        case f.InternalNoteAdded():
            return {"notes": (*view.notes, Note(fact.note, recorded.actor_id, recorded.occurred_at))}
        case f.TermRederived():
            return {"terms": _rederived(view.terms, fact)}
    if isinstance(fact, f.MendingFact):
        return _mended(view, fact, recorded)
    if isinstance(fact, f.EndingFact):
        return {"terms": _stopped_or_not(view, recorded)}
    return _people(view, fact)


def _stopped_or_not(view: FeedbackView, recorded: Recorded) -> tuple[TermLine, ...]:
    before, after = bool(view.ways.ending), bool(went(view.ways, recorded).ending)
    if before == after:
        return view.terms
    return tuple(replace(line, stopped=after) if line.runs or line.stopped else line for line in view.terms)


def _mended(view: FeedbackView, fact: f.MendingFact, recorded: Recorded) -> dict[str, Any]:
    at = recorded.occurred_at
    match fact:
        case f.AnswerCorrectionDrafted():
            drafted = Draft(
                number=fact.draft_number,
                outcome=fact.outcome.value,
                parts=fact.parts,
                drafter_id=fact.drafter_id,
                drafted_at=at,
                submitted_at=at,
                correction=True,
                correction_reason=fact.reason,
            )
            return {"drafts": (*view.drafts, drafted), "correction_waits": fact.draft_number}
        case f.AnswerCorrectionReturned():
            drafts = _mark(view.drafts, fact.draft_number, returned_at=at, return_reason=fact.reason)
            return {"drafts": drafts, "correction_waits": 0}
        case f.AnswerCorrected():
            return _corrected(view, fact, recorded)
        case f.WordsHidden():
            return {"hidden": view.hidden | {fact.number}}
        case f.InformationCaseOpened():
            readers = dict.fromkeys((*view.readers, *fact.reader_ids))
            return {
                "sensitivity": Sensitivity.IDENTITY_VAULT.value,
                "narrowed_by_person": True,
                "readers": tuple(reader for reader in readers if reader not in view.involved),
                "terms": tuple(replace(line, stopped=True) if line.runs else line for line in view.terms),
            }
    return {}


def _corrected(view: FeedbackView, fact: f.AnswerCorrected, recorded: Recorded) -> dict[str, Any]:
    released = {
        "released_at": recorded.occurred_at,
        "releaser_id": recorded.actor_id,
        "corrects": fact.corrects,
        "alone_reason": fact.alone_reason,
    }
    return {
        "drafts": _mark(view.drafts, fact.draft_number, **released),
        "correction_waits": 0,
        "review_until": fact.review_term.due_on,
        "terms": (*_met(view.terms, "review", recorded), TermLine(term=fact.review_term)),
    }


def _people(view: FeedbackView, fact: Any) -> dict[str, Any]:
    match fact:
        case f.InvolvementDeclared():
            lets_go = {"holder_id": None, "assigned": False} if view.holder_id == fact.official_id else {}
            readers = tuple(reader for reader in view.readers if reader != fact.official_id)
            return {"involved": (*view.involved, fact.official_id), "readers": readers, **lets_go}
        case f.FeedbackRestricted():
            return {"sensitivity": fact.sensitivity.value, "narrowed_by_person": True}
        case f.ReaderNamed():
            return {"readers": (*view.readers, fact.official_id)}
        case f.ReaderDismissed():
            return {"readers": tuple(reader for reader in view.readers if reader != fact.official_id)}
        case f.FeedbackHandedOver():
            return {"authority_id": fact.to_authority_id, "holder_id": None, "assigned": False, "readers": ()}
    return {}


def _classified(
    view: FeedbackView, fact: f.FeedbackClassified | f.FeedbackReclassified, recorded: Recorded
) -> dict[str, Any]:
    return {
        "kind": fact.kind.value,
        "category": fact.category,
        "sub_category": fact.sub_category,
        "title": fact.title,
        "sensitivity": view.sensitivity if view.narrowed_by_person else fact.sensitivity.value,
        "requests": fact.requests,
        "terms": _met(view.terms, "triage", recorded),
    }


def _answer(view: FeedbackView, fact: Any, recorded: Recorded) -> dict[str, Any]:
    at = recorded.occurred_at
    match fact:
        case f.AnswerDrafted():
            drafted = Draft(
                number=fact.draft_number,
                outcome=fact.outcome.value,
                parts=fact.parts,
                drafter_id=fact.drafter_id,
                drafted_at=at,
            )
            return {"drafts": (*view.drafts, drafted)}
        case f.AnswerSubmittedForRelease():
            return {"drafts": _mark(view.drafts, fact.draft_number, submitted_at=at), "waits_for_release": True}
        case f.AnswerReturned():
            drafts = _mark(view.drafts, fact.draft_number, returned_at=at, return_reason=fact.reason)
            return {"drafts": drafts, "waits_for_release": False}
    lines = (*_met(view.terms, "reply", recorded), TermLine(term=fact.review_term))
    return {
        "drafts": _mark(
            view.drafts,
            fact.draft_number,
            released_at=at,
            releaser_id=recorded.actor_id,
            alone_reason=fact.alone_reason,
            by_delegation=fact.delegation_id is not None,
        ),
        "waits_for_release": False,
        "answered": True,
        "review_until": fact.review_term.due_on,
        "messages": tuple(replace(message, lapsed=message.reply is None) for message in view.messages),
        "terms": lines,
    }


def _mark(drafts: tuple[Draft, ...], number: int, **changes: Any) -> tuple[Draft, ...]:
    return tuple(replace(draft, **changes) if draft.number == number else draft for draft in drafts)


def _replied(message: Message, fact: f.SenderReplied, recorded: Recorded) -> Message:
    if message.number != fact.question_number:
        return message
    return replace(message, reply=fact.reply, replied_at=recorded.occurred_at, attachments=fact.attachments)


def _met(lines: tuple[TermLine, ...], purpose: str, recorded: Recorded) -> tuple[TermLine, ...]:
    """The running terms of this purpose were met by this fact; a term is met once."""
    happened, known = legal_date(recorded.occurred_at), legal_date(recorded.recorded_at)
    return tuple(
        replace(line, met_on=happened, met_recorded_on=known) if line.term.purpose == purpose and line.runs else line
        for line in lines
    )


def _rederived(lines: tuple[TermLine, ...], fact: f.TermRederived) -> tuple[TermLine, ...]:
    old = tuple(replace(line, replaced=True) if line.term == fact.old else line for line in lines)
    return (*old, TermLine(term=fact.new))


def covered(history: Iterable[Recorded]) -> dict[UUID, Sealed]:
    """Which texts are shown in other words: by the id of the sealed value, the latest wording of all that is known now.

    Asked of the whole history, whatever moment is looked at: what was covered stays so at every moment.
    """
    texts: dict[int, UUID] = {}
    instead: dict[int, Sealed] = {}
    for recorded in history:
        fact: Any = recorded.fact
        match fact:
            case f.FeedbackSubmitted():
                texts[0] = fact.content.value_id
            case f.SenderReplied():
                texts[fact.question_number] = fact.reply.value_id
            case f.WordsHidden():
                instead[fact.number] = fact.text
    return {texts[number]: text for number, text in instead.items() if number in texts}
