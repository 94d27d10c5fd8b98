from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import LEGAL_ZONE, CalendarEndError, legal_date
from domain.kernel import RefusalError
from domain.law.calendar_facts import commands as cc
from domain.law.calendar_facts import days_off as cd
from domain.law.calendar_facts import events as ce
from domain.law.calendar_facts.amendments import Amendment, amended
from domain.law.policy_facts import commands as pc
from domain.law.policy_facts import events as pe
from domain.law.policy_facts import policy as pp
from domain.law.rules import ALMANAC, UnknownRuleError

BY, HERE, THERE = (UUID(int=n) for n in (1, 7, 8))
AT = datetime(2026, 8, 24, 9, tzinfo=LEGAL_ZONE)
STORM = date(2026, 9, 10)


def storm(day: date = STORM, scope: UUID | None = None, name: str = "Nghỉ bão (demo)") -> cc.ProclaimDayOff:
    return cc.ProclaimDayOff(by=BY, at=AT, day=day, name=name, document="1/CĐ", scope=scope)


def after(*commands: cc.CalendarCommand) -> cd.Proclaimed | None:
    state = None
    for command in commands:
        state = cd.CALENDAR.fold(cd.CALENDAR.decide(state, command), state)
    return state


def test_a_day_off_is_proclaimed_with_its_paper() -> None:
    assert cd.CALENDAR.decide(None, storm()) == (
        ce.DayOffProclaimed(day=STORM, name="Nghỉ bão (demo)", document="1/CĐ", name_en="", scope=None),
    )


def test_a_make_up_day_and_its_revocation() -> None:
    saturday = date(2026, 9, 12)
    command = cc.ProclaimMakeUpDay(by=BY, at=AT, day=saturday, replaces=STORM, document="1/CĐ")
    state = after(storm(), command)
    assert cd.CALENDAR.decide(state, cc.RevokeMakeUpDay(by=BY, at=AT, day=saturday, document="2/CĐ", reason="Lỗi")) == (
        ce.MakeUpDayRevoked(day=saturday, document="2/CĐ", reason="Lỗi"),
    )
    with pytest.raises(cd.AlreadyWorkingDayError):
        cd.CALENDAR.decide(state, command)


def test_an_estimate_that_the_notice_does_not_confirm_is_revoked() -> None:
    command = cc.RevokeDayOff(by=BY, at=AT, day=date(2027, 2, 4), document="9/TB")
    assert cd.CALENDAR.decide(None, command) == (ce.DayOffRevoked(day=date(2027, 2, 4), document="9/TB"),)
    with pytest.raises(cd.NotADayOffError):
        cd.CALENDAR.decide(after(command), command)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (storm(date(2026, 8, 21)), cd.CalendarDayPastError),
        (storm(date(2026, 9, 2)), cd.AlreadyDayOffError),  # Quốc khánh
        (storm(date(2026, 9, 5)), cd.AlreadyDayOffError),  # Saturday
        (storm(date(2037, 1, 5)), CalendarEndError),
        (storm(name=" "), cd.NameMissingError),
        (cc.ProclaimDayOff(by=BY, at=AT, day=STORM, name="Bão", document=" "), cd.SourceMissingError),
        (cc.ProclaimMakeUpDay(by=BY, at=AT, day=STORM, replaces=None, document="1"), cd.AlreadyWorkingDayError),
        (cc.ProclaimMakeUpDay(by=BY, at=AT, day=date(2026, 9, 2), replaces=None, document="1"), cd.NotAMakeUpDayError),
        (cc.RevokeDayOff(by=BY, at=AT, day=STORM, document="1"), cd.NotADayOffError),
        (cc.RevokeDayOff(by=BY, at=AT, day=date(2026, 9, 5), document="1"), cd.NotADayOffError),
        (cc.RevokeMakeUpDay(by=BY, at=AT, day=date(2026, 9, 5), document="1"), cd.NotAMakeUpDayError),
    ],
)
def test_the_calendar_refuses_what_is_past_or_so_already(
    command: cc.CalendarCommand, refusal: type[RefusalError]
) -> None:
    with pytest.raises(refusal):
        cd.CALENDAR.decide(None, command)


