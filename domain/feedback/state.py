"""What the rules of feedback read, and how facts make it. Anything only a screen shows belongs to a projection."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.feedback import events as f
from domain.feedback.vocabulary import Sensitivity, Stage, stage_of
from domain.law.term import Term


class Feedback(msgspec.Struct, frozen=True):
    """The state of one submission."""

    authority_id: UUID | None = None
    area_id: UUID | None = None
    place_id: UUID | None = None
    subject_id: UUID | None = None
    identity_ref: UUID | None = None
    danger: bool = False
    sensitivity: Sensitivity = Sensitivity.NORMAL
    narrowed_by_person: bool = False
    holder_id: UUID | None = None
    """Who has it in hand: the official who acknowledged it, then the handler."""
    assigned: bool = False
    classified: bool = False
    readers: frozenset[UUID] = frozenset()
    involved: frozenset[UUID] = frozenset()
    requests: frozenset[int] = frozenset()
    questions: int = 0
    open_questions: dict[int, datetime] = {}
    """The questions without a reply, with when each was asked."""
    drafts: int = 0
    draft_covers: frozenset[int] = frozenset()
    drafted_by: UUID | None = None
    waits_for_release: bool = False
    answered: bool = False
    review_until: date | None = None
    closed: bool = False
    terms: tuple[Term, ...] = ()
    """The terms that still run."""

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return stage_of(
            closed=self.closed,
            answered=self.answered,
            waits=self.waits_for_release,
            asked=bool(self.open_questions),
            assigned=self.assigned,
            classified=self.classified,
            held=self.holder_id is not None,
        )

    def without_term(self, *purposes: str) -> tuple[Term, ...]:
        """The running terms but those of `purposes`, which were met."""
        return tuple(term for term in self.terms if term.purpose not in purposes)


def evolve(state: Feedback | None, fact: f.FeedbackFact) -> Feedback:  # noqa: C901, PLR0911, PLR0912 - one arm per fact
    """Rule-free and total: history already happened, so nothing here may refuse it, in any order."""
    state = state or Feedback()
    match fact:
        case f.FeedbackSubmitted():
            return _submitted(state, fact)
        case f.FeedbackAcknowledged():
            return replace(state, holder_id=fact.holder_id, terms=state.without_term("acknowledge"))
        case f.FeedbackClassified() | f.FeedbackReclassified():
            return _classified(state, fact)
        case f.FeedbackAssigned():
            return replace(state, holder_id=fact.handler_id, assigned=True)
        case f.SenderAsked():
            number = fact.question_number
            asked = {**state.open_questions, number: fact.asked_at}
            return replace(state, questions=max(state.questions, number), open_questions=asked)
        case f.SenderReplied():
            number = fact.question_number
            left = {other: at for other, at in state.open_questions.items() if other != number}
            return replace(state, open_questions=left)
        case f.AnswerDrafted():
            covers = frozenset(part.request for part in fact.parts)
            return replace(
                state,
                drafts=max(state.drafts, fact.draft_number),
                draft_covers=covers,
                drafted_by=fact.drafter_id,
            )
        case f.AnswerSubmittedForRelease():
            return replace(state, waits_for_release=True)
        case f.AnswerReturned():
            return replace(state, waits_for_release=False)
        case f.AnswerReleased():
            return _released(state, fact)
        case f.FeedbackClosed():
            return replace(state, closed=True, open_questions={}, terms=())
        case f.FeedbackReopened():
            terms = (*state.terms, *fact.terms)
            return replace(
                state, answered=False, closed=False, review_until=None, draft_covers=frozenset(), terms=terms
            )
        case f.InternalNoteAdded() | f.IdentityDisclosed():
            return state
        case f.InvolvementDeclared():
            return _involved(state, fact)
        case f.FeedbackRestricted():
            return replace(state, sensitivity=fact.sensitivity, narrowed_by_person=True)
        case f.ReaderNamed():
            return replace(state, readers=state.readers | {fact.official_id})
        case f.ReaderDismissed():
            return replace(state, readers=state.readers - {fact.official_id})
        case f.FeedbackHandedOver():
            return replace(
                state, authority_id=fact.to_authority_id, holder_id=None, assigned=False, readers=frozenset()
            )
        case f.TermRederived():
            rest = tuple(term for term in state.terms if term != fact.old)
            return replace(state, terms=(*rest, fact.new) if rest != state.terms else state.terms)
        case _:
            assert_never(fact)


def _involved(state: Feedback, fact: f.InvolvementDeclared) -> Feedback:
    """A handler who is involved lets go of the case; somebody else has to take it."""
    holds = state.holder_id == fact.official_id
    return replace(
        state,
        involved=state.involved | {fact.official_id},
        readers=state.readers - {fact.official_id},
        holder_id=None if holds else state.holder_id,
        assigned=state.assigned and not holds,
    )


def _submitted(state: Feedback, fact: f.FeedbackSubmitted) -> Feedback:
    return replace(
        state,
        authority_id=fact.authority_id,
        area_id=fact.area_id,
        place_id=fact.place_id,
        subject_id=fact.subject_id,
        identity_ref=fact.identity_ref,
        danger=fact.danger,
        sensitivity=fact.sensitivity,
        terms=fact.terms,
    )


def _classified(state: Feedback, fact: f.FeedbackClassified | f.FeedbackReclassified) -> Feedback:
    return replace(
        state,
        classified=True,
        sensitivity=state.sensitivity if state.narrowed_by_person else fact.sensitivity,
        requests=frozenset(item.number for item in fact.requests),
        draft_covers=frozenset(),  # what was drafted spoke to the requests as they were
        terms=state.without_term("triage"),
    )


def _released(state: Feedback, fact: f.AnswerReleased) -> Feedback:
    return replace(
        state,
        answered=True,
        waits_for_release=False,
        open_questions={},
        review_until=fact.review_term.due_on,
        terms=(),
    )
