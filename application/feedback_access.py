"""Who may see a feedback and who may do what to it: pure, deny by default (complaints.md §3, §11)."""

from __future__ import annotations

from collections.abc import Callable

from application.access import Actor, Policy, Role
from application.ports import Scope
from domain.feedback.categories import CATEGORIES
from domain.feedback.possible import possible_actions
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Sensitivity

STAFF = frozenset({Role.INTAKE, Role.OFFICER, Role.HEAD, Role.CUSTODIAN, Role.CHILD_CONTACT})
"""Roles that may hold a case or be named as readers."""


def scope_of(actor: Actor) -> Scope:
    """The same right as `sees_feedback`, as values for the query of a list."""
    official = actor.kind == "official"
    return Scope(
        authority_id=actor.authority_id if official else None,
        person_id=actor.id,
        areas=actor.areas,
        staff=official and bool(actor.roles & STAFF),
        head=official and Role.HEAD in actor.roles,
        intake=official and Role.INTAKE in actor.roles,
        officer=official and Role.OFFICER in actor.roles,
        child_contact=official and Role.CHILD_CONTACT in actor.roles,
        stands_in_for=actor.stands_in_for if official else frozenset(),
        auditor=official and Role.AUDITOR in actor.roles and actor.audit_purpose_until is not None,
    )


def sees_any(actor: Actor) -> bool:
    """Whether any case at all could be seen: asked before one is loaded, so that the time taken tells nothing."""
    scope = scope_of(actor)
    return actor.kind == "system" or scope.staff or scope.auditor


def sees_feedback(actor: Actor, state: Feedback | None) -> bool:
    """A narrow case is seen by handler, head and named people; others of the authority see the rest of their area.

    A new submission that nobody holds yet is seen by intake whatever its sensitivity: somebody must receive it. The
    child-protection contact sees what concerns protected children and every case in which the sender saw danger. An
    auditor sees what is not narrow, while a stated purpose lasts. Whoever declared to be involved sees nothing. Where
    nobody is left to decide, the heads of the superior authority see it too.
    """
    if actor.kind == "system":
        return True
    scope = scope_of(actor)
    if state is None or scope.authority_id is None or actor.id in state.involved:
        return False
    if scope.authority_id != state.authority_id:
        return scope.head and scope.authority_id == state.superior_id
    if scope.head or (scope.staff and (state.holder_id in actor.acts_as or actor.id in state.readers)):
        return True
    if scope.areas and state.area_id not in scope.areas:
        return False
    unheld_new = state.holder_id is None and not state.classified
    wide = not state.sensitivity.narrow
    return (
        (scope.intake and (wide or unheld_new))
        or (scope.officer and wide)
        or (scope.child_contact and (state.sensitivity is Sensitivity.CHILD_PROTECTED or state.danger))
        or (scope.auditor and wide)
    )


def _has(*roles: Role) -> Callable[[Actor, Feedback], bool]:
    return lambda actor, _state: bool(actor.roles & set(roles))


def _holds(actor: Actor, state: Feedback) -> bool:
    return bool(actor.roles & STAFF) and state.holder_id in actor.acts_as


def _answers_directly(actor: Actor, state: Feedback) -> bool:
    """Holder and drafter in one, of a category that a head named in a delegation of today.

    A case that was made narrow by somebody is none of those that were meant, unless its category is narrow by itself.
    """
    category = CATEGORIES.get(state.category)
    meant = not state.sensitivity.narrow or (category is not None and category.sensitivity is state.sensitivity)
    own = _holds(actor, state) and actor.id == state.drafted_by
    return own and meant and actor.delegation_for(state.category) is not None


def _either(*questions: Callable[[Actor, Feedback], bool]) -> Callable[[Actor, Feedback], bool]:
    return lambda actor, state: any(question(actor, state) for question in questions)


