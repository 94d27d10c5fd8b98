"""Figures of complaints for one person: which period an address asks for, and what is counted then."""

from __future__ import annotations

from datetime import date

from adapters.http.cases import Moment
from adapters.http.complaints import ComplaintReader
from application.access import Actor
from projections.complaint_figures import MONTHS, ComplaintFigures, Span, complaint_figures, span_of
from projections.complaint_list import ComplaintFilters

EARLIEST, LATEST = date(1990, 1, 1), date(2990, 12, 31)
KINDS = (*MONTHS, "days")
"""Which periods there are: those of the calendar, or between two days."""


def asked_span(kind: str, first: date | None, last: date | None, today: date) -> Span:
    """Of the calendar: the one that holds `first`, or today. Two days in either order."""
    day = min(max(first or today, EARLIEST), LATEST)
    if kind in MONTHS:
        return span_of(kind, day)
    end = min(max(last or today, EARLIEST), LATEST)
    return Span(min(day, end), max(day, end))


async def figures_for(complaints: ComplaintReader, actor: Actor, span: Span, moment: Moment) -> ComplaintFigures:
    """What had been recorded by the moment, of what this person may see today."""
    rows = await complaints.all(actor, ComplaintFilters(), up_to=None if moment.live else moment.up_to)
    return complaint_figures(rows, span, moment.day)
