"""Closing an account, start codes, stand-ins, second factors, narrowed categories: what is asked, what follows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from application.people import actor_of
from domain.feedback.categories import CATEGORIES
from domain.feedback.category_facts import events as cf
from domain.feedback.category_facts import narrowing as cn
from domain.feedback.refusals import UnknownCategoryError
from domain.feedback.vocabulary import Sensitivity
from domain.kernel import RefusalError, Sealed
from domain.people import commands as c
from domain.people import events as f
from domain.people import refusals as r
from domain.people.account import ACCOUNT
from domain.people.roles import Role
from domain.store import events as se
from domain.store import store
from tests.support.given import Given

ME, ADMIN, ABSENT, POST, WARD, APPOINTED = (UUID(int=n) for n in range(1, 7))
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
TODAY, LATER = date(2026, 3, 2), date(2026, 3, 20)
NAME = Sealed(ME, UUID(int=90), "people.account_opened.v1:display_name", b"n", b"c", b"h")
opened = f.AccountOpened(username="mai", display_name=NAME)
officer = f.PostGiven(
    post_id=POST,
    title="Cán bộ (demo)",
    roles=(Role.OFFICER,),
    authority_id=WARD,
    area_ids=(),
    unit_id=None,
    from_day=date(2026, 1, 1),
)
appointed = f.StandInAppointed(
    stand_in_id=APPOINTED,
    for_account_id=ABSENT,
    authority_id=WARD,
    from_day=TODAY,
    until_day=LATER,
    reason="Nghỉ phép",
)
coded = f.StartCodeIssued(expires_at=MONDAY + timedelta(days=7))
enrolled = f.SecondFactorEnrolled()


def mine(*more: Any) -> Given:
    return Given(ACCOUNT, opened, officer, *more)


def appoint(**change: Any) -> c.AppointStandIn:
    usual: dict[str, Any] = {
        "by": ABSENT,
        "at": MONDAY,
        "account_id": ME,
        "stand_in_id": APPOINTED,
        "for_account_id": ABSENT,
        "authority_id": WARD,
        "absent_works": True,
        "head_of": frozenset(),
        "from_day": TODAY,
        "until_day": LATER,
        "reason": "Nghỉ phép",
    }
    return c.AppointStandIn(**(usual | change))


def test_what_holds_open_cases_is_not_closed() -> None:
    lock = c.LockAccount(by=ADMIN, at=MONDAY, account_id=ME, reason="Nghỉ việc", open_cases=3)
    end = c.EndPost(by=ADMIN, at=MONDAY, account_id=ME, post_id=POST, until_day=TODAY, reason="Nghỉ việc", open_cases=3)
    mine().when(lock).refused(r.AccountHoldsCasesError, count=3)
    mine().when(end).refused(r.AccountHoldsCasesError, count=3)


def test_a_stand_in_is_appointed_by_the_absent_person_or_a_head_and_acts_on_those_days() -> None:
    mine().when(appoint()).then(appointed)
    mine().when(appoint(by=ADMIN, head_of=frozenset({WARD}))).then(appointed)
    state = mine(appointed).state
    actor = actor_of(ME, state, MONDAY)
    assert actor is not None
    assert actor.stands_in_for == {ABSENT}
    after = actor_of(ME, state, MONDAY + timedelta(days=19))
    assert after is not None
    assert after.stands_in_for == frozenset()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"for_account_id": ME}, r.StandInForOneselfError),
        ({"by": ADMIN}, r.StandInNotOursError),
        ({"until_day": TODAY - timedelta(days=1)}, r.StandInPeriodError),
        ({"until_day": TODAY + timedelta(days=400)}, r.StandInPeriodError),
        ({"absent_works": False}, r.StandInOutsideError),
        ({"authority_id": UUID(int=50)}, r.StandInOutsideError),
        ({"reason": " "}, r.ReasonMissingError),
    ],
)
def test_a_stand_in_is_refused(change: dict[str, Any], refusal: type[RefusalError]) -> None:
    with pytest.raises(refusal):
        _ = mine().when(appoint(**change)).facts


def test_two_appointments_for_the_same_person_do_not_overlap() -> None:
    with pytest.raises(r.StandInAlreadyAppointedError):
        _ = mine(appointed).when(appoint(stand_in_id=UUID(int=60), from_day=LATER)).facts


def test_a_stand_in_only_ever_ends_earlier_and_by_those_whom_it_concerns() -> None:
    def end(by: UUID = ME, until_day: date = TODAY, reason: str = "Về sớm") -> c.EndStandIn:
        return c.EndStandIn(
            by=by,
            at=MONDAY,
            account_id=ME,
            stand_in_id=APPOINTED,
            head_of=frozenset(),
            until_day=until_day,
            reason=reason,
        )

    ended = f.StandInEnded(stand_in_id=APPOINTED, until_day=TODAY, reason="Về sớm")
    mine(appointed).when(end()).then(ended)
    mine(appointed).when(end(by=ABSENT)).then(ended)
    for command, refusal in (
        (end(by=ADMIN), r.StandInUnknownError),
        (end(until_day=LATER), r.StandInPeriodError),
        (end(reason=""), r.ReasonMissingError),
    ):
        with pytest.raises(refusal):
            _ = mine(appointed).when(command).facts


def test_a_start_code_is_given_by_somebody_else_for_a_limited_time_and_is_over_with_the_password() -> None:
    def issue(by: UUID = ADMIN, days: int = 7) -> c.IssueStartCode:
        return c.IssueStartCode(by=by, at=MONDAY, account_id=ME, expires_at=MONDAY + timedelta(days=days))

    mine().when(issue()).then(coded)
    for command, refusal in (
        (issue(by=ME), r.OwnAccountError),
        (issue(days=0), r.StartCodePeriodError),
        (issue(days=15), r.StartCodePeriodError),
    ):
        with pytest.raises(refusal):
            _ = mine().when(command).facts
    assert mine(coded).state.start_code_until == coded.expires_at
    assert mine(coded, f.PasswordReplaced(by_holder=True)).state.start_code_until is None


def test_a_second_factor_is_set_up_once_and_removed_by_another_administrator() -> None:
    enrol = c.EnrolSecondFactor(by=ME, at=MONDAY, account_id=ME)
    remove = c.RemoveSecondFactor(by=ADMIN, at=MONDAY, account_id=ME, reason="Mất điện thoại")
    mine().when(enrol).then(enrolled)
    mine(enrolled).when(remove).then(f.SecondFactorRemoved(reason="Mất điện thoại"))
    for given, command, refusal in (
        (mine(enrolled), enrol, r.SecondFactorAlreadyEnrolledError),
        (mine(), remove, r.SecondFactorNotEnrolledError),
        (mine(enrolled), c.RemoveSecondFactor(by=ME, at=MONDAY, account_id=ME, reason="x"), r.OwnSecondFactorError),
        (mine(enrolled), c.RemoveSecondFactor(by=ADMIN, at=MONDAY, account_id=ME, reason=""), r.ReasonMissingError),
    ):
        with pytest.raises(refusal):
            _ = given.when(command).facts


def test_an_installation_asks_for_a_second_step_and_says_so_once() -> None:
    require = store.RequireSecondFactor(by=ADMIN, at=MONDAY)
    waive = store.WaiveSecondFactor(by=ADMIN, at=MONDAY)
    after = Given(store.STORE, se.StoreOpened()).when(require).then(se.SecondFactorRequired())
    after.when(require).refused(store.SecondFactorAlreadySaidError)
    after.when(waive).then(se.SecondFactorWaived())
    Given(store.STORE, se.StoreOpened()).when(waive).refused(store.SecondFactorAlreadySaidError)


NARROWED = cf.CategoryNarrowed(
    category="facilities", sensitivity=Sensitivity.RESTRICTED, document="12/QĐ (demo)", from_day=TODAY
)


def narrow(**change: Any) -> cn.NarrowCategory:
    usual: dict[str, Any] = {
        "by": ADMIN,
        "at": MONDAY,
        "category": "facilities",
        "sensitivity": Sensitivity.RESTRICTED,
        "document": "12/QĐ (demo)",
        "from_day": TODAY,
    }
    return cn.NarrowCategory(**(usual | change))


def test_a_category_is_narrowed_from_a_day_on_and_the_catalogue_counts_again_after_it_is_lifted() -> None:
    lift = cn.LiftNarrowing(by=ADMIN, at=MONDAY, category="facilities", document="13/QĐ (demo)", from_day=LATER)
    lifted = cf.CategoryNarrowingLifted(category="facilities", document="13/QĐ (demo)", from_day=LATER)
    state = Given(cn.CATEGORY).when(narrow()).then(NARROWED).when(lift).then(lifted).state
    assert state.narrowed_on(TODAY - timedelta(days=1)) == {}
    assert state.narrowed_on(TODAY) == {"facilities": Sensitivity.RESTRICTED}
    assert state.narrowed_on(LATER) == {}
    Given(cn.CATEGORY).when(lift).refused(cn.CategoryNotNarrowedError, field="category")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"category": "nothing-known"}, UnknownCategoryError),
        ({"document": " "}, cn.CategoryDocumentMissingError),
        ({"from_day": TODAY - timedelta(days=1)}, cn.CategoryDayPastError),
        ({"sensitivity": Sensitivity.NORMAL}, cn.CategoryNotNarrowerError),
        ({"sensitivity": Sensitivity.URGENT}, cn.CategoryNotNarrowerError),
        ({"category": "school-violence"}, cn.CategoryNotNarrowerError),
    ],
)
def test_a_category_is_never_made_wider(change: dict[str, Any], refusal: type[RefusalError]) -> None:
    with pytest.raises(refusal):
        _ = Given(cn.CATEGORY).when(narrow(**change)).facts


def test_the_same_narrowing_is_not_said_twice() -> None:
    Given(cn.CATEGORY, NARROWED).when(narrow()).refused(cn.CategoryAlreadyNarrowedError, field="sensitivity")


def test_of_two_words_the_narrower_one_counts() -> None:
    catalogue = CATEGORIES["school-violence"].sensitivity
    assert cn.narrower(catalogue, Sensitivity.RESTRICTED) is catalogue
    assert cn.narrower(Sensitivity.NORMAL, None) is Sensitivity.NORMAL
    assert cn.narrower(Sensitivity.URGENT, Sensitivity.RESTRICTED) is Sensitivity.RESTRICTED
