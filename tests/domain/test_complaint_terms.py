"""Remote, complex, level and chapter choose exactly one term; each day is literal."""

from __future__ import annotations

from datetime import date

import pytest

from domain.complaints import refusals as r
from domain.complaints import terms as t
from domain.complaints.complaint import COMPLAINT
from domain.complaints.vocabulary import Complexity, Employment, Level, Reading, Target
from domain.law.calendar_facts.amendments import Amendment, amended
from domain.law.calendar_facts.events import DayOffProclaimed
from domain.law.law import law_at
from domain.law.rules import RULES
from tests.support import complaint_story as story
from tests.support.given import Given

FIRST, SECOND = Level.FIRST, Level.SECOND
GENERAL, DISCIPLINE = Reading.GENERAL, Reading.DISCIPLINE
NORMAL, COMPLEX = Complexity.NORMAL, Complexity.COMPLEX
NEAR, REMOTE = False, True

RESOLVED_BY = [
    ("2026-03-18", FIRST, GENERAL, NEAR, NORMAL, "2026-04-17"),
    ("2026-03-18", FIRST, GENERAL, NEAR, COMPLEX, "2026-05-04"),  # Sat 02/05
    ("2026-03-18", FIRST, GENERAL, REMOTE, NORMAL, "2026-05-04"),  # Sat 02/05
    ("2026-03-18", FIRST, GENERAL, REMOTE, COMPLEX, "2026-05-18"),  # Sun 17/05
    ("2026-03-18", SECOND, GENERAL, NEAR, NORMAL, "2026-05-04"),  # Sat 02/05
    ("2026-03-18", SECOND, GENERAL, NEAR, COMPLEX, "2026-05-18"),  # Sun 17/05
    ("2026-03-18", SECOND, GENERAL, REMOTE, NORMAL, "2026-05-18"),  # Sun 17/05
    ("2026-03-18", SECOND, GENERAL, REMOTE, COMPLEX, "2026-05-27"),
    ("2026-03-18", FIRST, DISCIPLINE, NEAR, NORMAL, "2026-04-17"),
    ("2026-03-18", FIRST, DISCIPLINE, NEAR, COMPLEX, "2026-05-04"),  # Sat 02/05
    ("2026-03-18", FIRST, DISCIPLINE, REMOTE, NORMAL, "2026-04-17"),
    ("2026-03-18", FIRST, DISCIPLINE, REMOTE, COMPLEX, "2026-05-04"),  # Sat 02/05
    ("2026-03-18", SECOND, DISCIPLINE, NEAR, NORMAL, "2026-04-17"),
    ("2026-03-18", SECOND, DISCIPLINE, NEAR, COMPLEX, "2026-05-04"),  # Sat 02/05
    ("2026-03-18", SECOND, DISCIPLINE, REMOTE, NORMAL, "2026-04-17"),
    ("2026-03-18", SECOND, DISCIPLINE, REMOTE, COMPLEX, "2026-05-04"),  # Sat 02/05
    ("2026-03-31", FIRST, GENERAL, NEAR, NORMAL, "2026-05-04"),  # Thu 30/04
    ("2026-03-31", FIRST, GENERAL, NEAR, COMPLEX, "2026-05-15"),
    ("2026-03-31", FIRST, GENERAL, REMOTE, NORMAL, "2026-05-15"),
    ("2026-03-31", FIRST, GENERAL, REMOTE, COMPLEX, "2026-06-01"),  # Sat 30/05
    ("2026-03-31", SECOND, GENERAL, NEAR, NORMAL, "2026-05-15"),
    ("2026-03-31", SECOND, GENERAL, NEAR, COMPLEX, "2026-06-01"),  # Sat 30/05
    ("2026-03-31", SECOND, GENERAL, REMOTE, NORMAL, "2026-06-01"),  # Sat 30/05
    ("2026-03-31", SECOND, GENERAL, REMOTE, COMPLEX, "2026-06-09"),
    ("2026-03-31", FIRST, DISCIPLINE, NEAR, NORMAL, "2026-05-04"),  # Thu 30/04
    ("2026-03-31", FIRST, DISCIPLINE, NEAR, COMPLEX, "2026-05-15"),
    ("2026-03-31", SECOND, DISCIPLINE, NEAR, NORMAL, "2026-05-04"),  # Thu 30/04
    ("2026-03-31", SECOND, DISCIPLINE, NEAR, COMPLEX, "2026-05-15"),
    ("2026-07-20", FIRST, GENERAL, NEAR, NORMAL, "2026-08-19"),
    ("2026-07-20", FIRST, GENERAL, NEAR, COMPLEX, "2026-09-03"),
    ("2026-07-20", FIRST, GENERAL, REMOTE, NORMAL, "2026-09-03"),
    ("2026-07-20", FIRST, GENERAL, REMOTE, COMPLEX, "2026-09-18"),
    ("2026-07-20", SECOND, GENERAL, NEAR, NORMAL, "2026-09-03"),
    ("2026-07-20", SECOND, GENERAL, NEAR, COMPLEX, "2026-09-18"),
    ("2026-07-20", SECOND, GENERAL, REMOTE, NORMAL, "2026-09-18"),
    ("2026-07-20", SECOND, GENERAL, REMOTE, COMPLEX, "2026-09-28"),
    ("2026-07-20", FIRST, DISCIPLINE, NEAR, NORMAL, "2026-08-19"),
    ("2026-07-20", FIRST, DISCIPLINE, NEAR, COMPLEX, "2026-09-03"),
    ("2026-07-20", SECOND, DISCIPLINE, NEAR, NORMAL, "2026-08-19"),
    ("2026-07-20", SECOND, DISCIPLINE, NEAR, COMPLEX, "2026-09-03"),
    ("2025-12-19", FIRST, GENERAL, NEAR, NORMAL, "2026-01-19"),  # Sun 18/01
    ("2025-12-19", FIRST, GENERAL, NEAR, COMPLEX, "2026-02-02"),
    ("2025-12-19", FIRST, GENERAL, REMOTE, NORMAL, "2026-02-02"),
    ("2025-12-19", FIRST, GENERAL, REMOTE, COMPLEX, "2026-02-23"),  # Tue 17/02
    ("2025-12-19", SECOND, GENERAL, NEAR, NORMAL, "2026-02-02"),
    ("2025-12-19", SECOND, GENERAL, NEAR, COMPLEX, "2026-02-23"),  # Tue 17/02
    ("2025-12-19", SECOND, GENERAL, REMOTE, NORMAL, "2026-02-23"),  # Tue 17/02
    ("2025-12-19", SECOND, GENERAL, REMOTE, COMPLEX, "2026-02-27"),
    ("2025-12-19", FIRST, DISCIPLINE, NEAR, NORMAL, "2026-01-19"),  # Sun 18/01
    ("2025-12-19", FIRST, DISCIPLINE, NEAR, COMPLEX, "2026-02-02"),
    ("2025-12-19", SECOND, DISCIPLINE, NEAR, NORMAL, "2026-01-19"),  # Sun 18/01
    ("2025-12-19", SECOND, DISCIPLINE, NEAR, COMPLEX, "2026-02-02"),
    ("2026-01-12", FIRST, GENERAL, NEAR, NORMAL, "2026-02-11"),
    ("2026-01-12", FIRST, GENERAL, NEAR, COMPLEX, "2026-02-26"),
    ("2026-01-12", FIRST, GENERAL, REMOTE, NORMAL, "2026-02-26"),
    ("2026-01-12", FIRST, GENERAL, REMOTE, COMPLEX, "2026-03-13"),
    ("2026-01-12", SECOND, GENERAL, NEAR, NORMAL, "2026-02-26"),
    ("2026-01-12", SECOND, GENERAL, NEAR, COMPLEX, "2026-03-13"),
    ("2026-01-12", SECOND, GENERAL, REMOTE, NORMAL, "2026-03-13"),
    ("2026-01-12", SECOND, GENERAL, REMOTE, COMPLEX, "2026-03-23"),
    ("2026-01-12", FIRST, DISCIPLINE, NEAR, NORMAL, "2026-02-11"),
    ("2026-01-12", FIRST, DISCIPLINE, NEAR, COMPLEX, "2026-02-26"),
    ("2026-01-12", SECOND, DISCIPLINE, NEAR, NORMAL, "2026-02-11"),
    ("2026-01-12", SECOND, DISCIPLINE, NEAR, COMPLEX, "2026-02-26"),
]
"""Accepted, level, chapter, remote, complex, last day; behind it where the count ended if that was a day off."""


