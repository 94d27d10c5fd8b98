"""Who may see a request for explanation: the unit that is asked, and whoever sees its case. Deny by default."""

from __future__ import annotations

from application.access import Actor, Policy, Role
from application.feedback_access import may, sees_feedback
from domain.explanations.explanation import Explanation, possible_actions
from domain.feedback.state import Feedback

SCHOOL_ACTS = frozenset({"answers", "more-time-requests"})
STAFF_ACTS: dict[str, str] = {
    "recalls": "explanation-recalls",
    "more-time-grants": "explanation-requests",
    "more-time-refusals": "explanation-requests",
}
"""What officials do to a request → the action on the case that they must be allowed."""


def of_unit(actor: Actor, state: Explanation | None) -> bool:
    """The account of the unit that is asked. What was recalled is for the unit as if it had never been."""
    return (
        actor.kind == "official"
        and Role.SCHOOL in actor.roles
        and state is not None
        and actor.unit_id is not None
        and actor.unit_id == state.place_id
        and not state.recalled
    )


def school_actions(state: Explanation, actor: Actor) -> tuple[str, ...]:
    """What the school may do now."""
    return tuple(sorted(possible_actions(state) & SCHOOL_ACTS)) if of_unit(actor, state) else ()


def behind(case: Feedback | None) -> Policy:
    """Visible to whoever sees the case that the request came from, as that case is now."""
    return lambda actor, state: state is not None and sees_feedback(actor, case)


def may_for(case: Feedback | None, action: str) -> Policy:
    """The policy of one act on a request, by the right on its case."""
    return lambda actor, _state: may(STAFF_ACTS[action])(actor, case)


def staff_actions(state: Explanation, case: Feedback, actor: Actor) -> tuple[str, ...]:
    """What this official may do to it now."""
    if not sees_feedback(actor, case):
        return ()
    allowed = possible_actions(state) & STAFF_ACTS.keys()
    return tuple(sorted(action for action in allowed if may_for(case, action)(actor, state)))
