"""Who is on duty for urgent cases (trực khẩn). STORED FOR EVER. One stream per authority."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.kernel import Fact, Internal


class OfficialPutOnDuty(Fact, frozen=True):
    """An official is told of urgent cases from a day to a day, both included (Đã phân công trực khẩn)."""

    TOPIC: ClassVar[str] = "duty.official_put_on_duty.v1"
    duty_id: Internal[UUID]
    official_id: Internal[UUID]
    from_day: Internal[date]
    until_day: Internal[date]


class DutyEnded(Fact, frozen=True):
    """`until_day` is the last day of that duty (Đã kết thúc trực khẩn sớm)."""

    TOPIC: ClassVar[str] = "duty.duty_ended.v1"
    duty_id: Internal[UUID]
    until_day: Internal[date]
    reason: Internal[str]


DutyFact = OfficialPutOnDuty | DutyEnded
