"""The alerts of one case, or of one protection task: each raised once, reported once, escalated only so often.

An urgent case goes up hour by hour, a protection task day by day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import assert_never

import msgspec
from msgspec.structs import replace

from domain.alerts import commands as c
from domain.alerts import events as f
from domain.alerts.stages import (
    MOST_ESCALATIONS,
    MOST_PROTECTION_ESCALATIONS,
    PROTECTION_EVERY,
    Stage,
    escalation_at,
)
from domain.calendar import legal_date
from domain.kernel import Decider, RefusalError
from domain.law.term import Term

Raised = tuple[str, date, Stage, int]


class AlertTooEarlyError(RefusalError):
    """Its day, or its hour, has not come."""

    code = "alert-too-early"


class UrgentNotReportedError(RefusalError):
    """Only what was reported can be escalated, in order and not for ever."""

    code = "urgent-not-reported"


class Alerts(msgspec.Struct, frozen=True):
    """What was told. A stream speaks of one case or of one task, so `urgent` is the term of whichever it is."""

    raised: frozenset[Raised] = frozenset()
    urgent: Term | None = None
    escalations: int = 0


def decide(  # noqa: PLR0911 - one arm per command
    state: Alerts | None, command: c.AlertCommand
) -> Sequence[f.AlertFact]:
    """What was told already is not told again."""
    state = state or Alerts()
    match command:
        case c.RaiseTermAlert():
            return _raise(state, command)
        case c.ReportUrgentCase():
            if state.urgent is not None:
                return ()
            reported = f.UrgentCaseReported(
                case_id=command.case_id, ground=command.ground, term=command.term, told=command.told
            )
            return (reported,)
        case c.EscalateUrgentCase():
            return _escalate(state, command)
        case c.ReportProtectionTask():
            if state.urgent is not None:
                return ()
            return (f.ProtectionTaskReported(task_id=command.task_id, term=command.term, told=command.told),)
        case c.EscalateProtectionTask():
            return _escalate_task(state, command)
        case _:
            assert_never(command)


def _raise(state: Alerts, cmd: c.RaiseTermAlert) -> Sequence[f.AlertFact]:
    one = cmd.milestone
    if one.on > legal_date(cmd.at):
        raise AlertTooEarlyError
    if (cmd.term.purpose, cmd.term.due_on, one.stage, one.overdue_days) in state.raised:
        return ()
    return (
        f.TermAlertRaised(
            case_id=cmd.case_id,
            purpose=cmd.term.purpose,
            rule_id=cmd.term.rule_id,
            due_on=cmd.term.due_on,
            stage=one.stage,
            overdue_days=one.overdue_days,
            reached_on=one.on,
            told=cmd.told,
        ),
    )


def _escalate(state: Alerts, cmd: c.EscalateUrgentCase) -> Sequence[f.AlertFact]:
    if cmd.number <= state.escalations:
        return ()
    if state.urgent is None or cmd.number != state.escalations + 1 or cmd.number > MOST_ESCALATIONS:
        raise UrgentNotReportedError
    missed_at = escalation_at(state.urgent, cmd.number)
    if missed_at > cmd.at:
        raise AlertTooEarlyError
    return (f.UrgentEscalated(case_id=cmd.case_id, number=cmd.number, missed_at=missed_at, told=cmd.told),)


def _escalate_task(state: Alerts, cmd: c.EscalateProtectionTask) -> Sequence[f.AlertFact]:
    if cmd.number <= state.escalations:
        return ()
    if state.urgent is None or cmd.number != state.escalations + 1 or cmd.number > MOST_PROTECTION_ESCALATIONS:
        raise UrgentNotReportedError
    missed_at = escalation_at(state.urgent, cmd.number, PROTECTION_EVERY)
    if missed_at > cmd.at:
        raise AlertTooEarlyError
    return (f.ProtectionTaskEscalated(task_id=cmd.task_id, number=cmd.number, missed_at=missed_at, told=cmd.told),)


def evolve(state: Alerts | None, fact: f.AlertFact) -> Alerts:
    """Total."""
    state = state or Alerts()
    match fact:
        case f.TermAlertRaised():
            raised = (fact.purpose, fact.due_on, fact.stage, fact.overdue_days)
            return replace(state, raised=state.raised | {raised})
        case f.UrgentCaseReported() | f.ProtectionTaskReported():
            return replace(state, urgent=fact.term)
        case f.UrgentEscalated() | f.ProtectionTaskEscalated():
            return replace(state, escalations=max(state.escalations, fact.number))
        case _:
            assert_never(fact)


ALERTS: Decider[Alerts, c.AlertCommand, f.AlertFact] = Decider("alert", decide, evolve)
