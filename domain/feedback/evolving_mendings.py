"""Corrections, explanations, information and help from above, in the state."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from domain.feedback import mending_events as f
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Sensitivity, TextPlace


def mended(state: Feedback, fact: f.MendingFact) -> Feedback:  # noqa: PLR0911 - one arm per fact
    """The state after such a fact."""
    match fact:
        case f.AnswerCorrectionDrafted():
            number = fact.draft_number
            drafts = max(state.drafts, number)
            return replace(state, drafts=drafts, correction=number, drafted_by=fact.drafter_id)
        case f.AnswerCorrectionReturned():
            return replace(state, correction=0)
        case f.AnswerCorrected():
            until = fact.review_term.due_on
            return replace(state, correction=0, released_draft=fact.draft_number, review_until=until)
        case f.WordsHidden():
            return replace(state, content=fact.text) if fact.place is TextPlace.CONTENT else state
        case f.ExplanationAsked():
            return replace(state, explanations=state.explanations | {fact.explanation_id})
        case f.ExplanationReceived() | f.ExplanationRecalled():
            return replace(state, explanations=state.explanations - {fact.explanation_id})
        case f.InformationCaseOpened():
            return replace(
                state,
                information=True,
                sensitivity=Sensitivity.IDENTITY_VAULT,
                narrowed_by_person=True,
                readers=(state.readers | set(fact.reader_ids)) - state.involved,
                terms=(),
            )
        case f.InformationAssessed():
            return replace(state, assessed=True)
        case f.ReferredToSuperior():
            return replace(state, superior_id=fact.superior_id)
        case _:
            assert_never(fact)
