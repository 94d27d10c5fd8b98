"""Dates counted by hand. Each comment is the count: `=3` means that the day named is the third."""

from datetime import UTC, date, datetime

import pytest

from domain.calendar import LEGAL_ZONE, legal_midnight
from domain.law.counting import TermNotDerivableError
from domain.law.law import ExtensionNotAllowedError, Law, VariantUnknownError, law_at
from domain.law.rules import RuleNotInForceError, UnknownRuleError


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=UTC).date()


def law_of(text: str) -> Law:
    """The law as known on the evening of that day."""
    return law_at(legal_midnight(day(text)).replace(hour=20))


CASES = [
    # law.md §2.1
    ("KN-RESOLVE-1", "06/04/2026", "06/05/2026"),  # 24 days of April, +6
    ("KN-RESOLVE-1", "30/03/2026", "29/04/2026"),  # 31/03=1, 29/04=30, Wednesday
    ("KN-RESOLVE-1", "31/03/2026", "04/05/2026"),  # 30/04=30 off, 01/05 off, 02-03/05 weekend
    # complaints.md §8, examples 1 and 2
    ("KN-ACCEPT-1", "10/03/2026", "20/03/2026"),  # +10, Friday
    ("KN-RESOLVE-1", "18/03/2026", "17/04/2026"),  # 13 days of March, +17, Friday
    ("KN-RESOLVE-1C", "18/03/2026", "04/05/2026"),  # 13+30=43, 02/05=45 Saturday
    ("KN-RESOLVE-1RC", "18/03/2026", "18/05/2026"),  # 43, 17/05=60 Sunday
    ("TC-NOTIFY", "02/02/2026", "09/02/2026"),  # 3, 4, 5, 6, 9
    ("TC-RESOLVE", "02/02/2026", "04/03/2026"),  # 26 days of February, +4, Wednesday
    # a complaint through both levels (walk A2)
    ("KN-SEND-1", "22/04/2026", "28/04/2026"),  # 23, 24; 27/04 off; 28=3
    ("KN-WINDOW-2", "28/04/2026", "28/05/2026"),  # 2 days of April, +28
    ("KN-EFFECT", "22/04/2026", "22/05/2026"),  # 8 days of April, +22
    ("KN-ACCEPT-2", "28/05/2026", "08/06/2026"),  # 07/06=10 Sunday
    ("KN-RESOLVE-2", "05/06/2026", "20/07/2026"),  # 25 days of June, +20, Monday
    ("KN-SEND-2", "14/07/2026", "21/07/2026"),  # +7
    # schools, personal data (walks C, D)
    ("TR-M3-COMPLETE", "04/05/2026", "11/05/2026"),  # 5, 6, 7, 8, 11
    ("TR-M3-DECIDE", "15/05/2026", "19/06/2026"),  # 22/05=5, 29/05=10, 05/06=15, 12/06=20, 19/06=25
    ("PD-RESPOND", "09/06/2026", "11/06/2026"),  # 10, 11
    ("PD-WITHDRAW", "09/06/2026", "24/06/2026"),  # +15
    # feedback (walk A1)
    ("POL-ACK", "22/08/2026", "24/08/2026"),  # Saturday worked; 23 Sunday; 24=1
    ("POL-EXPLAIN", "25/08/2026", "28/08/2026"),  # 26, 27, 28
    ("POL-REVIEW", "28/08/2026", "07/09/2026"),  # 3 days of August, +7, Monday
    # Tết
    ("POL-TRIAGE", "07/02/2024", "19/02/2024"),  # 08-14 off; 15=1, 16=2, 19=3
    ("POL-TRIAGE", "24/01/2025", "05/02/2025"),  # 27-31/01 off; 03/02=1, 04=2, 05=3
    ("POL-TRIAGE", "13/02/2026", "25/02/2026"),  # 16-20 off; 23=1, 24=2, 25=3
    ("KN-ACCEPT-1", "30/01/2024", "15/02/2024"),  # 09/02=10 off, to 14/02 off
    ("KN-ACCEPT-1", "18/01/2025", "03/02/2025"),  # 28/01=10 off, to 31/01 off, weekend
    ("KN-ACCEPT-1", "06/02/2026", "23/02/2026"),  # 16/02=10 off, to 20/02 off, weekend
    # Saturdays worked, and the days exchanged for them
    ("POL-ACK", "03/05/2024", "04/05/2024"),  # Friday; Saturday 04/05 worked
    ("POL-TRIAGE", "26/04/2024", "04/05/2024"),  # 29, 30/04, 01/05 off; 02=1, 03=2, 04=3
    ("POL-ACK", "25/04/2025", "26/04/2025"),  # Friday; Saturday 26/04 worked
    ("POL-TRIAGE", "28/04/2025", "06/05/2025"),  # 29=1; 30/04-02/05 off; 05=2, 06=3
    ("POL-ACK", "09/01/2026", "10/01/2026"),  # Friday; Saturday 10/01 worked
    ("POL-ACK", "31/12/2025", "05/01/2026"),  # 01, 02/01 off; weekend; 05=1
    ("KN-ACCEPT-1", "12/08/2026", "22/08/2026"),  # 22/08=10: a Saturday that is worked stays
    ("KN-ACCEPT-1", "16/04/2025", "26/04/2025"),  # 26/04=10: likewise
    ("KN-ACCEPT-1", "19/08/2026", "03/09/2026"),  # 29/08=10 Saturday; 31/08-02/09 off
    ("KN-ACCEPT-1", "14/11/2026", "25/11/2026"),  # 24/11=10 off: Vietnamese Culture Day
    # month ends, years, backwards
    ("DT-SEEDLIST", "31/01/2024", "29/02/2024"),  # last of February, Thursday
    ("DT-SEEDLIST", "31/01/2026", "02/03/2026"),  # 28/02 Saturday
    ("DT-SEEDLIST", "31/03/2026", "04/05/2026"),  # 30/04 off, 01/05 off, weekend
    ("TT05-KEEP", "29/02/2024", "28/02/2025"),  # no 29/02/2025; Friday
    ("TT05-KEEP", "01/09/2025", "03/09/2026"),  # 01/09/2026 and 02/09 off
    ("TR-STD-SELF", "31/07/2026", "27/02/2026"),  # five months before: 28/02 Saturday, back to Friday
    ("MC-APOLOGY", "03/09/2026", "28/08/2026"),  # one working day before: 31/08-02/09 off, weekend
    ("MC-APOLOGY", "07/09/2026", "04/09/2026"),  # Monday, back to Friday
]


