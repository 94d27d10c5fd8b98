"""Accounts and posts: what may be asked of them, and what every history comes to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.access import Actor
from application.people import actor_of
from domain.kernel import Fact, RefusalError, Sealed, UnknownCaseError
from domain.people import commands as c
from domain.people import events as f
from domain.people import refusals as r
from domain.people.account import ACCOUNT, LONGEST_AUDIT, LONGEST_DELEGATION
from domain.people.roles import Role
from domain.people.state import Account
from tests.support.given import Given

ACCOUNT_ID, ADMIN, HEAD, POST, POST_2, WARD, OTHER_WARD, SCHOOL = (UUID(int=n) for n in range(1, 9))
NAME = Sealed(ACCOUNT_ID, UUID(int=90), "people.account_opened.v1:display_name", b"n", b"c", b"h")
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
TODAY, FIRST = date(2026, 3, 2), date(2026, 1, 1)
REASON = "Điều động (demo)"


def new_post(
    *roles: Role, post_id: UUID = POST, unit_id: UUID | None = None, title: str = "Cán bộ (demo)"
) -> c.NewPost:
    return c.NewPost(
        post_id=post_id, title=title, roles=frozenset(roles), authority_id=WARD, from_day=FIRST, unit_id=unit_id
    )


def post_given(*roles: Role, post_id: UUID = POST, authority_id: UUID = WARD, from_day: date = FIRST) -> f.PostGiven:
    return f.PostGiven(
        post_id=post_id,
        title="Cán bộ (demo)",
        roles=tuple(sorted(roles)),
        authority_id=authority_id,
        area_ids=(),
        unit_id=None,
        from_day=from_day,
    )


opened = f.AccountOpened(username="mai.nguyen", display_name=NAME)
intake = post_given(Role.INTAKE)
auditor = post_given(Role.AUDITOR, post_id=POST_2)
locked = f.AccountLocked(reason=REASON)
ended = f.PostEnded(post_id=POST, until_day=date(2026, 3, 1), reason=REASON)
delegated = f.SigningDelegated(
    delegation_id=UUID(int=70),
    from_account_id=HEAD,
    from_post_id=UUID(int=71),
    authority_id=WARD,
    categories=(),
    from_day=TODAY,
    until_day=date(2026, 3, 31),
)


def account(*history: Fact) -> Given:
    return Given(ACCOUNT, *history)


def open_account(post: c.NewPost, username: str = "mai.nguyen") -> c.OpenAccount:
    return c.OpenAccount(by=ADMIN, at=MONDAY, account_id=ACCOUNT_ID, username=username, display_name=NAME, post=post)


def delegate(**change: object) -> c.DelegateSigning:
    usual: dict[str, object] = {
        "by": HEAD,
        "at": MONDAY,
        "account_id": ACCOUNT_ID,
        "delegation_id": UUID(int=70),
        "from_post_id": UUID(int=71),
        "authority_id": WARD,
        "head_of": frozenset({WARD}),
        "categories": frozenset(),
        "from_day": TODAY,
        "until_day": date(2026, 3, 31),
    }
    return c.DelegateSigning(**(usual | change))  # type: ignore[arg-type]


def test_an_account_opens_with_its_first_post() -> None:
    account().when(open_account(new_post(Role.INTAKE))).then(opened, intake)


def test_an_account_opens_once() -> None:
    account(opened).when(open_account(new_post(Role.INTAKE))).refused(r.AccountAlreadyOpenedError, field="username")


@pytest.mark.parametrize("username", ["ab", "Mai", "mai nguyen", ".mai", "mai.", "mãi", "x" * 41, ""])
def test_user_names_are_plain(username: str) -> None:
    command = open_account(new_post(Role.INTAKE), username)
    account().when(command).refused(r.UsernameNotAllowedError, field="username", shortest=3, longest=40)


@pytest.mark.parametrize("alone", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_checks_or_hands_out_posts_does_not_work_on_cases_in_the_same_post(alone: Role) -> None:
    command = open_account(new_post(alone, Role.HEAD))
    account().when(command).refused(r.RolesNotCombinableError, field="roles")


def test_a_post_needs_a_title_and_a_role() -> None:
    account().when(open_account(new_post())).refused(r.PostWithoutRoleError, field="roles")
    account().when(open_account(new_post(Role.HEAD, title="  "))).refused(r.TitleMissingError, field="title")


def test_a_school_account_has_a_school_and_nobody_else_has() -> None:
    account().when(open_account(new_post(Role.SCHOOL))).refused(r.PostUnitError, field="unit_id")
    account().when(open_account(new_post(Role.HEAD, unit_id=SCHOOL))).refused(r.PostUnitError, field="unit_id")
    assert len(account().when(open_account(new_post(Role.SCHOOL, unit_id=SCHOOL))).facts) == 2


def test_a_second_post_is_given_by_somebody_else_and_once() -> None:
    second = new_post(Role.HEAD, post_id=POST_2)
    give = c.GivePost(by=ADMIN, at=MONDAY, account_id=ACCOUNT_ID, post=second)
    account(opened, intake).when(give).then(post_given(Role.HEAD, post_id=POST_2))
    again = c.GivePost(by=ADMIN, at=MONDAY, account_id=ACCOUNT_ID, post=new_post(Role.HEAD))
    account(opened, intake).when(again).refused(r.PostAlreadyGivenError, field="post_id")
    own = c.GivePost(by=ACCOUNT_ID, at=MONDAY, account_id=ACCOUNT_ID, post=second)
    account(opened, intake).when(own).refused(r.PostForOneselfError)


def end(post_id: UUID = POST, until_day: date = TODAY, reason: str = REASON) -> c.EndPost:
    return c.EndPost(by=ADMIN, at=MONDAY, account_id=ACCOUNT_ID, post_id=post_id, until_day=until_day, reason=reason)


def test_a_post_ends_once_with_a_reason_and_not_before_it_began() -> None:
    there = account(opened, intake)
    there.when(end()).then(f.PostEnded(post_id=POST, until_day=TODAY, reason=REASON))
    there.when(end(POST_2)).refused(r.PostUnknownError, field="post_id")
    there.when(end(until_day=date(2025, 12, 31))).refused(r.PostEndsBeforeItBeginsError, field="until_day")
    there.when(end(reason=" ")).refused(r.ReasonMissingError, field="reason")
    account(opened, intake, ended).when(end()).refused(r.PostAlreadyEndedError, field="post_id")


def test_locking_and_unlocking() -> None:
    lock = c.LockAccount(by=ADMIN, at=MONDAY, account_id=ACCOUNT_ID, reason=REASON)
    unlock = c.UnlockAccount(by=ADMIN, at=MONDAY, account_id=ACCOUNT_ID, reason=REASON)
    account(opened).when(lock).then(locked)
    account(opened, locked).when(lock).refused(r.AlreadyLockedError)
    account(opened, locked).when(unlock).then(f.AccountUnlocked(reason=REASON))
    account(opened).when(unlock).refused(r.NotLockedError)
    own = c.LockAccount(by=ACCOUNT_ID, at=MONDAY, account_id=ACCOUNT_ID, reason=REASON)
    account(opened).when(own).refused(r.OwnAccountError)


def test_a_replaced_password_says_by_whom_and_holds_no_secret() -> None:
    replace = c.ReplacePassword(by=ADMIN, at=MONDAY, account_id=ACCOUNT_ID)
    account(opened).when(replace).then(f.PasswordReplaced(by_holder=False))
    own = c.ReplacePassword(by=ACCOUNT_ID, at=MONDAY, account_id=ACCOUNT_ID)
    account(opened, locked).when(own).then(f.PasswordReplaced(by_holder=True))
    assert f.PasswordReplaced.__struct_fields__ == ("by_holder",)


def purpose(text: str = "Kiểm tra việc trả lời quý một", days: int = 1, post_id: UUID = POST_2) -> c.StateAuditPurpose:
    return c.StateAuditPurpose(
        by=ACCOUNT_ID,
        at=MONDAY,
        account_id=ACCOUNT_ID,
        post_id=post_id,
        purpose=text,
        until=MONDAY + timedelta(days=days),
    )


def test_only_an_auditor_states_a_purpose_in_words_and_for_a_while() -> None:
    there = account(opened, intake, auditor)
    stated = f.AuditPurposeStated(
        post_id=POST_2, purpose="Kiểm tra việc trả lời quý một", until=MONDAY + timedelta(days=1)
    )
    there.when(purpose()).then(stated)
    there.when(purpose(post_id=POST)).refused(r.NotAnAuditorError)
    there.when(purpose(" xem      ")).refused(r.PurposeMissingError, field="purpose", shortest=10)
    there.when(purpose(days=0)).refused(r.PurposePeriodError, field="until", days=LONGEST_AUDIT)
    there.when(purpose(days=31)).refused(r.PurposePeriodError, field="until", days=LONGEST_AUDIT)


def test_a_head_delegates_to_a_colleague_for_a_limited_time() -> None:
    there = account(opened, intake)
    there.when(delegate()).then(delegated)
    there.when(delegate(by=ACCOUNT_ID)).refused(r.DelegationToOneselfError)
    there.when(delegate(head_of=frozenset({OTHER_WARD}))).refused(r.DelegationNotByHeadError)
    late = TODAY + timedelta(days=LONGEST_DELEGATION + 1)
    there.when(delegate(until_day=late)).refused(r.DelegationPeriodError, field="until_day", days=LONGEST_DELEGATION)
    account(opened, auditor).when(delegate()).refused(r.DelegationOutsideError)
    account(opened, intake, ended).when(delegate()).refused(r.DelegationOutsideError)
    account(opened, intake, delegated).when(delegate()).refused(r.DelegationAlreadyGivenError)


def test_a_delegation_ends_earlier_by_either_side_and_never_later() -> None:
    def ending(by: UUID, day: date) -> c.EndDelegation:
        return c.EndDelegation(
            by=by,
            at=MONDAY,
            account_id=ACCOUNT_ID,
            delegation_id=delegated.delegation_id,
            until_day=day,
            reason=REASON,
        )

    there, day = account(opened, intake, delegated), date(2026, 3, 10)
    for party in (HEAD, ACCOUNT_ID):
        there.when(ending(party, day)).then(
            f.DelegationEnded(delegation_id=delegated.delegation_id, until_day=day, reason=REASON)
        )
    there.when(ending(ADMIN, day)).refused(r.DelegationUnknownError, field="delegation_id")
    same = ending(HEAD, delegated.until_day)
    there.when(same).refused(r.DelegationPeriodError, field="until_day", days=LONGEST_DELEGATION)


def test_nothing_is_asked_of_an_account_that_is_not_there() -> None:
    account().when(end()).refused(UnknownCaseError)


def actor(*history: f.AccountFact, at: datetime = MONDAY, post_id: UUID | None = None) -> Actor | None:
    state = ACCOUNT.fold(history)
    assert state is not None
    return actor_of(ACCOUNT_ID, state, at, post_id)


def test_somebody_acts_in_the_first_post_unless_another_is_chosen() -> None:
    first, second = actor(opened, intake, auditor), actor(opened, intake, auditor, post_id=POST_2)
    assert first is not None
    assert second is not None
    assert (first.post_id, first.roles) == (POST, frozenset({Role.INTAKE}))
    assert (second.post_id, second.roles) == (POST_2, frozenset({Role.AUDITOR}))


def test_nobody_acts_with_a_locked_account_without_a_post_or_in_one_that_is_not_held() -> None:
    assert actor(opened, intake, locked) is None
    assert actor(opened, intake, ended) is None
    assert actor(opened, intake, post_id=POST_2) is None
    assert actor(opened, post_given(Role.HEAD, from_day=date(2026, 3, 3))) is None


def test_the_day_of_a_post_is_the_one_in_ha_noi() -> None:
    tomorrow = post_given(Role.HEAD, from_day=date(2026, 3, 3))
    assert actor(opened, tomorrow, at=datetime(2026, 3, 2, 16, 59, tzinfo=UTC)) is None
    assert actor(opened, tomorrow, at=datetime(2026, 3, 2, 17, 0, tzinfo=UTC)) is not None


def test_a_delegation_of_everything_makes_a_head_for_its_days_and_its_authority() -> None:
    within, after = actor(opened, intake, delegated), actor(opened, intake, delegated, at=MONDAY + timedelta(days=30))
    assert within is not None
    assert after is not None
    assert (within.roles, after.roles) == (frozenset({Role.INTAKE, Role.HEAD}), frozenset({Role.INTAKE}))
    elsewhere = actor(opened, post_given(Role.INTAKE, authority_id=OTHER_WARD), delegated)
    assert elsewhere is not None
    assert elsewhere.roles == {Role.INTAKE}


def test_a_delegation_of_some_categories_makes_no_head() -> None:
    narrow = msgspec.structs.replace(delegated, categories=("tutoring",))
    acting = actor(opened, intake, narrow)
    assert acting is not None
    assert acting.roles == {Role.INTAKE}
    assert acting.direct_answers == {("tutoring", narrow.delegation_id)}
    elsewhere = actor(opened, post_given(Role.INTAKE, authority_id=OTHER_WARD), narrow)
    assert elsewhere is not None
    assert elsewhere.direct_answers == frozenset()


def test_a_purpose_lasts_until_its_instant_and_the_latest_counts() -> None:
    def stated(days: int) -> f.AuditPurposeStated:
        return f.AuditPurposeStated(post_id=POST_2, purpose="Kiểm tra quý một", until=MONDAY + timedelta(days=days))

    long_then_short = (opened, auditor, stated(9), stated(2))
    now, later = actor(*long_then_short), actor(*long_then_short, at=MONDAY + timedelta(days=2))
    assert now is not None
    assert later is not None
    assert now.audit_purpose_until == MONDAY + timedelta(days=2)
    assert later.audit_purpose_until is None


def test_locks_and_passwords_move_the_epoch_that_sessions_belong_to() -> None:
    def epoch(*history: f.AccountFact) -> int:
        state: Account | None = ACCOUNT.fold(history)
        assert state is not None
        return state.epoch

    assert epoch(opened, intake) == 0
    assert epoch(opened, locked, f.AccountUnlocked(reason=REASON)) == 1
    assert epoch(opened, locked, f.PasswordReplaced(by_holder=False)) == 2


COMMANDS = st.one_of(
    st.sampled_from(
        [
            c.LockAccount(by=ADMIN, at=MONDAY, account_id=ACCOUNT_ID, reason=REASON),
            c.UnlockAccount(by=ADMIN, at=MONDAY, account_id=ACCOUNT_ID, reason=REASON),
            c.ReplacePassword(by=ADMIN, at=MONDAY, account_id=ACCOUNT_ID),
            c.GivePost(by=ADMIN, at=MONDAY, account_id=ACCOUNT_ID, post=new_post(Role.AUDITOR, post_id=POST_2)),
            purpose(),
            delegate(),
            c.EndDelegation(
                by=HEAD,
                at=MONDAY,
                account_id=ACCOUNT_ID,
                delegation_id=delegated.delegation_id,
                until_day=TODAY,
                reason=REASON,
            ),
        ]
    ),
    st.builds(end, st.sampled_from([POST, POST_2])),
)


def test_random_legal_histories_reach_every_fact_and_keep_what_must_hold() -> None:
    reached: set[type[Fact]] = set()

    @settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(COMMANDS, max_size=12))
    def walk(commands: list[c.AccountCommand]) -> None:
        facts: list[f.AccountFact] = [opened, intake]
        for command in commands:
            try:
                facts += ACCOUNT.decide(ACCOUNT.fold(facts), command)
            except RefusalError:
                continue
        reached.update(type(fact) for fact in facts)
        state = ACCOUNT.fold(facts)
        assert state is not None
        assert len({post.id for post in state.posts}) == len(state.posts)
        assert all(post.until_day is None or post.from_day <= post.until_day for post in state.posts)
        assert state.epoch == sum(isinstance(fact, f.AccountLocked | f.PasswordReplaced) for fact in facts)
        acting = actor_of(ACCOUNT_ID, state, MONDAY)
        assert acting is None or not state.locked

    walk()
    print(f"account: {len(reached)} facts reached")
    assert len(reached) == 9
