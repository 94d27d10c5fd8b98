"""A sender says to be treated worse since the message: what each act follows from, and each refusal with its field."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.alerts.alert import ALERTS, AlertTooEarlyError, UrgentNotReportedError
from domain.alerts.commands import EscalateProtectionTask, ReportProtectionTask
from domain.alerts.events import ProtectionTaskEscalated
from domain.alerts.stages import (
    MOST_PROTECTION_ESCALATIONS,
    PROTECTION_EVERY,
    escalation_at,
    escalations_reached,
    target_at,
)
from domain.kernel import Command, Fact, RefusalError, Sealed, UnknownCaseError
from domain.law.explain import badge
from domain.law.law import law_at
from domain.protection import commands as c
from domain.protection import events as f
from domain.protection import refusals as r
from domain.protection.protection import MOST_OPEN, PROTECTION, possible_actions
from domain.protection.vocabulary import ProtectionOutcome, Whom
from tests.support.deciders import KINDS
from tests.support.given import Given
from tests.support.histories import history_of

CASE, AUTHORITY, SUBJECT, SON, ANH = (UUID(int=n) for n in range(1, 6))
TUESDAY = datetime(2026, 8, 25, 2, tzinfo=UTC)
"""25/08/2026, 09:00 in Hà Nội."""


def sealed(text: str) -> Sealed:
    return Sealed(SUBJECT, UUID(int=9), "test:text", b"nonce", text.encode(), b"commitment")


reporting = c.ReportWorseTreatment(
    by=SUBJECT,
    at=TUESDAY,
    case_id=CASE,
    authority_id=AUTHORITY,
    subject_id=SUBJECT,
    whom=Whom.CHILD,
    since=date(2026, 8, 20),
    text=sealed("Cháu bị chuyển lớp"),
    open_already=0,
    law=law_at(TUESDAY),
)
taking = c.TakeProtection(by=ANH, at=TUESDAY)
noting = c.NoteMeasure(by=ANH, at=TUESDAY, note=sealed("Đã gặp phụ huynh"))
handing = c.HandProtectionOver(by=ANH, at=TUESDAY, official_id=SON, permitted=True)
closing = c.CloseProtection(
    by=ANH,
    at=TUESDAY,
    outcome=ProtectionOutcome.MEASURES_TAKEN,
    referred_to="",
    reason=None,
    words=sealed("Cháu đã về lớp cũ"),
)
reported = Given(PROTECTION).when(reporting).given
taken = reported.when(taking).given
closed = taken.when(closing).given


def test_a_report_opens_a_task_whose_hour_is_the_authoritys_own_rule() -> None:
    (fact,) = Given(PROTECTION).when(reporting).facts
    assert isinstance(fact, f.ProtectionReported)
    assert (fact.case_id, fact.whom, fact.since) == (CASE, Whom.CHILD, date(2026, 8, 20))
    assert (fact.term.purpose, fact.term.rule_id, fact.term.kind) == ("protect", "POL-PROTECT", "policy")
    assert target_at(fact.term) == TUESDAY + timedelta(hours=24)
    assert badge(fact.term) != badge(law_at(TUESDAY).term("acknowledge", "TT05-KEEP", trigger_at=TUESDAY))


def test_a_task_is_taken_a_measure_noted_and_the_sender_is_told_what_came_of_it() -> None:
    walk = reported.when(taking).then(f.ProtectionTaken(official_id=ANH))
    walk = walk.when(noting).then(f.ProtectionMeasureNoted(note=sealed("Đã gặp phụ huynh")))
    walk = walk.when(handing).then(f.ProtectionHandedOver(official_id=SON))
    walk.when(closing).then(
        f.ProtectionClosed(
            outcome=ProtectionOutcome.MEASURES_TAKEN, referred_to="", reason=None, words=sealed("Cháu đã về lớp cũ")
        )
    )


@pytest.mark.parametrize(
    ("history", "command", "refusal", "field"),
    [
        (Given(PROTECTION), replace(reporting, text=None), r.NothingToldError, "text"),
        (Given(PROTECTION), replace(reporting, since=date(2026, 8, 26)), r.SinceAheadError, "since"),
        (reported, reporting, r.AlreadyReportedError, None),
        (Given(PROTECTION), taking, UnknownCaseError, None),
        (taken, replace(taking, by=SON), r.AlreadyTakenError, None),
        (reported, noting, r.NotTakenError, None),
        (reported, handing, r.NotTakenError, None),
        (reported, closing, r.NotTakenError, None),
        (taken, replace(noting, note=None), r.NoteMissingError, "note"),
        (taken, replace(handing, permitted=False), r.NotPermittedError, "official_id"),
        (taken, replace(handing, official_id=ANH), r.SamePersonError, "official_id"),
        (taken, replace(closing, words=None), r.WordsMissingError, "words"),
        (taken, replace(closing, outcome=ProtectionOutcome.REFERRED), r.ReceiverMissingError, "referred_to"),
        (taken, replace(closing, outcome=ProtectionOutcome.NOTHING_FOUND), r.ClosingReasonMissingError, "reason"),
        (closed, taking, r.ProtectionClosedError, None),
        (closed, noting, r.ProtectionClosedError, None),
        (closed, handing, r.ProtectionClosedError, None),
        (closed, closing, r.ProtectionClosedError, None),
    ],
)
def test_what_is_refused_names_the_field(
    history: Given, command: Command, refusal: type[RefusalError], field: str | None
) -> None:
    history.when(command).refused(refusal, field=field)


def test_only_so_many_reports_of_one_sender_wait_at_a_time() -> None:
    assert Given(PROTECTION).when(replace(reporting, open_already=MOST_OPEN - 1)).facts
    Given(PROTECTION).when(replace(reporting, open_already=MOST_OPEN)).refused(r.TooManyOpenError, most=MOST_OPEN)


def test_nothing_found_needs_a_reason_and_a_referral_its_receiver_which_no_other_outcome_keeps() -> None:
    nothing = replace(closing, outcome=ProtectionOutcome.NOTHING_FOUND, reason=sealed("Lớp được chia lại"))
    (fact,) = taken.when(nothing).facts
    assert isinstance(fact, f.ProtectionClosed)
    assert fact.reason is not None
    (referred,) = taken.when(replace(closing, outcome=ProtectionOutcome.REFERRED, referred_to=" Công an (demo) ")).facts
    (other,) = taken.when(replace(closing, referred_to="Công an (demo)")).facts
    assert isinstance(referred, f.ProtectionClosed)
    assert isinstance(other, f.ProtectionClosed)
    assert (referred.referred_to, other.referred_to) == ("Công an (demo)", "")


def test_where_the_senders_data_are_gone_a_task_can_be_ended_without_words() -> None:
    without = replace(closing, outcome=ProtectionOutcome.NOTHING_FOUND, words=None, erased=True)
    (fact,) = taken.when(without).facts
    assert isinstance(fact, f.ProtectionClosed)
    assert (fact.words, fact.reason) == (None, None)


def test_what_may_be_done_follows_from_where_it_stands() -> None:
    assert [possible_actions(given.state) for given in (reported, taken, closed)] == [
        {"takings"},
        {"measures", "hand-overs", "closures"},
        frozenset(),
    ]


def test_the_few_are_told_once_and_again_day_by_day_but_not_for_ever() -> None:
    term = law_at(TUESDAY).term("protect", trigger_at=TUESDAY)
    told = ReportProtectionTask(by=SON, at=TUESDAY, task_id=CASE, term=term, told=(ANH, SON))
    alerts = Given(ALERTS).when(told).given
    assert alerts.when(told).facts == ()

    def again(number: int, at: datetime) -> EscalateProtectionTask:
        return EscalateProtectionTask(by=SON, at=at, task_id=CASE, number=number, told=(SON,))

    day = target_at(term)
    Given(ALERTS).when(again(1, day)).refused(UrgentNotReportedError)
    alerts.when(again(1, day - timedelta(seconds=1))).refused(AlertTooEarlyError)
    alerts.when(again(2, day + timedelta(days=9))).refused(UrgentNotReportedError)
    alerts = alerts.when(again(1, day)).then(
        ProtectionTaskEscalated(task_id=CASE, number=1, missed_at=day, told=(SON,))
    )
    alerts.when(again(2, day + timedelta(hours=23))).refused(AlertTooEarlyError)
    month = day + timedelta(days=30)
    numbers = escalations_reached(term, 1, month, PROTECTION_EVERY, MOST_PROTECTION_ESCALATIONS)
    assert numbers == list(range(2, MOST_PROTECTION_ESCALATIONS + 1))
    for number in numbers:
        alerts = alerts.when(again(number, month)).given
    alerts.when(again(MOST_PROTECTION_ESCALATIONS + 1, month)).refused(UrgentNotReportedError)
    assert escalation_at(term, 3, PROTECTION_EVERY) == day + timedelta(days=2)


def test_random_histories_reach_every_fact_and_fold() -> None:
    reached = Counter[type[Fact]]()
    for seed in range(300):
        history: Any = history_of(KINDS["protection"], Random(seed).choice, 12)
        reached.update(type(fact) for fact in history)
        PROTECTION.fold(history)
    assert set(reached) == set(KINDS["protection"].facts)


_OF_ACTION: dict[str, Any] = {
    "takings": taking,
    "measures": noting,
    "closures": closing,
    "hand-overs": replace(handing, official_id=UUID(int=99)),
}


def test_an_action_is_offered_exactly_when_a_proper_command_of_it_is_accepted() -> None:
    asked = Counter[str]()
    for seed in range(100):
        history = history_of(KINDS["protection"], Random(seed).choice, 12)
        for n in range(1, len(history) + 1):
            state = Given(PROTECTION, *history[:n]).state
            accepted = {action for action, command in _OF_ACTION.items() if _accepted(state, command)}
            assert accepted == possible_actions(state), state
            asked.update(accepted or {"nothing"})
    assert set(asked) == {*_OF_ACTION, "nothing"}


def _accepted(state: Any, command: Any) -> bool:
    try:
        return bool(PROTECTION.decide(state, command))
    except RefusalError:
        return False
