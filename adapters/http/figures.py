"""What a dashboard asks: the figures of a person's cases, and the channels of months that are over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from adapters.http.cases import Moment
from application.access import Actor, Role
from application.feedback_access import scope_of
from application.ports import Log, Reader
from domain.calendar import DAY, add_months, legal_midnight
from projections.case_figures import EARLIEST, LATEST, channels_of_month, months_between

ROLES = frozenset({Role.OFFICER, Role.HEAD, Role.INTAKE, Role.AUDITOR})
"""Who has a dashboard."""
MONTHS = 6
"""Months that are over whose channels are told."""


class Channels(msgspec.Struct, frozen=True):
    """One month that is over: channel → cases. Small numbers are not told, nor what would give them away."""

    first: date
    last: date
    counts: dict[str, int]


async def channels(db: Reader, log: Log, actor: Actor, moment: Moment) -> tuple[Channels, ...]:
    """The last months before the moment, the newest first; of the whole authority, whoever of its staff asks."""
    scope = scope_of(actor)
    if actor.authority_id is None or not (scope.head or scope.intake or scope.officer or scope.auditor):
        return ()
    this = min(max(moment.day, EARLIEST), LATEST).replace(day=1)
    ended = months_between(add_months(this, -MONTHS), this - DAY)
    return tuple([await _month(db, log, actor.authority_id, *month) for month in reversed(ended)])


async def _month(db: Reader, log: Log, authority_id: UUID, first: date, last: date) -> Channels:
    mark = await log.mark_at(legal_midnight(last + DAY))
    return Channels(first, last, await channels_of_month(db, authority_id, first, last, mark.log_index))
