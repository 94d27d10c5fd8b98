"""What a dashboard asks: the figures of a person's cases, and the channels of months that are over."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from uuid import UUID

import msgspec

from adapters.http.cases import Moment
from adapters.postgres.reader import PostgresReader
from application.access import Actor, Role
from application.feedback_access import scope_of
from application.ports import Log
from domain.calendar import DAY, add_months, legal_midnight
from projections.case_figures import EARLIEST, LATEST, channels_of_month, months_between
from projections.case_index import CaseIndex

ROLES = frozenset({Role.OFFICER, Role.HEAD, Role.INTAKE, Role.AUDITOR})
"""Who has a dashboard."""
MONTHS = 6
"""Months that are over whose channels are told."""
KNOWN_MONTHS = 10_000
"""Months of all authorities that are kept in memory; each is a handful of numbers."""


class Channels(msgspec.Struct, frozen=True):
    """One month that is over: channel → cases. Small numbers are not told, nor what would give them away."""

    first: date
    last: date
    counts: dict[str, int]


class EndedMonths:
    """Channels of months that are over. What a month's end held never changes, so it is counted once and then known."""

    def __init__(self, db: PostgresReader, log: Log) -> None:
        self._db, self._log = db, log
        self._known: OrderedDict[tuple[UUID, date, int], dict[str, int]] = OrderedDict()

    async def channels(self, actor: Actor, moment: Moment) -> tuple[Channels, ...]:
        """The last months before the moment, the newest first; of the whole authority, whoever of its staff asks."""
        scope = scope_of(actor)
        if actor.authority_id is None or not (scope.head or scope.intake or scope.officer or scope.auditor):
            return ()
        this = min(max(moment.day, EARLIEST), LATEST).replace(day=1)
        ended = months_between(add_months(this, -MONTHS), this - DAY)
        return tuple([await self._month(actor.authority_id, *month) for month in reversed(ended)])

    async def _month(self, authority_id: UUID, first: date, last: date) -> Channels:
        mark = await self._log.mark_at(legal_midnight(last + DAY))
        about = authority_id, first, mark.log_index
        if (counts := self._known.get(about)) is None:
            # Where the read model has not come so far yet, the next answer may hold more.
            whole = await self._db.cursor_of((CaseIndex.name,)) >= mark.log_index
            counts = await channels_of_month(self._db, authority_id, first, last, mark.log_index)
            if whole:
                self._known[about] = counts
                if len(self._known) > KNOWN_MONTHS:
                    self._known.popitem(last=False)
        return Channels(first, last, counts)
