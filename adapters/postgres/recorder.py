"""The event store on PostgreSQL: one statement an append, the command id in it, and honesty about unknown outcomes."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from eventsourcing.persistence import IntegrityError

from adapters.postgres.lanes import Lanes
from adapters.postgres.mapper import EnvelopeMapper
from adapters.postgres.stored import Batch
from application.ports import (
    CommandReusedError,
    Envelope,
    Receipt,
    VersionConflictError,
    Versioned,
)
from domain.kernel import Decider

S = TypeVar("S")

_RECEIPT = "select stream_id, version, fingerprint from command where id = $1"
_STREAM = "select version, topic, state from event where stream_id = $1 order by version"


class PostgresEventStore:
    """`application.ports.EventStore`. `appended` is called after each append, to wake who gives facts their place.

    `width` is how many appends may be under way at a time, each on a connection of the pool.

    An append runs to its end even when its caller is cancelled: the caller then does not know the outcome, and the same
    command id asks for it.
    """

    def __init__(
        self,
        pool: Any,
        mapper: EnvelopeMapper | None = None,
        appended: Callable[[], None] = lambda: None,
        *,
        width: int = 16,
    ) -> None:
        self._pool = pool
        self._mapper = mapper or EnvelopeMapper()
        self._appended = appended
        self._lanes = Lanes(pool, width)

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
        if rows and not rows[0]["topic"].startswith(f"{decider.name}."):
            return None  # a stream of another kind: for whoever asks for this one it is not there
        state = decider.fold(self._mapper.fact(row["topic"], row["state"]) for row in rows)
        return None if state is None else Versioned(stream_id, rows[-1]["version"], state)

    async def append(self, envelopes: Sequence[Envelope], fingerprint: bytes) -> Receipt:
        """All or nothing. Raises VersionConflictError, CommandReusedError, OutcomeUnknownError, ValueError."""
        batch = batch_of(self._mapper, envelopes, fingerprint)
        try:
            await self._lanes.write(batch)
        except IntegrityError as error:
            first = await self.receipt_of(batch.command_id, batch.fingerprint)
            if first is None:
                raise VersionConflictError(str(error)) from error
            return first
        finally:
            self._appended()  # also where the outcome is unknown: perhaps it is there
        return batch.receipt

    async def drain(self) -> None:
        """Waits for the appends whose callers were cancelled; before the pool is closed."""
        await self._lanes.drain()


def batch_of(mapper: EnvelopeMapper, envelopes: Sequence[Envelope], fingerprint: bytes) -> Batch:
    """What an append of these envelopes writes. Raises ValueError when they are none, or of several commands."""
    if len({envelope.command_id for envelope in envelopes}) != 1:
        raise ValueError("an append is the effect of exactly one command")
    first = envelopes[0].originator_id
    version = max(e.originator_version for e in envelopes if e.originator_id == first)
    sealed = [mapper.seal(envelope) for envelope in envelopes]
    rows, digests = [row for row, _ in sealed], [digest for _, digest in sealed]
    return Batch(envelopes[0].command_id, fingerprint, Receipt(first, version), rows, digests)
