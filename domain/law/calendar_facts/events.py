"""Changes of the calendar, as facts. STORED FOR EVER: add fields with defaults or add a _v2 topic; never edit.

`scope` None: the whole country; else the authority on whose territory the change applies (a local storm, say).
When a change was known is the moment of its recording.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.kernel import Fact, Public


class DayOffProclaimed(Fact, frozen=True):
    TOPIC: ClassVar[str] = "calendar.day_off_proclaimed.v1"
    day: Public[date]
    name: Public[str]
    """In Vietnamese, as the paper has it."""
    document: Public[str]
    name_en: Public[str] = ""
    scope: Public[UUID | None] = None


class MakeUpDayProclaimed(Fact, frozen=True):
    """Offices work on a day that would be free, for another day."""

    TOPIC: ClassVar[str] = "calendar.make_up_day_proclaimed.v1"
    day: Public[date]
    replaces: Public[date | None]
    document: Public[str]
    scope: Public[UUID | None] = None


class DayOffRevoked(Fact, frozen=True):
    """A day thought to be off is worked: a proclamation withdrawn, or an estimate that the notice did not confirm."""

    TOPIC: ClassVar[str] = "calendar.day_off_revoked.v1"
    day: Public[date]
    document: Public[str]
    reason: Public[str] = ""
    scope: Public[UUID | None] = None


class MakeUpDayRevoked(Fact, frozen=True):
    """A day at the weekend that was to be worked is free again."""

    TOPIC: ClassVar[str] = "calendar.make_up_day_revoked.v1"
    day: Public[date]
    document: Public[str]
    reason: Public[str] = ""
    scope: Public[UUID | None] = None


CalendarFact = DayOffProclaimed | MakeUpDayProclaimed | DayOffRevoked | MakeUpDayRevoked
