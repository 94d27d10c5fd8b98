from collections import Counter
from datetime import date, datetime

import pytest
from msgspec.structs import replace

from adapters.reference_rules import FILE, rendered
from domain.calendar import LEGAL_ZONE
from domain.law.law import Law, law_at
from domain.law.rules import RULES, RuleNotInForceError, Verification, known_rules, rules_for, select

BY_ID = {rule.id: rule for rule in RULES}


def test_the_rule_book_holds_every_researched_rule_and_those_of_the_project() -> None:
    assert len(BY_ID) == len(RULES)
    assert Counter(rule.source for rule in RULES) == {"reference-data": 87, "project": 5}
    assert Counter(rule.area for rule in RULES if rule.source == "reference-data") == {
        "INSPECTION": 24,
        "COMPLAINT": 19,
        "SCHOOL": 12,
        "DENUNCIATION": 11,
        "TUTORING": 6,
        "PETITION": 5,
        "DATA": 4,
        "SANCTION": 3,
        "ONE_STOP": 2,
        "RECORDS": 1,
    }


def test_a_policy_is_never_called_law_and_an_open_count_never_settled() -> None:
    for rule in RULES:
        assert not (rule.status == "policy" and rule.kind != "policy")
        assert not (rule.day_count in {"AMBIGUOUS", "UNKNOWN"} and rule.kind != "unclear")
        assert rule.basis
        assert rule.status
        assert rule.valid_to is None or rule.valid_to >= rule.valid_from


def test_what_bounds_a_policy_is_a_rule_of_law() -> None:
    for rule in RULES:
        if rule.within:
            assert BY_ID[rule.within].kind != "policy"
            assert (rule.value or 0) <= (BY_ID[rule.within].value or 0)


@pytest.mark.parametrize(
    ("rule_id", "verification"),
    [("TCD-REPLY", "verified"), ("KN-SEND-1", "memory"), ("POL-ACK", "policy"), ("TR-M3-TH", "unknown")],
)
def test_the_status_says_how_far_a_rule_was_verified(rule_id: str, verification: Verification) -> None:
    assert BY_ID[rule_id].verification == verification


def test_the_rules_of_a_trigger_are_those_in_force_on_its_day() -> None:
    def ids(day: date) -> list[str]:
        return [rule.id for rule in rules_for(RULES, "INSPECTION", "InspectionAnnounced", day)]

    assert ids(date(2023, 6, 30)) == ["TTR1-DURATION"]
    assert ids(date(2025, 6, 30)) == ["TTR2-DURATION"]
    assert ids(date(2025, 7, 1)) == ["TTR3-DURATION"]
    assert ids(date(2025, 8, 5)) == ["KT-COMM", "KT-MIN", "KT-PROV", "TTR3-DURATION"]


def test_a_correction_counts_from_the_day_on_which_it_became_known() -> None:
    corrected = replace(BY_ID["TT05-KEEP"], value=2, known_from=date(2026, 9, 1))
    book = (*RULES, corrected)
    august, september = (datetime(2026, month, 31 if month == 8 else 1, 12, tzinfo=LEGAL_ZONE) for month in (8, 9))
    day = date(2026, 8, 20)
    assert select(known_rules(august, book), "TT05-KEEP", day).value == 1
    assert select(known_rules(september, book), "TT05-KEEP", day).value == 2
    law = Law(at=september, calendar=law_at(september).calendar, rules=known_rules(september, book))
    assert law.term("keep", trigger_on=day).due_on == date(2028, 8, 21)  # 20/08/2028 is a Sunday


def test_a_rule_is_not_in_force_before_its_first_or_after_its_last_day() -> None:
    rule = BY_ID["TTR2-POST"]
    assert rule.valid_to is not None
    assert select(RULES, rule.id, rule.valid_from) is rule
    assert select(RULES, rule.id, rule.valid_to) is rule
    for day in (date(2023, 8, 14), date(2025, 8, 5)):
        with pytest.raises(RuleNotInForceError):
            select(RULES, rule.id, day)


def test_the_reference_of_rules_is_fresh() -> None:
    assert FILE.read_text(encoding="utf-8") == rendered(), "run: python -m adapters.reference_rules"
