"""Who wants which mails, and where to? Addresses are copied sealed; only the sender of mails opens them."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded
from domain.kernel import Fact, Sealed
from domain.notices import events as f
from domain.notices.vocabulary import MailKind
from projections.base import OPEN, Column, table_of


class MailWishRow(msgspec.Struct, frozen=True, kw_only=True):
    """One account. `version` is that of its stream of wishes."""

    account_id: UUID
    version: int
    address: Sealed | None = None
    kinds: tuple[MailKind, ...] = tuple(MailKind)
    reachable: bool = False


class MailWishes:
    """The projection; only the present is kept."""

    name: ClassVar[str] = "mail_wishes"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = False
    row = MailWishRow
    facts: ClassVar[tuple[type[Fact], ...]] = (f.MailAddressGiven, f.MailAddressWithdrawn, f.MailsChosen)
    columns: ClassVar[tuple[Column, ...]] = (Column("reachable", "boolean"),)
    indexes: ClassVar[tuple[str, ...]] = (f"(key) where valid_to = {OPEN} and reachable",)

    def key(self, fact: Fact, _envelope: Recorded) -> UUID | None:
        """One row per account."""
        return fact.account_id if isinstance(fact, f.NoticeFact) else None

    def fold(self, row: MailWishRow | None, fact: Fact, envelope: Recorded) -> MailWishRow | None:
        """The last word counts."""
        if not isinstance(fact, f.NoticeFact):
            return row
        row = row or MailWishRow(account_id=fact.account_id, version=0)
        row = replace(row, version=envelope.originator_version)
        match fact:
            case f.MailAddressGiven():
                return replace(row, address=fact.address, reachable=True)
            case f.MailAddressWithdrawn():
                return replace(row, address=None, reachable=False)
            case f.MailsChosen():
                return replace(row, kinds=fact.kinds)


TABLE = f"read_model.{table_of(MailWishes)}"
_decoder = msgspec.json.Decoder(MailWishRow)


async def mail_wishes(db: Reader, account_id: UUID) -> MailWishRow | None:
    """What one account wants."""
    doc = await db.fetchval(f"select doc from {TABLE} where valid_to = {OPEN} and key = $1", account_id)  # noqa: S608
    return _decoder.decode(doc) if doc else None


async def reachable(db: Reader, after: UUID | None, limit: int) -> list[MailWishRow]:
    """Accounts with an address, in pages by id."""
    rows = await db.fetch(
        f"select doc from {TABLE} where valid_to = {OPEN} and reachable"  # noqa: S608
        " and ($1::uuid is null or key > $1) order by key limit $2",
        after,
        limit,
    )
    return [_decoder.decode(row[0]) for row in rows]
