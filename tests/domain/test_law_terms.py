from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import LEGAL_ZONE, Calendar, legal_midnight
from domain.law.calendar_facts.amendments import Amendment, amended
from domain.law.calendar_facts.events import DayOffProclaimed, DayOffRevoked
from domain.law.law import law_at
from domain.law.policy_facts.adopted import AdoptedTerm, adopted_term
from domain.law.policy_facts.events import AuthorityTermAdopted, AuthorityTermRepealed
from domain.law.rules import ALMANAC, RULES, DayCount, Unit
from domain.law.steps import EarlierDerivation, ReceptionKept, ReceptionMoved, WithinLaw
from domain.law.term import Term

MONDAY = datetime(2026, 8, 24, 9, tzinfo=LEGAL_ZONE)
LONG_AGO = datetime(2026, 1, 5, 8, tzinfo=LEGAL_ZONE)
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))
MEASURED = sorted(
    r.id for r in RULES if r.value is not None and r.unit in {"day", "month", "year"} and r.valid_to is None
)


def adopted(
    rule_id: str, value: int, unit: Unit = "day", day_count: DayCount = "WORKING", from_day: date = date(2026, 1, 1)
) -> AdoptedTerm:
    fact = AuthorityTermAdopted(
        rule_id=rule_id, value=value, unit=unit, day_count=day_count, document="12/QĐ-UBND", from_day=from_day
    )
    return adopted_term(fact, LONG_AGO)


def test_the_authoritys_own_term_carries_its_paper() -> None:
    law = law_at(MONDAY, (adopted("POL-TRIAGE", 2),))
    term = law.term("triage", trigger_at=MONDAY, submitted=True)
    assert term.due_on == date(2026, 8, 26)  # 25, 26
    assert term.document is not None
    assert (term.kind, term.document.number) == ("policy", "12/QĐ-UBND")


def test_a_paper_counts_from_its_first_day_and_until_it_is_repealed() -> None:
    repealed = AuthorityTermRepealed(rule_id="POL-TRIAGE", document="20/QĐ-UBND", from_day=date(2026, 8, 25))
    law = law_at(MONDAY, (adopted("POL-TRIAGE", 2, from_day=date(2026, 8, 24)), adopted_term(repealed, MONDAY)))
    assert law.term("triage", trigger_on=date(2026, 8, 21)).value == 3
    assert law.term("triage", trigger_on=date(2026, 8, 24)).value == 2
    assert law.term("triage", trigger_on=date(2026, 8, 25)).value == 3
    assert law.term("triage", trigger_on=date(2026, 8, 25)).document is None


def test_a_shorter_answer_term_of_the_authority_stands_before_the_laws() -> None:
    term = law_at(MONDAY, (adopted("POL-FEEDBACK", 5),)).term("reply", trigger_at=MONDAY, submitted=True)
    assert (term.rule_id, term.due_on) == ("TCD-REPLY", date(2026, 9, 3))  # 25-28=4, 03/09=5: the law's own day
    term = law_at(MONDAY, (adopted("POL-FEEDBACK", 4),)).term("reply", trigger_at=MONDAY, submitted=True)
    assert (term.rule_id, term.due_on) == ("POL-FEEDBACK", date(2026, 8, 28))  # 25, 26, 27, 28
    assert isinstance(term.steps[-1], WithinLaw)


def test_a_term_of_the_authority_is_never_longer_than_the_law() -> None:
    at = datetime(2026, 8, 22, 9, 41, tzinfo=LEGAL_ZONE)
    term = law_at(at, (adopted("POL-FEEDBACK", 8),)).term("reply", trigger_at=at, submitted=True)
    # 24-28=5, 03/09=6, 04=7, 07=8: 07/09 is later than the law's 03/09
    assert (term.rule_id, term.kind, term.due_on) == ("TCD-REPLY", "unclear", date(2026, 9, 3))
    assert isinstance(term.steps[-1], WithinLaw)
    assert term.steps[-1].policy_due_on == date(2026, 9, 7)


def test_an_authority_may_fix_how_an_unclear_text_is_counted() -> None:
    at = datetime(2026, 8, 22, 9, 41, tzinfo=LEGAL_ZONE)
    term = law_at(at, (adopted("TCD-REPLY", 10),)).term("reply", trigger_at=at, submitted=True)
    assert (term.rule_id, term.kind, term.due_on) == ("TCD-REPLY", "policy", date(2026, 9, 9))
    assert term.latest_arguable_on is None