@pytest.mark.parametrize(("rule_id", "start", "due"), CASES)
def test_a_term_ends_on_the_day_counted_by_hand(rule_id: str, start: str, due: str) -> None:
    term = law_of(start).term("any", rule_id, trigger_on=day(start))
    assert f"{term.due_on:%d/%m/%Y}" == due
    assert term.latest_arguable_on is None


AMBIGUOUS = [
    ("TCD-REPLY", "22/08/2026", "03/09/2026", "09/09/2026"),  # 01/09=10 off | 28/08=5, 04/09=7, 09/09=10
    ("TCD-REPLY", "25/08/2026", "04/09/2026", "11/09/2026"),  # 04/09=10 | 28/08=3, 04/09=5, 11/09=10
    ("TCD-REPLY", "30/01/2024", "15/02/2024", "20/02/2024"),  # 09/02=10 off | 07/02=6, 16/02=8, 20/02=10
    ("TCD-REPLY", "18/01/2025", "03/02/2025", "07/02/2025"),  # 28/01=10 off | 24/01=5, 07/02=10
    ("TCD-REPLY", "06/02/2026", "23/02/2026", "27/02/2026"),  # 16/02=10 off | 13/02=5, 27/02=10
    ("KT-COMM", "20/10/2025", "27/10/2025", "29/10/2025"),  # 27/10=7 | 24/10=4, 29/10=7
]


