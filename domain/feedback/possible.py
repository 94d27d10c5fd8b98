"""What the rules would let somebody do now; who may is asked elsewhere. Names as in the API's paths."""

from __future__ import annotations

from domain.feedback.answering import MAY_BE_ASKED_AGAIN
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Ending

_TAKES_BACK: dict[Ending, str] = {
    Ending.DUPLICATE: "duplicate-unlinkings",
    Ending.TRANSFERRED: "transfer-recalls",
    Ending.GUIDED: "guidance-withdrawals",
    Ending.INELIGIBLE: "ineligibility-revocations",
    Ending.SPAM: "spam-revocations",
}
_OTHER_WAYS = frozenset(
    {
        *("splits", "duplicate-links", "transfers", "guidances", "ineligibility-findings"),
        *("information-openings", "explanation-requests"),
    }
)


def possible_actions(state: Feedback) -> frozenset[str]:
    """Every action that some command of that name would be accepted for."""
    if state.authority_id is None:
        return frozenset()
    if state.ending is not None:
        return frozenset(_always(state) | _after(state, state.ending))
    if state.closed or state.answered:
        return frozenset(_always(state) | _answered(state))
    acts = _always(state) | {"withdrawals"} | ({"replies"} if state.open_questions else set())
    acts |= {"spam-confirmations", "spam-refusals"} if state.spam_proposed_by else {"spam-proposals"}
    acts |= {"releases", "returns"} if state.waits_for_release else set()
    if state.information:
        acts |= {"closures"} if state.assessed else {"information-assessments"}
    if state.holder_id is None:
        return frozenset(acts | {"acknowledgements"} | ({"assignments"} if state.classified else set()))
    return frozenset(acts | {"assignments"} | _in_hand(state))


def _always(state: Feedback) -> set[str]:
    acts = {"notes", "involvements", "reader-namings", "hand-overs", "restrictions", "hidden-words"}
    acts |= {"superior-referrals"} | ({"explanation-recalls"} if state.explanations else set())
    acts |= {"reader-dismissals"} if state.readers else set()
    return acts | ({"identity-disclosures"} if state.identity_ref else set())


def _after(state: Feedback, ending: Ending) -> set[str]:
    if state.purged:
        return set()
    acts = {_TAKES_BACK[ending]} if ending in _TAKES_BACK else set()
    acts |= {"reopenings"} if ending in MAY_BE_ASKED_AGAIN else set()
    return acts | ({"purges"} if ending is Ending.INELIGIBLE else set())


def _answered(state: Feedback) -> set[str]:
    if not state.answered:
        return set()
    acts = {"reopenings"} | ({"corrections", "correction-returns"} if state.correction else {"correction-drafts"})
    return acts | (set() if state.closed or state.correction else {"closures"})


def _in_hand(state: Feedback) -> set[str]:
    if state.waits_for_release:
        return set()
    if state.information:
        return {"questions"}
    acts = {"classifications", "questions", *_OTHER_WAYS} | ({"drafts"} if state.classified else set())
    ready = state.drafts and state.requests <= state.draft_covers
    return acts | ({"release-requests"} if ready else set())
