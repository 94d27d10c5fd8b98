"""Legal days: which day an instant falls on, which days offices work, and walking from day to day by either count."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from domain.kernel import RefusalError

LEGAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
SATURDAY, DAYS_OF_WEEK = 5, 7
FIRST_MONTH_OF_SCHOOL_YEAR = 8

DayKind = Literal["working", "make-up", "weekend", "day-off"]
"""`make-up`: a day at the weekend on which offices work instead of another day."""


class CalendarEndError(RefusalError):
    """A day outside the years that the calendar knows: better no answer than a wrong one."""

    code = "calendar-not-known"


def legal_date(at: datetime) -> date:
    """The day that the law sees: 23:30 UTC is already tomorrow in Hà Nội. `.date()` on a datetime is forbidden.

    Raises ValueError for an instant without a zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at.astimezone(LEGAL_ZONE).date()


def legal_time(at: datetime) -> time:
    """The time of day in Hà Nội."""
    return at.astimezone(LEGAL_ZONE).time()


def legal_midnight(day: date) -> datetime:
    """The instant at which a legal day begins; that of the next day is the 24:00 at which a term ends."""
    return datetime.combine(day, time(), LEGAL_ZONE)


def add_months(day: date, months: int) -> date:
    """The same day number in the end month, or that month's last day where there is no such day (31/01 + 1: 28/02)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """29/02 becomes 28/02 in a common year."""
    return add_months(day, 12 * years)


def school_year(day: date) -> str:
    """`2025-2026` for 01/08/2025 to 31/07/2026, as the yearly plans of education authorities run."""
    first = day.year if day.month >= FIRST_MONTH_OF_SCHOOL_YEAR else day.year - 1
    return f"{first}-{first + 1}"


class DayOff(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A day without office hours. `known_from` None: follows from the statute alone, known at any time."""

    day: date
    name: str
    """In Vietnamese, as proclaimed."""
    name_en: str = ""
    source: str = ""
    known_from: datetime | None = None


class MakeUpDay(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A day at the weekend on which offices work, for `replaces`."""

    day: date
    replaces: date | None = None
    source: str = ""
    known_from: datetime | None = None


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """The working days of a country as they were known at one moment. The mappings are not to be changed."""

    edition: str
    """`2026-01`: second part counts the changes of that year; `2026-01.3`: with three proclamations on top."""
    published_on: date
    """The day of its last change."""
    first_year: int
    last_year: int
    official_until: int
    """After this year the days off are an estimate, the yearly notice was not known."""
    days_off: dict[date, DayOff]
    make_up_days: dict[date, MakeUpDay]

    def kind(self, day: date) -> DayKind:
        """Raises CalendarEndError."""
        if not self.first_year <= day.year <= self.last_year:
            raise CalendarEndError(day=day.isoformat())
        if day in self.days_off:
            return "day-off"
        if day.weekday() < SATURDAY:
            return "working"
        return "make-up" if day in self.make_up_days else "weekend"

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday but days off, and make-up days (law.md §2). Raises CalendarEndError."""
        return self.kind(day) in {"working", "make-up"}

    def is_estimated(self, day: date) -> bool:
        """Whether the year's notice was not yet known."""
        return day.year > self.official_until

    def next_working_day(self, after: date) -> date:
        """The first working day behind `after`. Raises CalendarEndError."""
        return self.add_working_days(after, 1)

    def first_working_day(self, day: date) -> date:
        """`day` itself or the next working day: where a term ends (Civil Code, Art. 148). Raises CalendarEndError."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def last_working_day(self, day: date) -> date:
        """`day` itself or the working day before it, for terms that are counted backwards. Raises CalendarEndError."""
        return day if self.is_working_day(day) else self.add_working_days(day, -1)

    def add_working_days(self, start: date, days: int) -> date:
        """`start` is not counted (Civil Code 2015, Art. 147). Negative: backwards. Raises CalendarEndError."""
        step, left, day = DAY if days > 0 else -DAY, abs(days), start
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def add_calendar_days(self, start: date, days: int) -> date:
        """Consecutive days, `start` not counted; the end does not yet move off a day without office hours."""
        return start + days * DAY

    def working_days_between(self, start: date, end: date) -> int:
        """Working days behind `start` up to and including `end`; negative when `end` lies before `start`.

        Raises CalendarEndError.
        """
        if end <= start:
            return -self.working_days_between(end, start) if end < start else 0
        for edge in (start + DAY, end):
            self.kind(edge)  # refuses days that the calendar does not reach
        off = sum(start < day <= end and day.weekday() < SATURDAY for day in self.days_off)
        made_up = sum(
            start < day <= end and day.weekday() >= SATURDAY for day in self.make_up_days.keys() - self.days_off.keys()
        )
        return _weekdays_until(end) - _weekdays_until(start) - off + made_up


def _weekdays_until(day: date) -> int:
    """Mondays to Fridays from the first Monday that the calendar of Python knows."""
    weeks, rest = divmod(day.toordinal(), DAYS_OF_WEEK)
    return weeks * SATURDAY + min(rest, SATURDAY)


class YearlyNotice(msgspec.Struct, frozen=True, kw_only=True):
    """The notice that fixed the days off of a year, and when it was known."""

    year: int
    known_from: datetime
    source: str


class Almanac(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known of a country's days off, with when it was known."""

    first_year: int
    last_year: int
    days_off: tuple[DayOff, ...]
    make_up_days: tuple[MakeUpDay, ...]
    notices: tuple[YearlyNotice, ...]

    def known_at(self, at: datetime) -> Calendar:
        """The calendar as it could be known at `at`."""
        changes = sorted(day for day in self._changes() if legal_midnight(day) <= at)
        published = changes[-1] if changes else date(self.first_year, 1, 1)
        number = sum(day.year == published.year for day in changes)
        return Calendar(
            edition=f"{published.year}-{number:02d}",
            published_on=published,
            first_year=self.first_year,
            last_year=self.last_year,
            official_until=max((n.year for n in self.notices if n.known_from <= at), default=self.first_year - 1),
            days_off={d.day: d for d in self.days_off if d.known_from is None or d.known_from <= at},
            make_up_days={d.day: d for d in self.make_up_days if d.known_from is None or d.known_from <= at},
        )

    def _changes(self) -> set[date]:
        days = {legal_date(entry.known_from) for entry in self.days_off if entry.known_from}
        days |= {legal_date(entry.known_from) for entry in self.make_up_days if entry.known_from}
        return days | {legal_date(notice.known_from) for notice in self.notices}
