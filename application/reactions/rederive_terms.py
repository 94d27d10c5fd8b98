"""A change of the calendar: every open case that it moves is counted anew by a fact of its own, closed ones never.

So is the day by which a school explains, unless somebody set it by hand, and every date of a complaint that still runs.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID, uuid5

from application.access import SYSTEM
from application.calendar_desk import OpenCases
from application.complaints import ComplaintDesk
from application.explanations import ExplanationDesk
from application.feedback import FeedbackDesk
from application.ports import Recorded, Request
from domain.calendar import legal_date
from domain.kernel import Fact
from domain.law.calendar_facts.events import (
    CalendarFact,
    DayOffProclaimed,
    DayOffRevoked,
    MakeUpDayProclaimed,
    MakeUpDayRevoked,
)


class CaughtUp(Protocol):
    """How far the list of open cases is."""

    async def reached(self, log_index: int) -> None:
        """Waits until everything recorded up to there stands in the list."""
        ...


class RederiveTerms:
    """The command id of each case follows from the fact and the case: broken off and begun again, it is one effect."""

    name = "rederive-terms"
    facts: tuple[type[Fact], ...] = (DayOffProclaimed, MakeUpDayProclaimed, DayOffRevoked, MakeUpDayRevoked)

    def __init__(
        self,
        feedback: FeedbackDesk,
        explanations: ExplanationDesk,
        complaints: ComplaintDesk,
        open_cases: OpenCases,
        caught_up: CaughtUp,
    ) -> None:
        self._feedback, self._explanations, self._complaints = feedback, explanations, complaints
        self._open_cases, self._caught_up = open_cases, caught_up

    async def react(self, recorded: Recorded) -> None:
        """Case after case, each with its own append."""
        fact = recorded.fact
        if not isinstance(fact, CalendarFact):
            return
        await self._caught_up.reached(recorded.log_index)
        cases = await self._open_cases.of(fact.scope, legal_date(recorded.recorded_at))
        requests = await self._open_cases.requests([case.id for case in cases])
        for case in cases:
            wish = _request(recorded, case.id)
            await self._feedback.rederive(SYSTEM, wish, case.id, fact.document, recorded.recorded_at)
            for asked in requests.get(case.id, ()):
                wish = _request(recorded, asked)
                await self._explanations.rederive(wish, asked, case.authority_id, fact.document, recorded.recorded_at)
        for case in await self._open_cases.complaints(fact.scope, legal_date(recorded.recorded_at)):
            wish = _request(recorded, case.id)
            await self._complaints.rederive(wish, case.id, fact.document, recorded.recorded_at)


def _request(recorded: Recorded, stream_id: UUID) -> Request:
    command_id = uuid5(recorded.event_id, f"rederive/{stream_id}")
    return Request(
        id=command_id,
        fingerprint=command_id.bytes,
        correlation_id=recorded.correlation_id,
        causation_id=recorded.event_id,
    )
