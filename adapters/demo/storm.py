"""A day without office hours that nobody could foresee: proclaimed the day before, and what it does to open cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec.structs import replace

from adapters.demo import acts, days
from adapters.demo.days import STORM_DAY
from adapters.demo.told import Told
from adapters.demo.turn import SYSTEM_NAME, Act, Step, Turn
from application.access import everyone, system_only
from application.authorities import authority_id_of
from application.execute import Act as ExecutorAct
from application.law import CALENDAR_ID
from domain.law.calendar_facts.commands import ProclaimDayOff
from domain.law.calendar_facts.days_off import CALENDAR

WARDS = ("doithong", "songmay", "nuixanh")
PROCLAIMED = days.moment(STORM_DAY - days.DAY, 15)
REDERIVED = PROCLAIMED + timedelta(minutes=10)
NAME, NAME_EN = "Nghỉ phòng, chống bão (demo)", "Off for a storm (demo)"
DOCUMENT = "Thông báo số 12/TB-UBND ngày 09/09/2026 (demo)"
REASON = f"Ngày 10/09/2026 được nghỉ: {DOCUMENT}"
NUMBER = 900
"""Beyond any number that the acts of a case reach."""


def proclamations() -> Iterator[Step]:
    """One for each ward of the first province."""
    for code in WARDS:
        yield Step(
            at=PROCLAIMED,
            slug=f"storm/{code}",
            number=1,
            who=SYSTEM_NAME,
            what="proclaim a day off",
            act=_proclaim(code),
            case=False,
            then={},
        )


def with_storm(case: Told, leads_to: datetime) -> Told:
    """The same case, with its dates counted again if it was open in one of the wards when the storm was announced."""
    before = [step for step in case.steps if step.at <= REDERIVED]
    state = replace(case, steps=tuple(before)).standing
    here = state.get("authority_id") in {authority_id_of(code) for code in WARDS}
    if not here or state["answered"] or state["closed"] or leads_to < REDERIVED:
        return case
    moves = state["reply_due_on"] == STORM_DAY
    again = Step(
        at=REDERIVED,
        slug=case.slug,
        number=NUMBER,
        who=SYSTEM_NAME,
        what="count again",
        act=acts.rederive(REASON),
        then={"reply_due_on": days.at_work(STORM_DAY + days.DAY)} if moves else {},
        case_of=case.case_of,
    )
    return replace(case, steps=(*before, again, *case.steps[len(before) :]))


def _proclaim(code: str) -> Act:
    async def act(turn: Turn) -> None:
        command = ProclaimDayOff(
            by=turn.actor.id,
            at=turn.desks.clock.now(),
            day=STORM_DAY,
            name=NAME,
            document=DOCUMENT,
            name_en=NAME_EN,
            scope=authority_id_of(code),
        )
        execute = turn.desks.execute
        await execute(turn.actor, turn.request, ExecutorAct(CALENDAR, CALENDAR_ID, command, everyone, system_only))

    return act
