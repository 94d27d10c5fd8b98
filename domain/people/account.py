"""Account: opened with a first post; posts come and end by date; locked, unlocked; purposes and delegations stated."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from domain.calendar import legal_date
from domain.kernel import Command, Decider, UnknownCaseError
from domain.people import commands as c
from domain.people import events as f
from domain.people import refusals as r
from domain.people.absence import appoint_stand_in, end_stand_in
from domain.people.roles import ALONE, UNIT, Role
from domain.people.signing_in import enrol_second_factor, issue_start_code, remove_second_factor
from domain.people.state import Account, Delegation, evolve

SHORTEST_NAME, LONGEST_NAME = 3, 40
SHORTEST_PURPOSE = 10
LONGEST_AUDIT = 30
"""Days that one stated purpose may last (policy of the system)."""
LONGEST_DELEGATION = 366
"""Days, so that no delegation outlives the one who remembers it (policy of the system)."""
_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")


def normal_username(text: str) -> str:
    """The one spelling of a user name: `  Mai.Nguyen ` and `mai.nguyen` are the same account."""
    return text.strip().lower()


def open_account(cmd: c.OpenAccount) -> Sequence[f.AccountFact]:
    """The first post is part of the opening: an account without one could do nothing."""
    allowed = SHORTEST_NAME <= len(cmd.username) <= LONGEST_NAME and _USERNAME.fullmatch(cmd.username)
    if not allowed:
        raise r.UsernameNotAllowedError(field="username", shortest=SHORTEST_NAME, longest=LONGEST_NAME)
    opened = (f.AccountOpened(username=cmd.username, display_name=cmd.display_name), _given(cmd.post))
    if cmd.start_code_until is None:
        return opened
    return (
        *opened,
        *issue_start_code(
            Account(),
            c.IssueStartCode(by=cmd.by, at=cmd.at, account_id=cmd.account_id, expires_at=cmd.start_code_until),
        ),
    )


def give_post(state: Account, cmd: c.GivePost) -> Sequence[f.AccountFact]:
    """By somebody else, and each post once."""
    if cmd.by == cmd.account_id:
        raise r.PostForOneselfError
    if state.post(cmd.post.post_id):
        raise r.PostAlreadyGivenError(field="post_id")
    return (_given(cmd.post),)


def end_post(state: Account, cmd: c.EndPost) -> Sequence[f.AccountFact]:
    """Once; the last day may lie ahead."""
    post = state.post(cmd.post_id)
    if post is None:
        raise r.PostUnknownError(field="post_id")
    if post.until_day is not None:
        raise r.PostAlreadyEndedError(field="post_id")
    if cmd.until_day < post.from_day:
        raise r.PostEndsBeforeItBeginsError(field="until_day")
    _reason(cmd.reason)
    _holds_nothing(cmd.open_cases)
    return (f.PostEnded(post_id=cmd.post_id, until_day=cmd.until_day, reason=cmd.reason),)


def lock(state: Account, cmd: c.LockAccount) -> Sequence[f.AccountFact]:
    """By somebody else, with a reason."""
    if cmd.by == cmd.account_id:
        raise r.OwnAccountError
    if state.locked:
        raise r.AlreadyLockedError
    _reason(cmd.reason)
    _holds_nothing(cmd.open_cases)
    return (f.AccountLocked(reason=cmd.reason),)


def unlock(state: Account, cmd: c.UnlockAccount) -> Sequence[f.AccountFact]:
    """Only what is locked."""
    if not state.locked:
        raise r.NotLockedError
    _reason(cmd.reason)
    return (f.AccountUnlocked(reason=cmd.reason),)


def replace_password(_state: Account, cmd: c.ReplacePassword) -> Sequence[f.AccountFact]:
    """Always allowed, also on a locked account: it stays locked."""
    return (f.PasswordReplaced(by_holder=cmd.by == cmd.account_id),)


def state_audit_purpose(state: Account, cmd: c.StateAuditPurpose) -> Sequence[f.AccountFact]:
    """By an auditor, for a period that has an end in sight."""
    held = state.posts_on(legal_date(cmd.at))
    if not any(post.id == cmd.post_id and Role.AUDITOR in post.roles for post in held):
        raise r.NotAnAuditorError
    if len(cmd.purpose.strip()) < SHORTEST_PURPOSE:
        raise r.PurposeMissingError(field="purpose", shortest=SHORTEST_PURPOSE)
    if not cmd.at < cmd.until <= cmd.at + timedelta(days=LONGEST_AUDIT):
        raise r.PurposePeriodError(field="until", days=LONGEST_AUDIT)
    return (f.AuditPurposeStated(post_id=cmd.post_id, purpose=cmd.purpose.strip(), until=cmd.until),)


def delegate_signing(state: Account, cmd: c.DelegateSigning) -> Sequence[f.AccountFact]:
    """From a head to somebody of the same authority, for a limited time."""
    if cmd.by == cmd.account_id:
        raise r.DelegationToOneselfError
    if cmd.authority_id not in cmd.head_of:
        raise r.DelegationNotByHeadError
    if state.delegation(cmd.delegation_id):
        raise r.DelegationAlreadyGivenError
    if not cmd.from_day <= cmd.until_day <= cmd.from_day + timedelta(days=LONGEST_DELEGATION):
        raise r.DelegationPeriodError(field="until_day", days=LONGEST_DELEGATION)
    posts = state.posts_on(cmd.from_day)
    if not any(post.authority_id == cmd.authority_id and ALONE.isdisjoint(post.roles) for post in posts):
        raise r.DelegationOutsideError
    return (
        f.SigningDelegated(
            delegation_id=cmd.delegation_id,
            from_account_id=cmd.by,
            from_post_id=cmd.from_post_id,
            authority_id=cmd.authority_id,
            categories=tuple(sorted(cmd.categories)),
            from_day=cmd.from_day,
            until_day=cmd.until_day,
        ),
    )


def end_delegation(state: Account, cmd: c.EndDelegation) -> Sequence[f.AccountFact]:
    """Only ever shorter, by either side."""
    given = state.delegation(cmd.delegation_id)
    if given is None or not _party(cmd, given):
        raise r.DelegationUnknownError(field="delegation_id")
    if cmd.until_day >= given.until_day:
        raise r.DelegationPeriodError(field="until_day", days=LONGEST_DELEGATION)
    _reason(cmd.reason)
    return (f.DelegationEnded(delegation_id=given.id, until_day=cmd.until_day, reason=cmd.reason),)


def _party(cmd: c.EndDelegation, given: Delegation) -> bool:
    return cmd.by in (given.from_account_id, cmd.account_id)


def _given(post: c.NewPost) -> f.PostGiven:
    if not post.title.strip():
        raise r.TitleMissingError(field="title")
    if not post.roles:
        raise r.PostWithoutRoleError(field="roles")
    if len(post.roles) > 1 and not ALONE.isdisjoint(post.roles) and not post.roles <= UNIT:
        raise r.RolesNotCombinableError(field="roles")
    if UNIT.isdisjoint(post.roles) != (post.unit_id is None):
        raise r.PostUnitError(field="unit_id")
    return f.PostGiven(
        post_id=post.post_id,
        title=post.title.strip(),
        roles=tuple(sorted(post.roles)),
        authority_id=post.authority_id,
        area_ids=tuple(sorted(post.area_ids)),
        unit_id=post.unit_id,
        from_day=post.from_day,
    )


def _holds_nothing(open_cases: int) -> None:
    """Nothing is left without a holder: what is open is handed over first."""
    if open_cases:
        raise r.AccountHoldsCasesError(count=open_cases)


def _reason(text: str) -> None:
    if not text.strip():
        raise r.ReasonMissingError(field="reason")


_RULES: dict[type[Command], Callable[[Account, Any], Sequence[f.AccountFact]]] = {
    c.GivePost: give_post,
    c.EndPost: end_post,
    c.LockAccount: lock,
    c.UnlockAccount: unlock,
    c.ReplacePassword: replace_password,
    c.StateAuditPurpose: state_audit_purpose,
    c.DelegateSigning: delegate_signing,
    c.EndDelegation: end_delegation,
    c.IssueStartCode: issue_start_code,
    c.AppointStandIn: appoint_stand_in,
    c.EndStandIn: end_stand_in,
    c.EnrolSecondFactor: enrol_second_factor,
    c.RemoveSecondFactor: remove_second_factor,
}


def decide(state: Account | None, command: c.AccountCommand) -> Sequence[f.AccountFact]:
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, c.OpenAccount):
        if state is not None:
            raise r.AccountAlreadyOpenedError(field="username")
        return open_account(command)
    if state is None:
        raise UnknownCaseError
    return _RULES[type(command)](state, command)


ACCOUNT: Decider[Account, c.AccountCommand, f.AccountFact] = Decider("people", decide, evolve)
