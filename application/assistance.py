"""Tra cứu giúp người gọi: an official who is told a code looks, and is seen to have looked."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5

from application.access import Actor, ForbiddenError, NotVisibleError
from application.execute import Act, Executor
from application.feedback_access import enters_for_others, of_spoken_code
from application.ports import Clock, Receipt, Request
from domain.assistance.assistance import ASSISTANCE, LookUpTracking
from domain.feedback.feedback import FEEDBACK
from domain.feedback.vocabulary import Channel


def assistance_id_of(case_id: UUID) -> UUID:
    """The stream of the look-ups of one case."""
    return uuid5(case_id, "assistance")


class AssistanceDesk:
    """Whoever enters for others may help at the tracking page; what the own authority does not handle is not there."""

    def __init__(self, execute: Executor, clock: Clock) -> None:
        self._execute, self._clock = execute, clock

    def must_assist(self, actor: Actor) -> None:
        """Asked before the code is looked at. Raises ForbiddenError."""
        if actor.kind != "official" or not enters_for_others(actor, None):
            raise ForbiddenError

    async def handled(self, actor: Actor, cases: Sequence[UUID]) -> UUID:
        """The first of these cases that the own authority handles. Raises NotVisibleError, as for a wrong code."""
        self.must_assist(actor)
        for case_id in cases:
            seen = await self._execute.load(FEEDBACK, case_id)
            if seen is not None and of_spoken_code(actor, seen.state):
                return case_id
        raise NotVisibleError

    async def look_up(self, actor: Actor, request: Request, cases: Sequence[UUID], channel: Channel) -> Receipt:
        """Records it, before anything is shown. `cases`: all that the submission became.

        Raises NotVisibleError, ForbiddenError, NotSpokenToError.
        """
        case_id = await self.handled(actor, cases)
        command = LookUpTracking(by=actor.id, at=self._clock.now(), case_id=case_id, channel=channel)
        act = Act(ASSISTANCE, assistance_id_of(case_id), command, enters_for_others, enters_for_others)
        return await self._execute(actor, request, act)
