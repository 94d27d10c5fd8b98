"""What ends a case and takes the ending back, in the state."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from domain.feedback import ending_events as f
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Ending

_ENDS: dict[type[f.EndingFact], Ending] = {
    f.FeedbackSplit: Ending.SPLIT,
    f.DuplicateLinked: Ending.DUPLICATE,
    f.FeedbackTransferred: Ending.TRANSFERRED,
    f.IncomingTransferRecalled: Ending.RECALLED,
    f.SenderGuided: Ending.GUIDED,
    f.FeedbackFoundIneligible: Ending.INELIGIBLE,
    f.SpamConfirmed: Ending.SPAM,
    f.FeedbackWithdrawn: Ending.WITHDRAWN,
}


def ending_of(fact: f.EndingFact) -> Ending | None:
    """The ending that this fact brings."""
    return _ENDS.get(type(fact))


def ended(state: Feedback, fact: f.EndingFact) -> Feedback:  # noqa: PLR0911 - one arm per fact
    """The state after such a fact."""
    match fact:
        case f.SpamProposed():
            return replace(state, spam_proposed_by=fact.proposer_id)
        case f.SpamDoubted():
            return replace(state, spam_proposed_by=None)
        case f.PetitionPurged():
            return replace(state, purged=True)
        case f.FeedbackFoundIneligible():
            return replace(_over(state, Ending.INELIGIBLE), keep_until=fact.keep_term.due_on)
        case (
            f.DuplicateUnlinked()
            | f.TransferRecalled()
            | f.GuidanceWithdrawn()
            | f.IneligibilityRevoked()
            | f.SpamRevoked()
        ):
            return _taken_back(state)
        case f.FeedbackSplit():
            related = state.relatives | {part.case_id for part in fact.parts}
            return replace(_over(state, Ending.SPLIT), relatives=related)
        case f.FeedbackTransferred():
            there = {fact.opened_case_id} if fact.opened_case_id else set()
            return replace(_over(state, Ending.TRANSFERRED), relatives=state.relatives | there)
        case (
            f.DuplicateLinked()
            | f.IncomingTransferRecalled()
            | f.SenderGuided()
            | f.SpamConfirmed()
            | f.FeedbackWithdrawn()
        ):
            return _over(state, _ENDS[type(fact)])
        case _:
            assert_never(fact)


def _over(state: Feedback, ending: Ending) -> Feedback:
    """What ran stands still, to run again if the ending is taken back."""
    before = state.terms_before_ending if state.ending else state.terms
    return replace(state, ending=ending, terms=(), terms_before_ending=before)


def _taken_back(state: Feedback) -> Feedback:
    if state.ending is None:
        return state
    return replace(
        state,
        ending=None,
        terms=state.terms_before_ending,
        terms_before_ending=(),
        keep_until=None,
        spam_proposed_by=None,
    )
