"""By which day: the terms of a feedback, by the rules and days off as they stand in the rule books."""

from __future__ import annotations

from datetime import date

from domain.calendar import Calendar
from domain.feedback import commands as c
from domain.feedback import events as f
from domain.feedback.feedback import FEEDBACK
from domain.feedback.vocabulary import AskedBy, Channel
from domain.law.calendar_facts.amendments import Amendment, amended
from domain.law.calendar_facts.events import DayOffProclaimed
from domain.law.law import law_at
from domain.law.policy_facts.adopted import AdoptedTerm
from domain.law.rules import ALMANAC
from domain.law.steps import EarlierDerivation, PolicyDocument
from domain.law.term import Term
from tests.support import feedback_story as story
from tests.support.feedback_story import ha_noi, told
from tests.support.given import Given

FOUR_SEPTEMBER = date(2026, 9, 4)


def days(command: c.SubmitFeedback) -> dict[str, date]:
    """Purpose → due day of a new submission."""
    (submitted,) = Given(FEEDBACK).when(command).facts
    assert isinstance(submitted, f.FeedbackSubmitted)
    return {term.purpose: term.due_on for term in submitted.terms}


def test_a_make_up_saturday_counts_as_the_day_of_receipt() -> None:
    # Saturday 22/08 is worked for 31/08. One working day: Monday 24/08; three: 24, 25, 26/08. Ten days end on Tuesday
    # 01/09, National Day with 02/09: Thursday 03/09 (complaints.md §8, worked example 3).
    assert days(story.submit(ha_noi("2026-08-22 09:41"))) == {
        "acknowledge": date(2026, 8, 24),
        "triage": date(2026, 8, 26),
        "reply": date(2026, 9, 3),
    }


def test_the_latest_arguable_day_of_the_answer_stands_beside_it() -> None:
    # Ten working days behind 22/08: 24-28/08 (5), 03, 04, 07, 08, 09/09; 31/08, 01 and 02/09 are off.
    (submitted,) = Given(FEEDBACK).when(story.submit()).facts
    assert isinstance(submitted, f.FeedbackSubmitted)
    reply = next(term for term in submitted.terms if term.purpose == "reply")
    assert (reply.rule_id, reply.kind) == ("TCD-REPLY", "unclear")
    assert reply.latest_arguable_on == date(2026, 9, 9)


def test_a_paper_typed_two_days_later_counts_from_the_day_it_was_received() -> None:
    # Received Tuesday 25/08, typed Thursday 27/08: ten days behind 25/08 end on Friday 04/09.
    paper = story.submit(
        at=ha_noi("2026-08-27 08:30"),
        received_at=ha_noi("2026-08-25 14:00"),
        late_reason="Handed over in the hamlet",
        received_at_place=story.sealed("Núi Xanh (demo)"),
        channel=Channel.OFFLINE_SHEET,
        by=story.MAI,
    )
    (submitted,) = Given(FEEDBACK).when(paper).facts
    assert isinstance(submitted, f.FeedbackSubmitted)
    assert submitted.received_on == date(2026, 8, 25)
    assert paper.happened_at() == ha_noi("2026-08-25 14:00")
    assert days(paper) == {"acknowledge": date(2026, 8, 26), "triage": date(2026, 8, 28), "reply": FOUR_SEPTEMBER}


def test_the_day_is_the_one_in_ha_noi() -> None:
    # 23:30 UTC on Friday 21/08 is Saturday 22/08 06:30 in Hà Nội.
    late_friday_utc = story.ha_noi("2026-08-22 06:30").astimezone(tz=None)
    assert days(story.submit(late_friday_utc))["reply"] == date(2026, 9, 3)


def test_an_authority_that_promised_seven_days_is_held_to_them() -> None:
    # Seven days behind 22/08 end on Saturday 29/08; 30/08 is Sunday, 31/08, 01 and 02/09 are off: Thursday 03/09.
    # Six days end on Friday 28/08.
    assert days(story.submit(law=law_at(story.SATURDAY, policies=(promise(7),))))["reply"] == date(2026, 9, 3)
    assert days(story.submit(law=law_at(story.SATURDAY, policies=(promise(6),))))["reply"] == date(2026, 8, 28)


def test_after_hours_counts_from_the_next_working_day_where_the_authority_says_so() -> None:
    # 21:00 on Saturday 22/08 counts as Monday 24/08: ten days end on Thursday 03/09; one working day is 25/08.
    at = ha_noi("2026-08-22 21:00")
    after_hours = AdoptedTerm(
        rule_id="AFTER-HOURS",
        value=17,
        unit="hour",
        day_count="NA",
        document=paper(),
        known_from=ha_noi("2026-01-01 00:00"),
    )
    moved = story.submit(at, law=law_at(at, policies=(after_hours,)))
    assert days(moved) == {"acknowledge": date(2026, 8, 25), "triage": date(2026, 8, 27), "reply": date(2026, 9, 3)}
    (submitted,) = Given(FEEDBACK).when(moved).facts
    assert isinstance(submitted, f.FeedbackSubmitted)
    assert submitted.received_on == date(2026, 8, 24)