@pytest.mark.parametrize(("rule_id", "start", "due", "latest"), AMBIGUOUS)
def test_an_unclear_text_gives_the_earlier_day_and_names_the_latest_arguable(
    rule_id: str, start: str, due: str, latest: str
) -> None:
    term = law_of(start).term("any", rule_id, trigger_on=day(start))
    assert (f"{term.due_on:%d/%m/%Y}", f"{term.latest_arguable_on:%d/%m/%Y}") == (due, latest)
    assert term.kind == "unclear"


MOMENTS = [
    # Hà Nội is seven hours ahead of UTC; POL-ACK is one working day
    (datetime(2026, 8, 24, 16, 59, 59, tzinfo=UTC), "24/08/2026", "25/08/2026"),  # 23:59:59 Monday
    (datetime(2026, 8, 24, 17, 0, tzinfo=UTC), "25/08/2026", "26/08/2026"),  # 00:00 Tuesday
    (datetime(2026, 8, 21, 16, 59, tzinfo=UTC), "21/08/2026", "22/08/2026"),  # 23:59 Friday; Saturday worked
    (datetime(2026, 8, 21, 17, 30, tzinfo=UTC), "22/08/2026", "24/08/2026"),  # 00:30 Saturday worked
    (datetime(2026, 8, 22, 9, 41, tzinfo=LEGAL_ZONE), "22/08/2026", "24/08/2026"),  # worked example 3
    (datetime(2026, 8, 30, 23, 59, tzinfo=LEGAL_ZONE), "30/08/2026", "03/09/2026"),  # Sunday; 31/08-02/09 off
    (datetime(2025, 12, 31, 17, 0, tzinfo=UTC), "01/01/2026", "05/01/2026"),  # 00:00 New Year; 02 off; weekend
    (datetime(2026, 2, 14, 21, 0, tzinfo=LEGAL_ZONE), "14/02/2026", "23/02/2026"),  # Saturday before Tết
]


@pytest.mark.parametrize(("at", "received", "due"), MOMENTS)
def test_a_submission_counts_from_its_own_day_in_ha_noi(at: datetime, received: str, due: str) -> None:
    law = law_at(at)
    term = law.term("acknowledge", trigger_at=at, submitted=True)
    assert f"{law.received_on(at):%d/%m/%Y}" == f"{term.started_on:%d/%m/%Y}" == received
    assert f"{term.due_on:%d/%m/%Y}" == due


def test_worked_example_three_comes_out_to_the_day() -> None:
    at = datetime(2026, 8, 22, 9, 41, tzinfo=LEGAL_ZONE)
    law = law_at(at)
    acknowledge = law.term("acknowledge", trigger_at=at, submitted=True)
    reply = law.term("reply", trigger_at=at, submitted=True)
    assert (acknowledge.due_on, acknowledge.kind) == (date(2026, 8, 24), "policy")
    assert (reply.rule_id, reply.kind) == ("TCD-REPLY", "unclear")
    assert (reply.due_on, reply.latest_arguable_on) == (date(2026, 9, 3), date(2026, 9, 9))


def test_hours_run_through_the_night_and_do_not_move() -> None:
    at = datetime(2026, 8, 29, 23, 30, tzinfo=LEGAL_ZONE)  # a Saturday
    term = law_at(at).term("urgent", trigger_at=at, submitted=True)
    assert term.due_at == datetime(2026, 8, 30, 0, 30, tzinfo=LEGAL_ZONE)
    assert term.due_on == date(2026, 8, 30)  # a Sunday
    breach = law_at(at).term("notify", "PD-BREACH", trigger_at=at)
    assert breach.due_at == datetime(2026, 9, 1, 23, 30, tzinfo=LEGAL_ZONE)  # 72 hours


def test_an_extension_counts_from_the_original_start() -> None:
    law = law_of("02/02/2026")
    term = law.term("resolve", "TC-RESOLVE", trigger_on=date(2026, 2, 2))
    longer = law.extended(term, 30, when="complex", document="05/TB-UBND")
    assert longer.due_on == date(2026, 4, 3)  # 26 + 31 = 57, 03/04=60, Friday
    check = law_of("27/10/2025").term("check", "KT-COMM", trigger_on=date(2025, 10, 20))
    extended = law_of("27/10/2025").extended(check, 3, when="complex-or-remote")
    assert (extended.due_on, extended.latest_arguable_on) == (date(2025, 10, 30), date(2025, 11, 3))  # 10 | 10 working


