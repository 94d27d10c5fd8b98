"""The event store and its log in memory, for tests: held to the same contract as the ones on PostgreSQL."""

from __future__ import annotations

import asyncio
import hmac
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID

import msgspec
from eventsourcing.persistence import IntegrityError, StoredEvent

from adapters.postgres.log import AHEAD_S
from adapters.postgres.mapper import EnvelopeMapper
from adapters.postgres.recorder import batch_of
from adapters.postgres.stored import Batch, heads_of
from application.ports import (
    Clock,
    CommandReusedError,
    Envelope,
    Mark,
    Receipt,
    Recorded,
    VersionConflictError,
    Versioned,
)
from domain.kernel import Decider

S = TypeVar("S")


class _Entry(msgspec.Struct, frozen=True):
    row: StoredEvent
    recorded_at: datetime


class MemoryStore:
    """`application.ports.EventStore` and `Log` in one. `at_once`: each append is a tick; otherwise `tick` by hand."""

    def __init__(
        self, clock: Clock | None = None, mapper: EnvelopeMapper | None = None, *, at_once: bool = True
    ) -> None:
        self._clock, self._mapper, self._at_once = clock, mapper or EnvelopeMapper(), at_once
        self._streams: dict[UUID, list[StoredEvent]] = {}
        self._commands: dict[UUID, tuple[bytes, Receipt]] = {}
        self._pending: list[StoredEvent] = []
        self._log: list[_Entry] = []
        self._listeners: list[Callable[[int], None]] = []

    def listen(self, listener: Callable[[int], None]) -> None:
        """`listener` is called with the log's last index after each tick."""
        self._listeners.append(listener)

    async def receipt_of(self, command_id: UUID, fingerprint: bytes) -> Receipt | None:
        """The first answer to this command, if it was given. Raises CommandReusedError."""
        known, receipt = self._commands.get(command_id, (fingerprint, None))
        if not hmac.compare_digest(known, fingerprint):
            raise CommandReusedError
        return receipt

    async def load(self, decider: Decider[S, Any, Any], stream_id: UUID) -> Versioned[S] | None:
        """The state of a stream with all that was appended, sequenced or not."""
        rows = self._streams.get(stream_id, [])
        if rows and not rows[0].topic.startswith(f"{decider.name}."):
            return None
        state = decider.fold(self._mapper.fact(row.topic, row.state) for row in rows)
        return None if state is None else Versioned(stream_id, len(rows), state)

    async def append(self, envelopes: Sequence[Envelope], fingerprint: bytes) -> Receipt:
        """All or nothing. Raises VersionConflictError, CommandReusedError; ValueError for misuse."""
        batch = batch_of(self._mapper, envelopes, fingerprint)
        if known := await self.receipt_of(batch.command_id, fingerprint):
            return known
        self._write(batch)
        if self._at_once:
            await self.tick()
        return batch.receipt

    async def tick(self) -> int:
        """Numbers what waits; the number of facts."""
        taken, self._pending = self._pending, []
        if taken:
            now = self._now()
            at = max(now, self._log[-1].recorded_at + timedelta(microseconds=1)) if self._log else now
            self._log += [_Entry(row, at) for row in taken]
            for listener in self._listeners:
                listener(len(self._log) - 1)
        return len(taken)

    async def head(self) -> Mark:
        """The last fact that has its place."""
        return self._mark(len(self._log))

    async def mark_at(self, moment: datetime) -> Mark:
        """The log prefix up to the last stamp <= `moment`; a moment just ahead is waited for."""
        now = self._now()
        if self._clock is None and now <= moment <= now + timedelta(seconds=AHEAD_S):
            await asyncio.sleep((moment - now).total_seconds() + 0.001)
        return self._mark(bisect_right(self._log, moment, key=lambda entry: entry.recorded_at))

    async def after(self, log_index: int, limit: int) -> list[Recorded]:
        """Facts behind `log_index`: `limit` of them and the rest of the last one's tick, or all that there are."""
        end = log_index + limit
        if end < len(self._log):
            end = bisect_right(self._log, self._log[end].recorded_at, key=lambda entry: entry.recorded_at) - 1
        return [self._recorded(index) for index in range(log_index + 1, min(end + 1, len(self._log)))]

    async def of_streams(self, stream_ids: Collection[UUID], *, up_to: int | None = None) -> list[Recorded]:
        """The sequenced facts of these streams in log order, up to and including `up_to`."""
        entries = self._log if up_to is None else self._log[: up_to + 1]
        return [self._recorded(index) for index, entry in enumerate(entries) if entry.row.originator_id in stream_ids]

    def _write(self, batch: Batch) -> None:
        try:
            heads = heads_of(batch.rows)
        except IntegrityError as error:
            raise VersionConflictError(str(error)) from error
        if any(len(self._streams.get(stream_id, [])) != expected for stream_id, expected, _ in heads):
            raise VersionConflictError("a stream is not at the expected version")
        for row in batch.rows:
            self._streams.setdefault(cast("UUID", row.originator_id), []).append(row)
        self._commands[batch.command_id] = (batch.fingerprint, batch.receipt)
        self._pending += batch.rows

    def _recorded(self, index: int) -> Recorded:
        return self._mapper.to_recorded(self._log[index].row, log_index=index, recorded_at=self._log[index].recorded_at)

    def _mark(self, length: int) -> Mark:
        return Mark(length - 1, self._log[length - 1].recorded_at if length else None)

    def _now(self) -> datetime:
        return self._clock.now() if self._clock else datetime.now(UTC)
