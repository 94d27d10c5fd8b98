"""The calendar with what was proclaimed on top of the almanac."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.calendar import Calendar, DayOff, MakeUpDay, legal_date
from domain.law.calendar_facts import events as f

NOWHERE: frozenset[UUID] = frozenset()


class Amendment(msgspec.Struct, frozen=True):
    """A change with the moment of its recording."""

    fact: f.CalendarFact
    known_from: datetime


def amended(calendar: Calendar, amendments: Iterable[Amendment], scopes: Collection[UUID] = NOWHERE) -> Calendar:
    """The calendar of an authority that lies in `scopes`, with the changes in the order in which they were recorded.

    The edition counts all changes, those of other territories included: one edition id means one state of the stream.
    """
    days_off, make_up_days = dict(calendar.days_off), dict(calendar.make_up_days)
    published, number = calendar.published_on, 0
    for amendment in amendments:
        number += 1
        published = max(published, legal_date(amendment.known_from))
        if amendment.fact.scope is None or amendment.fact.scope in scopes:
            _apply(days_off, make_up_days, amendment)
    if not number:
        return calendar
    return replace(
        calendar,
        edition=f"{calendar.edition}.{number}",
        published_on=published,
        days_off=days_off,
        make_up_days=make_up_days,
    )


def _apply(days_off: dict[date, DayOff], make_up_days: dict[date, MakeUpDay], amendment: Amendment) -> None:
    match amendment.fact:
        case f.DayOffProclaimed() as fact:
            make_up_days.pop(fact.day, None)
            days_off[fact.day] = DayOff(
                day=fact.day,
                name=fact.name,
                name_en=fact.name_en,
                source=fact.document,
                known_from=amendment.known_from,
            )
        case f.MakeUpDayProclaimed() as fact:
            days_off.pop(fact.day, None)
            make_up_days[fact.day] = MakeUpDay(
                day=fact.day, replaces=fact.replaces, source=fact.document, known_from=amendment.known_from
            )
        case f.DayOffRevoked() as fact:
            days_off.pop(fact.day, None)
        case f.MakeUpDayRevoked() as fact:
            make_up_days.pop(fact.day, None)
        case _:
            assert_never(amendment.fact)
