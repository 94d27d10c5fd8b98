"""Figures about cases: how many, how old, how long until the answer; within today's right, as of any place in the log.

Each figure counts what `Filters` of a list would find, so that the list behind it holds as many lines. What waits to be
screened is not counted: whoever lets it in makes it a case of the day on which it was received.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Scope
from domain.calendar import DAY, add_months
from projections.base import OPEN
from projections.case_list import STILL_OPEN, TABLE, Filters, source_of

AGES: tuple[tuple[int, int | None], ...] = ((0, 5), (6, 10), (11, 20), (21, 30), (31, None))
"""Calendar days since receipt, both ends included; the last has no end."""
EARLIEST, LATEST, MOST_MONTHS = date(1990, 1, 1), date(2990, 12, 31), 120
"""Days and periods that a table of months can show."""
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
    """Everything but channels. Answered cases that were opened again count as open."""
    shares, ages = await _shares(db, scope, wanted, up_to)
    took = await _days(db, scope, wanted, up_to)
    days = took["days"] or (None, None)
    return Figures(
        total=shares.get(("", None), Share(0, 0, 0)),
        ages=ages,
        answered=took["answered"],
        median=days[0],
        ninetieth=days[1],
        categories={word: share for (word, area), share in shares.items() if area is None and word != ""},
        areas={area: share for (_word, area), share in shares.items() if area is not None},
        months=await _months(db, scope, wanted, up_to),
    )


async def _shares(
    db: Reader, scope: Scope, wanted: Wanted, up_to: int | None
) -> tuple[dict[tuple[str, UUID | None], Share], tuple[int, ...]]:
    """One pass over the rows: the whole, each category, each area. The unclassified are the category `none`."""
    where, source = source_of(scope, Filters(area_id=wanted.area_id, held=False), up_to)
    first, last, day = where.arg(wanted.first), where.arg(wanted.last), where.arg(wanted.day)
    age = ", ".join(
        f"count(*) filter (where {STILL_OPEN} and r.received_on <= {day}::date - {youngest}"
        + (f" and r.received_on >= {day}::date - {oldest})" if oldest is not None else ")")
        for youngest, oldest in AGES
    )
    counted = (
        "grouping(r.category) as whole, grouping(r.area_id) as everywhere, r.category, r.area_id,"
        f" count(*) filter (where r.received_on between {first} and {last}) as received,"
        f" count(*) filter (where {STILL_OPEN}) as open,"
        f" count(*) filter (where {STILL_OPEN} and r.due_on < {day}) as overdue, array[{age}] as ages"
    )
    by = "grouping sets ((), (r.category), (r.area_id))"
    sql = f"select {counted} from {source} where {where} group by {by}"  # noqa: S608
    found: dict[tuple[str, UUID | None], Share] = {}
    ages: tuple[int, ...] = (0,) * len(AGES)
    for row in await db.fetch(sql, *where.args):
        word = "" if row["whole"] else row["category"] or "none"
        found[word, None if row["everywhere"] else row["area_id"]] = Share(row["received"], row["open"], row["overdue"])
        if row["whole"] and row["everywhere"]:
            ages = tuple(row["ages"])
    return found, ages


async def _days(db: Reader, scope: Scope, wanted: Wanted, up_to: int | None) -> Any:
    answered = Filters(area_id=wanted.area_id, held=False, answered_from=wanted.first, answered_to=wanted.last)
    where, source = source_of(scope, answered, up_to)
    days = "percentile_disc(array[0.5, 0.9]) within group (order by r.answer_days)"
    return await db.fetchrow(f"select count(*) as answered, {days} as days from {source} where {where}", *where.args)  # noqa: S608


async def _months(db: Reader, scope: Scope, wanted: Wanted, up_to: int | None) -> tuple[Month, ...]:
    flows: dict[str, dict[date, int]] = {}
    for column in ("received", "answered"):
        bounds: dict[str, Any] = {f"{column}_from": wanted.first, f"{column}_to": wanted.last}
        where, source = source_of(scope, replace(Filters(area_id=wanted.area_id, held=False), **bounds), up_to)
        month = f"date_trunc('month', r.{column}_on)::date"
        sql = f"select {month} as month, count(*) as n from {source} where {where} group by 1"  # noqa: S608
        flows[column] = {row["month"]: row["n"] for row in await db.fetch(sql, *where.args)}
    return tuple(
        Month(
            max(first, wanted.first),
            min(last, wanted.last),
            flows["received"].get(first, 0),
            flows["answered"].get(first, 0),
        )
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
