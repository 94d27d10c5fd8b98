"""What an authority asks of its own terms."""

from __future__ import annotations

from datetime import date

from domain.kernel import Command
from domain.law.rules import DayCount, Unit


class AdoptAuthorityTerm(Command, frozen=True):
    rule_id: str
    value: int
    unit: Unit
    day_count: DayCount
    document: str
    from_day: date


class RepealAuthorityTerm(Command, frozen=True):
    rule_id: str
    document: str
    from_day: date


PolicyCommand = AdoptAuthorityTerm | RepealAuthorityTerm
