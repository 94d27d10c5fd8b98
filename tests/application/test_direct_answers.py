"""Who answers without a head: the drafter, of a category that a head named, on the days that were named."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from application.access import Actor, Role
from application.feedback_access import available_actions, may
from application.people import actor_of
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Sensitivity
from domain.people.state import Account, Delegation, Post
from tests.support import feedback_story as story
from tests.support.feedback_story import DOI_THONG, NUI_XANH, WARD, someone

ME, HEAD = someone("me"), someone("the head")
FIRST, LAST = date(2026, 8, 24), date(2026, 8, 28)
GIVEN = Delegation(someone("delegation"), HEAD, DOI_THONG, frozenset({"over-collection"}), FIRST, LAST)
POST = Post(someone("post"), frozenset({Role.OFFICER}), DOI_THONG, frozenset(), None, date(2026, 1, 1))
MINE = Feedback(
    authority_id=DOI_THONG,
    area_id=WARD,
    holder_id=ME,
    assigned=True,
    classified=True,
    category="over-collection",
    drafts=1,
    drafted_by=ME,
    waits_for_release=True,
)
"""On the head's desk, drafted by who has it in hand."""


def me(at: str = "2026-08-25 09:00", *, given: Delegation = GIVEN, post: Post = POST) -> Actor:
    """An officer with a delegation, at an hour in Hà Nội."""
    moment: datetime = story.ha_noi(at)
    found = actor_of(ME, Account(posts=(post,), delegations=(given,)), moment)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        ("2026-08-23 23:59", False),
        ("2026-08-24 00:00", True),
        ("2026-08-28 23:59", True),
        ("2026-08-29 00:00", False),
    ],
)
def test_the_named_category_is_answered_directly_on_the_named_days_only(at: str, *, allowed: bool) -> None:
    actor = me(at)
    assert may("releases")(actor, MINE) is allowed
    assert actor.delegation_for("over-collection") == (GIVEN.id if allowed else None)


SITUATIONS: dict[str, tuple[Feedback, bool]] = {
    "the own draft": (MINE, True),
    "urgent": (replace(MINE, sensitivity=Sensitivity.URGENT), True),
    "another category": (replace(MINE, category="facilities"), False),
    "not classified yet": (replace(MINE, category=""), False),
    "drafted by somebody else": (replace(MINE, drafted_by=someone("colleague")), False),
    "in other hands": (replace(MINE, holder_id=someone("colleague")), False),
    "made narrow by somebody": (replace(MINE, sensitivity=Sensitivity.RESTRICTED), False),
    "information": (replace(MINE, sensitivity=Sensitivity.IDENTITY_VAULT), False),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_was_not_named_needs_a_head(situation: str) -> None:
    state, allowed = SITUATIONS[situation]
    assert may("releases")(me(), state) is allowed
    assert ("releases" in available_actions(state, me())) is allowed


def test_a_category_that_is_narrow_by_itself_is_meant_when_it_is_named() -> None:
    named = replace(GIVEN, categories=frozenset({"school-violence"}))
    state = replace(MINE, category="school-violence", sensitivity=Sensitivity.CHILD_PROTECTED)
    assert may("releases")(me(given=named), state)
    assert not may("releases")(me(), state)
    assert not may("releases")(me(given=named), replace(state, sensitivity=Sensitivity.RESTRICTED))


@pytest.mark.parametrize("action", ["returns", "corrections", "correction-returns"])
def test_answering_directly_is_no_other_right_of_a_head(action: str) -> None:
    assert not may(action)(me(), MINE)


def test_a_delegation_of_another_authority_or_of_everything_names_no_category() -> None:
    assert me(given=replace(GIVEN, authority_id=NUI_XANH)).direct_answers == frozenset()
    everything = me(given=replace(GIVEN, categories=frozenset()))
    assert everything.direct_answers == frozenset()
    assert Role.HEAD in everything.roles


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAD])
def test_of_all_roles_only_those_that_hold_cases_answer_directly(role: Role) -> None:
    holds = {Role.INTAKE, Role.OFFICER, Role.CUSTODIAN, Role.CHILD_CONTACT}
    assert may("releases")(me(post=replace(POST, roles=frozenset({role}))), MINE) is (role in holds)


def test_of_two_delegations_always_the_same_one_is_named() -> None:
    other = replace(GIVEN, id=UUID(int=1))
    account = Account(posts=(POST,), delegations=(GIVEN, other))
    found = actor_of(ME, account, story.ha_noi("2026-08-25 09:00"))
    assert found is not None
    assert found.delegation_for("over-collection") == UUID(int=1)
