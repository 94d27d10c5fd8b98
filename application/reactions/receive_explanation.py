"""What a school explained arrives at the case that asked: the school's own account never writes there."""

from __future__ import annotations

from application.access import SYSTEM, system_only
from application.execute import Act, Executor
from application.ports import Clock, Recorded
from application.reactions.base import request_for
from domain.explanations.events import ExplanationGiven
from domain.explanations.explanation import EXPLANATION
from domain.feedback.feedback import FEEDBACK
from domain.feedback.mending_commands import ReceiveExplanation
from domain.feedback.refusals import ExplanationUnknownError
from domain.kernel import Fact


class ReceiveExplanations:
    """At least once: the command id follows from the fact."""

    name = "receive-explanation"
    facts: tuple[type[Fact], ...] = (ExplanationGiven,)

    def __init__(self, execute: Executor, clock: Clock) -> None:
        self._execute, self._clock = execute, clock

    async def react(self, recorded: Recorded) -> None:
        """Appends `ExplanationReceived` to the case; a case that waits for it no longer keeps as it is."""
        seen = await self._execute.load(EXPLANATION, recorded.originator_id)
        if seen is None or seen.state.case_id is None:
            return
        command = ReceiveExplanation(by=SYSTEM.id, at=self._clock.now(), explanation_id=recorded.originator_id)
        act = Act(FEEDBACK, seen.state.case_id, command, system_only, system_only)
        try:
            await self._execute(SYSTEM, request_for(self, recorded), act)
        except ExplanationUnknownError:
            return