@pytest.mark.parametrize(
    ("at", "received", "due"),
    [
        (datetime(2026, 8, 24, 16, 59, tzinfo=LEGAL_ZONE), date(2026, 8, 24), date(2026, 8, 25)),
        (datetime(2026, 8, 24, 17, 0, tzinfo=LEGAL_ZONE), date(2026, 8, 25), date(2026, 8, 26)),
        (datetime(2026, 8, 24, 16, 30, tzinfo=UTC), date(2026, 8, 25), date(2026, 8, 26)),  # 23:30 Monday
        (datetime(2026, 8, 24, 17, 30, tzinfo=UTC), date(2026, 8, 25), date(2026, 8, 26)),  # 00:30 Tuesday
        (datetime(2026, 8, 21, 18, 0, tzinfo=LEGAL_ZONE), date(2026, 8, 22), date(2026, 8, 24)),  # Saturday worked
        (datetime(2026, 8, 29, 9, 0, tzinfo=LEGAL_ZONE), date(2026, 9, 3), date(2026, 9, 4)),  # weekend, 31/08-02/09
    ],
)
def test_an_authority_may_count_what_comes_after_hours_from_the_next_working_day(
    at: datetime, received: date, due: date
) -> None:
    law = law_at(at, (adopted("AFTER-HOURS", 17, "hour", "NA"),))
    term = law.term("acknowledge", trigger_at=at, submitted=True)
    assert (law.received_on(at), term.started_on, term.due_on) == (received, received, due)
    assert any(isinstance(step, ReceptionMoved) for step in term.steps) == (
        received != at.astimezone(LEGAL_ZONE).date()
    )
    assert law.term("acknowledge", trigger_at=at).started_on == at.astimezone(LEGAL_ZONE).date()


def test_without_such_a_rule_a_day_off_counts_and_the_explanation_says_so() -> None:
    sunday = datetime(2026, 8, 30, 10, tzinfo=LEGAL_ZONE)
    term = law_at(sunday).term("acknowledge", trigger_at=sunday, submitted=True)
    assert ReceptionKept(submitted_on=date(2026, 8, 30)) in term.steps


def test_only_what_was_known_at_the_moment_is_used() -> None:
    new_year = date(2025, 12, 31)
    before = law_at(datetime(2025, 12, 24, 12, tzinfo=LEGAL_ZONE)).term("acknowledge", trigger_on=new_year)
    after = law_at(datetime(2025, 12, 25, 12, tzinfo=LEGAL_ZONE)).term("acknowledge", trigger_on=new_year)
    assert (before.due_on, before.calendar_edition) == (date(2026, 1, 2), "2025-01")  # the exchange was not known
    assert (after.due_on, after.calendar_edition) == (date(2026, 1, 5), "2025-02")


def test_a_changed_calendar_moves_a_term_and_keeps_the_earlier_date() -> None:
    told = legal_midnight(date(2025, 12, 25))
    old = law_at(told - timedelta(hours=1)).term("acknowledge", trigger_on=date(2025, 12, 31))
    new = law_at(told).rederive(old)
    assert new is not None
    assert (new.started_on, new.due_on, new.rule_id) == (old.started_on, date(2026, 1, 5), old.rule_id)
    assert new.steps[-1] == EarlierDerivation(
        due_on=date(2026, 1, 2),
        calendar_edition="2025-01",
        derived_at=old.derived_at,
        cause="calendar",
        rule_id="POL-ACK",
    )
    assert law_at(told).rederive(new) is None


def with_day_off(day: date, calendar: Calendar, scope: UUID | None = None) -> Calendar:
    fact = DayOffProclaimed(day=day, name="Nghỉ bão (demo)", document="1/CĐ-UBND", scope=scope)
    return amended(calendar, [Amendment(fact, MONDAY)], {UUID(int=7)})


def test_a_derived_term_keeps_its_extensions_and_its_limit_by_law() -> None:
    law = law_at(MONDAY, (adopted("POL-FEEDBACK", 4),))
    policy = law.term("reply", trigger_at=MONDAY, submitted=True)  # 28/08, the law's 03/09
    closed = law.calendar
    for day in (25, 26, 27, 28):
        closed = with_day_off(date(2026, 8, day), closed)
    moved = law_at(MONDAY, law.policies, closed).rederive(policy)
    assert moved is not None
    assert (moved.rule_id, moved.due_on) == ("TCD-REPLY", date(2026, 9, 3))  # the policy's own: 03, 04, 07, 08/09
    check = law_at(MONDAY).term("check", "KT-COMM", trigger_on=date(2026, 8, 24))
    longer = law_at(MONDAY).extended(check, 1, when="complex-or-remote")  # 8 days: 01/09 off, 03/09
    stormy = law_at(MONDAY, (), with_day_off(date(2026, 9, 3), law_at(MONDAY).calendar)).rederive(longer)
    assert stormy is not None
    assert stormy.due_on == date(2026, 9, 4)


