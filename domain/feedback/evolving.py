"""How facts make the state: rule-free and total. History already happened, so nothing here may refuse it."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from domain.feedback import events as f
from domain.feedback.ending_events import EndingFact
from domain.feedback.evolving_endings import ended
from domain.feedback.evolving_mendings import mended
from domain.feedback.mending_events import MendingFact
from domain.feedback.state import Feedback


def evolve(state: Feedback | None, fact: f.FeedbackFact) -> Feedback:
    """The state after one more fact, in whatever order the facts come."""
    state = state or Feedback()
    if isinstance(fact, EndingFact):
        return ended(state, fact)
    if isinstance(fact, MendingFact):
        return mended(state, fact)
    return _straight(state, fact)


def _straight(state: Feedback, fact: f.StraightFact) -> Feedback:  # noqa: C901, PLR0911, PLR0912 - one arm per fact
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
            return replace(state, open_questions=left, replied=state.replied | {number})
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
            return replace(state, closed=True, open_questions={}, explanations=frozenset(), terms=())
        case f.FeedbackReopened():
            terms = (*state.terms, *fact.terms)
            return replace(
                state,
                answered=False,
                closed=False,
                ending=None,
                correction=0,
                review_until=None,
                waits_for_release=False,
                draft_covers=frozenset(),
                terms=terms,
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
                state,
                authority_id=fact.to_authority_id,
                holder_id=None,
                assigned=False,
                readers=frozenset(),
                superior_id=None,
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
        opened=fact,
        content=fact.content,
        relatives=frozenset(case for case in (fact.split_from, fact.transferred_from) if case),
    )


def _classified(state: Feedback, fact: f.FeedbackClassified | f.FeedbackReclassified) -> Feedback:
    return replace(
        state,
        classified=True,
        category=fact.category,
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
        released_draft=fact.draft_number,
        open_questions={},
        explanations=frozenset(),
        review_until=fact.review_term.due_on,
        terms=(),
    )
