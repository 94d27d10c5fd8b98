"""What is asked of the calendar. `scope` None: for the whole country."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel import Command


class ProclaimDayOff(Command, frozen=True):
    day: date
    name: str
    document: str
    name_en: str = ""
    scope: UUID | None = None


class ProclaimMakeUpDay(Command, frozen=True):
    day: date
    replaces: date | None
    document: str
    scope: UUID | None = None


class RevokeDayOff(Command, frozen=True):
    day: date
    document: str
    reason: str = ""
    scope: UUID | None = None


class RevokeMakeUpDay(Command, frozen=True):
    day: date
    document: str
    reason: str = ""
    scope: UUID | None = None


CalendarCommand = ProclaimDayOff | ProclaimMakeUpDay | RevokeDayOff | RevokeMakeUpDay
