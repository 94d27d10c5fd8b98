"""Who may say what of the calendar: days to come only, and nothing that is so already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, assert_never

import msgspec

from domain.calendar import SATURDAY, Calendar, legal_date
from domain.kernel import Decider, RefusalError
from domain.law.calendar_facts import commands as c
from domain.law.calendar_facts import events as f
from domain.law.calendar_facts.amendments import Amendment, amended
from domain.law.rules import ALMANAC


class Proclaimed(msgspec.Struct, frozen=True):
    """All that was said on top of the almanac, in order."""

    facts: tuple[f.CalendarFact, ...] = ()


class CalendarDayPastError(RefusalError):
    """Terms that ran over this day have ended: the past is not changed."""

    code = "calendar-day-past"


class AlreadyDayOffError(RefusalError):
    code = "calendar-already-day-off"


class AlreadyWorkingDayError(RefusalError):
    code = "calendar-already-working-day"


class NotADayOffError(RefusalError):
    """Nothing to revoke: the day is worked, or free as a weekend (which a make-up day changes)."""

    code = "calendar-not-a-day-off"


class NotAMakeUpDayError(RefusalError):
    code = "calendar-not-a-make-up-day"


class NameMissingError(RefusalError):
    code = "calendar-name-missing"


class SourceMissingError(RefusalError):
    """A change of the calendar names the paper that orders it."""

    code = "calendar-document-missing"


def evolve(state: Proclaimed | None, fact: f.CalendarFact) -> Proclaimed:
    """Keeps every change in order."""
    return Proclaimed((*(state.facts if state else ()), fact))


def decide(state: Proclaimed | None, command: c.CalendarCommand) -> Sequence[f.CalendarFact]:
    """Raises CalendarEndError and the refusals of this module."""
    if command.day < legal_date(command.at):
        raise CalendarDayPastError(field="day", day=command.day.isoformat())
    if not command.document.strip():
        raise SourceMissingError(field="document")
    calendar = _as_seen_from(state, command)
    match command:
        case c.ProclaimDayOff():
            return _day_off(calendar, command)
        case c.ProclaimMakeUpDay():
            return _make_up_day(calendar, command)
        case c.RevokeDayOff():
            if calendar.kind(command.day) != "day-off":
                raise NotADayOffError(field="day", day=command.day.isoformat())
            return (f.DayOffRevoked(**_who_says(command), reason=command.reason),)
        case c.RevokeMakeUpDay():
            if calendar.kind(command.day) != "make-up":
                raise NotAMakeUpDayError(field="day", day=command.day.isoformat())
            return (f.MakeUpDayRevoked(**_who_says(command), reason=command.reason),)
        case _:
            assert_never(command)


def _day_off(calendar: Calendar, cmd: c.ProclaimDayOff) -> Sequence[f.CalendarFact]:
    if not cmd.name.strip():
        raise NameMissingError(field="name")
    if not calendar.is_working_day(cmd.day):
        raise AlreadyDayOffError(field="day", day=cmd.day.isoformat())
    return (f.DayOffProclaimed(**_who_says(cmd), name=cmd.name.strip(), name_en=cmd.name_en.strip()),)


def _make_up_day(calendar: Calendar, cmd: c.ProclaimMakeUpDay) -> Sequence[f.CalendarFact]:
    if calendar.is_working_day(cmd.day):
        raise AlreadyWorkingDayError(field="day", day=cmd.day.isoformat())
    if cmd.day.weekday() < SATURDAY:
        raise NotAMakeUpDayError(field="day", day=cmd.day.isoformat())
    return (f.MakeUpDayProclaimed(**_who_says(cmd), replaces=cmd.replaces),)


def _as_seen_from(state: Proclaimed | None, command: c.CalendarCommand) -> Calendar:
    at: datetime = command.at
    amendments = [Amendment(fact, at) for fact in (state.facts if state else ())]
    scopes = {command.scope} if command.scope else set()
    return amended(ALMANAC.known_at(at), amendments, scopes)


def _who_says(command: c.CalendarCommand) -> dict[str, Any]:
    return {"day": command.day, "document": command.document.strip(), "scope": command.scope}


CALENDAR = Decider("calendar", decide, evolve)
