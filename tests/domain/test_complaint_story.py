"""A complaint through both levels, as walk A2 tells it: every date counted by hand."""

from __future__ import annotations

from datetime import date

from domain.complaints import deciding_events as d
from domain.complaints import events as f
from domain.complaints import refusals as r
from domain.complaints.complaint import COMPLAINT
from domain.complaints.state import Complaint
from domain.complaints.terms import Obstacle
from domain.complaints.vocabulary import (
    Complexity,
    Employment,
    Ground,
    Level,
    Reading,
    Stage,
    Target,
    Timeliness,
)
from domain.law.steps import EarlierDerivation
from domain.law.term import Term
from tests.support import complaint_story as story
from tests.support.complaint_story import MAI, SON, THU
from tests.support.given import Given


def due(given: Given, purpose: str) -> date:
    state: Complaint = given.state
    term = state.term(purpose)
    assert term is not None, purpose
    return term.due_on


def decided() -> Given:
    """Accepted on 18/03, made complex on 30/03, signed and numbered on 22/04."""
    given = Given(COMPLAINT).when(story.receive()).given
    assert due(given, "accept") == date(2026, 3, 20)
    given = given.when(story.examine()).given.when(story.accept()).given
    assert due(given, "resolve") == date(2026, 4, 17)
    given = given.when(story.establish(date(2026, 3, 30), complexity=Complexity.COMPLEX)).given
    for command in (story.verify(), story.evidence(), story.report(differs=True), story.talk(), story.draft()):
        given = given.when(command).given
    given = given.when(story.submit()).given.when(story.approve()).given
    assert given.state.stage is Stage.SIGNED, "without number and paper it is not decided"
    return given.when(story.issue()).given


def test_a_first_complaint_from_the_counter_to_the_second_level() -> None:
    given = decided()
    # 45 days from 18/03, not from 30/03, end on Saturday 02/05: Monday 04/05, the days off before it have passed.
    (changed,) = [fact for fact in given.history if isinstance(fact, f.CircumstancesEstablished)]
    assert (changed.old.due_on, changed.new.due_on) == (date(2026, 4, 17), date(2026, 5, 4))
    assert [step.due_on for step in changed.new.steps if isinstance(step, EarlierDerivation)] == [date(2026, 4, 17)]
    # Three working days: 23, 24 and 28/04, for 27/04 is off. Thirty days from issue: Friday 22/05.
    assert due(given, "send") == date(2026, 4, 28)
    assert given.state.effect.due_on == date(2026, 5, 22)
    given = given.when(story.send()).given
    assert given.state.stage is Stage.DECIDED, "sent is not received"
    given = given.when(story.prove()).given
    # Thirty days from receipt on 28/04: Thursday 28/05, six days after it would take effect.
    assert [term.due_on for term in given.state.windows] == [date(2026, 5, 28)]
    given.when(story.in_force(date(2026, 5, 22))).refused(
        r.TooEarlyForEffectError, field="effective_on", until="2026-05-22"
    )
    given.when(story.in_force(date(2026, 5, 23))).refused(
        r.WindowStillOpenError, field="against_window", until="2026-05-28"
    )
    (fact,) = given.when(story.in_force(date(2026, 5, 23), "He said in writing that he will not go on")).facts
    assert isinstance(fact, d.DecisionTookEffect)
    assert fact.against_window
    given = given.when(story.go_on(date(2026, 5, 28))).given
    given.when(story.in_force(date(2026, 6, 30), "Late")).refused(r.WentOnError)
    given.when(story.go_on(date(2026, 5, 28))).refused(r.SecondAlreadyLodgedError)


def test_without_a_proven_receipt_nobody_is_late_and_nothing_takes_effect_by_itself() -> None:
    given = decided().when(story.send()).given
    assert given.state.windows == ()
    given.when(story.in_force(date(2026, 7, 1))).refused(r.WindowStillOpenError, field="against_window", until="")
    second = story.receive(date(2026, 7, 1), level=Level.SECOND, first=story.first(()))
    lodged = Given(COMPLAINT).when(second).given
    lodged.when(story.examine(Ground.OUT_OF_TIME, on=date(2026, 7, 2))).refused(r.ReceiptNotProvenError, field="found")
    lodged.when(story.examine(on=date(2026, 7, 2))).given.when(story.accept(date(2026, 7, 2)))


def second(on: date = date(2026, 5, 28)) -> Given:
    windows: tuple[Term, ...] = decided().when(story.send()).given.when(story.prove()).given.state.windows
    return Given(COMPLAINT).when(story.receive(on, level=Level.SECOND, first=story.first(windows))).given


