"""That a sender is treated worse is told at once to the few who may look after it, and to nobody else."""

from __future__ import annotations

from application.access import SYSTEM, system_only
from application.alerts import alerts_id
from application.execute import Act, Executor
from application.offices import OfficeBook
from application.ports import Clock, Recorded
from application.reactions.base import request_for
from domain.alerts.alert import ALERTS
from domain.alerts.commands import ReportProtectionTask
from domain.feedback.feedback import FEEDBACK
from domain.kernel import Fact
from domain.protection.events import ProtectionReported
from domain.protection.protection import PROTECTION


class TellProtection:
    """Once for each report."""

    name = "tell-protection"
    facts: tuple[type[Fact], ...] = (ProtectionReported,)

    def __init__(self, execute: Executor, clock: Clock, offices: OfficeBook) -> None:
        self._execute, self._clock, self._offices = execute, clock, offices

    async def react(self, recorded: Recorded) -> None:
        """Appends `ProtectionTaskReported` with the people who were told; what somebody has in hand is no news."""
        fact = recorded.fact
        if not isinstance(fact, ProtectionReported):
            return
        task = await self._execute.load(PROTECTION, recorded.originator_id)
        case = await self._execute.load(FEEDBACK, fact.case_id)
        if task is None or case is None or task.state.holder_id is not None:
            return
        command = ReportProtectionTask(
            by=SYSTEM.id,
            at=self._clock.now(),
            task_id=recorded.originator_id,
            term=fact.term,
            told=await self._offices.protectors(task.state, case.state),
        )
        act = Act(ALERTS, alerts_id(recorded.originator_id), command, system_only, system_only)
        await self._execute(SYSTEM, request_for(self, recorded), act)
