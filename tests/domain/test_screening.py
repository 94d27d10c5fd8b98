"""Screening: held with its signs, let in once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.kernel import Command, RefusalError
from domain.screening import commands as c
from domain.screening.events import ScreeningFact, SubmissionHeld, SubmissionLetIn
from domain.screening.refusals import AlreadyHeldError, NotHeldError, NothingToHoldForError
from domain.screening.screening import SCREENING
from domain.screening.vocabulary import Sign

BY, CASE = UUID(int=1), UUID(int=2)
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
HELD = SubmissionHeld(case_id=CASE, signs=(Sign.TOO_QUICK,))
HOLD = c.HoldSubmission(by=BY, at=AT, case_id=CASE, signs=frozenset({Sign.TOO_QUICK, Sign.HIDDEN_FIELD_FILLED}))
LET_IN = c.LetInSubmission(by=BY, at=AT, case_id=CASE)


def test_a_submission_is_held_with_all_its_signs_in_one_order() -> None:
    (held,) = SCREENING.decide(None, HOLD)
    assert held == SubmissionHeld(case_id=CASE, signs=(Sign.HIDDEN_FIELD_FILLED, Sign.TOO_QUICK))


def test_what_is_held_is_let_in() -> None:
    assert SCREENING.decide(SCREENING.fold([HELD]), LET_IN) == (SubmissionLetIn(case_id=CASE),)


@pytest.mark.parametrize(
    ("given", "when", "refusal"),
    [
        ([HELD], HOLD, AlreadyHeldError),
        ([], c.HoldSubmission(by=BY, at=AT, case_id=CASE, signs=frozenset()), NothingToHoldForError),
        ([], LET_IN, NotHeldError),
        ([HELD, SubmissionLetIn(case_id=CASE)], LET_IN, NotHeldError),
    ],
    ids=["held twice", "without a sign", "never held", "let in twice"],
)
def test_refused(given: list[ScreeningFact], when: Command, refusal: type[RefusalError]) -> None:
    with pytest.raises(refusal):
        SCREENING.decide(SCREENING.fold(given), when)  # type: ignore[arg-type]  # one of its two commands
