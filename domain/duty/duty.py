"""The duty list of an authority: dated, of people who can take a case in. Nobody listed: its intake posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import assert_never
from uuid import UUID

import msgspec

from domain.calendar import legal_date
from domain.duty import commands as c
from domain.duty import events as f
from domain.kernel import Decider, RefusalError

LONGEST = 366
"""Days (policy of the system): a list that nobody renews is a list that nobody reads."""


class DutyPeriodError(RefusalError):
    """The last day lies before the first, in the past, or too far away. `details["days"]`."""

    code = "duty-period"


class DutyNotAbleError(RefusalError):
    """Who is on duty must be able to take a case in: an intake officer or a head of this authority."""

    code = "duty-not-able"


class DutyOverlapsError(RefusalError):
    """The same person is on duty on one of these days already."""

    code = "duty-overlaps"


class DutyUnknownError(RefusalError):
    code = "duty-unknown"


class DutyOnlyShorterError(RefusalError):
    """A duty is only ever ended earlier; what has passed stays."""

    code = "duty-only-shorter"


class DutyReasonMissingError(RefusalError):
    code = "duty-reason-missing"


class Duty(msgspec.Struct, frozen=True):
    """One entry; both days are included. Ended before it began: `until_day` lies before `from_day`."""

    id: UUID
    official_id: UUID
    from_day: date
    until_day: date

    def runs_on(self, day: date) -> bool:
        """Whether the official is on duty on this legal day."""
        return self.from_day <= day <= self.until_day


class DutyList(msgspec.Struct, frozen=True):
    """All entries of an authority."""

    duties: tuple[Duty, ...] = ()

    def on(self, day: date) -> tuple[UUID, ...]:
        """Who is on duty."""
        return tuple(duty.official_id for duty in self.duties if duty.runs_on(day))


def decide(state: DutyList | None, command: c.DutyCommand) -> Sequence[f.DutyFact]:
    """Raises the refusals of this module."""
    state = state or DutyList()
    match command:
        case c.PutOnDuty():
            return _put(state, command)
        case c.EndDuty():
            return _end(state, command)
        case _:
            assert_never(command)


def _put(state: DutyList, cmd: c.PutOnDuty) -> Sequence[f.DutyFact]:
    last = cmd.from_day + timedelta(days=LONGEST)
    if not cmd.from_day <= cmd.until_day <= last or cmd.until_day < legal_date(cmd.at):
        raise DutyPeriodError(field="until_day", days=LONGEST)
    if not cmd.able:
        raise DutyNotAbleError(field="official_id")
    own = (duty for duty in state.duties if duty.official_id == cmd.official_id)
    if any(max(d.from_day, cmd.from_day) <= min(d.until_day, cmd.until_day) for d in own):
        raise DutyOverlapsError(field="from_day")
    return (
        f.OfficialPutOnDuty(
            duty_id=cmd.duty_id, official_id=cmd.official_id, from_day=cmd.from_day, until_day=cmd.until_day
        ),
    )


def _end(state: DutyList, cmd: c.EndDuty) -> Sequence[f.DutyFact]:
    duty = next((one for one in state.duties if one.id == cmd.duty_id), None)
    if duty is None:
        raise DutyUnknownError(field="duty_id")
    if not legal_date(cmd.at) - timedelta(days=1) <= cmd.until_day < duty.until_day:
        raise DutyOnlyShorterError(field="until_day")
    if not cmd.reason.strip():
        raise DutyReasonMissingError(field="reason")
    return (f.DutyEnded(duty_id=cmd.duty_id, until_day=cmd.until_day, reason=cmd.reason.strip()),)


def evolve(state: DutyList | None, fact: f.DutyFact) -> DutyList:
    """Total."""
    state = state or DutyList()
    match fact:
        case f.OfficialPutOnDuty():
            others = tuple(duty for duty in state.duties if duty.id != fact.duty_id)
            return DutyList((*others, Duty(fact.duty_id, fact.official_id, fact.from_day, fact.until_day)))
        case f.DutyEnded():
            return DutyList(tuple(_shortened(duty, fact) for duty in state.duties))
        case _:
            assert_never(fact)


def _shortened(duty: Duty, fact: f.DutyEnded) -> Duty:
    return msgspec.structs.replace(duty, until_day=fact.until_day) if duty.id == fact.duty_id else duty


DUTY: Decider[DutyList, c.DutyCommand, f.DutyFact] = Decider("duty", decide, evolve)
