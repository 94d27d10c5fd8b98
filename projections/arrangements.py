"""What colleagues arranged by dates: who signs for a head, who stands in for whom. Ended ones stay for the history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded
from domain.kernel import Fact
from domain.people import events as f
from projections.base import OPEN, Column, table_of

Kind = Literal["delegation", "stand-in"]


class ArrangementRow(msgspec.Struct, frozen=True, kw_only=True):
    """`receiver_id` signs or acts for `giver_id`; both days are included. `categories` empty: everything."""

    id: UUID
    kind: Kind
    giver_id: UUID
    receiver_id: UUID
    authority_id: UUID
    from_day: date
    until_day: date
    categories: tuple[str, ...] = ()
    reason: str = ""

    def runs_on(self, day: date) -> bool:
        """Whether it counts on this legal day."""
        return self.from_day <= day <= self.until_day


class Arranged:
    """The projection."""

    name: ClassVar[str] = "arrangements"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = True
    row = ArrangementRow
    facts: ClassVar[tuple[type[Fact], ...]] = (
        f.SigningDelegated,
        f.DelegationEnded,
        f.StandInAppointed,
        f.StandInEnded,
    )
    columns: ClassVar[tuple[Column, ...]] = (
        Column("authority_id", "uuid"),
        Column("giver_id", "uuid"),
        Column("receiver_id", "uuid"),
    )
    indexes: ClassVar[tuple[str, ...]] = (f"(authority_id) where valid_to = {OPEN}",)

    def key(self, fact: Fact, _envelope: Recorded) -> UUID | None:
        """One row per arrangement."""
        match fact:
            case f.SigningDelegated() | f.DelegationEnded():
                return fact.delegation_id
            case f.StandInAppointed() | f.StandInEnded():
                return fact.stand_in_id
        return None

    def fold(self, row: ArrangementRow | None, fact: Fact, envelope: Recorded) -> ArrangementRow | None:
        """Given, and perhaps ended earlier."""
        match fact:
            case f.SigningDelegated():
                return ArrangementRow(
                    id=fact.delegation_id,
                    kind="delegation",
                    giver_id=fact.from_account_id,
                    receiver_id=envelope.originator_id,
                    authority_id=fact.authority_id,
                    from_day=fact.from_day,
                    until_day=fact.until_day,
                    categories=fact.categories,
                )
            case f.StandInAppointed():
                return ArrangementRow(
                    id=fact.stand_in_id,
                    kind="stand-in",
                    giver_id=fact.for_account_id,
                    receiver_id=envelope.originator_id,
                    authority_id=fact.authority_id,
                    from_day=fact.from_day,
                    until_day=fact.until_day,
                    reason=fact.reason,
                )
            case f.DelegationEnded() | f.StandInEnded() if row:
                return replace(row, until_day=fact.until_day)
        return row


TABLE = f"read_model.{table_of(Arranged)}"
_decoder = msgspec.json.Decoder(ArrangementRow)


async def arrangements_in(db: Reader, authority_id: UUID, kind: Kind) -> list[ArrangementRow]:
    """All of an authority, ended ones too, the latest first."""
    query = f"select doc from {TABLE} where valid_to = {OPEN} and authority_id = $1"  # noqa: S608
    found = [_decoder.decode(row[0]) for row in await db.fetch(query, authority_id)]
    return sorted((row for row in found if row.kind == kind), key=lambda row: (row.from_day, row.id), reverse=True)


async def stand_ins_of(db: Reader, receivers: Collection[UUID]) -> list[ArrangementRow]:
    """For whom these people stand or stood in."""
    query = f"select doc from {TABLE} where valid_to = {OPEN} and receiver_id = any($1::uuid[])"  # noqa: S608
    rows = [_decoder.decode(row[0]) for row in await db.fetch(query, list(receivers))] if receivers else []
    return [row for row in rows if row.kind == "stand-in"]
