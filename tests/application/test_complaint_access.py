"""Who sees a complaint and who may do what: roles × where they work, every action, deny by default."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from application.access import ANYONE, SYSTEM, Actor, Role
from application.complaint_access import MAY, at_receiver, available_actions, may, sees_complaint
from domain.complaints.possible import possible_actions
from domain.complaints.state import Complaint
from domain.complaints.vocabulary import Resolver
from tests.support import complaint_story as story
from tests.support.complaint_story import AREA, HOA, MAI, SCHOOL, SON, THU, WARD, someone
from tests.support.complaint_walk import ACTIONS

OTHER_WARD, OTHER_SCHOOL = someone("other ward"), someone("other school")


def official(*roles: Role, who: UUID = ANYONE, authority: UUID = WARD, unit: UUID | None = None) -> Actor:
    until = story.at(story.RECEIVED) + timedelta(days=1) if Role.AUDITOR in roles else None
    return Actor(
        kind="official",
        id=who,
        roles=frozenset(roles),
        authority_id=authority,
        unit_id=unit,
        audit_purpose_until=until,
    )


HEAD, INTAKE, OFFICER = official(Role.HEAD, who=SON), official(Role.INTAKE, who=MAI), official(Role.OFFICER)
REGISTRY, AUDITOR = official(Role.REGISTRY), official(Role.AUDITOR)
PRINCIPAL = official(Role.PRINCIPAL, who=HOA, unit=SCHOOL)
VERIFIER = official(Role.SCHOOL_OFFICER, who=THU, unit=SCHOOL)
COLLEAGUE = official(Role.SCHOOL_OFFICER, who=someone("a colleague"), unit=SCHOOL)
OTHER_PRINCIPAL = official(Role.PRINCIPAL, unit=OTHER_SCHOOL)
ELSEWHERE = official(Role.HEAD, authority=OTHER_WARD)
NOBODY = Actor(kind="citizen", id=ANYONE)
FIRST = Complaint(
    authority_id=WARD,
    received_by_id=SCHOOL,
    resolver=Resolver.SCHOOL_HEAD,
    resolver_id=SCHOOL,
    place_id=SCHOOL,
    area_id=AREA,
    received_on=story.RECEIVED,
    at_resolver_on=story.RECEIVED,
    accepted_on=story.ACCEPTED,
    verifiers=frozenset({THU}),
)
"""A first complaint at the school, verified by Thu."""
SECOND = replace(
    FIRST, received_by_id=WARD, resolver=Resolver.COMMUNE_CHAIR, resolver_id=WARD, verifiers=frozenset(), holder_id=MAI
)

SEEN: list[tuple[str, Complaint, Actor, bool]] = [
    ("the principal resolves", FIRST, PRINCIPAL, True),
    ("who verifies", FIRST, VERIFIER, True),
    ("a colleague who does not", FIRST, COLLEAGUE, False),
    ("another school", FIRST, OTHER_PRINCIPAL, False),
    ("the ward, while it is the school's", FIRST, HEAD, False),
    ("the ward, once the second level came", replace(FIRST, second_id=someone("second")), HEAD, True),
    ("the ward that took it in", replace(FIRST, received_by_id=WARD), INTAKE, True),
    ("an auditor of the ward", FIRST, AUDITOR, True),
    ("an auditor without a purpose", FIRST, replace(AUDITOR, audit_purpose_until=None), False),
    ("another ward", SECOND, ELSEWHERE, False),
    ("the chair", SECOND, HEAD, True),
    ("intake of the ward", SECOND, INTAKE, True),
    ("the registry", SECOND, REGISTRY, True),
    ("an officer to whom it was not given", SECOND, OFFICER, False),
    ("the principal, at the second level", SECOND, PRINCIPAL, False),
    ("a citizen", FIRST, NOBODY, False),
    ("a school's account for explanations", FIRST, official(Role.SCHOOL, unit=SCHOOL), False),
    ("an administrator", SECOND, official(Role.ADMINISTRATOR), False),
    ("the system", FIRST, SYSTEM, True),
]


@pytest.mark.parametrize(("_who", "state", "actor", "seen"), SEEN, ids=[row[0] for row in SEEN])
def test_who_sees_it(_who: str, state: Complaint, actor: Actor, *, seen: bool) -> None:
    assert sees_complaint(actor, state) is seen
    assert seen or available_actions(state, actor) == ()


def test_nobody_sees_what_is_not_there_and_nobody_involved_sees_it() -> None:
    assert not sees_complaint(HEAD, None)
    for _who, state, actor, _seen in SEEN:
        if actor.kind == "official":
            assert not sees_complaint(actor, replace(state, involved=frozenset({actor.id})))


RIGHTS: dict[str, tuple[Complaint, Actor, set[str]]] = {
    "an auditor reads": (FIRST, AUDITOR, {"involvements"}),
    "a verifier prepares": (
        FIRST,
        VERIFIER,
        {
            *("involvements", "examinations", "guidances", "evidence", "reports", "dialogues", "withdrawals"),
            *("drafts", "signature-requests", "issues", "amendments", "sendings", "receipt-proofs"),
            *("executions", "closures", "court-notes", "resolver-receipts"),
        },
    ),
    "the registry of the ward": (
        SECOND,
        REGISTRY,
        {"involvements", "issues", "amendments", "sendings", "receipt-proofs"},
    ),
}


@pytest.mark.parametrize("name", RIGHTS)
def test_who_may_do_what(name: str) -> None:
    state, actor, expected = RIGHTS[name]
    assert {action for action in MAY if may(action)(actor, state)} == expected


def test_the_resolver_decides_and_does_not_prepare_alone() -> None:
    allowed = {action for action in MAY if may(action)(PRINCIPAL, FIRST)}
    assert {"acceptances", "refusals", "approvals", "returns", "effects", "verifications", "circumstances"} <= allowed
    assert allowed.isdisjoint({"drafts", "signature-requests", "reports", "issues"})


def test_every_action_of_the_rules_has_its_right() -> None:
    assert set(MAY) == set(ACTIONS.values())
    assert not any(may(action)(NOBODY, FIRST) for action in MAY)
    assert not any(may(action)(ELSEWHERE, SECOND) for action in MAY if action != "involvements")
    assert available_actions(FIRST, PRINCIPAL) == tuple(
        sorted(action for action in possible_actions(FIRST) if may(action)(PRINCIPAL, FIRST))
    )
    assert not at_receiver(PRINCIPAL, FIRST)
