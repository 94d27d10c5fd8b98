"""Absence: who acts for somebody on leave, from when until when. The stand-in's own involvement still bars him."""

from __future__ import annotations

from collections.abc import Sequence

from domain.people import commands as c
from domain.people import events as f
from domain.people import refusals as r
from domain.people.roles import ALONE
from domain.people.state import Account, StandIn

LONGEST_STAND_IN = 366
"""Days (policy of the system): a longer absence is a change of post."""


def appoint_stand_in(state: Account, cmd: c.AppointStandIn) -> Sequence[f.AccountFact]:
    """By the absent person or a head, to a colleague of the same authority, for a limited time."""
    if cmd.for_account_id == cmd.account_id:
        raise r.StandInForOneselfError(field="stand_in")
    if cmd.by != cmd.for_account_id and cmd.authority_id not in cmd.head_of:
        raise r.StandInNotOursError
    if not cmd.from_day <= cmd.until_day or (cmd.until_day - cmd.from_day).days > LONGEST_STAND_IN:
        raise r.StandInPeriodError(field="until_day", days=LONGEST_STAND_IN)
    posts = state.posts_on(cmd.from_day)
    works = any(post.authority_id == cmd.authority_id and ALONE.isdisjoint(post.roles) for post in posts)
    if not works or not cmd.absent_works:
        raise r.StandInOutsideError(field="stand_in")
    if state.stand_in(cmd.stand_in_id) or any(_overlaps(given, cmd) for given in state.stand_ins):
        raise r.StandInAlreadyAppointedError(field="from_day")
    _reason(cmd.reason)
    return (
        f.StandInAppointed(
            stand_in_id=cmd.stand_in_id,
            for_account_id=cmd.for_account_id,
            authority_id=cmd.authority_id,
            from_day=cmd.from_day,
            until_day=cmd.until_day,
            reason=cmd.reason.strip(),
        ),
    )


def end_stand_in(state: Account, cmd: c.EndStandIn) -> Sequence[f.AccountFact]:
    """Only ever shorter, by either side or a head."""
    given = state.stand_in(cmd.stand_in_id)
    allowed = given and (cmd.by in (given.for_account_id, cmd.account_id) or given.authority_id in cmd.head_of)
    if given is None or not allowed:
        raise r.StandInUnknownError(field="stand_in_id")
    if cmd.until_day >= given.until_day:
        raise r.StandInPeriodError(field="until_day", days=LONGEST_STAND_IN)
    _reason(cmd.reason)
    return (f.StandInEnded(stand_in_id=given.id, until_day=cmd.until_day, reason=cmd.reason.strip()),)


def _overlaps(given: StandIn, cmd: c.AppointStandIn) -> bool:
    same = (given.for_account_id, given.authority_id) == (cmd.for_account_id, cmd.authority_id)
    return same and given.from_day <= cmd.until_day and cmd.from_day <= given.until_day


def _reason(text: str) -> None:
    if not text.strip():
        raise r.ReasonMissingError(field="reason")
