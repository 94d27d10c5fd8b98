"""Who may see a feedback, and who may do what to it. The expected values are written out: nothing is computed."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from application.access import SYSTEM, Actor, Role
from application.feedback_access import (
    MAY,
    available_actions,
    citizen_or,
    enters_for_others,
    may,
    of_tracking_code,
    scope_of,
    sees_feedback,
)
from domain.feedback.possible import possible_actions
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Sensitivity
from tests.support import feedback_story as story
from tests.support.feedback_story import DOI_THONG, HUNG, MAI, NUI_XANH, OTHER_WARD, SON, SUBJECT, WARD, someone, told
from tests.support.feedback_walk import Step, walks

ME = someone("me")
SOMEBODY = someone("somebody else")
UNTIL = story.ha_noi("2026-12-31 00:00")
ROLES = tuple(Role)


def official(*roles: Role, authority: UUID = DOI_THONG, areas: frozenset[UUID] = frozenset()) -> Actor:
    """An auditor has stated a purpose."""
    return Actor(
        kind="official",
        id=ME,
        post_id=someone("my post"),
        authority_id=authority,
        roles=frozenset(roles),
        areas=areas,
        audit_purpose_until=UNTIL if Role.AUDITOR in roles else None,
    )


NORMAL = Feedback(
    authority_id=DOI_THONG, area_id=WARD, subject_id=SUBJECT, holder_id=SOMEBODY, assigned=True, classified=True
)
RESTRICTED = replace(NORMAL, sensitivity=Sensitivity.RESTRICTED)
CHILD = replace(NORMAL, sensitivity=Sensitivity.CHILD_PROTECTED)
VAULT = replace(NORMAL, sensitivity=Sensitivity.IDENTITY_VAULT)
NEW = Feedback(authority_id=DOI_THONG, area_id=WARD, subject_id=SUBJECT)
NEW_CHILD = replace(NEW, sensitivity=Sensitivity.CHILD_PROTECTED)

EVERYWHERE: frozenset[UUID] = frozenset()
HERE, ELSEWHERE = frozenset({WARD}), frozenset({OTHER_WARD})
SITUATIONS: dict[str, tuple[Feedback, frozenset[UUID]]] = {
    "own area": (NORMAL, HERE),
    "whole territory": (NORMAL, EVERYWHERE),
    "other area": (NORMAL, ELSEWHERE),
    "urgent": (replace(NORMAL, sensitivity=Sensitivity.URGENT), EVERYWHERE),
    "restricted": (RESTRICTED, EVERYWHERE),
    "child-protected": (CHILD, EVERYWHERE),
    "child-protected, other area": (CHILD, ELSEWHERE),
    "identity vault": (VAULT, EVERYWHERE),
    "restricted, held by me": (replace(RESTRICTED, holder_id=ME), EVERYWHERE),
    "held by me, other area": (replace(NORMAL, holder_id=ME), ELSEWHERE),
    "restricted, I am a reader": (replace(RESTRICTED, readers=frozenset({ME})), EVERYWHERE),
    "involved": (replace(NORMAL, involved=frozenset({ME})), EVERYWHERE),
    "new": (NEW, EVERYWHERE),
    "new and child-protected": (NEW_CHILD, EVERYWHERE),
    "new and child-protected, other area": (NEW_CHILD, ELSEWHERE),
    "restricted, let go before it was classified": (replace(RESTRICTED, holder_id=None, classified=False), EVERYWHERE),
    "restricted, let go after it was classified": (replace(RESTRICTED, holder_id=None), EVERYWHERE),
}
IN, OF, HE, CU, CC, AU, AD, SC = (
    Role.INTAKE,
    Role.OFFICER,
    Role.HEAD,
    Role.CUSTODIAN,
    Role.CHILD_CONTACT,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    Role.SCHOOL,
)
SEEN_BY: dict[str, set[Role]] = {
    "own area": {IN, OF, HE, AU},
    "whole territory": {IN, OF, HE, AU},
    "other area": {HE},
    "urgent": {IN, OF, HE, AU},
    "restricted": {HE},
    "child-protected": {HE, CC},
    "child-protected, other area": {HE},
    "identity vault": {HE},
    "restricted, held by me": {IN, OF, HE, CU, CC},
    "held by me, other area": {IN, OF, HE, CU, CC},
    "restricted, I am a reader": {IN, OF, HE, CU, CC},
    "involved": set(),
    "new": {IN, OF, HE, AU},
    "new and child-protected": {IN, HE, CC},
    "new and child-protected, other area": {HE},
    "restricted, let go before it was classified": {IN, HE},
    "restricted, let go after it was classified": {HE},
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_case_is_seen_by_exactly_these_roles(situation: str) -> None:
    state, areas = SITUATIONS[situation]
    assert {role for role in ROLES if sees_feedback(official(role, areas=areas), state)} == SEEN_BY[situation]


@pytest.mark.parametrize("situation", SITUATIONS)
def test_nobody_of_another_authority_sees_it_in_any_situation(situation: str) -> None:
    state, areas = SITUATIONS[situation]
    assert not any(sees_feedback(official(role, authority=NUI_XANH, areas=areas), state) for role in ROLES)


def test_an_auditor_without_a_stated_purpose_sees_nothing() -> None:
    auditor = replace(official(Role.AUDITOR), audit_purpose_until=None)
    assert not any(sees_feedback(auditor, state) for state, _areas in SITUATIONS.values())


def test_who_is_no_official_sees_nothing_by_post() -> None:
    citizen = replace(official(*ROLES), kind="citizen")
    assert not any(sees_feedback(citizen, state) for state, _areas in SITUATIONS.values())


def test_nobody_but_the_system_sees_what_does_not_exist() -> None:
    assert not any(sees_feedback(official(role), None) for role in ROLES)
    assert sees_feedback(SYSTEM, None)


def test_a_head_who_is_involved_sees_nothing_of_it() -> None:
    assert not sees_feedback(
        official(Role.HEAD), replace(RESTRICTED, involved=frozenset({ME}), readers=frozenset({ME}))
    )


HOLDER = "holder"
MAY_DO: dict[str, set[Role | str]] = {
    "acknowledgements": {IN, HE},
    "classifications": {IN, HE, HOLDER},
    "assignments": {IN, HE},
    "questions": {HOLDER},
    "replies": {IN, HOLDER},
    "drafts": {HOLDER},
    "release-requests": {HOLDER},
    "returns": {HE},
    "releases": {HE},
    "closures": {HE, HOLDER},
    "reopenings": {HE, HOLDER},
    "notes": {IN, OF, HE, CU, CC},
    "involvements": {IN, OF, HE, CU, CC},
    "restrictions": {IN, HE, HOLDER},
    "reader-namings": {HE, HOLDER},
    "reader-dismissals": {HE, HOLDER},
    "identity-disclosures": {CU},  # and an intake officer who holds it: below
    "hand-overs": {HE},
    "splits": {IN, HE, HOLDER},
    "duplicate-links": {IN, HE, HOLDER},
    "duplicate-unlinkings": {IN, HE, HOLDER},
    "transfers": {HE, HOLDER},
    "transfer-recalls": {HE, HOLDER},
    "guidances": {HE, HOLDER},
    "guidance-withdrawals": {HE, HOLDER},
    "ineligibility-findings": {HE, HOLDER},
    "ineligibility-revocations": {HE, HOLDER},
    "purges": {HE},
    "spam-proposals": {IN, HE, HOLDER},
    "spam-confirmations": {IN, HE},
    "spam-refusals": {IN, HE},
    "spam-revocations": {IN, HE},
    "withdrawals": {IN, HOLDER},
    "correction-drafts": {HE, HOLDER},
    "correction-returns": {HE},
    "corrections": {HE},
    "hidden-words": {IN, HE, HOLDER},
    "explanation-requests": {HOLDER},
    "explanation-recalls": {HOLDER},
    "information-openings": {HE, HOLDER},
    "information-assessments": {HE, HOLDER},
    "superior-referrals": {HE, HOLDER},
}
MAY_HOLD = {IN, OF, HE, CU, CC}


def test_the_table_names_every_action() -> None:
    assert set(MAY_DO) == set(MAY)


@pytest.mark.parametrize("action", MAY_DO)
def test_an_action_is_for_exactly_these_roles(action: str) -> None:
    assert {role for role in ROLES if may(action)(official(role), NORMAL)} == MAY_DO[action] - {HOLDER}


@pytest.mark.parametrize("action", MAY_DO)
def test_a_holder_may_besides_what_the_work_needs(action: str) -> None:
    mine = replace(NORMAL, holder_id=ME)
    expected = (MAY_DO[action] - {HOLDER}) | (MAY_HOLD if HOLDER in MAY_DO[action] else set())
    expected |= {IN} if action == "identity-disclosures" else set()
    assert {role for role in ROLES if may(action)(official(role), mine)} == expected


@pytest.mark.parametrize("action", MAY_DO)
def test_no_citizen_and_nobody_without_a_case_may_act_by_post(action: str) -> None:
    everything = official(*ROLES)
    assert not may(action)(replace(everything, kind="citizen"), replace(NORMAL, holder_id=ME))
    assert not may(action)(everything, None)
    assert may(action)(SYSTEM, NORMAL)


def test_the_code_opens_its_own_submission_only() -> None:
    sender = Actor(kind="citizen", id=SUBJECT)
    assert of_tracking_code(sender, NORMAL)
    assert not of_tracking_code(sender, replace(NORMAL, subject_id=SOMEBODY))
    assert not of_tracking_code(sender, None)
    assert not of_tracking_code(replace(official(*ROLES), id=SUBJECT), NORMAL)


def test_a_citizen_acts_by_the_code_and_an_official_by_post() -> None:
    sender = Actor(kind="citizen", id=SUBJECT)
    intake = official(Role.INTAKE)
    assert [ask(sender, NORMAL) for ask in citizen_or(sender, "replies")] == [True, True]
    assert [ask(intake, NORMAL) for ask in citizen_or(intake, "replies")] == [True, True]
    assert [ask(intake, NORMAL) for ask in citizen_or(intake, "reopenings")] == [True, False]
    assert [ask(intake, RESTRICTED) for ask in citizen_or(intake, "replies")] == [False, True]


def test_intake_and_handlers_enter_what_came_another_way() -> None:
    assert {role for role in ROLES if enters_for_others(official(role), None)} == {IN, OF}
    assert enters_for_others(SYSTEM, None)
    assert not enters_for_others(Actor(kind="citizen", id=SUBJECT), None)


def test_only_officials_have_a_scope_in_lists() -> None:
    scope = scope_of(replace(official(*ROLES), kind="citizen"))
    assert scope.authority_id is None
    assert not any((scope.staff, scope.head, scope.intake, scope.officer, scope.child_contact, scope.auditor))


def test_a_draft_on_the_desk_offers_the_head_what_its_handler_may_not() -> None:
    on_the_desk = told(*story.ON_THE_DESK).state
    head = replace(official(Role.HEAD), id=SON)
    handler = replace(official(Role.OFFICER), id=HUNG)
    assert available_actions(on_the_desk, head) == (
        "assignments",
        "hand-overs",
        "hidden-words",
        "involvements",
        "notes",
        "reader-namings",
        "releases",
        "restrictions",
        "returns",
        "spam-proposals",
        "superior-referrals",
    )
    assert available_actions(on_the_desk, handler) == (
        "hidden-words",
        "involvements",
        "notes",
        "reader-namings",
        "restrictions",
        "spam-proposals",
        "superior-referrals",
        "withdrawals",
    )


def test_a_new_case_offers_intake_to_take_it_in() -> None:
    intake = replace(official(Role.INTAKE), id=MAI)
    assert available_actions(told().state, intake) == (
        "acknowledgements",
        "hidden-words",
        "involvements",
        "notes",
        "restrictions",
        "spam-proposals",
        "withdrawals",
    )


def test_where_nobody_is_left_the_head_above_sees_it_and_no_one_else_there() -> None:
    above = replace(NORMAL, superior_id=someone("province"))
    there = {role: replace(official(role), authority_id=someone("province")) for role in ROLES}
    assert {role for role, actor in there.items() if sees_feedback(actor, above)} == {HE}
    assert not any(sees_feedback(actor, NORMAL) for actor in there.values())
    assert not sees_feedback(there[Role.HEAD], replace(above, involved=frozenset({ME})))


def test_what_one_may_not_see_offers_nothing() -> None:
    assert available_actions(RESTRICTED, official(Role.OFFICER)) == ()


@settings(deadline=None, database=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(walks(), st.frozensets(st.sampled_from(ROLES), max_size=3), st.sampled_from([MAI, HUNG, SON, ME]))
def test_what_is_offered_is_possible_visible_and_allowed(
    steps: list[Step], roles: frozenset[Role], person: UUID
) -> None:
    actor = replace(official(*roles), id=person)
    for step in steps:
        offered = available_actions(step.after, actor)
        assert set(offered) <= possible_actions(step.after)
        assert all(may(action)(actor, step.after) for action in offered)
        assert not offered or sees_feedback(actor, step.after)
