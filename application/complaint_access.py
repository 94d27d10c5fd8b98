"""Who may see a complaint and who may do what to it: pure, deny by default (complaints.md §3, §11)."""

from __future__ import annotations

from collections.abc import Callable

from application.access import Actor, Policy, Role
from application.scopes import ComplaintScope
from domain.complaints.possible import possible_actions
from domain.complaints.state import Complaint

STAFF = frozenset({Role.INTAKE, Role.OFFICER, Role.HEAD, Role.REGISTRY})
"""Posts of an authority that may have to do with a complaint."""
SCHOOL_STAFF = frozenset({Role.PRINCIPAL, Role.SCHOOL_OFFICER})
"""Posts of a school that resolves first complaints against its own decisions."""


def at_resolver(actor: Actor, state: Complaint) -> bool:
    """Works at the school or authority whose head resolves it."""
    if actor.kind != "official" or state.resolver_id is None:
        return False
    if actor.roles & SCHOOL_STAFF:
        return actor.unit_id == state.resolver_id
    return bool(actor.roles & STAFF) and actor.authority_id == state.resolver_id


def at_receiver(actor: Actor, state: Complaint) -> bool:
    """Works where it was taken in, which may be another body than the resolver's."""
    return (
        actor.kind == "official"
        and bool(actor.roles & {Role.INTAKE, Role.HEAD})
        and not actor.roles & SCHOOL_STAFF
        and actor.authority_id is not None
        and actor.authority_id == state.received_by_id
    )


def resolves(actor: Actor, state: Complaint) -> bool:
    """The head who decides it."""
    return at_resolver(actor, state) and bool(actor.roles & {Role.HEAD, Role.PRINCIPAL})


def prepares(actor: Actor, state: Complaint) -> bool:
    """Who was given it, or verifies it, at the resolver's."""
    own = state.holder_id in actor.acts_as or actor.id in state.verifiers
    return at_resolver(actor, state) and own


def keeps_registry(actor: Actor, state: Complaint) -> bool:
    """Văn thư of the resolver; at a school whoever prepares it."""
    return at_resolver(actor, state) and (Role.REGISTRY in actor.roles or prepares(actor, state))


def sees_complaint(actor: Actor, state: Complaint | None) -> bool:
    """Resolver, who prepares it, its registry; where it was taken in; the authority of the second level once it came.

    An auditor sees those of the own authority while a stated purpose lasts. Whoever is involved sees nothing (CMP-I3).
    """
    if actor.kind == "system":
        return True
    if state is None or actor.kind != "official" or actor.id in state.involved:
        return False
    if resolves(actor, state) or prepares(actor, state) or at_receiver(actor, state):
        return True
    at_it = at_resolver(actor, state) and bool(actor.roles & {Role.INTAKE, Role.REGISTRY})
    mine = actor.authority_id is not None and actor.authority_id == state.authority_id
    second = mine and state.second_id is not None and bool(actor.roles & {Role.INTAKE, Role.HEAD})
    audits = mine and Role.AUDITOR in actor.roles and actor.audit_purpose_until is not None
    return at_it or second or audits


def scope_of(actor: Actor) -> ComplaintScope:
    """The same right as `sees_complaint`, as values for the query of a list."""
    official, roles = actor.kind == "official", actor.roles
    at_school = bool(roles & SCHOOL_STAFF)
    works = official and not at_school
    return ComplaintScope(
        person_id=actor.id,
        acts_as=actor.acts_as,
        unit_id=actor.unit_id if official and at_school else None,
        authority_id=actor.authority_id if works else None,
        everything=actor.kind == "system",
        principal=official and Role.PRINCIPAL in roles,
        school_officer=official and Role.SCHOOL_OFFICER in roles,
        staff=works and bool(roles & STAFF),
        whole=works and bool(roles & {Role.HEAD, Role.INTAKE, Role.REGISTRY}),
        takes_in=works and bool(roles & {Role.INTAKE, Role.HEAD}),
        head=works and Role.HEAD in roles,
        registry=works and Role.REGISTRY in roles,
        auditor=works and Role.AUDITOR in roles and actor.audit_purpose_until is not None,
    )


def lists_complaints(actor: Actor) -> bool:
    """Whether there can be a list of complaints for this post at all."""
    scope = scope_of(actor)
    return scope.everything or scope.unit_id is not None or scope.staff or Role.AUDITOR in actor.roles


Question = Callable[[Actor, Complaint], bool]


def _either(*questions: Question) -> Question:
    return lambda actor, state: any(question(actor, state) for question in questions)


def _receives(actor: Actor, state: Complaint) -> bool:
    intake = at_resolver(actor, state) and bool(actor.roles & {Role.INTAKE, Role.HEAD, *SCHOOL_STAFF})
    return intake or at_receiver(actor, state)


_WORK = _either(prepares, resolves)
MAY: dict[str, Question] = {
    "forwardings": at_receiver,
    "resolver-receipts": lambda a, s: at_resolver(a, s) and bool(a.roles & {Role.INTAKE, Role.HEAD, *SCHOOL_STAFF}),
    "assignments": resolves,
    "readings": resolves,
    "examinations": _WORK,
    "refusals": resolves,
    "transfers": _either(resolves, at_receiver),
    "guidances": _either(_WORK, at_receiver),
    "acceptances": resolves,
    "circumstances": resolves,
    "verifications": resolves,
    "evidence": _WORK,
    "reports": prepares,
    "dialogues": _WORK,
    "execution-suspensions": resolves,
    "execution-suspension-liftings": resolves,
    "suspensions": resolves,
    "resumptions": resolves,
    "withdrawals": _either(_WORK, _receives),
    "terminations": resolves,
    "involvements": lambda _a, _s: True,
    "regimes": resolves,
    "drafts": prepares,
    "signature-requests": prepares,
    "returns": resolves,
    "approvals": resolves,
    "issues": keeps_registry,
    "amendments": keeps_registry,
    "sendings": keeps_registry,
    "receipt-proofs": _either(keeps_registry, _receives),
    "effects": resolves,
    "publications": resolves,
    "publication-endings": resolves,
    "executions": _WORK,
    "closures": _WORK,
    "second-complaints": lambda _a, _s: False,
    "court-notes": _either(_WORK, _receives),
}
"""Action → who may, once the complaint is visible. `second-complaints` is noted by the desk that opens the second."""


def may(action: str) -> Policy:
    """The policy of one action. The system's own reactions may all of them."""
    question = MAY[action]

    def asked(actor: Actor, state: Complaint | None) -> bool:
        return actor.kind == "system" or (state is not None and actor.kind == "official" and question(actor, state))

    return asked


def receives_complaints(actor: Actor, _state: object) -> bool:
    """May take a petition in."""
    posts = {Role.INTAKE, Role.OFFICER, Role.HEAD, *SCHOOL_STAFF}
    return actor.kind == "system" or (actor.kind == "official" and bool(actor.roles & posts))


def available_actions(state: Complaint, actor: Actor) -> tuple[str, ...]:
    """What this person may do to it now: buttons, the API's `actions` and tests read the same list."""
    if not sees_complaint(actor, state):
        return ()
    return tuple(sorted(action for action in possible_actions(state) if may(action)(actor, state)))


def exports_complaint(actor: Actor, state: Complaint) -> bool:
    """May take the whole file along: for the archive, a court or the superior. Who works on it, and auditors."""
    works = resolves(actor, state) or prepares(actor, state)
    return sees_complaint(actor, state) and (works or Role.AUDITOR in actor.roles)