MAY: dict[str, Callable[[Actor, Feedback], bool]] = {
    "acknowledgements": _has(Role.INTAKE, Role.HEAD),
    "classifications": _either(_holds, _has(Role.INTAKE, Role.HEAD)),
    "assignments": _has(Role.INTAKE, Role.HEAD),
    "questions": _holds,
    "replies": _either(_holds, _has(Role.INTAKE)),
    "drafts": _holds,
    "release-requests": _holds,
    "returns": _has(Role.HEAD),
    "releases": _either(_has(Role.HEAD), _answers_directly),
    "closures": _either(_holds, _has(Role.HEAD)),
    "reopenings": _either(_holds, _has(Role.HEAD)),
    "notes": _has(*STAFF),
    "involvements": _has(*STAFF),
    "restrictions": _either(_holds, _has(Role.INTAKE, Role.HEAD)),
    "reader-namings": _either(_holds, _has(Role.HEAD)),
    "reader-dismissals": _either(_holds, _has(Role.HEAD)),
    "identity-disclosures": _either(lambda a, s: _holds(a, s) and Role.INTAKE in a.roles, _has(Role.CUSTODIAN)),
    "hand-overs": _has(Role.HEAD),
    "splits": _either(_holds, _has(Role.INTAKE, Role.HEAD)),
    "duplicate-links": _either(_holds, _has(Role.INTAKE, Role.HEAD)),
    "duplicate-unlinkings": _either(_holds, _has(Role.INTAKE, Role.HEAD)),
    "transfers": _either(_holds, _has(Role.HEAD)),
    "transfer-recalls": _either(_holds, _has(Role.HEAD)),
    "guidances": _either(_holds, _has(Role.HEAD)),
    "guidance-withdrawals": _either(_holds, _has(Role.HEAD)),
    "ineligibility-findings": _either(_holds, _has(Role.HEAD)),
    "ineligibility-revocations": _either(_holds, _has(Role.HEAD)),
    "purges": _has(Role.HEAD),
    "spam-proposals": _either(_holds, _has(Role.INTAKE, Role.HEAD)),
    "spam-confirmations": _has(Role.INTAKE, Role.HEAD),
    "spam-refusals": _has(Role.INTAKE, Role.HEAD),
    "spam-revocations": _has(Role.INTAKE, Role.HEAD),
    "withdrawals": _either(_holds, _has(Role.INTAKE)),
    "correction-drafts": _either(_holds, _has(Role.HEAD)),
    "correction-returns": _has(Role.HEAD),
    "corrections": _has(Role.HEAD),
    "hidden-words": _either(_holds, _has(Role.INTAKE, Role.HEAD)),
    "explanation-requests": _holds,
    "explanation-recalls": _holds,
    "information-openings": _either(_holds, _has(Role.HEAD)),
    "information-assessments": _either(_holds, _has(Role.HEAD)),
    "superior-referrals": _either(_holds, _has(Role.HEAD)),
}
"""Action → who may, once the case is visible. The names are those of the API's paths."""


def may(action: str) -> Policy:
    """The policy of one action. The system's own reactions and the loader may all of them."""
    question = MAY[action]

    def asked(actor: Actor, state: Feedback | None) -> bool:
        return actor.kind == "system" or (state is not None and actor.kind == "official" and question(actor, state))

    return asked


def enters_for_others(actor: Actor, _state: object) -> bool:
    """May enter what came by another channel than the QR code."""
    return actor.kind == "system" or (actor.kind == "official" and bool(actor.roles & {Role.INTAKE, Role.OFFICER}))


def of_tracking_code(actor: Actor, state: Feedback | None) -> bool:
    """A citizen who showed the tracking code acts as that submission's subject."""
    return actor.kind == "citizen" and state is not None and actor.id == state.subject_id


def available_actions(state: Feedback, actor: Actor) -> tuple[str, ...]:
    """What this person may do to this case now: buttons, the API's `actions` and tests read the same list."""
    if not sees_feedback(actor, state):
        return ()
    return tuple(sorted(action for action in possible_actions(state) if may(action)(actor, state)))


def of_spoken_code(actor: Actor, state: Feedback | None) -> bool:
    """An official who is told the tracking code acts for the sender, whatever the case's area or sensitivity.

    Only for what the own authority handles, and never who declared to be involved. That the code was told is the
    caller's to make sure: the desk that finds the case by it.
    """
    return (
        enters_for_others(actor, state)
        and state is not None
        and actor.authority_id is not None
        and actor.authority_id == state.authority_id
        and actor.id not in state.involved
    )


def citizen_or(actor: Actor, action: str, *, spoken: bool = False) -> tuple[Policy, Policy]:
    """Visible and allowed: a citizen by the tracking code, an official by post or by the code that was `spoken`."""
    if spoken:
        return of_spoken_code, of_spoken_code
    if actor.kind == "citizen":
        return of_tracking_code, of_tracking_code
    return sees_feedback, may(action)
