"""From cases to the visits that they grew from, read from the facts themselves: an erasure may not come too early."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from adapters.postgres.mapper import EnvelopeMapper
from application.ports import Log
from domain.reception.events import VisitLinked, VisitRecorded

_LINKS = "select stream_id, topic, state from event where topic = $1 order by pos"


class LinkedVisits:
    """`application.reception_subjects.VisitSubjects`. Erasures are rare, so every link is looked at."""

    def __init__(self, pool: Any, log: Log) -> None:
        self._pool, self._log, self._mapper = pool, log, EnvelopeMapper()

    async def of_cases(self, case_ids: Collection[UUID]) -> tuple[UUID, ...]:
        """Also of a visit that was linked to another case later: words of the same person stand there."""
        found = set[tuple[UUID, int]]()
        for row in await self._pool.fetch(_LINKS, VisitLinked.TOPIC):
            fact = self._mapper.fact(row["topic"], row["state"])
            if isinstance(fact, VisitLinked) and fact.case_id in case_ids:
                found.add((row["stream_id"], fact.number))
        history = await self._log.of_streams({stream for stream, _ in found}) if found else []
        return tuple(
            recorded.fact.subject_id
            for recorded in history
            if isinstance(recorded.fact, VisitRecorded) and (recorded.originator_id, recorded.fact.number) in found
        )
