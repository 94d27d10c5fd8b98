"""What one person decided alone because the authority has nobody else: for those who audit it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid5

import msgspec

from application.ports import Reader, Recorded
from domain.calendar import legal_date
from domain.feedback.events import AnswerCorrected, AnswerReleased, SpamConfirmed
from domain.kernel import Fact
from projections.base import Column, table_of

_WHAT: dict[type[Fact], str] = {AnswerReleased: "answer", AnswerCorrected: "correction", SpamConfirmed: "spam"}


class AloneRow(msgspec.Struct, frozen=True, kw_only=True):
    """One decision that should have had a second person. `what`: answer, correction or spam."""

    id: UUID
    case_id: UUID
    what: str
    authority_id: UUID
    person_id: UUID
    post_id: UUID | None
    reason: str
    at: datetime
    on: date


class Alone:
    """The projection."""

    name: ClassVar[str] = "alone"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = False
    row = AloneRow
    facts: ClassVar[tuple[type[Fact], ...]] = tuple(_WHAT)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("authority_id", "uuid"),
        Column("case_id", "uuid"),
        Column("at", "timestamptz"),
    )
    indexes: ClassVar[tuple[str, ...]] = ("(authority_id, at desc)", "(case_id)")

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:
        """Only what was done alone, each a row of its own."""
        alone = getattr(fact, "alone_reason", "") and envelope.authority_id
        return uuid5(envelope.originator_id, f"alone/{envelope.originator_version}") if alone else None

    def fold(self, row: AloneRow | None, fact: Fact, envelope: Recorded) -> AloneRow | None:
        """Written once."""
        identifier = self.key(fact, envelope)
        if identifier is None or envelope.authority_id is None:
            return row
        return AloneRow(
            id=identifier,
            case_id=envelope.originator_id,
            what=_WHAT.get(type(fact), ""),
            authority_id=envelope.authority_id,
            person_id=envelope.actor_id,
            post_id=envelope.post_id,
            reason=getattr(fact, "alone_reason", ""),
            at=envelope.occurred_at,
            on=legal_date(envelope.occurred_at),
        )


async def decided_alone(db: Reader, authority_id: UUID, *, limit: int) -> list[AloneRow]:
    """The latest of an authority. Which of their cases may be seen is for the caller to ask."""
    sql = f"select doc from read_model.{table_of(Alone)} where authority_id = $1 order by at desc, key limit $2"  # noqa: S608 - our own table's name
    return [msgspec.json.decode(record["doc"], type=AloneRow) for record in await db.fetch(sql, authority_id, limit)]