def test_a_day_off_elsewhere_moves_nothing_here() -> None:
    law = law_at(MONDAY)
    term = law.term("acknowledge", trigger_at=MONDAY)
    here = with_day_off(date(2026, 8, 25), law.calendar, UUID(int=7))
    elsewhere = with_day_off(date(2026, 8, 25), law.calendar, UUID(int=8))
    moved = law_at(MONDAY, (), here).rederive(term)
    assert moved is not None
    assert moved.due_on == date(2026, 8, 26)
    assert law_at(MONDAY, (), elsewhere).rederive(term) is None


def test_a_revoked_day_off_is_worked_again_and_the_edition_counts_on() -> None:
    base = ALMANAC.known_at(MONDAY)
    changes = [
        Amendment(DayOffProclaimed(day=date(2026, 8, 25), name="Nghỉ bão (demo)", document="1/CĐ-UBND"), MONDAY),
        Amendment(DayOffRevoked(day=date(2026, 8, 25), document="2/CĐ-UBND"), MONDAY),
    ]
    calendar = amended(base, changes)
    assert calendar.is_working_day(date(2026, 8, 25))
    assert (calendar.edition, calendar.published_on) == (f"{base.edition}.2", date(2026, 8, 24))
    assert amended(base, []) is base


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_that_measures_time_can_be_derived(rule: object) -> None:
    assert isinstance(rule, type(RULES[0]))
    if rule.value is None or rule.day_count in {"NA", "UNKNOWN"}:
        return
    day = max(rule.valid_from, date(2012, 7, 2))
    at = datetime.combine(day, time(9), LEGAL_ZONE)
    term = law_at(at).term("any", rule.id, trigger_at=at)
    assert term.rule_id in {rule.id, rule.within}
    for variant in rule.variants:
        other = law_at(at).term("any", rule.id, trigger_at=at, variant=variant.when)
        assert other.due_on > term.started_on


@given(st.sampled_from(MEASURED), DAYS)
def test_a_term_ends_on_a_working_day_and_never_before_it_starts(rule_id: str, start: date) -> None:
    rule = next(rule for rule in RULES if rule.id == rule_id)
    day = max(rule.valid_from, start)
    law = law_at(legal_midnight(day))
    term = law.term("any", rule_id, trigger_on=day)
    assert law.calendar.is_working_day(term.due_on)
    assert term.due_on < day if rule.before else term.due_on > day
    if term.latest_arguable_on is not None:
        assert term.latest_arguable_on >= term.due_on
    assert msgspec.json.decode(msgspec.json.encode(term), type=Term) == term


@given(DAYS, st.integers(1, 40), st.sampled_from(["CALENDAR", "WORKING"]))
def test_more_days_never_end_earlier(day: date, value: int, day_count: DayCount) -> None:
    law = law_at(legal_midnight(day), (adopted("POL-TRIAGE", value, "day", day_count, date(2000, 1, 1)),))
    more = law_at(legal_midnight(day), (adopted("POL-TRIAGE", value + 1, "day", day_count, date(2000, 1, 1)),))
    shorter, longer = law.term("triage", trigger_on=day), more.term("triage", trigger_on=day)
    assert shorter.due_on <= longer.due_on


@given(DAYS, st.datetimes(datetime(2019, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_later_word_changes_nothing_that_was_derived_before_it(day: date, known_from: datetime) -> None:
    word = adopted_term(
        AuthorityTermAdopted(
            rule_id="POL-ACK", value=9, unit="day", day_count="WORKING", document="1", from_day=date(2000, 1, 1)
        ),
        known_from,
    )
    at = legal_midnight(day)
    term = law_at(at, (word,)).term("acknowledge", trigger_on=day)
    assert (term.value == 9) == (known_from <= at)


@given(DAYS, DAYS)
def test_a_calendar_knows_no_day_off_before_it_was_known(day: date, other: date) -> None:
    at = legal_midnight(min(day, other))
    calendar = ALMANAC.known_at(at)
    assert all(off.known_from is None or off.known_from <= at for off in calendar.days_off.values())
    assert all(worked.known_from is None or worked.known_from <= at for worked in calendar.make_up_days.values())
    assert ALMANAC.known_at(legal_midnight(max(day, other))).edition >= calendar.edition


@given(DAYS, DAYS)
def test_deriving_again_by_the_same_calendar_moves_nothing(day: date, other: date) -> None:
    law = law_at(legal_midnight(day))
    assert law.rederive(law.term("reply", trigger_on=max(day, date(2019, 1, 1)))) is None
