"""How somebody signs in: the start code that is printed, and the second factor. No secret is part of any of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from domain.people import commands as c
from domain.people import events as f
from domain.people import refusals as r
from domain.people.state import Account

LONGEST_START_CODE = 14
"""Days that a printed code is good for at most (policy of the system)."""


def issue_start_code(_state: Account, cmd: c.IssueStartCode) -> Sequence[f.AccountFact]:
    """Also on a locked account: it stays locked. By somebody else: one's own password is changed by oneself."""
    if cmd.by == cmd.account_id:
        raise r.OwnAccountError
    if not cmd.at < cmd.expires_at <= cmd.at + timedelta(days=LONGEST_START_CODE):
        raise r.StartCodePeriodError(field="expires_at", days=LONGEST_START_CODE)
    return (f.StartCodeIssued(expires_at=cmd.expires_at),)


def enrol_second_factor(state: Account, _cmd: c.EnrolSecondFactor) -> Sequence[f.AccountFact]:
    """Once; a lost one is removed first."""
    if state.second_factor:
        raise r.SecondFactorAlreadyEnrolledError
    return (f.SecondFactorEnrolled(),)


def remove_second_factor(state: Account, cmd: c.RemoveSecondFactor) -> Sequence[f.AccountFact]:
    """By another administrator, with a reason."""
    if cmd.by == cmd.account_id:
        raise r.OwnSecondFactorError
    if not state.second_factor:
        raise r.SecondFactorNotEnrolledError
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (f.SecondFactorRemoved(reason=cmd.reason.strip()),)
