"""What several rules ask before they say yes: where a case stands, why, and whether a second person looked."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from domain.feedback import refusals as r
from domain.feedback.state import Feedback


def not_ended(state: Feedback) -> Feedback:
    """It has not ended another way than by an answer. Raises EndedError."""
    if state.ending is not None:
        raise r.EndedError(ending=state.ending.value)
    return state


def in_work(state: Feedback) -> Feedback:
    """Acknowledged and neither answered, closed nor ended. Raises the refusal that says which is not so."""
    if not_ended(state).closed:
        raise r.FeedbackClosedError
    if state.holder_id is None:
        raise r.NotAcknowledgedError
    if state.answered:
        raise r.AlreadyAnsweredError
    return state


def for_an_answer(state: Feedback) -> Feedback:
    """In work, and not information, to which no answer is owed (complaints.md §5.4)."""
    if in_work(state).information:
        raise r.InformationCaseError
    return state


def in_hand(state: Feedback) -> Feedback:
    """On its way to an answer and not on a head's desk: it may still go another way."""
    if for_an_answer(state).waits_for_release:
        raise r.WaitingForReleaseError
    return state


def because(reason: str, field: str = "reason") -> str:
    """The reason without blanks around. Raises ReasonMissingError."""
    if not reason.strip():
        raise r.ReasonMissingError(field=field)
    return reason.strip()


class OfTwo(Protocol):
    """A command that a second person gives. `others`: how many else could."""

    @property
    def by(self) -> UUID: ...

    @property
    def others(self) -> int: ...

    @property
    def alone_reason(self) -> str: ...


def second_person(first: UUID | None, cmd: OfTwo) -> str:
    """Why one person did both halves; empty when two did. Only where the authority has nobody else, and with a reason.

    Raises SecondPersonNeededError, ReasonMissingError.
    """
    if cmd.by != first:
        return ""
    if cmd.others > 0:
        raise r.SecondPersonNeededError
    return because(cmd.alone_reason, "alone_reason")
