"""Tells what must be told: alerts of terms of feedback and complaints, and that nobody took what was urgent.

Exactly once: the id of each command follows from the case and from what is told, so a second worker, or the same one
after it was killed between the append and anything else, finds the first answer. A worker that stood still for a week
tells each missed alert once, with the day it belongs to; what was answered meanwhile raises nothing any more. People
are not flooded by that: their list and their mails show the newest alert of a term, not the series.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from application.access import SYSTEM, system_only
from application.complaint_telling import concerned, told_office
from application.execute import Act, Executor
from application.offices import Office, OfficeBook
from application.ports import Clock, Request
from domain.alerts.alert import ALERTS
from domain.alerts.commands import AlertCommand, EscalateProtectionTask, EscalateUrgentCase, RaiseTermAlert
from domain.alerts.stages import (
    MOST_PROTECTION_ESCALATIONS,
    PROTECTION_EVERY,
    Milestone,
    Stage,
    escalations_reached,
    reached,
)
from domain.calendar import legal_date
from domain.complaints.complaint import COMPLAINT
from domain.feedback.feedback import FEEDBACK
from domain.feedback.state import Feedback
from domain.law.term import Term
from domain.protection.protection import PROTECTION

RunningTerm = tuple[Term, date | None]
"""A term, and the day up to which its milestones were told."""


def alerts_id(case_id: UUID) -> UUID:
    """The stream of the alerts of a case, or of a protection task."""
    return uuid5(case_id, "alerts")


class AlertDesk:
    """Raises VersionConflictError when other workers kept coming first: then it is tried again later."""

    def __init__(self, execute: Executor, clock: Clock, offices: OfficeBook) -> None:
        self._execute, self._clock, self._offices = execute, clock, offices
        self._known: dict[UUID, Office] = {}

    def look_again(self) -> None:
        """Forgets who works where; asked once a round."""
        self._known.clear()

    async def tell(self, case_id: UUID, terms: Sequence[RunningTerm], urgent: Term | None, escalations: int) -> int:
        """Everything of this case whose moment has come; how many facts. What the store says now decides."""
        seen = await self._execute.load(FEEDBACK, case_id)
        if seen is None or seen.state.answered or seen.state.closed or seen.state.authority_id is None:
            return 0
        state, now, commands = seen.state, self._clock.now(), list[tuple[str, AlertCommand]]()
        office = await self._office(seen.state.authority_id)
        running = {(term.purpose, term.due_on) for term in state.terms}
        for term, behind in terms:
            if (term.purpose, term.due_on) in running:
                for one in reached(term, behind, legal_date(now)):
                    commands.append(self._alert(case_id, term, one, office, state))
        if urgent is not None and state.holder_id is None:
            for number in escalations_reached(urgent, escalations, now):
                told = office.heads(state)
                escalation = EscalateUrgentCase(by=SYSTEM.id, at=now, case_id=case_id, number=number, told=told)
                commands.append((f"escalation/{number}", escalation))
        for name, command in commands:
            await self._once(case_id, name, command)
        return len(commands)

    async def tell_complaint(self, case_id: UUID, terms: Sequence[RunningTerm]) -> int:
        """Every alert of the duties of a complaint whose day has come; how many facts. What the store says decides."""
        seen = await self._execute.load(COMPLAINT, case_id)
        if seen is None or seen.state.suspended_from is not None:
            return 0
        authority_id = told_office(seen.state)
        if authority_id is None:
            return 0
        office, now, count = await self._office(authority_id), self._clock.now(), 0
        for term, behind in terms:
            if term not in seen.state.terms:
                continue
            told = concerned(office.actors, seen.state, term.purpose)
            for one in reached(term, behind, legal_date(now)):
                alert = RaiseTermAlert(by=SYSTEM.id, at=now, case_id=case_id, term=term, milestone=one, told=told)
                await self._once(case_id, _name(term, one), alert)
                count += 1
        return count

    async def tell_task(self, task_id: UUID, term: Term, escalations: int) -> int:
        """That a protection task still waits for somebody: to everybody who may take it."""
        task = await self._execute.load(PROTECTION, task_id)
        if task is None or task.state.holder_id is not None or task.state.closed or task.state.case_id is None:
            return 0
        case = await self._execute.load(FEEDBACK, task.state.case_id)
        if case is None:
            return 0
        now = self._clock.now()
        told = await self._offices.protectors(task.state, case.state)
        numbers = escalations_reached(term, escalations, now, PROTECTION_EVERY, MOST_PROTECTION_ESCALATIONS)
        for number in numbers:
            command = EscalateProtectionTask(by=SYSTEM.id, at=now, task_id=task_id, number=number, told=told)
            await self._once(task_id, f"escalation/{number}", command)
        return len(numbers)

    def _alert(
        self, case_id: UUID, term: Term, one: Milestone, office: Office, state: Feedback
    ) -> tuple[str, AlertCommand]:
        told = set(office.responsible(state))
        if one.stage is Stage.OVERDUE:
            told |= set(office.heads(state))
        command = RaiseTermAlert(
            by=SYSTEM.id, at=self._clock.now(), case_id=case_id, term=term, milestone=one, told=tuple(sorted(told))
        )
        return _name(term, one), command

    async def _once(self, about_id: UUID, name: str, command: AlertCommand) -> None:
        command_id = uuid5(alerts_id(about_id), name)
        act = Act(ALERTS, alerts_id(about_id), command, system_only, system_only)
        await self._execute(SYSTEM, Request(id=command_id, fingerprint=command_id.bytes), act)

    async def _office(self, authority_id: UUID) -> Office:
        if authority_id not in self._known:
            self._known[authority_id] = await self._offices.of(authority_id)
        return self._known[authority_id]


def _name(term: Term, one: Milestone) -> str:
    """What one alert of a case is called; its command's id follows from it."""
    return f"{term.purpose}/{term.rule_id}/{term.due_on}/{one.stage}/{one.overdue_days}"
