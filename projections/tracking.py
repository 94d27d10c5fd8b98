"""Which submission does a tracking code open? By the hash of the code; the code itself is nowhere."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import msgspec

from application.ports import Reader, Recorded
from domain.feedback.events import FeedbackSubmitted
from domain.kernel import Fact
from projections.base import Column, table_of


class TrackingRow(msgspec.Struct, frozen=True):
    """The case and the subject in whose name its sender acts."""

    case_id: UUID
    subject_id: UUID


def tracking_key(code_hash: bytes) -> UUID:
    """The key of a row: the first 16 bytes of the keyed hash."""
    return UUID(bytes=code_hash[:16])


class Tracking:
    """The projection."""

    name: ClassVar[str] = "tracking"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = False
    row = TrackingRow
    facts: ClassVar[tuple[type[Fact], ...]] = (FeedbackSubmitted,)
    columns: ClassVar[tuple[Column, ...]] = ()
    indexes: ClassVar[tuple[str, ...]] = ()

    def key(self, fact: Fact, _envelope: Recorded) -> UUID | None:
        """Only submissions have a code; what was split off or transferred is found through the one that has it."""
        return tracking_key(fact.code_hash) if isinstance(fact, FeedbackSubmitted) and fact.code_hash else None

    def fold(self, row: TrackingRow | None, fact: Fact, envelope: Recorded) -> TrackingRow | None:
        """Written once."""
        return TrackingRow(envelope.originator_id, fact.subject_id) if isinstance(fact, FeedbackSubmitted) else row


async def tracked(db: Reader, code_hash: bytes) -> TrackingRow | None:
    """The submission of a code, or None."""
    sql = f"select doc from read_model.{table_of(Tracking)} where key = $1"  # noqa: S608 - our own table's name
    doc = await db.fetchval(sql, tracking_key(code_hash))
    return msgspec.json.decode(doc, type=TrackingRow) if doc else None