def test_the_second_level_needs_its_dialogue_and_sends_within_seven_days() -> None:
    given = second()
    assert due(given, "accept") == date(2026, 6, 8), "day ten is Sunday 07/06"
    given = given.when(story.examine(on=date(2026, 6, 4))).given.when(story.accept(date(2026, 6, 5))).given
    assert due(given, "resolve") == date(2026, 7, 20)
    given = given.when(story.verify(THU, on=date(2026, 6, 8))).given.when(story.report(date(2026, 6, 22))).given
    given.when(story.draft(date(2026, 6, 23))).refused(r.DialogueMissingError)
    given = given.when(story.talk(date(2026, 6, 25))).given.when(story.draft(date(2026, 7, 10))).given
    assert given.state.regime == "KN-1", "on 01/07 nothing changes by itself"
    given = given.when(story.submit(date(2026, 7, 10))).given
    given.when(story.approve(date(2026, 7, 14), by=THU)).refused(r.SecondPersonNeededError)
    given = given.when(story.approve(date(2026, 7, 14), by=SON)).given.when(story.issue(date(2026, 7, 14))).given
    assert due(given, "send") == date(2026, 7, 21)
    assert due(given, "publish") == date(2026, 7, 29)
    given = given.when(story.send(date(2026, 7, 16))).given.when(story.prove(date(2026, 7, 17))).given
    assert given.state.windows == (), "a court is left"


def test_one_day_after_the_window_is_late_unless_an_obstacle_explains_it() -> None:
    given = second(date(2026, 5, 29))
    assert given.when(story.examine(Ground.OUT_OF_TIME, on=date(2026, 6, 1))).given.state.timeliness is Timeliness.LATE
    given.when(story.examine(on=date(2026, 6, 1))).given.when(story.accept(date(2026, 6, 1))).refused(
        r.GroundsFoundError, ground="out-of-time"
    )
    ill = Obstacle(first=date(2026, 5, 4), last=date(2026, 5, 15))
    excused = given.when(story.examine(on=date(2026, 6, 1), obstacle=ill)).given
    assert excused.state.timeliness is Timeliness.IN_TIME
    excused.when(story.accept(date(2026, 6, 1))).given.when(story.verify(MAI, on=date(2026, 6, 1)))
    given.when(story.examine(Ground.OUT_OF_TIME, on=date(2026, 6, 1), obstacle=ill)).refused(
        r.GroundContradictedError, field="found", ground="out-of-time"
    )


def reprimanded() -> Given:
    """A reprimand handed over on 05/01, complained of on 21/01."""
    command = story.receive(
        date(2026, 1, 21),
        target=Target.DISCIPLINE,
        employment=Employment.PUBLIC_EMPLOYEE,
        known_on=date(2026, 1, 5),
    )
    return Given(COMPLAINT).when(command).given


def test_a_teachers_reprimand_has_two_readings_and_a_person_decides() -> None:
    given = reprimanded()
    state: Complaint = given.state
    # Fifteen days: 20/01. Ninety: Sunday 05/04, so Monday 06/04.
    assert [term.due_on for term in state.limits] == [date(2026, 1, 20), date(2026, 4, 6)]
    given.when(story.examine(Ground.OUT_OF_TIME, on=date(2026, 1, 22))).refused(
        r.ReadingNotDecidedError, field="reading"
    )
    looked = given.when(story.examine(on=date(2026, 1, 22))).given
    assert looked.state.timeliness is Timeliness.UNCLEAR
    looked.when(story.accept(date(2026, 1, 23))).refused(r.ReadingNotDecidedError, field="reading")
    general = looked.when(story.read_as(Reading.GENERAL, date(2026, 1, 22))).given
    accepted = general.when(story.examine(on=date(2026, 1, 22))).given.when(story.accept(date(2026, 1, 23))).given
    assert accepted.state.term("resolve").rule_id == "KN-RESOLVE-1"
    strict = given.when(story.read_as(Reading.DISCIPLINE, date(2026, 1, 22))).given
    late = strict.when(story.examine(Ground.OUT_OF_TIME, on=date(2026, 1, 22))).given
    late.when(story.refuse(Ground.OUT_OF_TIME, date(2026, 1, 23))).given.when(story.guide()).refused(
        r.OverError, ending="not-accepted"
    )


def test_silence_opens_the_second_level_on_the_day_after_the_first_was_due() -> None:
    silent = story.first(decided=False, due_on=date(2026, 4, 17))
    early = story.receive(date(2026, 4, 17), level=Level.SECOND, first=silent)
    Given(COMPLAINT).when(early).refused(r.FirstDecisionMissingError, field="first_id")
    given = Given(COMPLAINT).when(story.receive(date(2026, 4, 20), level=Level.SECOND, first=silent)).given
    # Thirty days behind 17/04: Sunday 17/05, so Monday 18/05.
    assert [term.due_on for term in given.state.limits] == [date(2026, 5, 18)]


def test_the_ward_writes_it_down_and_the_ten_days_begin_at_the_school() -> None:
    given = Given(COMPLAINT).when(story.receive(date(2026, 3, 6), received_by_id=story.WARD)).given
    assert (given.state.stage, given.state.terms) == (Stage.FORWARDED, ())
    given.when(story.examine()).refused(r.NotAtResolverError)
    given = given.when(story.forward(date(2026, 3, 9))).given.when(story.take(date(2026, 3, 10))).given
    assert due(given, "accept") == date(2026, 3, 20)
