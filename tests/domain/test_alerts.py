"""When a term alerts, that each alert is one, and how an urgent case goes up hour by hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.alerts.alert import ALERTS, AlertTooEarlyError, UrgentNotReportedError
from domain.alerts.commands import EscalateUrgentCase, RaiseTermAlert, ReportUrgentCase
from domain.alerts.events import TermAlertRaised, UrgentCaseReported, UrgentEscalated, UrgentGround
from domain.alerts.stages import (
    MOST_ESCALATIONS,
    Milestone,
    Stage,
    escalation_at,
    escalations_reached,
    first_behind,
    milestones,
    reached,
    reached_on,
    starts_behind,
    watched,
)
from domain.calendar import DAY
from domain.law.law import law_at
from domain.law.term import Term
from tests.support.given import Given

MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""09:00 in Hà Nội."""
CASE, HEAD, DUTY = UUID(int=1), UUID(int=2), UUID(int=3)
LAW = law_at(MONDAY)


def term(rule: str = "POL-FEEDBACK", at: datetime = MONDAY, purpose: str = "reply") -> Term:
    return LAW.term(purpose, rule, trigger_at=at, submitted=True)


def days(found: Term, count: int = 4) -> list[tuple[date, Stage, int]]:
    return [(one.on, one.stage, one.overdue_days) for one, _ in zip(milestones(found), range(count), strict=False)]


def test_half_of_ten_calendar_days_is_the_fifth_and_the_due_day_is_all_of_it() -> None:
    reply = term()
    assert (reply.value, reply.day_count, reply.due_on) == (10, "AMBIGUOUS", date(2026, 3, 12))
    assert days(reply, 5) == [
        (date(2026, 3, 7), Stage.HALF, 0),
        (date(2026, 3, 10), Stage.EIGHTY, 0),
        (date(2026, 3, 12), Stage.DUE, 0),
        (date(2026, 3, 13), Stage.OVERDUE, 1),
        (date(2026, 3, 14), Stage.OVERDUE, 2),
    ]


