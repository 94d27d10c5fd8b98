"""The whole story as a list of steps in order of time. The same for the same day that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from random import Random

import msgspec

from adapters.demo import days, source
from adapters.demo.arranged import arranged
from adapters.demo.aside import aside
from adapters.demo.complaints_open import complaints
from adapters.demo.desk import SINCE, WARD, desk
from adapters.demo.founding import founding
from adapters.demo.received import received
from adapters.demo.script import usual
from adapters.demo.source import Story, Unit
from adapters.demo.storm import proclamations, with_storm
from adapters.demo.telling import REFORM, Telling, begun, luck
from adapters.demo.told import Told
from adapters.demo.turn import Step
from adapters.demo.worked_example import EXAMPLES
from application.authorities import authority_id_of

FIRST_DAY = date(2024, 9, 1)
OPENING = days.moment(FIRST_DAY, 7)
FIRST_REPORT = date(2024, 9, 4)
CASES_A_DAY = 0.27
TRIES = 200

BUSY = {8: 1.3, 9: 1.7, 10: 1.3, 6: 0.6, 7: 0.5}
"""How much more or less is reported in a month."""
OFTEN = {"DEMO-TH-binh-nguyen": 4, "DEMO-THCS-song-hong": 4, "DEMO-TH-hoa-ban": 3, "DEMO-MN-may-trang": 3}
"""Weights of units; 2 for others."""

BEFORE_STORM = (
    (8, "DEMO-TH-binh-nguyen"),
    (12, "DEMO-THCS-song-hong"),
    (19, "DEMO-TH-hoa-ban"),
    (21, "DEMO-TH-suoi-nang"),
)

ANCHORS = (
    # the evening before Tết, its first day, and the days between
    (days.moment(date(2025, 1, 24), 16, 10), "DEMO-TH-binh-nguyen"),
    (days.moment(date(2025, 1, 29), 9, 0), "DEMO-THCS-song-hong"),
    (days.moment(date(2026, 2, 13), 15, 45), "DEMO-TH-hoa-ban"),
    (days.moment(date(2026, 2, 17), 20, 30), "DEMO-TH-binh-nguyen"),
    # Saturdays that were worked for another day
    (days.moment(date(2025, 4, 25), 20, 20), "DEMO-THCS-song-hong"),
    (days.moment(date(2025, 4, 26), 8, 5), "DEMO-TH-hoa-ban"),
    (days.moment(date(2025, 4, 26), 8, 20), "DEMO-TH-binh-nguyen"),
    (days.moment(date(2026, 1, 9), 19, 30), "DEMO-THCS-song-hong"),
    (days.moment(date(2026, 1, 10), 8, 15), "DEMO-TH-binh-nguyen"),
    (days.moment(date(2026, 1, 10), 10, 5), "DEMO-MN-may-trang"),
    # ten days before a storm
    *((days.moment(date(2026, 8, 31), hour, 10), unit) for hour, unit in BEFORE_STORM),
    # the last weeks of the division
    *(
        (days.moment(date(2025, 6, day), hour, 15), unit)
        for day, hour, unit in (
            (16, 19, "DEMO-TH-binh-nguyen"),
            (17, 8, "DEMO-THCS-song-hong"),
            (19, 20, "DEMO-TH-hoa-ban"),
            (20, 9, "DEMO-TH-suoi-nang"),
            (23, 18, "DEMO-MN-may-trang"),
            (24, 20, "DEMO-THTHCS-ban-moi"),
            (25, 7, "DEMO-FAC-anh-duong"),
            (26, 19, "DEMO-THCS-nui-xanh"),
            (27, 12, "DEMO-THCS-song-hong"),
            (29, 20, "DEMO-MN-hoa-dao"),
            (30, 16, "DEMO-TH-binh-nguyen"),
            (30, 22, "DEMO-TH-hoa-ban"),
        )
    ),
)

OPEN_NOW = {
    "submitted": (0, 2, 4),
    "acknowledged": (0, 4, 4),
    "classified": (1, 6, 4),
    "in-handling": (2, 13, 8),
    "awaiting-sender": (3, 12, 5),
    "awaiting-release": (5, 14, 5),
    "answered": (8, 18, 5),
    "reopened": (16, 26, 3),
    "awaiting-unit": (4, 13, 6),
}
"""Stage: how many days ago it was reported, and how many such cases lie there when the story ends."""
OPEN_UNITS = (
    *("DEMO-TH-binh-nguyen", "DEMO-THCS-song-hong", "DEMO-FAC-anh-duong", "DEMO-TH-binh-nguyen") * 2,
    *("DEMO-TH-hoa-ban", "DEMO-MN-may-trang", "DEMO-TH-suoi-nang", "DEMO-THTHCS-ban-moi", "DEMO-TH-song-biec"),
    "DEMO-TH-bai-xa",
)

UNITS_WITH_PRINCIPAL = ("DEMO-TH-binh-nguyen", "DEMO-TH-binh-nguyen", "DEMO-THTHCS-ban-moi")
AT_THE_SCHOOL = "awaiting-unit"

EXAMPLE_SLUGS = frozenset(slug for slug, *_rest in EXAMPLES)
SEEN_EXAMPLES = frozenset({"vi-du-may-chieu"})
"""Those that the officer of the desk sees."""

Script = Callable[[Telling], Iterator[None]]


class Plan(msgspec.Struct, frozen=True):
    """Steps in order of time, those before any case included."""

    leads_to: datetime
    steps: tuple[Step, ...]
    cases: tuple[Told, ...]


def plan(leads_to: datetime) -> Plan:
    """Everything from 01/09/2024 up to `leads_to`. Raises ValueError for a day before the first."""
    if leads_to < days.moment(FIRST_REPORT, 0):
        raise ValueError("the story begins later")
    cases = tuple(with_storm(case, leads_to) for case in _cases(leads_to) if case.steps)
    steps = [
        step
        for step in (
            *founding(),
            *proclamations(),
            *arranged(leads_to),
            *received(leads_to),
            *complaints(leads_to),
        )
        if step.at <= leads_to
    ]
    steps += [step for case in cases for step in case.steps]
    return Plan(leads_to, tuple(sorted(steps, key=lambda step: (step.at, step.case))), cases)


def _cases(leads_to: datetime) -> Iterator[Told]:
    """Of the ward of the desk nothing else is left open, so that the desk is as it is meant."""
    if leads_to < SINCE:
        yield from (*_all_days(leads_to), *_open_now(leads_to, OPEN_UNITS, UNITS_WITH_PRINCIPAL))
        return
    told = list(_all_days(leads_to))
    fixed = [case for case in told if case.slug in SEEN_EXAMPLES and _open_in_ward(case)]
    yield from (case for case in told if case.slug in EXAMPLE_SLUGS or not _open_in_ward(case))
    yield from desk(leads_to, fixed)
    elsewhere = [unit for unit in OPEN_UNITS if source.world().unit(unit).later != WARD]
    yield from _open_now(leads_to, elsewhere, ("DEMO-THTHCS-ban-moi",))
    yield from aside(leads_to)


def _open_in_ward(case: Told) -> bool:
    there = case.standing
    over = there.get("answered") or there.get("closed")
    return not over and there.get("authority_id") == authority_id_of(WARD)


def _all_days(leads_to: datetime) -> Iterator[Told]:
    unit_of = source.world().unit
    for slug, where, story, script in EXAMPLES:
        yield _told(begun(slug, unit_of(where), story, slug), script, leads_to)
    for number, (at, where) in enumerate(ANCHORS):
        yield _on(f"moc-{number:02d}", unit_of(where), at, leads_to)
    for number, (at, unit) in enumerate(_everyday(leads_to)):
        yield _on(f"ngay-{number:03d}", unit, at, leads_to)


def _everyday(leads_to: datetime) -> Iterator[tuple[datetime, Unit]]:
    rng = luck("everyday")
    units = source.world().units
    day, last, due = FIRST_REPORT, days.day_of(leads_to), 0.0
    while day <= last:
        due += CASES_A_DAY * BUSY.get(day.month, 1.0)
        while due >= 1:
            due -= 1
            known = [unit for unit in units if unit.since is None or unit.since <= day]
            unit = rng.choices(known, [OFTEN.get(unit.slug, 2) for unit in known])[0]
            yield days.any_moment(rng, day), unit
        day += days.DAY


def _on(slug: str, unit: Unit, at: datetime, leads_to: datetime) -> Told:
    story = _story(unit, luck(f"{slug}/story"))
    telling = begun(slug, unit, story, slug)
    return _told(telling, lambda t: usual(t, at), leads_to)


def _open_now(leads_to: datetime, anywhere: Sequence[str], with_principal: Sequence[str]) -> Iterator[Told]:
    """Cases that stand at a wanted stage when the story ends, told anew until one does."""
    number, today = 0, days.day_of(leads_to)
    for stage, (least, most, count) in OPEN_NOW.items():
        for _ in range(count):
            units = with_principal if stage == AT_THE_SCHOOL else anywhere
            slug, unit = f"moi-{number:02d}", source.world().unit(units[number % len(units)])
            number += 1
            for attempt in range(TRIES):
                rng = luck(f"{slug}/{attempt}")
                at = days.any_moment(rng, today - rng.randint(least, most) * days.DAY)
                telling = begun(slug, unit, _story(unit, rng), f"{slug}/{attempt}")
                if at < _opened(unit) or at > leads_to:
                    continue
                if _comes_to(telling, at, stage) and telling.steps[-1].at <= leads_to:
                    yield _cut(telling, leads_to)
                    break


def _opened(unit: Unit) -> datetime:
    return days.moment(unit.since or FIRST_REPORT, 0)


def _comes_to(telling: Telling, at: datetime, stage: str) -> bool:
    """Tells the case up to the first moment of that stage. Some that are worked on were explained by the school."""
    wanted = "in-handling" if stage == AT_THE_SCHOOL else stage
    reached = any(telling.reopened if stage == "reopened" else telling.status == wanted for _ in usual(telling, at))
    if reached and wanted == "in-handling" and telling.principal:
        _at_the_school(telling, answered=stage != AT_THE_SCHOOL)
    return reached


def _at_the_school(t: Telling, *, answered: bool) -> None:
    """Asked within a day; then explained, or left unopened, opened, or with a wish for more time."""
    t.after_days(0, 1)
    t.ask_school()
    if answered:
        t.after_days(1, 2)
        t.explain()
        return
    further = t.rng.choice((None, t.open_request, t.ask_more_time))
    if further is not None:
        t.after_days(0, 1)
        further()


def _story(unit: Unit, rng: Random) -> Story:
    found = [story for story in source.stories() if _fits(story, unit)]
    return rng.choices(found, [1 if story.rare else 3 for story in found])[0]


def _fits(story: Story, unit: Unit) -> bool:
    return bool(story.levels & unit.levels) and (unit.remote or not story.remote) and not story.named


def _told(telling: Telling, script: Script, leads_to: datetime) -> Told:
    for _ in script(telling):
        if telling.now > leads_to and telling.now > REFORM:
            break
    telling.finish(leads_to)
    return _cut(telling, leads_to)


def _cut(telling: Telling, leads_to: datetime) -> Told:
    steps = tuple(step for step in telling.steps if step.at <= leads_to)
    return Told(telling.slug, telling.unit.slug, telling.story.id, steps)


def late(cases: Iterable[Told]) -> int:
    """How many acts were entered later than they happened."""
    return sum(step.happened is not None for case in cases for step in case.steps)
