"""The event store on PostgreSQL: one statement an append, the command id in it, and honesty about unknown outcomes."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from eventsourcing.persistence import IntegrityError

from adapters.postgres.mapper import EnvelopeMapper
from adapters.postgres.stored import Batch, write
from application.ports import (
    CommandReusedError,
    Envelope,
    OutcomeUnknownError,
    Receipt,
    Versioned,
    VersionConflictError,
)
from domain.kernel import Decider

S = TypeVar("S")

_RECEIPT = "select stream_id, version, fingerprint from command where id = $1"
_STREAM = "select version, topic, state from event where stream_id = $1 order by version"


class PostgresEventStore:
    """`application.ports.EventStore`. `appended` is called after each append, to wake who gives facts their place.

    An append runs to its end even when its caller is cancelled: the caller then does not know the outcome, and the same
    command id asks for it.
    """

    def __init__(
        self, pool: Any, mapper: EnvelopeMapper | None = None, appended: Callable[[], None] = lambda: None
    ) -> None:
        self._pool = pool
        self._mapper = mapper or EnvelopeMapper()
        self._appended = appended
        self._running: set[asyncio.Task[Receipt]] = set()

    async def receipt_of(self, command_id: UUID, fingerprint: bytes) -> Receipt | None:
        """The first answer to this command, if it was given. Raises CommandReusedError."""
        row = await self._pool.fetchrow(_RECEIPT, command_id)
        if row is None:
            return None
        known = row["fingerprint"]  # None: it expired, and the id alone says that this was done
        if known is not None and not hmac.compare_digest(known, fingerprint):
            raise CommandReusedError
        return Receipt(row["stream_id"], row["version"])

    async def load(self, decider: Decider[S, Any, Any], stream_id: UUID) -> Versioned[S] | None:
        """The state of a stream with all that was appended, sequenced or not."""
        rows = await self._pool.fetch(_STREAM, stream_id)
        state = decider.fold(self._mapper.fact(row["topic"], row["state"]) for row in rows)
        return None if state is None else Versioned(stream_id, rows[-1]["version"], state)

    async def append(self, envelopes: Sequence[Envelope], fingerprint: bytes) -> Receipt:
        """All or nothing. Raises VersionConflictError, CommandReusedError, OutcomeUnknownError; ValueError for misuse."""
        task = asyncio.create_task(self._append(batch_of(self._mapper, envelopes, fingerprint)))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def drain(self) -> None:
        """Waits for the appends whose callers were cancelled; before the pool is closed."""
        while self._running:
            await asyncio.wait(self._running)

    async def _append(self, batch: Batch) -> Receipt:
        try:
            async with self._pool.acquire() as connection:
                await write(connection, batch)
        except IntegrityError as error:
            first = await self.receipt_of(batch.command_id, batch.fingerprint)
            if first is None:
                raise VersionConflictError(str(error)) from error
            return first
        except OutcomeUnknownError:
            self._appended()  # perhaps it is there
            raise
        self._appended()
        return batch.receipt


def batch_of(mapper: EnvelopeMapper, envelopes: Sequence[Envelope], fingerprint: bytes) -> Batch:
    """What an append of these envelopes writes. Raises ValueError when they are none, or of several commands."""
    if len({envelope.command_id for envelope in envelopes}) != 1:
        raise ValueError("an append is the effect of exactly one command")
    first = envelopes[0].originator_id
    version = max(e.originator_version for e in envelopes if e.originator_id == first)
    sealed = [mapper.seal(envelope) for envelope in envelopes]
    rows, digests = [row for row, _ in sealed], [digest for _, digest in sealed]
    return Batch(envelopes[0].command_id, fingerprint, Receipt(first, version), rows, digests)
