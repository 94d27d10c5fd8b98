"""When a running term raises an alert: at 50, 80 and 100 % of it, and on every day that it is overdue.

What "50 % of a term" means. A term is counted in days, and it is counted here as it was counted when it was set: the
steps stored with it say which days did not count (days off, pauses) and which did (make-up days). Half of a term of 10
working days is reached on its 5th working day, half of 10 calendar days on the 5th day. Parts of a day count as a whole
day: half of 5 days is the 3rd. The alert stands from the morning (00:00, Hà Nội) of that day; the due day itself is
100 %, wherever it moved because offices were closed. Terms in months or years go by the days between start and due day.
Of several stages that fall on one day only the highest is an alert: a term of one day alerts on that day, once.
Terms in hours (urgent matters) are no business of this module: see `escalations`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count, islice

import msgspec

from domain.calendar import DAY, SATURDAY, legal_midnight
from domain.law.steps import Counted, Extended, Paused
from domain.law.term import Term


class Stage(StrEnum):
    """How far a term has run."""

    HALF = "half"
    EIGHTY = "eighty"
    DUE = "due"
    OVERDUE = "overdue"


PERCENT: dict[Stage, int] = {Stage.HALF: 50, Stage.EIGHTY: 80}
WATCHED = frozenset({"acknowledge", "triage", "reply", "accept", "resolve", "send", "publish"})
"""Purposes that an authority or a school can miss: of feedback, then of complaints.

A sender's window and a duty to keep alert nobody.
"""
EVERY = timedelta(hours=1)
MOST_ESCALATIONS = 24
"""A day of hours: after that the alerts of the other terms go on."""
PROTECTION_EVERY = timedelta(days=1)
MOST_PROTECTION_ESCALATIONS = 7
"""A week of days (policy of the system, like the hours above: no law says how often)."""


class Milestone(msgspec.Struct, frozen=True, order=True):
    """One alert of a term: from the morning of `on`. `overdue_days`: 0 up to the due day."""

    on: date
    stage: Stage
    overdue_days: int = 0


def watched(term: Term) -> bool:
    """Whether this term raises alerts by the day."""
    return term.purpose in WATCHED and term.unit in ("day", "month", "year") and not term.before


def reached_on(term: Term, percent: int) -> date:
    """The legal day on which this part of the term is used up."""
    if term.unit != "day":
        days = (term.due_on - term.started_on).days
        return term.started_on + DAY * _part(days, percent)
    value = term.value + sum(step.value for step in term.steps if isinstance(step, Extended))
    day = next(days for number, days in enumerate(_counted(term), start=1) if number >= _part(value, percent))
    return min(day, term.due_on)


def milestones(term: Term) -> Iterator[Milestone]:
    """The alerts of a term in their order, without end: it is overdue until it is met."""
    on = {reached_on(term, percent): stage for stage, percent in PERCENT.items()}
    for day, stage in sorted((on | {term.due_on: Stage.DUE}).items()):
        yield Milestone(day, stage)
    for days in count(1):
        yield Milestone(term.due_on + days * DAY, Stage.OVERDUE, days)


def first_behind(term: Term, day: date | None) -> Milestone:
    """The first milestone after `day`; of all of them where None."""
    if day is not None and day > term.due_on:
        days = (day - term.due_on).days + 1
        return Milestone(term.due_on + days * DAY, Stage.OVERDUE, days)
    return next(one for one in milestones(term) if day is None or one.on > day)


def reached(term: Term, after: date | None, today: date) -> list[Milestone]:
    """Every milestone behind `after` up to and including `today`."""
    found, one = [], first_behind(term, after)
    while one.on <= today:
        found.append(one)
        one = first_behind(term, one.on)
    return found


def starts_behind(term: Term, known_on: date) -> date | None:
    """From where on a term alerts that became known on this day: of what had passed by then only the latest counts."""
    if known_on >= term.due_on:
        return known_on - DAY
    passed = [one for one in islice(milestones(term), len(PERCENT)) if one.on <= known_on]
    return passed[-1].on - DAY if passed else None


def target_at(term: Term) -> datetime:
    """When an urgent matter must have been taken: the hour, or the end of the day where the authority set days."""
    return term.due_at or legal_midnight(term.due_on + DAY)


def escalation_at(term: Term, number: int, every: timedelta = EVERY) -> datetime:
    """The moment of the first, second … escalation: when the target is missed, and after each further hour."""
    return target_at(term) + (number - 1) * every


def escalations_reached(
    term: Term, told: int, now: datetime, every: timedelta = EVERY, most: int = MOST_ESCALATIONS
) -> list[int]:
    """The numbers behind the last one `told` whose moment has come; bounded."""
    return [number for number in range(told + 1, most + 1) if escalation_at(term, number, every) <= now]


def _part(value: int, percent: int) -> int:
    return max(1, -(-value * percent // 100))


def _counted(term: Term) -> Iterator[date]:
    """The days of the term that count, as its own steps say. Behind the due day every day does: it always ends."""
    counts = [step for step in term.steps if isinstance(step, Counted)]
    pauses = [step for step in term.steps if isinstance(step, Paused)]
    idle = {one.day for step in counts for one in step.skipped}
    worked = {day for step in counts for day in step.worked}
    working = any(step.day_count == "WORKING" for step in counts)
    for number in count(1):
        day = term.started_on + number * DAY
        if day < term.due_on and any(pause.from_day <= day < pause.resumed_on for pause in pauses):
            continue
        if day >= term.due_on or not working or day in worked or (day.weekday() < SATURDAY and day not in idle):
            yield day
