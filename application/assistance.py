"""Tra cứu giúp người gọi: an official who is told a code looks, and is seen to have looked."""

from __future__ import annotations

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

    async def must_handle(self, actor: Actor, case_id: UUID) -> None:
        """Raises NotVisibleError for a case of another authority, as for a wrong code."""
        self.must_assist(actor)
        seen = await self._execute.load(FEEDBACK, case_id)
        if seen is None or not of_spoken_code(actor, seen.state):
            raise NotVisibleError

    async def look_up(self, actor: Actor, request: Request, case_id: UUID, channel: Channel) -> Receipt:
        """Records it, before anything is shown. Raises NotVisibleError, ForbiddenError, NotSpokenToError."""
        await self.must_handle(actor, case_id)
        command = LookUpTracking(by=actor.id, at=self._clock.now(), case_id=case_id, channel=channel)
        act = Act(ASSISTANCE, assistance_id_of(case_id), command, enters_for_others, enters_for_others)
        return await self._execute(actor, request, act)
