"""Figures of complaints in a period: what came, what became of it, and whether its duties were kept.

Counted from the lines of the register that a person may see, as of any place in the log; nothing is estimated. Flows
are counted by the day that papers say, both ends included; what is open and overdue is that of the last day looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec

from domain.calendar import DAY, add_months
from domain.complaints.vocabulary import Level, Resolver
from projections.complaint_kept import Kept
from projections.complaints import ComplaintRow

TIMED = ("accept", "resolve", "send")
"""Duties whose keeping is told."""
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


class Span(msgspec.Struct, frozen=True):
    """Two days, both included."""

    first: date
    last: date

    def has(self, day: date | None) -> bool:
        """Whether that day lies in it."""
        return day is not None and self.first <= day <= self.last


class OnTime(msgspec.Struct, frozen=True):
    """Of the duties that were done in the period: in time by the day it happened, and by the day it was recorded."""

    done: int = 0
    happened: int = 0
    recorded: int = 0


class Skipping(msgspec.Struct, frozen=True, order=True):
    """First complaints that the head of a unit resolves, and how many of them came to the authority first."""

    received: int = 0
    at_authority: int = 0


class ComplaintFigures(msgspec.Struct, frozen=True, kw_only=True):
    """`day`: the one on which open and overdue are counted."""

    span: Span
    day: date
    received: int
    levels: dict[str, int]
    targets: dict[str, int]
    units: dict[UUID, int]
    accepted: int
    refused: int
    grounds: dict[str, int]
    transferred: int
    guided: int
    withdrawn: int
    decided: int
    outcomes: dict[str, int]
    open: int
    overdue: int
    on_time: dict[str, OnTime]
    skipping: dict[UUID, Skipping]


def span_of(kind: str, day: date) -> Span:
    """The month, quarter, half-year or year that holds this day."""
    months = MONTHS[kind]
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    return Span(first, add_months(first, months) - DAY)


def complaint_figures(rows: Iterable[ComplaintRow], span: Span, today: date) -> ComplaintFigures:
    """Of these lines; days after `today` hold nothing yet."""
    known, day = [row for row in rows if row.received_on is not None], min(span.last, today)
    came = [row for row in known if span.has(row.received_on)]
    ended = [row.ended for row in known if row.ended and span.has(row.ended.on)]
    how = Counter(one.how for one in ended)
    decided = [row for row in known if span.has(row.decided_on)]
    standing = [row for row in known if _open_on(row, day)]
    return ComplaintFigures(
        span=span,
        day=day,
        received=len(came),
        levels=_counted(row.level for row in came),
        targets=_counted(row.state.target.value for row in came),
        units=dict(Counter(row.place_id for row in came if row.place_id)),
        accepted=sum(span.has(row.state.accepted_on) for row in known),
        refused=how["refused"],
        grounds=_counted(one.ground.value for one in ended if one.ground),
        transferred=how["transferred"],
        guided=how["guided"],
        withdrawn=how["withdrawn"],
        decided=len(decided),
        outcomes=_counted(row.outcome for row in decided),
        open=len(standing),
        overdue=sum(_late_on(row, day) for row in standing),
        on_time={purpose: _on_time(known, purpose, span) for purpose in TIMED},
        skipping=_skipping(came),
    )


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _open_on(row: ComplaintRow, day: date) -> bool:
    """Received by the end of that day, and not over by then."""
    received = row.received_on is not None and row.received_on <= day
    return received and (row.over_since is None or row.over_since > day)


def _late_on(row: ComplaintRow, day: date) -> bool:
    """A duty was due before that day and not done by its end."""
    running = any(term.due_on < day for term in row.duties)
    return running or any(one.due_on < day < one.on for one in row.kept)


def _on_time(rows: Iterable[ComplaintRow], purpose: str, span: Span) -> OnTime:
    done: list[Kept] = [
        one for row in rows for one in row.kept if one.met and one.purpose == purpose and span.has(one.on)
    ]
    return OnTime(
        len(done), sum(one.on <= one.due_on for one in done), sum(one.recorded_on <= one.due_on for one in done)
    )


def _skipping(came: Iterable[ComplaintRow]) -> dict[UUID, Skipping]:
    """By unit. Information about ways, no blame: nobody has to know where a complaint belongs."""
    found: dict[UUID, Skipping] = {}
    for row in came:
        state = row.state
        if state.level is not Level.FIRST or state.resolver is not Resolver.SCHOOL_HEAD or row.place_id is None:
            continue
        before = found.get(row.place_id, Skipping())
        skipped = state.received_by_id != state.resolver_id
        found[row.place_id] = Skipping(before.received + 1, before.at_authority + skipped)
    return found