@pytest.mark.parametrize(("accepted", "level", "reading", "remote", "complexity", "last"), RESOLVED_BY)
def test_the_last_day_to_resolve(
    accepted: str, level: Level, reading: Reading, *, remote: bool, complexity: Complexity, last: str
) -> None:
    day = date.fromisoformat(accepted)
    term = t.resolve_term(story.law(day), day, level, reading, remote=remote, complexity=complexity)
    assert term.due_on == date.fromisoformat(last)


def test_every_rule_of_the_resolution_is_chosen_by_something() -> None:
    chosen = {
        t.resolve_rule(level, reading, remote=remote, complexity=complexity)[0]
        for level in Level
        for reading in Reading
        for remote in (False, True)
        for complexity in Complexity
    }
    assert chosen == {rule.id for rule in RULES if rule.id.startswith(("KN-RESOLVE", "KN-DISC-RESOLVE"))}


@pytest.mark.parametrize(
    ("known", "chapter", "last"),
    [
        ("2026-01-05", GENERAL, "2026-04-06"),  # Sun 05/04
        ("2026-01-05", DISCIPLINE, "2026-01-20"),
        ("2026-02-02", DISCIPLINE, "2026-02-23"),  # Tue 17/02, Tet until Sun 22/02
        ("2026-01-30", GENERAL, "2026-05-04"),  # Thu 30/04
        ("2026-01-29", GENERAL, "2026-04-29"),
    ],
)
def test_until_when_a_first_complaint_can_be_lodged(known: str, chapter: Reading, last: str) -> None:
    day = date.fromisoformat(known)
    (limit,) = t.limits(story.law(day), (chapter,), day, None)
    assert limit.due_on == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("received", "chapter", "remote", "dismissal", "last"),
    [
        ("2026-04-28", GENERAL, NEAR, False, "2026-05-28"),
        ("2026-04-28", GENERAL, REMOTE, False, "2026-06-12"),
        ("2026-04-28", DISCIPLINE, NEAR, False, "2026-05-08"),
        ("2026-04-28", DISCIPLINE, REMOTE, True, "2026-05-28"),
        ("2026-04-20", DISCIPLINE, NEAR, False, "2026-05-04"),  # Thu 30/04
    ],
)
def test_until_when_a_second_complaint_can_be_lodged(
    received: str, chapter: Reading, *, remote: bool, dismissal: bool, last: str
) -> None:
    day = date.fromisoformat(received)
    (window,) = t.windows(story.law(day), (chapter,), day, remote=remote, dismissal=dismissal)
    assert window.due_on == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("issued", "level", "send", "effect", "far"),
    [
        ("2026-04-22", FIRST, "2026-04-28", "2026-05-22", "2026-06-08"),  # 27/04 is off; Sat 06/06
        ("2026-07-14", SECOND, "2026-07-21", "2026-08-13", "2026-08-28"),
        ("2026-08-19", FIRST, "2026-08-22", "2026-09-18", "2026-10-05"),  # Sat 22/08 is worked; Sat 03/10
    ],
)
def test_what_begins_with_the_day_of_the_decision(issued: str, level: Level, send: str, effect: str, far: str) -> None:
    day = date.fromisoformat(issued)
    law = story.law(day)
    assert t.send_term(law, day, level).due_on == date.fromisoformat(send)
    assert t.effect_term(law, day, remote=False).due_on == date.fromisoformat(effect)
    assert t.effect_term(law, day, remote=True).due_on == date.fromisoformat(far)


