"""Who may know that a sender says to be treated worse: few people, by name of their post. Deny by default (CMP-I12).

The child-protection contact of the authority and its heads; nobody who is involved in the case behind it. Who handles
the case is none of them by that: he only sees that there is such a report.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from application.access import Actor, Policy, Role
from application.feedback_access import STAFF
from domain.feedback.state import Feedback
from domain.protection.protection import Protection, possible_actions

WORKS = frozenset({Role.HEAD, Role.CHILD_CONTACT})
"""Roles that may have such a task in hand."""
READS = WORKS | {Role.AUDITOR}
"""Roles that have a list of them at all."""


def reads_any(actor: Actor) -> bool:
    """Whether any task at all could be seen: asked before one is loaded, so that the time taken tells nothing."""
    return actor.kind == "system" or (
        actor.kind == "official" and actor.authority_id is not None and (_audits(actor) or bool(actor.roles & WORKS))
    )


def works_on(actor: Actor, task: Protection | None, case: Feedback | None) -> bool:
    """Whether this person may have the task in hand.

    The task goes with its case: where that was handed over, so was this. Where a case was referred to the superior
    authority because nobody is left to decide, its heads may too.
    """
    if actor.kind == "system":
        return True
    if not _may_know(actor, task, case) or task is None or case is None:
        return False
    if actor.authority_id != case.authority_id:
        return Role.HEAD in actor.roles and actor.authority_id == case.superior_id
    return Role.HEAD in actor.roles or (Role.CHILD_CONTACT in actor.roles and _in_area(actor, case))


def sees_task(actor: Actor, task: Protection | None, case: Feedback | None) -> bool:
    """Who may have it in hand, and an auditor while a stated purpose lasts, unless the case itself is closed to him."""
    if works_on(actor, task, case):
        return True
    return (
        _may_know(actor, task, case)
        and task is not None
        and case is not None
        and _audits(actor)
        and actor.authority_id == case.authority_id
        and not case.sensitivity.narrow
        and _in_area(actor, case)
    )


def sees_sign(actor: Actor, holder_id: UUID | None) -> bool:
    """Whoever has a case in hand that he may see is told that there is such a report, and nothing else of it."""
    return actor.kind == "official" and bool(actor.roles & STAFF) and holder_id in actor.acts_as


def _holds(actor: Actor, task: Protection) -> bool:
    return actor.id == task.holder_id


MAY: dict[str, Callable[[Actor, Protection], bool]] = {
    "takings": lambda _actor, _task: True,
    "hand-overs": lambda actor, task: _holds(actor, task) or Role.HEAD in actor.roles,
    "measures": _holds,
    "closures": _holds,
}
"""Action → who of those that may have it in hand. The names are those of the API's paths."""


def behind(case: Feedback | None) -> Policy:
    """Visible by the case that the report came from, as that case is now."""
    return lambda actor, state: state is not None and sees_task(actor, state, case)


def may_for(case: Feedback | None, action: str) -> Policy:
    """The policy of one act on a task."""
    question = MAY[action]

    def asked(actor: Actor, state: Protection | None) -> bool:
        return state is not None and works_on(actor, state, case) and question(actor, state)

    return asked


def task_actions(state: Protection, case: Feedback, actor: Actor) -> tuple[str, ...]:
    """What this person may do to it now."""
    return tuple(sorted(action for action in possible_actions(state) if may_for(case, action)(actor, state)))


def _may_know(actor: Actor, task: Protection | None, case: Feedback | None) -> bool:
    return (
        actor.kind == "official"
        and Role.SCHOOL not in actor.roles
        and task is not None
        and case is not None
        and task.case_id is not None
        and actor.authority_id is not None
        and actor.id not in case.involved
    )


def _in_area(actor: Actor, case: Feedback) -> bool:
    return not actor.areas or case.area_id in actor.areas


def _audits(actor: Actor) -> bool:
    return Role.AUDITOR in actor.roles and actor.audit_purpose_until is not None
