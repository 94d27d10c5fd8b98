"""The invented story before anybody performs it: what it contains, and that it comes out the same each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from adapters.demo import days, source
from adapters.demo.ledger import Entry, Ledger
from adapters.demo.plan import Plan, late, plan
from adapters.demo.told import Told
from adapters.demo.turn import case_id_of
from domain.feedback.categories import CATEGORIES

TODAY = days.moment(date(2026, 11, 22), 11)
"""A Sunday after everything that the handbook walks through."""
ANY_DAYS = [
    TODAY,
    days.moment(date(2026, 8, 24), 8),  # Monday after a make-up Saturday
    days.moment(date(2027, 2, 6), 9),  # in the Tết of an estimated year
    days.moment(date(2025, 7, 2), 10),  # the day after the hand-over
]


@pytest.fixture(scope="module")
def story() -> Plan:
    return plan(TODAY)


def status_of(case: Told) -> str:
    said = [str(step.then["status"]) for step in case.steps if "status" in step.then]
    return said[-1]


def words(story: Plan) -> Iterator[tuple[object, ...]]:
    for step in story.steps:
        yield step.at, step.slug, step.number, step.who, step.what, step.happened, tuple(step.then.items())


def test_the_same_day_gives_the_same_story(story: Plan) -> None:
    assert list(words(plan(TODAY))) == list(words(story))


def test_it_is_long_enough_to_look_around_in(story: Plan) -> None:
    assert 250 <= len(story.cases) <= 400
    assert len([step for step in story.steps if step.case]) >= 2_500


@pytest.mark.parametrize("today", ANY_DAYS)
def test_open_cases_of_every_stage_lie_before_today(today: datetime) -> None:
    recent = [case for case in plan(today).cases if case.steps[-1].at >= today - timedelta(days=40)]
    stages = Counter(status_of(case) for case in recent)
    wanted = {
        "submitted",
        "acknowledged",
        "classified",
        "in-handling",
        "awaiting-sender",
        "awaiting-release",
        "awaiting-unit",
        "answered",
    }
    assert {stage for stage in wanted if stages[stage] >= 3} == wanted
    assert all(step.at <= today for step in plan(today).steps)


def test_every_story_is_told_of_a_demo_unit(story: Plan) -> None:
    units = {unit.slug: unit for unit in source.world().units}
    assert all(units[case.unit].name.endswith("(demo)") for case in story.cases)
    assert {case.unit for case in story.cases} == set(units)


def test_of_real_places_nothing_is_known_but_name_and_source() -> None:
    real = source.reference_places()
    assert (len(real.wards), len(real.schools)) == (32, 34)
    known = [(ward.name, ward.source) for ward in real.wards] + [
        (school.name, school.source) for school in real.schools
    ]
    assert all(told_in and "(demo)" not in name for name, told_in in known)


def test_every_body_and_everybody_is_marked_as_demo() -> None:
    world = source.world()
    names = [body.name for body in world.authorities] + [area.name for area in world.areas]
    names += [unit.name for unit in world.units] + [person.name for person in world.people]
    assert [name for name in names if not name.endswith("(demo)")] == []
    assert {body.province for body in world.authorities} == {"tỉnh Đông Mây (demo)", "tỉnh Nam Sóng (demo)"}


def test_every_story_fits_its_category() -> None:
    for told in source.stories():
        assert told.sub in {"", *(sub.code for sub in CATEGORIES[told.category].sub)}, told.id
        assert len(told.answers) == len(told.requests), told.id


def test_many_acts_are_entered_late_with_the_two_clocks_apart(story: Plan) -> None:
    assert late(story.cases) >= 30
    apart = [case for case in story.cases if any(step.happened for step in case.steps)]
    assert len(apart) >= 25
    assert all(step.happened < step.at for case in apart for step in case.steps if step.happened)


def test_open_cases_of_the_division_are_handed_over_on_its_first_day_gone(story: Plan) -> None:
    handed = [step for step in story.steps if step.what == "hand over"]
    assert len(handed) >= 10
    assert {days.day_of(step.at) for step in handed} == {date(2025, 7, 1)}
    assert {step.who for step in handed} == {"bach.pgd"}


@pytest.mark.parametrize(
    "saturday", [date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)], ids=lambda day: day.isoformat()
)
def test_offices_work_on_make_up_saturdays(story: Plan, saturday: date) -> None:
    at_work = {step.what for step in story.steps if days.day_of(step.at) == saturday and "." in step.who}
    assert at_work - {"submit"}


@pytest.mark.parametrize(
    "free", [date(2025, 1, 29), date(2025, 5, 2), date(2026, 1, 2), date(2026, 2, 17), date(2026, 8, 31)]
)
def test_offices_rest_on_days_off(story: Plan, free: date) -> None:
    at_work = [step for step in story.steps if days.day_of(step.at) == free and "." in step.who]
    assert at_work == []


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (days.moment(date(2026, 8, 22), 9, 41), date(2026, 9, 3)),  # day 10 = 01/09, off; 02/09 off
        (days.moment(date(2026, 8, 25), 14), date(2026, 9, 4)),  # day 10 = Friday 04/09
        (days.moment(date(2025, 1, 17), 15), date(2025, 2, 3)),  # day 10 = 27/01, Tết until 31/01, weekend
        (days.moment(date(2025, 12, 23), 9), date(2026, 1, 2)),  # day 10 = 02/01, not yet known to be off
        (days.moment(date(2026, 11, 14), 20), date(2026, 11, 25)),  # day 10 = 24/11, Vietnamese Culture Day
    ],
)
def test_the_story_counts_ten_days_by_itself(received: datetime, due: date) -> None:
    assert days.reply_due_on(received) == due


def test_a_storm_moves_the_dates_of_what_is_open_in_the_wards_and_nothing_else(story: Plan) -> None:
    again = [step for step in story.steps if step.what == "count again"]
    moved = [step for step in again if step.then]
    assert len(moved) >= 2
    assert {step.then["reply_due_on"] for step in moved} == {date(2026, 9, 11)}
    assert {f"{step.at:%d/%m/%Y %H:%M}" for step in again} == {"09/09/2026 15:10"}
    assert [step for step in story.steps if days.day_of(step.at) == days.STORM_DAY and "." in step.who] == []


def test_the_worked_example_is_told_minute_by_minute(story: Plan) -> None:
    told = [(f"{step.at:%d/%m %H:%M}", step.what) for step in story.steps if step.slug == "vi-du-may-chieu"]
    assert told[0] == ("22/08 09:41", "submit")
    assert ("24/08 09:00", "ask") in told
    assert ("25/08 19:20", "reply") in told
    assert ("28/08 11:15", "give back") in told
    assert ("28/08 16:50", "release") in told
    assert ("30/08 20:15", "reopen") in told


def test_a_day_before_the_first_is_refused() -> None:
    with pytest.raises(ValueError, match="begins later"):
        plan(days.moment(date(2024, 9, 2), 8))


def test_a_ledger_tells_what_had_happened_and_what_was_known() -> None:
    ledger, case_id = Ledger(), case_id_of("x")
    monday, tuesday, friday = (days.moment(date(2026, 3, day), 9) for day in (2, 3, 6))
    ledger.write(case_id, Entry(monday, monday, "ask", {"status": "awaiting-sender", "holder_id": None}))
    ledger.write(case_id, Entry(tuesday, friday, "reply", {"status": "in-handling"}))
    assert ledger.state_at(case_id, monday - timedelta(seconds=1)) is None
    assert ledger.state_at(case_id, tuesday, "known") == {"status": "awaiting-sender", "holder_id": None}
    assert ledger.state_at(case_id, tuesday) == {"status": "in-handling", "holder_id": None}
    again = Ledger.from_json(ledger.to_json())
    assert again.state_at(case_id, tuesday) == ledger.state_at(case_id, tuesday)
    assert again.moments() == ledger.moments() == [monday, tuesday, friday]
