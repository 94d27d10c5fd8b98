"""The one order of all facts, read by consumers and by everybody who looks back."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from adapters.postgres.mapper import EnvelopeMapper
from adapters.postgres.sequencer import STAMPING
from application.ports import Clock, Mark, Recorded

AHEAD_S = 1.0
"""Seconds that a moment may lie ahead of the store's clock and be waited for; beyond, the present is the answer."""

_ROW = "select l.log_index, l.recorded_at, e.stream_id, e.version, e.topic, e.state from log l join event e using (pos)"
_AFTER = f"""{_ROW} where l.log_index > $1 and l.log_index <= coalesce((
    select log_index from log where recorded_at <= (select recorded_at from log where log_index = $1 + $2)
    order by recorded_at desc, log_index desc limit 1
), 9223372036854775807) order by l.log_index"""
_STREAMS = f"{_ROW} where e.stream_id = any($1) and l.log_index <= $2 order by l.log_index"
_HEAD = "select log_index, recorded_at from log order by log_index desc limit 1"
# Stamps never run backwards, so their index finds the last of a stamp without a walk from the end of the log.
_MARK = """select log_index, recorded_at from log where recorded_at <= $1
    order by recorded_at desc, log_index desc limit 1"""
_SETTLED = "select clock_timestamp() from (select pg_advisory_xact_lock_shared($1)) no_stamp_in_the_making"
_END = 2**63 - 1


class PostgresLog:
    """`application.ports.Log`. `clock` is the sequencer's, where time is simulated."""

    def __init__(self, pool: Any, mapper: EnvelopeMapper | None = None, clock: Clock | None = None) -> None:
        self._pool, self._mapper, self._clock = pool, mapper or EnvelopeMapper(), clock

    async def head(self) -> Mark:
        """The last fact that has its place."""
        return _mark(await self._pool.fetchrow(_HEAD))

    async def mark_at(self, moment: datetime) -> Mark:
        """The log prefix up to the last stamp <= `moment`: the same answer whenever it is asked again.

        Where `moment` is newer than the last stamp, a tick under way is waited for, and so is the store's clock up to
        AHEAD_S; after that every further stamp is later than `moment`. What lies further ahead gets the present.
        """
        head = await self.head()
        if head.recorded_at is None or head.recorded_at < moment:
            await self._let_pass(moment)
        return _mark(await self._pool.fetchrow(_MARK, moment))

    async def after(self, log_index: int, limit: int) -> list[Recorded]:
        """Facts behind `log_index`: `limit` of them and the rest of the last one's tick, or all that there are."""
        return self._recorded(await self._pool.fetch(_AFTER, log_index, limit))

    async def of_streams(self, stream_ids: Collection[UUID], *, up_to: int | None = None) -> list[Recorded]:
        """The sequenced facts of these streams in log order, up to and including `up_to`."""
        last = _END if up_to is None else up_to
        return self._recorded(await self._pool.fetch(_STREAMS, list(stream_ids), last))

    async def _let_pass(self, moment: datetime) -> None:
        now: datetime = await self._pool.fetchval(_SETTLED, STAMPING)
        if self._clock is None and now <= moment <= now + timedelta(seconds=AHEAD_S):
            await asyncio.sleep((moment - now).total_seconds() + 0.001)
            await self._pool.fetchval(_SETTLED, STAMPING)

    def _recorded(self, rows: Iterable[Any]) -> list[Recorded]:
        to_recorded = self._mapper.to_recorded
        return [
            to_recorded(StoredEvent(row[2], row[3], row[4], row[5]), log_index=row[0], recorded_at=row[1])
            for row in rows
        ]


def _mark(row: Any) -> Mark:
    return Mark(-1, None) if row is None or row["log_index"] is None else Mark(row["log_index"], row["recorded_at"])
