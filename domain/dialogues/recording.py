"""What was said at the meeting: taken in by the sheet, with every row that could not be taken kept."""

from __future__ import annotations

from collections.abc import Sequence

from domain.dialogues import commands as c
from domain.dialogues import events as f
from domain.dialogues import refusals as r
from domain.dialogues.parts import Opinion
from domain.dialogues.settling import check_due, named_body
from domain.dialogues.state import Dialogue

MOST_OPINIONS = 1_000
"""Opinions of one meeting, rows that wait among them (policy of the system)."""


def take_in(state: Dialogue, cmd: c.TakeInOpinions) -> Sequence[f.DialogueFact]:
    """Numbers are taken once. What is mended goes from the rows that wait."""
    if state.held_on is None:
        raise r.NotHeldError
    if not cmd.opinions and not cmd.aside and not cmd.mended:
        raise r.NothingNewError(field="sheet")
    mended = set(cmd.mended)
    if mended - state.aside.keys():
        raise r.RowUnknownError
    waiting = (state.aside.keys() - mended) | {row.id for row in cmd.aside}
    if len(state.opinions) + len(cmd.opinions) + len(waiting) > MOST_OPINIONS:
        raise r.TooManyOpinionsError(field="sheet", most=MOST_OPINIONS)
    taken = set(state.opinions)
    for opinion in cmd.opinions:
        _check(state, opinion, taken)
        taken.add(opinion.number)
    facts: list[f.DialogueFact] = []
    if cmd.opinions or cmd.mended:
        facts.append(f.OpinionsRecorded(opinions=cmd.opinions, mended=cmd.mended))
    if cmd.aside:
        facts.append(f.RowsKeptBack(rows=cmd.aside))
    return facts


def _check(state: Dialogue, opinion: Opinion, taken: set[int]) -> None:
    if opinion.number < 1:
        raise r.NumberWrongError(field="number")
    if opinion.number in taken:
        raise r.NumberTakenError(field="number", number=opinion.number)
    named_body(opinion.level, opinion.body)
    if opinion.due_on is not None:
        check_due(state, opinion.due_on, opinion.due_reason)


def dismiss(state: Dialogue, cmd: c.DismissRow) -> Sequence[f.DialogueFact]:
    """A line of the sheet that nobody said, a sum for example."""
    if cmd.row_id not in state.aside:
        raise r.RowUnknownError
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (f.RowDismissed(row_id=cmd.row_id, reason=cmd.reason.strip()),)
