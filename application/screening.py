"""The desk of the screening: what looks like junk waits for a person, and nothing is thrown away by a machine."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from application.access import Actor, everyone
from application.execute import Act, Executor
from application.feedback_access import may, sees_feedback
from application.ports import Clock, Receipt, Request
from domain.feedback.feedback import FEEDBACK
from domain.feedback.state import Feedback
from domain.kernel import Command
from domain.screening import commands as c
from domain.screening.screening import SCREENING
from domain.screening.vocabulary import Sign

LETS_IN = "acknowledgements"
"""Whoever may take a submission in may also say that it is one."""


def screening_stream_of(case_id: UUID) -> UUID:
    """The stream beside that of the submission."""
    return uuid5(case_id, "screening")


def held(case_id: UUID, by: UUID, at: datetime, signs: frozenset[Sign]) -> tuple[Act, ...]:
    """What goes into the same append as the submission; nothing without a sign."""
    if not signs:
        return ()
    command = c.HoldSubmission(by=by, at=at, case_id=case_id, signs=signs)
    return (Act(SCREENING, screening_stream_of(case_id), command, everyone, everyone),)


class ScreeningDesk:
    """Raises what the executor raises."""

    def __init__(self, execute: Executor, clock: Clock) -> None:
        self._execute, self._clock = execute, clock

    async def let_in(self, actor: Actor, request: Request, case_id: UUID) -> Receipt:
        """Into the work, by whoever may take it in. Terms do not move: they run from the day of receipt."""
        seen = await self._execute.load(FEEDBACK, case_id)
        state: Feedback | None = seen.state if seen else None

        def visible(who: Actor, _state: object) -> bool:
            return sees_feedback(who, state)

        def allowed(who: Actor, _state: object) -> bool:
            return may(LETS_IN)(who, state)

        command: Command = c.LetInSubmission(by=actor.id, at=self._clock.now(), case_id=case_id)
        act = Act(SCREENING, screening_stream_of(case_id), command, visible, allowed)
        return await self._execute(actor, request, act)