def test_the_worked_example_of_the_specification() -> None:
    # Received Tue 10/03/2026: accept by Fri 20/03. Accepted 18/03, normal: Fri 17/04; remote and complex: day 60 is
    # Sunday 17/05, so Monday 18/05 (complaints.md §8, worked example 1).
    given = Given(COMPLAINT).when(story.receive()).given
    assert given.state.term("accept").due_on == date(2026, 3, 20)
    given = given.when(story.examine()).given
    near = given.when(story.accept()).given
    assert near.state.term("resolve").due_on == date(2026, 4, 17)
    far = given.when(story.accept(remote=True, complexity=COMPLEX)).given
    assert far.state.term("resolve").due_on == date(2026, 5, 18)


def test_a_flag_set_after_the_last_day_reaches_no_further_than_the_rule_from_the_acceptance() -> None:
    given = Given(COMPLAINT).when(story.receive()).given.when(story.examine()).given.when(story.accept()).given
    late = given.when(story.establish(date(2026, 6, 1), remote=True)).given
    assert late.state.term("resolve").due_on == date(2026, 5, 4), "45 days from 18/03, although it is June"
    back = late.when(story.establish(date(2026, 6, 2))).given
    assert back.state.term("resolve").due_on == date(2026, 4, 17)


def test_a_day_off_moves_what_runs_and_nothing_that_is_over() -> None:
    given = Given(COMPLAINT).when(story.receive()).given.when(story.examine()).given.when(story.accept()).given
    on = date(2026, 4, 1)
    storm = DayOffProclaimed(day=date(2026, 4, 17), name="Nghỉ bão (demo)", name_en="", document="01/CĐ (demo)")
    known = story.law(on)
    other = law_at(known.at, calendar=amended(known.calendar, [Amendment(storm, story.at(on))], frozenset()))
    moved = given.when(story.rederive(on, other)).given
    assert moved.state.term("resolve").due_on == date(2026, 4, 20)
    ended = given.when(story.withdraw(on)).given.when(story.terminate(on)).given
    ended.when(story.rederive(on, other)).then()


