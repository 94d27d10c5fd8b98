"""What the system tells about a case or a protection task. The people to be told were looked up before."""

from __future__ import annotations

from uuid import UUID

from domain.alerts.events import UrgentGround
from domain.alerts.stages import Milestone
from domain.kernel import Command
from domain.law.term import Term


class RaiseTermAlert(Command, frozen=True):
    case_id: UUID
    term: Term
    milestone: Milestone
    told: tuple[UUID, ...]


class ReportUrgentCase(Command, frozen=True):
    case_id: UUID
    ground: UrgentGround
    term: Term
    told: tuple[UUID, ...]


class EscalateUrgentCase(Command, frozen=True):
    case_id: UUID
    number: int
    told: tuple[UUID, ...]


class ReportProtectionTask(Command, frozen=True):
    task_id: UUID
    term: Term
    told: tuple[UUID, ...]


class EscalateProtectionTask(Command, frozen=True):
    task_id: UUID
    number: int
    told: tuple[UUID, ...]


AlertCommand = RaiseTermAlert | ReportUrgentCase | EscalateUrgentCase | ReportProtectionTask | EscalateProtectionTask
