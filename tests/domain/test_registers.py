"""Register books: a number for each case, in order, without a gap."""

from __future__ import annotations

from domain.registers.events import CaseEntered, register_number
from domain.registers.register import REGISTER, EnterCase
from tests.support.feedback_story import MAI, MONDAY, someone
from tests.support.given import Given

FIRST, SECOND = someone("first case"), someone("second case")


def enter(case: str) -> EnterCase:
    return EnterCase(by=MAI, at=MONDAY, case_id=someone(case), kind="feedback", authority_code="DOITHONG", year=2026)


def test_a_case_is_entered() -> None:
    Given(REGISTER).when(enter("first case")).then(
        CaseEntered(case_id=FIRST, kind="feedback", authority_code="DOITHONG", year=2026)
    )


def test_a_case_is_entered_once_however_often_it_is_asked() -> None:
    Given(REGISTER).when(enter("first case")).given.when(enter("first case")).then()


def test_the_next_case_comes_behind_the_first() -> None:
    book = Given(REGISTER).when(enter("first case")).given.when(enter("second case")).given
    assert [fact.case_id for fact in book.history if isinstance(fact, CaseEntered)] == [FIRST, SECOND]
    assert book.state.cases == {FIRST, SECOND}


def test_the_number_is_the_place_in_the_book() -> None:
    entry = CaseEntered(case_id=FIRST, kind="feedback", authority_code="DOITHONG", year=2026)
    assert register_number(entry, 7) == "PA-DOITHONG-2026-0007"
    assert register_number(entry, 12_345) == "PA-DOITHONG-2026-12345"


def test_a_kind_of_case_without_a_prefix_of_its_own_is_named_in_full() -> None:
    entry = CaseEntered(case_id=FIRST, kind="check", authority_code="DOITHONG", year=2026)
    assert register_number(entry, 1) == "CHECK-DOITHONG-2026-0001"