def test_half_of_a_term_of_working_days_leaves_weekends_and_days_off_out() -> None:
    """Ten working days from 24/04/2026: 27/04 (Hùng Vương), 30/04 and 01/05 are off."""
    law = law_at(datetime(2026, 4, 24, 2, tzinfo=UTC))
    found = next(
        one
        for rule in ("TCD-REPLY", "POL-EXPLAIN", "POL-TRIAGE")
        if (one := law.term("triage", rule, trigger_at=datetime(2026, 4, 24, 2, tzinfo=UTC))).day_count == "WORKING"
    )
    half = reached_on(found, 50)
    counted = law.calendar.working_days_between(date(2026, 4, 24), half)
    assert counted == -(-found.value // 2)
    assert law.calendar.is_working_day(half)


def test_of_stages_that_fall_on_one_day_only_the_highest_alerts() -> None:
    one_day = term("POL-ACK", purpose="acknowledge")
    assert one_day.value == 1
    assert days(one_day, 2) == [(one_day.due_on, Stage.DUE, 0), (one_day.due_on + DAY, Stage.OVERDUE, 1)]


def test_terms_in_hours_and_the_windows_of_others_alert_nobody_by_the_day() -> None:
    assert not watched(term("POL-URGENT", purpose="urgent"))
    assert not watched(term("POL-REVIEW", purpose="review"))
    assert watched(term())


@pytest.mark.parametrize(
    ("purpose", "rule", "half", "eighty", "due"),
    [
        ("accept", "KN-ACCEPT-1", date(2026, 3, 15), date(2026, 3, 18), date(2026, 3, 20)),
        ("resolve", "KN-RESOLVE-1", date(2026, 3, 25), date(2026, 4, 3), date(2026, 4, 9)),
    ],
)
def test_duties_of_complaints_alert_by_the_day(purpose: str, rule: str, half: date, eighty: date, due: date) -> None:
    """From 10/03/2026, counted by hand: ten and thirty calendar days."""
    at = datetime(2026, 3, 10, 2, tzinfo=UTC)
    duty = law_at(at).term(purpose, rule, trigger_on=date(2026, 3, 10))
    assert watched(duty)
    assert days(duty, 3) == [(half, Stage.HALF, 0), (eighty, Stage.EIGHTY, 0), (due, Stage.DUE, 0)]


def test_the_windows_of_complainants_alert_nobody() -> None:
    law, day = law_at(datetime(2026, 3, 10, 2, tzinfo=UTC)), date(2026, 3, 10)
    assert not watched(law.term("window", "KN-WINDOW-2", trigger_on=day, trigger="FirstDecisionReceived"))
    assert not watched(law.term("effect", "KN-EFFECT", trigger_on=day))


def test_a_week_that_was_missed_is_told_day_by_day_and_only_once() -> None:
    reply = term()
    missed = reached(reply, None, date(2026, 3, 19))
    assert [one.on for one in missed] == [date(2026, 3, day) for day in (7, 10, 12, 13, 14, 15, 16, 17, 18, 19)]
    assert reached(reply, missed[-1].on, date(2026, 3, 19)) == []


def test_of_what_had_passed_when_a_term_became_known_only_the_latest_is_told() -> None:
    reply = term()
    assert starts_behind(reply, date(2026, 3, 2)) is None
    assert first_behind(reply, starts_behind(reply, date(2026, 3, 11))).stage is Stage.EIGHTY
    late = first_behind(reply, starts_behind(reply, date(2026, 4, 2)))
    assert (late.on, late.stage) == (date(2026, 4, 2), Stage.OVERDUE)


@settings(deadline=None)
@given(st.integers(0, 600), st.integers(0, 60), st.sampled_from(["POL-FEEDBACK", "POL-ACK", "POL-TRIAGE"]))
def test_milestones_come_in_order_and_first_behind_is_the_next_one(start: int, after: int, rule: str) -> None:
    at = MONDAY + timedelta(days=start % 200)
    found = law_at(at).term("reply", rule, trigger_at=at)
    told = [one for one, _ in zip(milestones(found), range(8), strict=False)]
    assert [one.on for one in told] == sorted({one.on for one in told})
    assert all(found.started_on < one.on for one in told)
    assert [one.stage for one in told if one.on == found.due_on] == [Stage.DUE]
    day = found.started_on + after * DAY
    behind = first_behind(found, day)
    assert behind.on > day
    assert behind in milestones(found) if after < 3 else True


def raised(one: Milestone, at: datetime) -> RaiseTermAlert:
    return RaiseTermAlert(by=HEAD, at=at, case_id=CASE, term=term(), milestone=one, told=(DUTY,))


HALF = Milestone(date(2026, 3, 7), Stage.HALF)


def test_an_alert_is_raised_once() -> None:
    later = MONDAY + timedelta(days=6)
    given_once = (
        Given(ALERTS)
        .when(raised(HALF, later))
        .then(
            TermAlertRaised(
                case_id=CASE,
                purpose="reply",
                rule_id=term().rule_id,
                due_on=date(2026, 3, 12),
                stage=Stage.HALF,
                overdue_days=0,
                reached_on=date(2026, 3, 7),
                told=(DUTY,),
            )
        )
    )
    given_once.when(raised(HALF, later)).then()


def test_an_alert_is_not_raised_before_its_day() -> None:
    Given(ALERTS).when(raised(HALF, MONDAY)).refused(AlertTooEarlyError)


def reported() -> ReportUrgentCase:
    urgent = LAW.term("urgent", trigger_at=MONDAY)
    return ReportUrgentCase(by=HEAD, at=MONDAY, case_id=CASE, ground=UrgentGround.DANGER, term=urgent, told=(DUTY,))


def escalated(number: int, after: timedelta) -> EscalateUrgentCase:
    return EscalateUrgentCase(by=HEAD, at=MONDAY + after, case_id=CASE, number=number, told=(HEAD,))


def test_the_hour_of_an_urgent_case_is_a_policy_and_says_so() -> None:
    urgent = reported().term
    assert (urgent.rule_id, urgent.kind, urgent.value, urgent.unit) == ("POL-URGENT", "policy", 1, "hour")
    assert urgent.due_at == MONDAY + timedelta(hours=1)


def test_an_urgent_case_is_reported_once_and_goes_up_hour_by_hour() -> None:
    told = Given(ALERTS).when(reported()).given
    assert [type(fact) for fact in told.history] == [UrgentCaseReported]
    told.when(reported()).then()
    up = told.when(escalated(1, timedelta(hours=1))).then(
        UrgentEscalated(case_id=CASE, number=1, missed_at=MONDAY + timedelta(hours=1), told=(HEAD,))
    )
    up.when(escalated(1, timedelta(hours=1))).then()
    up.when(escalated(2, timedelta(hours=1, minutes=59))).refused(AlertTooEarlyError)
    up.when(escalated(3, timedelta(hours=9))).refused(UrgentNotReportedError)
    up.when(escalated(2, timedelta(hours=2))).then(
        UrgentEscalated(case_id=CASE, number=2, missed_at=MONDAY + timedelta(hours=2), told=(HEAD,))
    )


def test_what_was_not_reported_is_not_escalated() -> None:
    Given(ALERTS).when(escalated(1, timedelta(hours=2))).refused(UrgentNotReportedError)


def test_escalation_ends_after_a_day_of_hours() -> None:
    urgent = reported().term
    week = MONDAY + timedelta(days=7)
    assert escalations_reached(urgent, 0, week) == list(range(1, MOST_ESCALATIONS + 1))
    assert escalations_reached(urgent, MOST_ESCALATIONS, week) == []
    assert escalation_at(urgent, 2) - escalation_at(urgent, 1) == timedelta(hours=1)


@pytest.mark.parametrize("minutes", [0, 59])
def test_nothing_goes_up_within_the_hour(minutes: int) -> None:
    assert escalations_reached(reported().term, 0, MONDAY + timedelta(minutes=minutes)) == []
