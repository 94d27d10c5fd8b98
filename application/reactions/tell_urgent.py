"""An urgent case is told at once: to who is on duty and to the child-protection contact (complaints.md 4.1).

The hour in which somebody must have taken it is the authority's own rule POL-URGENT. It runs from the moment the case
is in the log: what came by paper days ago cannot be taken earlier than that.
"""

from __future__ import annotations

from datetime import timedelta

from application.access import SYSTEM, system_only
from application.alerts import alerts_id
from application.execute import Act, Executor
from application.law import LawBook
from application.offices import OfficeBook
from application.ports import Clock, Recorded
from application.reactions.base import request_for
from domain.alerts.alert import ALERTS
from domain.alerts.commands import ReportUrgentCase
from domain.alerts.events import UrgentGround
from domain.feedback.events import FeedbackClassified, FeedbackReclassified, FeedbackRestricted, FeedbackSubmitted
from domain.feedback.feedback import FEEDBACK
from domain.feedback.vocabulary import Sensitivity
from domain.kernel import Fact

STILL_NEWS = timedelta(days=1)
"""Where the log is older than this policy: what somebody has in hand for longer is not reported again."""


class TellUrgent:
    """Once for each case, whatever makes it urgent first."""

    name = "tell-urgent"
    facts: tuple[type[Fact], ...] = (FeedbackSubmitted, FeedbackClassified, FeedbackReclassified, FeedbackRestricted)

    def __init__(self, execute: Executor, clock: Clock, law: LawBook, offices: OfficeBook) -> None:
        self._execute, self._clock, self._law, self._offices = execute, clock, law, offices

    async def react(self, recorded: Recorded) -> None:
        """Appends `UrgentCaseReported` with the people who were told."""
        ground = _ground(recorded.fact)
        if ground is None:
            return
        seen = await self._execute.load(FEEDBACK, recorded.originator_id)
        if seen is None or seen.state.answered or seen.state.closed or seen.state.authority_id is None:
            return
        now, state = self._clock.now(), seen.state
        if state.holder_id is not None and now - recorded.recorded_at > STILL_NEWS:
            return
        office = await self._offices.of(seen.state.authority_id)
        law = await self._law.at(state.authority_id, recorded.recorded_at)
        command = ReportUrgentCase(
            by=SYSTEM.id,
            at=now,
            case_id=recorded.originator_id,
            ground=ground,
            term=law.term("urgent", trigger_at=recorded.recorded_at),
            told=tuple(sorted({*office.takers(state), *office.contacts(state)})),
        )
        act = Act(ALERTS, alerts_id(recorded.originator_id), command, system_only, system_only)
        await self._execute(SYSTEM, request_for(self, recorded), act)


def _ground(fact: Fact) -> UrgentGround | None:
    if isinstance(fact, FeedbackSubmitted) and fact.danger:
        return UrgentGround.DANGER
    return UrgentGround.SENSITIVITY if getattr(fact, "sensitivity", None) is Sensitivity.URGENT else None
