"""Who shall be on duty, and until when."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel import Command


class PutOnDuty(Command, frozen=True):
    """`able`: on the first day the official holds a post here that may take a case in."""

    duty_id: UUID
    official_id: UUID
    able: bool
    from_day: date
    until_day: date


class EndDuty(Command, frozen=True):
    duty_id: UUID
    until_day: date
    reason: str


DutyCommand = PutOnDuty | EndDuty
