"""Figures about cases: how many, how old, how long until the answer; within today's right, as of any place in the log.

Each figure counts what `Filters` of a list would find, so that the list behind it holds as many lines. What waits to be
screened is not counted: whoever lets it in makes it a case of the day on which it was received.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from application.ports import Reader, Scope
from domain.calendar import DAY, add_months
from projections.base import OPEN
from projections.case_filters import Filters
from projections.case_list import TABLE, lines_of

AGES: tuple[tuple[int, int | None], ...] = ((0, 5), (6, 10), (11, 20), (21, 30), (31, None))
"""Calendar days since receipt, both ends included; the last has no end."""
EARLIEST, LATEST, MOST_MONTHS = date(1990, 1, 1), date(2990, 12, 31), 120
"""Days and periods that a table of months can show."""
UNCLASSIFIED = "none"
"""The category of cases that nobody has classified yet."""
SMALLEST = 5
"""Smaller counts of channels are not told."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Stocks are those at the end of `day`; flows are those from `first` to `last`, both included."""

    day: date
    first: date
    last: date
    area_id: UUID | None = None


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for. Without days: the twelve months that end with the day that is looked at."""

    first: date | None = None
    last: date | None = None
    area_id: UUID | None = None

    def on(self, day: date) -> Wanted:
        """The same, with every day known."""
        day = min(max(day, EARLIEST), LATEST)
        last = min(max(self.last or day, EARLIEST), LATEST)
        first = self.first or add_months(last.replace(day=1), -11)
        return Wanted(
            day=day, first=min(max(first, add_months(last, -MOST_MONTHS)), last), last=last, area_id=self.area_id
        )


class Share(msgspec.Struct, frozen=True):
    """One category or area: received in the period, open and overdue on the day."""

    received: int
    open: int
    overdue: int


class Month(msgspec.Struct, frozen=True):
    """Flows of the part of a month that lies in the period."""

    first: date
    last: date
    received: int
    answered: int


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """`median` and `ninetieth`: whole calendar days from receipt to the answer, of those answered in the period."""

    total: Share
    ages: tuple[int, ...]
    answered: int
    median: int | None
    ninetieth: int | None
    categories: Mapping[str, Share]
    areas: Mapping[UUID, Share]
    months: tuple[Month, ...]


def overdue_on(day: date) -> Filters:
    """Answers that are owed and whose day is past."""
    return Filters(open_only=True, due_before=day, held=False)


def of_age(day: date, age: tuple[int, int | None]) -> Filters:
    """Open cases that have waited so long."""
    youngest, oldest = age
    return Filters(
        open_only=True,
        held=False,
        received_to=day - DAY * youngest,
        received_from=None if oldest is None else day - DAY * oldest,
    )


async def figures(db: Reader, scope: Scope, wanted: Wanted, *, up_to: int | None = None) -> Figures:
    """Everything but channels. Answered cases that were opened again count as open.

    Three questions, each of which reads no more than what it counts: what came in, what is open, what was answered.
    """
    received = await _received(db, scope, wanted, up_to)
    stocks, ages = await _open(db, scope, wanted, up_to)
    answered = await _answered(db, scope, wanted, up_to)
    took: Counter[int] = Counter()
    for (_month, days), count in answered.items():
        took[days] += count
    shares = {about: Share(received[about], *stocks.get(about, (0, 0))) for about in {*received, *stocks}}
    return Figures(
        total=shares.pop(None, Share(0, 0, 0)),
        ages=ages,
        answered=took.total(),
        median=_share_of(took, 0.5),
        ninetieth=_share_of(took, 0.9),
        categories={about: share for about, share in shares.items() if isinstance(about, str)},
        areas={about: share for about, share in shares.items() if isinstance(about, UUID)},
        months=_months(wanted, received, answered),
    )


About = str | UUID | date | None
"""What a number is about: a category, an area, a month by its first day, or everything."""
_RECEIVED_MONTH = "date_trunc('month', r.received_on::timestamp)::date"
_ANSWERED_MONTH = "date_trunc('month', r.answered_on::timestamp)::date"


async def _received(db: Reader, scope: Scope, wanted: Wanted, up_to: int | None) -> Counter[About]:
    """What came in during the period: everything, by category, area and month."""
    came = Filters(area_id=wanted.area_id, held=False, received_from=wanted.first, received_to=wanted.last)
    lines = lines_of(scope, came, up_to)
    each = lines.select(f"r.category, r.area_id, {_RECEIVED_MONTH} as month")
    sql = f"select category, area_id, month, count(*) from ({each}) found group by 1, 2, 3"  # noqa: S608
    found: Counter[About] = Counter()
    for category, area, month, count in await db.fetch(sql, *lines.args):
        for about in (None, category or UNCLASSIFIED, area, month):
            found[about] += count
    return found


async def _open(
    db: Reader, scope: Scope, wanted: Wanted, up_to: int | None
) -> tuple[dict[About, tuple[int, int]], tuple[int, ...]]:
    """What is open and what of it is overdue: everything, by category and area; and how old it all is."""
    lines = lines_of(scope, Filters(area_id=wanted.area_id, held=False, open_only=True), up_to)
    day = lines.arg(wanted.day)
    age = ", ".join(
        f"count(*) filter (where received_on <= {day}::date - {youngest}"
        + (f" and received_on >= {day}::date - {oldest})" if oldest is not None else ")")
        for youngest, oldest in AGES
    )
    each = lines.select("r.category, r.area_id, r.due_on, r.received_on")
    sql = (
        f"select category, area_id, count(*), count(*) filter (where due_on < {day}), array[{age}]"  # noqa: S608
        f" from ({each}) found group by 1, 2"
    )
    found: dict[About, tuple[int, int]] = {}
    ages = [0] * len(AGES)
    for category, area, count, overdue, old in await db.fetch(sql, *lines.args):
        for about in (None, category or UNCLASSIFIED, area):
            before = found.get(about, (0, 0))
            found[about] = before[0] + count, before[1] + overdue
        ages = [so_far + more for so_far, more in zip(ages, old, strict=True)]
    return found, tuple(ages)


async def _answered(db: Reader, scope: Scope, wanted: Wanted, up_to: int | None) -> Counter[tuple[date, int]]:
    """How many were answered in each month of the period, by the days that it took."""
    answered = Filters(area_id=wanted.area_id, held=False, answered_from=wanted.first, answered_to=wanted.last)
    lines = lines_of(scope, answered, up_to)
    each = lines.select(f"{_ANSWERED_MONTH} as month, r.answer_days as days")
    sql = f"select month, days, count(*) from ({each}) found group by 1, 2"  # noqa: S608
    return Counter({(month, days): count for month, days, count in await db.fetch(sql, *lines.args)})


def _share_of(took: Counter[int], share: float) -> int | None:
    """The least number of days within which at least this share was answered."""
    reached = 0
    for days, count in sorted(took.items()):
        reached += count
        if reached >= share * took.total():
            return days
    return None


def _months(wanted: Wanted, received: Counter[About], answered: Counter[tuple[date, int]]) -> tuple[Month, ...]:
    by_month: Counter[date] = Counter()
    for (month, _days), count in answered.items():
        by_month[month] += count
    return tuple(
        Month(max(first, wanted.first), min(last, wanted.last), received[first], by_month[first])
        for first, last in months_between(wanted.first, wanted.last)
    )


def months_between(first: date, last: date) -> list[tuple[date, date]]:
    """First and last day of each month that the days touch."""
    found: list[tuple[date, date]] = []
    start = first.replace(day=1)
    while start <= last:
        after = (start + DAY * 31).replace(day=1)
        found.append((start, after - DAY))
        start = after
    return found


async def channels_of_month(db: Reader, authority_id: UUID, first: date, last: date, up_to: int) -> dict[str, int]:
    """How many cases came in by each channel in one month that is over, as it stood at its end (`up_to`).

    The same whoever asks, whatever is filtered and whenever: no two answers overlap, so none can be taken from another.
    """
    rows = await db.fetch(
        f"select r.channel, count(*) as n from {TABLE} c join {TABLE} r on r.key = c.key"  # noqa: S608
        f" where c.valid_to = {OPEN} and c.recorded_on between $1 and $2"
        " and r.valid_from <= $3 and r.valid_to > $3 and r.authority_id = $4 and not r.held group by 1",
        first,
        last,
        up_to,
        authority_id,
    )
    return told_apart({row["channel"]: row["n"] for row in rows})


def told_apart(counts: Mapping[str, int]) -> dict[str, int]:
    """What may be told: a reader who knows the total still cannot tell any count below SMALLEST.

    So what is left out is nothing, or everything, or several channels that together reach SMALLEST.
    """
    told = {word: n for word, n in counts.items() if n >= SMALLEST}
    hidden = [n for n in counts.values() if 0 < n < SMALLEST]
    while told and hidden and (len(hidden) < 2 or sum(hidden) < SMALLEST):  # noqa: PLR2004 - one alone is the rest
        least = min(told, key=lambda word: (told[word], word))
        hidden.append(told.pop(least))
    return told
