"""Alerts (cảnh báo). STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.

One stream per case, beside the case's own: an alert never makes the version stale that an official saw.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from domain.alerts.stages import Stage
from domain.kernel import Fact, Internal
from domain.law.term import Term


class UrgentGround(StrEnum):
    """Why a case is urgent."""

    DANGER = "danger"
    SENSITIVITY = "sensitivity"


class TermAlertRaised(Fact, frozen=True):
    """A term that is not met has run so far (Đã cảnh báo thời hạn). `told`: who was told.

    `reached_on`: the day that the alert belongs to, also where the worker stood still and told it later.
    """

    TOPIC: ClassVar[str] = "alert.term_alert_raised.v1"
    case_id: Internal[UUID]
    purpose: Internal[str]
    rule_id: Internal[str]
    due_on: Internal[date]
    stage: Internal[Stage]
    overdue_days: Internal[int]
    reached_on: Internal[date]
    told: Internal[tuple[UUID, ...]]


class UrgentCaseReported(Fact, frozen=True):
    """Who is on duty and the child-protection contact were told at once (Đã báo việc khẩn).

    `term`: until when somebody must have taken it.
    """

    TOPIC: ClassVar[str] = "alert.urgent_case_reported.v1"
    case_id: Internal[UUID]
    ground: Internal[UrgentGround]
    term: Internal[Term]
    told: Internal[tuple[UUID, ...]]


class UrgentEscalated(Fact, frozen=True):
    """Nobody took an urgent case in time, so the heads were told (Đã báo lãnh đạo việc khẩn chưa ai nhận)."""

    TOPIC: ClassVar[str] = "alert.urgent_escalated.v1"
    case_id: Internal[UUID]
    number: Internal[int]
    missed_at: Internal[datetime]
    told: Internal[tuple[UUID, ...]]


class ProtectionTaskReported(Fact, frozen=True):
    """Who may look after a sender who is treated worse was told at once (Đã báo người phụ trách bảo vệ người gửi).

    `term`: until when one of them must have taken the task. In a stream beside the task's own.
    """

    TOPIC: ClassVar[str] = "alert.protection_task_reported.v1"
    task_id: Internal[UUID]
    term: Internal[Term]
    told: Internal[tuple[UUID, ...]]


class ProtectionTaskEscalated(Fact, frozen=True):
    """Nobody took a protection task in time, so all who may were told again (Đã báo lại việc bảo vệ chưa ai nhận)."""

    TOPIC: ClassVar[str] = "alert.protection_task_escalated.v1"
    task_id: Internal[UUID]
    number: Internal[int]
    missed_at: Internal[datetime]
    told: Internal[tuple[UUID, ...]]


CaseAlert = TermAlertRaised | UrgentCaseReported | UrgentEscalated
"""What is told of a case."""
ProtectionAlert = ProtectionTaskReported | ProtectionTaskEscalated
"""What is told of a protection task: never told to who only sees the case."""
AlertFact = TermAlertRaised | UrgentCaseReported | UrgentEscalated | ProtectionTaskReported | ProtectionTaskEscalated
