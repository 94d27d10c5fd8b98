"""Screening: held with the signs that were seen, let in once by an official."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import msgspec
from msgspec.structs import replace

from domain.kernel import Decider
from domain.screening import commands as c
from domain.screening import events as f
from domain.screening import refusals as r


class Screening(msgspec.Struct, frozen=True):
    """Only what the rules read."""

    held: bool = False
    let_in: bool = False


def evolve(state: Screening | None, fact: f.ScreeningFact) -> Screening:
    """Rule-free and total."""
    state = state or Screening()
    match fact:
        case f.SubmissionHeld():
            return replace(state, held=True)
        case f.SubmissionLetIn():
            return replace(state, let_in=True)
        case _:
            assert_never(fact)


def decide(state: Screening | None, command: c.ScreeningCommand) -> Sequence[f.ScreeningFact]:
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, c.HoldSubmission):
        if state is not None:
            raise r.AlreadyHeldError
        if not command.signs:
            raise r.NothingToHoldForError
        return (f.SubmissionHeld(case_id=command.case_id, signs=tuple(sorted(command.signs))),)
    if state is None or not state.held or state.let_in:
        raise r.NotHeldError
    return (f.SubmissionLetIn(case_id=command.case_id),)


SCREENING: Decider[Screening, c.ScreeningCommand, f.ScreeningFact] = Decider("screening", decide, evolve)
