"""Opinions on their way: to a level, to an answer, to another body, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from domain.calendar import legal_date
from domain.dialogues import commands as c
from domain.dialogues import events as f
from domain.dialogues import refusals as r
from domain.dialogues.state import Dialogue, OpinionState
from domain.dialogues.vocabulary import SETTLED, Addressed


def route(state: Dialogue, cmd: c.RouteOpinions) -> Sequence[f.DialogueFact]:
    """Several at once, all or none; again as long as they are open."""
    numbers = _open(state, cmd.numbers)
    body = named_body(cmd.level, cmd.body)
    check_due(state, cmd.due_on, cmd.due_reason)
    return (
        f.OpinionsRouted(
            numbers=numbers, level=cmd.level, body=body, due_on=cmd.due_on, due_reason=cmd.due_reason.strip()
        ),
    )


def answer(state: Dialogue, cmd: c.AnswerOpinion) -> Sequence[f.DialogueFact]:
    """On the spot or later, with or without a level."""
    (number,) = _open(state, (cmd.number,))
    if cmd.answer is None:
        raise r.AnswerMissingError(field="answer")
    _happened(state, cmd.answered_on, legal_date(cmd.at), "answered_on")
    return (f.OpinionAnswered(number=number, answer=cmd.answer, answered_on=cmd.answered_on),)


def transfer(state: Dialogue, cmd: c.TransferOpinions) -> Sequence[f.DialogueFact]:
    """To the body that is competent: from then on the opinion is settled here."""
    numbers = _open(state, cmd.numbers)
    if not cmd.body.strip():
        raise r.BodyMissingError(field="receiver")
    _happened(state, cmd.transferred_on, legal_date(cmd.at), "transferred_on")
    return (
        f.OpinionsTransferred(
            numbers=numbers,
            body=cmd.body.strip(),
            transferred_on=cmd.transferred_on,
            document=cmd.document.strip(),
        ),
    )


def reopen(state: Dialogue, cmd: c.ReopenOpinion) -> Sequence[f.DialogueFact]:
    """What was settled wrongly; what was said before stays in the history."""
    if _known(state, cmd.number).status not in SETTLED:
        raise r.OpinionOpenError(field="number", number=cmd.number)
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (f.OpinionReopened(number=cmd.number, reason=cmd.reason.strip()),)


def named_body(level: Addressed | None, body: str) -> str:
    """Raises BodyMissingError where the level is none of the list and no body is named."""
    if level is Addressed.OTHER and not body.strip():
        raise r.BodyMissingError(field="body")
    return body.strip()


def check_due(state: Dialogue, due_on: date, reason: str) -> None:
    """Not before the meeting, and with a reason. Raises DayBeforeMeetingError, DueReasonMissingError."""
    if state.held_on is None or due_on < state.held_on:
        raise r.DayBeforeMeetingError(field="due_on")
    if not reason.strip():
        raise r.DueReasonMissingError(field="due_reason")


def _open(state: Dialogue, numbers: Iterable[int]) -> tuple[int, ...]:
    wanted = tuple(sorted(set(numbers)))
    if not wanted:
        raise r.NothingChosenError(field="numbers")
    for number in wanted:
        if _known(state, number).status in SETTLED:
            raise r.OpinionSettledError(field="numbers", number=number)
    return wanted


def _known(state: Dialogue, number: int) -> OpinionState:
    one = state.opinions.get(number)
    if one is None:
        raise r.OpinionUnknownError(field="number", number=number)
    return one


def _happened(state: Dialogue, on: date, today: date, field: str) -> None:
    if on > today:
        raise r.DayAheadError(field=field)
    if state.held_on is None or on < state.held_on:
        raise r.DayBeforeMeetingError(field=field)