def test_a_day_off_here_may_still_be_proclaimed_elsewhere_or_for_all() -> None:
    state = after(storm(scope=HERE))
    assert cd.CALENDAR.decide(state, storm(scope=THERE))
    assert cd.CALENDAR.decide(state, storm())
    with pytest.raises(cd.AlreadyDayOffError):
        cd.CALENDAR.decide(state, storm(scope=HERE))
    with pytest.raises(cd.AlreadyDayOffError):
        cd.CALENDAR.decide(after(storm()), storm(scope=HERE))


def adopt(rule_id: str, value: int, unit: str = "day", day_count: str = "WORKING") -> pc.AdoptAuthorityTerm:
    return msgspec.convert(
        {
            "by": BY,
            "at": AT,
            "rule_id": rule_id,
            "value": value,
            "unit": unit,
            "day_count": day_count,
            "document": "12/QĐ",
            "from_day": date(2026, 1, 1),
        },
        pc.AdoptAuthorityTerm,
    )


def repeal(rule_id: str, from_day: date) -> pc.RepealAuthorityTerm:
    return pc.RepealAuthorityTerm(by=BY, at=AT, rule_id=rule_id, document="13/QĐ", from_day=from_day)


@pytest.mark.parametrize(
    "command",
    [
        adopt("POL-TRIAGE", 2),
        adopt("POL-REVIEW", 15, "day", "CALENDAR"),
        adopt("POL-URGENT", 2, "hour", "CALENDAR"),
        adopt("AFTER-HOURS", 17, "hour", "NA"),
        adopt("AFTER-HOURS", 24, "hour", "NA"),
        adopt("POL-FEEDBACK", 10, "day", "CALENDAR"),
        adopt("TCD-REPLY", 10, "day", "WORKING"),
        adopt("KT-COMM", 7, "day", "CALENDAR"),
    ],
)
def test_an_authority_sets_its_own_terms_and_how_an_unclear_text_is_counted(command: pc.AdoptAuthorityTerm) -> None:
    (fact,) = pp.POLICY.decide(None, command)
    assert isinstance(fact, pe.AuthorityTermAdopted)
    assert (fact.rule_id, fact.value, fact.document) == (command.rule_id, command.value, "12/QĐ")


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (adopt("KN-RESOLVE-1", 20), pp.TermNotTheAuthoritysError),
        (adopt("DT-SEEDLIST", 1), pp.TermNotTheAuthoritysError),
        (adopt("NO-SUCH-RULE", 20), UnknownRuleError),
        (adopt("POL-TRIAGE", 0), pp.TermValueInvalidError),
        (adopt("POL-TRIAGE", 2, "hour", "WORKING"), pp.TermValueInvalidError),
        (adopt("POL-TRIAGE", 2, "pupils", "CALENDAR"), pp.TermValueInvalidError),
        (adopt("POL-FEEDBACK", 11, "day", "CALENDAR"), pp.TermLongerThanLawError),
        (adopt("POL-FEEDBACK", 1, "month", "CALENDAR"), pp.TermValueInvalidError),
        (adopt("TCD-REPLY", 12), pp.TermValueInvalidError),
        (adopt("AFTER-HOURS", 25, "hour", "NA"), pp.TermValueInvalidError),
        (msgspec.structs.replace(adopt("POL-ACK", 2), document=" "), pp.DocumentMissingError),
        (repeal("POL-ACK", date(2026, 9, 1)), pp.TermNotAdoptedError),
    ],
)
def test_an_authority_cannot_set_what_the_law_sets(command: pc.PolicyCommand, refusal: type[RefusalError]) -> None:
    with pytest.raises(refusal):
        pp.POLICY.decide(None, command)


def test_the_same_term_is_adopted_once_and_repealed_once() -> None:
    state = pp.POLICY.fold(pp.POLICY.decide(None, adopt("POL-ACK", 2)))
    with pytest.raises(pp.TermAlreadyAdoptedError):
        pp.POLICY.decide(state, adopt("POL-ACK", 2))
    assert pp.POLICY.decide(state, adopt("POL-ACK", 3))
    with pytest.raises(pp.TermNotAdoptedError):
        pp.POLICY.decide(state, repeal("POL-ACK", date(2025, 12, 31)))
    repealed = pp.POLICY.fold(pp.POLICY.decide(state, repeal("POL-ACK", date(2026, 9, 1))), state)
    with pytest.raises(pp.TermNotAdoptedError):
        pp.POLICY.decide(repealed, repeal("POL-ACK", date(2026, 9, 1)))
    assert pp.POLICY.decide(repealed, adopt("POL-ACK", 2))


