"""What the fault tests of the store share: appends held open, other ways of ordering as controls."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from adapters.postgres.mapper import EnvelopeMapper
from adapters.postgres.recorder import batch_of
from adapters.postgres.stored import APPEND, Writer
from application.ports import Envelope
from tests.contract.notes import BODY, envelope

GUARD = "where pg_current_xact_id_if_assigned() is null"
UNGUARDED = APPEND.replace(GUARD, "")
assert UNGUARDED != APPEND

HORIZON = "xid < pg_snapshot_xmin(pg_current_snapshot())"
_PLACES = "select stream_id, version from {source} join event using (pos) {where} order by {order}"


async def put(connection: Any, *envelopes: Envelope) -> None:
    """The append, in the connection's open transaction or in its own."""
    async with Writer(connection) as writer:
        await writer.write(batch_of(EnvelopeMapper(), envelopes, BODY))


async def put_unguarded(connection: Any, *envelopes: Envelope) -> None:
    """The append without its first condition: as a control only."""
    await connection.fetchval(UNGUARDED, *batch_of(EnvelopeMapper(), envelopes, BODY).arguments())


async def pending_by(connection: Any, order: str, where: str = "") -> list[tuple[UUID, int]]:
    """What another sequencer would take, and in which order."""
    query = _PLACES.format(source="event_pending", where=where, order=order)
    return [tuple(row) for row in await connection.fetch(query)]


async def logged(connection: Any) -> list[tuple[UUID, int]]:
    """The log as (stream, version)."""
    query = _PLACES.format(source="log", where="", order="log_index")
    return [tuple(row) for row in await connection.fetch(query)]


async def insert_by_hand(connection: Any, stream_id: UUID, version: int) -> None:
    """One row of an append that is written row by row, so that positions of two appends can interleave."""
    row, digest = EnvelopeMapper().seal(envelope(stream_id, version, uuid4()))
    await connection.execute(
        """with ev as (
               insert into event (stream_id, version, topic, state, digest) values ($1, $2, $3, $4, $5) returning pos
           ) insert into event_pending (pos) select pos from ev""",
        stream_id,
        version,
        row.topic,
        row.state,
        digest,
    )


async def counts(connection: Any) -> dict[str, int]:
    """Rows of every table that an append touches."""
    tables = ("stream", "event", "event_pending", "command")
    return {table: await connection.fetchval(f"select count(*) from {table}") for table in tables}