def test_a_second_extension_or_a_longer_one_is_refused() -> None:
    law = law_of("27/10/2025")
    term = law.term("check", "KT-COMM", trigger_on=date(2025, 10, 20))
    for days, when in ((4, "complex-or-remote"), (0, "complex-or-remote"), (3, "")):
        with pytest.raises(ExtensionNotAllowedError):
            law.extended(term, days, when=when)
    with pytest.raises(ExtensionNotAllowedError):
        law.extended(law.extended(term, 3, when="complex-or-remote"), 1, when="complex-or-remote")


def test_a_case_made_complex_is_counted_from_its_first_day_and_keeps_the_old_date() -> None:
    law = law_of("30/03/2026")
    normal = law.term("resolve", "KN-RESOLVE-1", trigger_on=date(2026, 3, 18))
    complex_case = law.with_variant(normal, "KN-RESOLVE-1C")
    assert (complex_case.due_on, complex_case.rule_id) == (date(2026, 5, 4), "KN-RESOLVE-1C")
    assert complex_case.steps[-1].due_on == date(2026, 4, 17)  # type: ignore[union-attr]
    window = law.term("lodge", "KN-WINDOW-2", trigger_on=date(2026, 4, 28), variant="remote")
    assert window.due_on == date(2026, 6, 12)  # 2 + 31 = 33, 12/06=45, Friday


def test_paused_days_are_not_counted() -> None:
    law = law_of("02/03/2026")
    term = law.term("resolve", "TC-RESOLVE", trigger_on=date(2026, 2, 2))
    paused = law.paused(term, date(2026, 2, 10), date(2026, 3, 2), "Luật Tố cáo 25/2018/QH14 Đ.34")
    assert paused.due_on == date(2026, 3, 24)  # 04/03 and 20 days (10/02 up to 01/03)
    kept = law.term("keep", trigger_on=date(2026, 2, 2))
    assert law.paused(kept, date(2026, 3, 2), date(2026, 3, 5)).due_on == date(2027, 2, 11)  # 05/02: Tết to 10/02


@pytest.mark.parametrize("rule_id", ["TR-M3-TH", "DT-CLASS", "MC-SUPPLEMENT", "DT-PUBLISH"])
def test_a_rule_without_a_known_period_sets_no_date(rule_id: str) -> None:
    with pytest.raises(TermNotDerivableError):
        law_of("01/09/2026").term("any", rule_id, trigger_on=date(2026, 9, 1))


def test_hours_need_an_instant() -> None:
    with pytest.raises(TermNotDerivableError):
        law_of("01/09/2026").term("notify", "PD-BREACH", trigger_on=date(2026, 9, 1))


def test_a_rule_is_chosen_by_the_day_of_its_trigger() -> None:
    law = law_of("01/10/2025")
    assert law.term("check", "KT-COMM", trigger_on=date(2025, 8, 5)).due_on == date(2025, 8, 12)  # +7
    with pytest.raises(RuleNotInForceError):
        law.term("check", "KT-COMM", trigger_on=date(2025, 8, 4))
    with pytest.raises(RuleNotInForceError):
        law.term("inspect", "TTR2-DURATION", trigger_on=date(2025, 7, 1))
    with pytest.raises(UnknownRuleError):
        law.term("any", "NO-SUCH-RULE", trigger_on=date(2025, 8, 5))
    with pytest.raises(VariantUnknownError):
        law.term("check", "KT-COMM", trigger_on=date(2025, 8, 5), variant="remote")


def test_a_trigger_is_either_an_instant_or_a_day() -> None:
    with pytest.raises(ValueError, match="trigger"):
        law_of("01/10/2025").term("acknowledge")


def test_before_the_law_on_reception_the_answer_is_a_matter_of_policy() -> None:
    term = law_of("02/06/2014").term("reply", trigger_on=date(2014, 6, 2))
    assert (term.rule_id, term.kind, term.due_on) == ("POL-FEEDBACK", "policy", date(2014, 6, 12))