DAYS = st.sampled_from([date(2026, 8, 21), date(2026, 8, 25), date(2026, 9, 2), date(2026, 9, 5), date(2026, 9, 6)])
SCOPES = st.sampled_from([None, None, HERE, THERE])
ON = {
    "by": st.just(BY),
    "at": st.just(AT),
    "day": DAYS,
    "document": st.sampled_from(["1/CĐ", "2/CĐ", ""]),
    "scope": SCOPES,
}
CALENDAR_COMMANDS = st.one_of(
    st.builds(cc.ProclaimDayOff, **ON, name=st.sampled_from(["Nghỉ bão (demo)", "Nghỉ lũ (demo)", ""])),
    st.builds(cc.ProclaimMakeUpDay, **ON, replaces=st.none() | DAYS),
    st.builds(cc.RevokeDayOff, **ON),
    st.builds(cc.RevokeMakeUpDay, **ON),
)
POLICY_COMMANDS = st.one_of(
    st.builds(
        pc.AdoptAuthorityTerm,
        by=st.just(BY),
        at=st.just(AT),
        rule_id=st.sampled_from(["POL-ACK", "POL-TRIAGE", "TCD-REPLY", "AFTER-HOURS", "KN-ACCEPT-1", "NO-SUCH-RULE"]),
        value=st.sampled_from([0, 2, 10, 17, 30]),
        unit=st.sampled_from(["day", "hour", "month"]),
        day_count=st.sampled_from(["CALENDAR", "WORKING", "NA"]),
        document=st.just("12/QĐ"),
        from_day=DAYS,
    ),
    st.builds(
        pc.RepealAuthorityTerm,
        by=st.just(BY),
        at=st.just(AT),
        rule_id=st.sampled_from(["POL-ACK", "POL-TRIAGE", "TCD-REPLY", "AFTER-HOURS"]),
        document=st.just("13/QĐ"),
        from_day=DAYS,
    ),
)
REACHED: Counter[str] = Counter()


def round_trips(fact: ce.CalendarFact | pe.PolicyFact) -> bool:
    return msgspec.json.decode(msgspec.json.encode(fact), type=type(fact)) == fact


@settings(max_examples=200, derandomize=True)
@given(st.lists(CALENDAR_COMMANDS, max_size=25))
def test_any_legal_history_of_the_calendar_folds_and_makes_a_calendar(commands: list[cc.CalendarCommand]) -> None:
    state: cd.Proclaimed | None = None
    facts: list[ce.CalendarFact] = []
    for command in commands:
        try:
            new = cd.CALENDAR.decide(state, command)
        except RefusalError as refusal:
            REACHED[refusal.code] += 1
            continue
        state = cd.CALENDAR.fold(new, state)
        facts += new
        REACHED.update(fact.TOPIC for fact in new)
    assert all(round_trips(fact) for fact in facts)
    assert cd.CALENDAR.fold(reversed(facts)) is not None or not facts
    for scopes in (set[UUID](), {HERE}):
        calendar = amended(ALMANAC.known_at(AT), [Amendment(fact, AT) for fact in facts], scopes)
        assert calendar.next_working_day(legal_date(AT)) - legal_date(AT) >= timedelta(1)


@settings(max_examples=200, derandomize=True)
@given(st.lists(POLICY_COMMANDS, max_size=25))
def test_any_legal_history_of_an_authoritys_terms_folds(commands: list[pc.PolicyCommand]) -> None:
    state: pp.AuthorityPolicy | None = None
    facts: list[pe.PolicyFact] = []
    for command in commands:
        try:
            new: Sequence[pe.PolicyFact] = pp.POLICY.decide(state, command)
        except RefusalError as refusal:
            REACHED[refusal.code] += 1
            continue
        state = pp.POLICY.fold(new, state)
        facts += new
        REACHED.update(fact.TOPIC for fact in new)
    assert all(round_trips(fact) for fact in facts)
    assert pp.POLICY.fold(reversed(facts)) is not None or not facts


def test_the_random_histories_reached_every_fact() -> None:
    print(dict(sorted(REACHED.items())))
    topics = {
        kind.TOPIC for kind in (ce.DayOffProclaimed, ce.MakeUpDayProclaimed, ce.DayOffRevoked, ce.MakeUpDayRevoked)
    }
    topics |= {pe.AuthorityTermAdopted.TOPIC, pe.AuthorityTermRepealed.TOPIC}
    assert topics <= set(REACHED)