def test_a_review_may_be_asked_for_within_ten_days_of_the_answer() -> None:
    # Released on Friday 28/08: ten days end on Monday 07/09.
    (released,) = told(*story.ON_THE_DESK).when(story.release(at=ha_noi("2026-08-28 16:50"))).facts
    assert isinstance(released, f.AnswerReleased)
    assert released.review_term.due_on == date(2026, 9, 7)
    assert told(*story.ANSWERED).state.review_until == date(2026, 9, 7)


def test_a_reopened_case_gets_a_term_of_its_own_from_the_day_it_was_reopened() -> None:
    # Sunday 30/08: ten days end on Wednesday 09/09.
    (reopened,) = told(*story.ANSWERED).when(story.reopen(ha_noi("2026-08-30 20:00"), AskedBy.SENDER)).facts
    assert isinstance(reopened, f.FeedbackReopened)
    assert [term.due_on for term in reopened.terms] == [date(2026, 9, 9)]


def test_a_day_off_proclaimed_later_moves_the_terms_that_end_on_it_and_keeps_the_old_dates() -> None:
    # The answer was due on Thursday 03/09; with that day off it is due on Friday 04/09. The terms to acknowledge and to
    # classify were met: they do not move.
    facts = told(story.acknowledge(), story.classify()).when(rederive(date(2026, 9, 3))).facts
    (moved,) = facts
    assert isinstance(moved, f.TermRederived)
    assert (moved.old.due_on, moved.new.due_on) == (date(2026, 9, 3), FOUR_SEPTEMBER)
    assert (moved.new.purpose, moved.new.rule_id, moved.new.started_on) == ("reply", "TCD-REPLY", date(2026, 8, 22))
    assert [step.due_on for step in moved.new.steps if isinstance(step, EarlierDerivation)] == [date(2026, 9, 3)]


def test_each_running_term_that_moves_has_a_fact_of_its_own() -> None:
    # With Monday 24/08 off: one working day behind 22/08 is 25/08, three are 25, 26, 27/08; the answer stays on 03/09
    # and can be argued a working day longer.
    after = told().when(rederive(date(2026, 8, 24)))
    assert [(fact.new.purpose, fact.new.due_on) for fact in after.facts if isinstance(fact, f.TermRederived)] == [
        ("acknowledge", date(2026, 8, 25)),
        ("triage", date(2026, 8, 27)),
        ("reply", date(2026, 9, 3)),
    ]
    terms: tuple[Term, ...] = after.given.state.terms
    assert {term.purpose: term.due_on for term in terms} == {
        "acknowledge": date(2026, 8, 25),
        "triage": date(2026, 8, 27),
        "reply": date(2026, 9, 3),
    }


def test_a_day_off_that_moves_nothing_is_no_fact() -> None:
    told().when(rederive(date(2026, 10, 15))).then()


def test_no_date_of_an_answered_case_moves() -> None:
    told(*story.ANSWERED).when(rederive(date(2026, 9, 3))).then()


def test_a_term_counted_again_twice_remembers_both_earlier_dates() -> None:
    once = told(story.acknowledge(), story.classify()).when(rederive(date(2026, 9, 3))).given
    (again,) = once.when(rederive(date(2026, 9, 3), FOUR_SEPTEMBER)).facts
    assert isinstance(again, f.TermRederived)
    assert again.new.due_on == date(2026, 9, 7)  # the next Monday
    earlier = [step.due_on for step in again.new.steps if isinstance(step, EarlierDerivation)]
    assert earlier == [date(2026, 9, 3), FOUR_SEPTEMBER]


def paper() -> PolicyDocument:
    return PolicyDocument(number="05/QĐ-UBND (demo)", from_day=date(2026, 1, 1))


def promise(value: int) -> AdoptedTerm:
    """The authority's own term for answers, in days."""
    return AdoptedTerm(
        rule_id="POL-FEEDBACK",
        value=value,
        unit="day",
        day_count="CALENDAR",
        document=paper(),
        known_from=ha_noi("2026-01-01 00:00"),
    )


def rederive(*days_off: date) -> c.RederiveTerms:
    """After these days were proclaimed to be off."""
    at = ha_noi("2026-08-25 08:00")
    return c.RederiveTerms(by=story.MAI, at=at, law=law_at(at, calendar=_with(*days_off)), reason="A storm (demo)")


def _with(*days_off: date) -> Calendar:
    at = ha_noi("2026-08-25 07:00")
    proclaimed = [
        Amendment(DayOffProclaimed(day=day, name="Nghỉ bão (demo)", document="01/CĐ (demo)"), at) for day in days_off
    ]
    return amended(ALMANAC.known_at(at), proclaimed)