def test_a_suspension_is_known_only_to_the_law_of_july_2026() -> None:
    old = Given(COMPLAINT).when(story.receive()).given.when(story.examine()).given.when(story.accept()).given
    old.when(story.suspend(date(2026, 7, 2))).refused(r.SuspensionUnknownError, field="from_day")
    named = old.when(story.reassign("KN-2", date(2026, 7, 1))).given
    named.when(story.suspend(date(2026, 7, 2)))
    new = Given(COMPLAINT).when(story.receive(date(2026, 7, 6))).given
    new = new.when(story.examine(on=date(2026, 7, 7))).given.when(story.accept(date(2026, 7, 8))).given
    assert new.state.term("resolve").due_on == date(2026, 8, 7)
    new = new.when(story.suspend(date(2026, 7, 13))).given.when(story.resume(date(2026, 7, 23))).given
    assert new.state.term("resolve").due_on == date(2026, 8, 17), "ten days did not count"


def test_the_readings_by_target_and_service() -> None:
    assert t.readings_of(Target.ACT, None) == (GENERAL,)
    assert t.readings_of(Target.DISCIPLINE, Employment.OFFICIAL) == (DISCIPLINE,)
    assert t.readings_of(Target.DISCIPLINE, Employment.PUBLIC_EMPLOYEE) == (DISCIPLINE, GENERAL)


@pytest.mark.parametrize(("day", "regime"), [("2026-06-30", "KN-1"), ("2026-07-01", "KN-2")])
def test_a_case_keeps_the_law_of_the_day_on_which_it_was_lodged(day: str, regime: str) -> None:
    assert t.regime_on(date.fromisoformat(day)) == regime
