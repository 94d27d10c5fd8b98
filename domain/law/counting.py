"""Counting of periods (Bộ luật Dân sự 2015, Arts. 147-148): from a started term to its due date, step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from domain.calendar import DAY, Calendar, add_months, legal_date
from domain.kernel import RefusalError
from domain.law.steps import (
    Counted,
    EventDayLeftOut,
    Extended,
    Idle,
    OtherReading,
    Paused,
    Rolled,
    Step,
)
from domain.law.term import Term

MONTHS = {"month": 1, "year": 12}


class TermNotDerivableError(RefusalError):
    """The rule sets no term (it measures something else, or its limit is unknown), or hours lack their start."""

    code = "term-not-derivable"


class Walk(msgspec.Struct, frozen=True):
    """Where a count ended, and the days off and make-up days that mattered on the way."""

    ends_on: date
    skipped: tuple[Idle, ...] = ()
    worked: tuple[date, ...] = ()


def laid_out(term: Term, calendar: Calendar, before: Sequence[Step], after: Sequence[Step] = ()) -> Term:
    """The term with its dates and steps computed from its start and rule, and the pauses and extensions in `before`.

    Raises TermNotDerivableError, CalendarEndError.
    """
    if term.unit == "hour":
        return _in_hours(term, calendar, before, after)
    pauses = [step for step in before if isinstance(step, Paused)]
    value = term.value + sum(step.value for step in before if isinstance(step, Extended))
    working = term.day_count == "WORKING"
    walk = _walk(term, calendar, value, pauses, working=working)
    due = _settled(calendar, walk.ends_on, backwards=term.before)
    steps = [*before]
    if term.unit == "day" and not term.before:
        steps.append(EventDayLeftOut(first_day=term.started_on + DAY))
    steps.append(
        Counted(
            value=value,
            unit=term.unit,
            day_count="WORKING" if working else "CALENDAR",
            ends_on=walk.ends_on,
            backwards=term.before,
            skipped=walk.skipped,
            worked=walk.worked,
        )
    )
    if due != walk.ends_on:
        steps.append(Rolled(to_day=due, idle=_idle_days(calendar, walk.ends_on, due), backwards=term.before))
    latest = None
    if term.day_count == "AMBIGUOUS" and term.unit == "day":
        other = _walk(term, calendar, value, pauses, working=True)
        latest = other.ends_on
        steps.append(OtherReading(value=value, ends_on=latest, skipped=other.skipped, worked=other.worked))
    return replace(
        term,
        due_on=due,
        due_at=None,
        latest_arguable_on=latest,
        calendar_edition=calendar.edition,
        calendar_published_on=calendar.published_on,
        estimated=calendar.is_estimated(max(due, latest or due)),
        steps=(*steps, *after),
    )


def _in_hours(term: Term, calendar: Calendar, before: Sequence[Step], after: Sequence[Step]) -> Term:
    """Hours run from the moment itself, day and night (Art. 147(1)); their end does not move."""
    if term.started_at is None:
        raise TermNotDerivableError(rule=term.rule_id)
    due_at = term.started_at + timedelta(hours=term.value)
    due_on = legal_date(due_at)
    counted = Counted(value=term.value, unit="hour", day_count="CALENDAR", ends_on=due_on)
    return replace(
        term,
        due_on=due_on,
        due_at=due_at,
        latest_arguable_on=None,
        calendar_edition=calendar.edition,
        calendar_published_on=calendar.published_on,
        steps=(*before, counted, *after),
    )


def _walk(term: Term, calendar: Calendar, value: int, pauses: Sequence[Paused], *, working: bool) -> Walk:
    if term.unit in MONTHS:
        months = value * MONTHS[term.unit] * (-1 if term.before else 1)
        return Walk(add_months(term.started_on, months) + _paused_days(term.started_on, pauses) * DAY)
    if term.unit != "day":
        raise TermNotDerivableError(rule=term.rule_id)
    return _walk_days(calendar, term.started_on, value, pauses, working=working, step=-DAY if term.before else DAY)


def _walk_days(
    calendar: Calendar, start: date, value: int, pauses: Sequence[Paused], *, working: bool, step: timedelta
) -> Walk:
    counts: Callable[[date], bool] = calendar.is_working_day if working else lambda _day: True
    day, left = start, value
    skipped: list[Idle] = []
    worked: list[date] = []
    while left:
        day += step
        if any(pause.from_day <= day < pause.resumed_on for pause in pauses):
            continue
        if counts(day):
            left -= 1
            if working and calendar.kind(day) == "make-up":
                worked.append(day)
        elif calendar.kind(day) == "day-off":
            skipped.append(idle(calendar, day))
    return Walk(day, tuple(skipped), tuple(worked))


def _paused_days(start: date, pauses: Sequence[Paused]) -> int:
    return sum((pause.resumed_on - max(pause.from_day, start + DAY)).days for pause in pauses)


def _settled(calendar: Calendar, day: date, *, backwards: bool) -> date:
    """The end of a term lies on a working day: the next one, or for a count backwards the one before."""
    return calendar.last_working_day(day) if backwards else calendar.first_working_day(day)


def _idle_days(calendar: Calendar, ends_on: date, due: date) -> tuple[Idle, ...]:
    step = DAY if due > ends_on else -DAY
    return tuple(idle(calendar, ends_on + n * step) for n in range(abs((due - ends_on).days)))


def idle(calendar: Calendar, day: date) -> Idle:
    """Why offices do not work on this day."""
    off = calendar.days_off.get(day)
    if off is None:
        return Idle(day=day, kind=calendar.kind(day))
    return Idle(day=day, kind="day-off", name=off.name, name_en=off.name_en)
