"""Days as the story counts them, apart from the rules of the product: what comes out can be held against them.

Days off and exchanged days of 2024 to 2027 as the reference register of 22/11/2026 has them (law.md, section 2.2;
2027 is an estimate there).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from domain.calendar import LEGAL_ZONE

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
REPLY_DAYS = 10
"""Consecutive days for the answer (Luật Tiếp công dân 2013, Art. 28, the earlier reading)."""
MORNING, NOON, AFTERNOON, EVENING = time(7, 40), time(11, 25), time(13, 35), time(16, 50)


def _days(year: int, *days: str) -> frozenset[date]:
    return frozenset(date(year, int(d[3:]), int(d[:2])) for d in days)


FREE = (
    _days(2024, "02/09", "03/09")
    | _days(2025, "01/01", "27/01", "28/01", "29/01", "30/01", "31/01", "07/04", "30/04", "01/05", "01/09", "02/09")
    | _days(2026, "01/01", "16/02", "17/02", "18/02", "19/02", "20/02", "27/04", "30/04", "01/05", "01/09", "02/09")
    | _days(2027, "01/01", "04/02", "05/02", "08/02", "09/02", "10/02", "16/04", "30/04", "03/05", "02/09", "03/09")
    | _days(2027, "24/11")
)
CULTURE_DAY = date(2026, 11, 24)
CULTURE_DAY_KNOWN = date(2026, 7, 1)
EXCHANGED = (
    (date(2025, 5, 2), date(2025, 4, 26), date(2024, 11, 26)),
    (date(2026, 1, 2), date(2026, 1, 10), date(2025, 12, 25)),
    (date(2026, 8, 31), date(2026, 8, 22), date(2025, 10, 16)),
)
"""(free, worked instead, known since)."""
STORM_DAY = date(2026, 9, 10)
"""Offices of the story stay closed; proclaimed the day before, so that terms which began earlier did not know it."""
OWN_COUNT, OWN_COUNT_FROM = "doithong", date(2026, 10, 1)
"""The ward that counts the ten days of an answer as working days, and the first day of its paper."""
LAST_YEAR = 2027
"""After it the story knows no days off."""


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a Vietnamese day."""
    return datetime.combine(day, time(hour, minute), LEGAL_ZONE)


def day_of(at: datetime) -> date:
    """The Vietnamese day of an instant."""
    local = at.astimezone(LEGAL_ZONE)
    return date(local.year, local.month, local.day)


def works(day: date, known_on: date) -> bool:
    """Whether offices work on `day`, as it was known on `known_on`."""
    for free, worked, since in EXCHANGED:
        if since <= known_on and day in (free, worked):
            return day == worked
    if day in FREE or (day == CULTURE_DAY and known_on >= CULTURE_DAY_KNOWN):
        return False
    return day.weekday() < 5  # noqa: PLR2004 - Saturday


def reply_due_on(received: datetime, authority: str = "") -> date | None:
    """The last day for the answer to what came at `received`; None beyond the years that are known here.

    `authority`: the code of who answers; one of them counts working days by a paper of its own.
    """
    start = due = day_of(received)
    if authority == OWN_COUNT and start >= OWN_COUNT_FROM:
        for _ in range(REPLY_DAYS):
            due = _next_working(due + DAY, start)
    else:
        due = _next_working(start + REPLY_DAYS * DAY, start)
    return due if due.year <= LAST_YEAR else None


def _next_working(day: date, known_on: date) -> date:
    while not works(day, known_on):
        day += DAY
    return day


def open_on(day: date) -> bool:
    """Whether somebody is in the office, as it came in the end."""
    return works(day, day) and day != STORM_DAY


def at_work(day: date) -> date:
    """The day itself or the next on which somebody is in the office."""
    while not open_on(day):
        day += DAY
    return day


def working_days_later(day: date, count: int) -> date:
    """`count` working days behind `day`."""
    for _ in range(count):
        day = at_work(day + DAY)
    return day


def working_days_before(day: date, count: int) -> date:
    """`count` working days earlier; 0 is the day itself or the last one before it."""
    while not open_on(day):
        day -= DAY
    for _ in range(count):
        day -= DAY
        while not open_on(day):
            day -= DAY
    return day


def office_moment(rng: Random, day: date) -> datetime:
    """Some minute of the office hours of that day."""
    start, end = (MORNING, NOON) if rng.random() < 0.55 else (AFTERNOON, EVENING)  # noqa: PLR2004 - mornings are busier
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return datetime.combine(day, start, LEGAL_ZONE) + timedelta(minutes=rng.randrange(minutes))


def soon(rng: Random, after: datetime, least: int = 8, most: int = 75) -> datetime:
    """Some minutes later, within office hours: past noon or closing time it becomes the next half day."""
    at = after + timedelta(minutes=rng.randint(least, most))
    day = day_of(at)
    clock = at.astimezone(LEGAL_ZONE).timetz().replace(tzinfo=None)
    if not open_on(day) or clock > EVENING:
        return datetime.combine(at_work(day + DAY), MORNING, LEGAL_ZONE) + timedelta(minutes=rng.randint(1, 50))
    if clock < MORNING:
        return datetime.combine(day, MORNING, LEGAL_ZONE) + timedelta(minutes=rng.randint(1, 50))
    if NOON < clock < AFTERNOON:
        return datetime.combine(day, AFTERNOON, LEGAL_ZONE) + timedelta(minutes=rng.randint(1, 40))
    return at


def any_moment(rng: Random, day: date) -> datetime:
    """When people write at home: mostly in the evening."""
    hour = rng.choice((6, 7, 8, 9, 11, 12, 12, 17, 18, 19, 19, 20, 20, 20, 21, 21, 22))
    return moment(day, hour, rng.randrange(60))
