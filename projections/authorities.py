"""Which authorities are there, below whom, for which areas, since when, and who succeeded them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded
from domain.authorities import events as f
from domain.authorities.levels import Level
from domain.kernel import Fact
from projections.base import OPEN, Column, table_of


class Since(msgspec.Struct, frozen=True):
    """A relation to another body or area, from a day on."""

    from_day: date
    id: UUID


class PublicContact(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where people reach a body from a day on; an empty field was not stated."""

    from_day: date
    address: str = ""
    hotline: str = ""
    paper_place: str = ""
    reception_days: str = ""
    reception_place: str = ""
    denunciation_place: str = ""


class AuthorityRow(msgspec.Struct, frozen=True, kw_only=True):
    """One body."""

    id: UUID
    version: int
    code: str
    name: str
    level: Level
    province: str
    valid_from: date
    demo: bool
    source: str = ""
    valid_to: date | None = None
    predecessor_ids: tuple[UUID, ...] = ()
    successor_ids: tuple[UUID, ...] = ()
    superiors: tuple[Since, ...] = ()
    guided: tuple[Since, ...] = ()
    """Whose schools it guides: figures, no cases."""
    areas: tuple[Since, ...] = ()
    contacts: tuple[PublicContact, ...] = ()
    """In the order of recording."""

    def exists_on(self, day: date) -> bool:
        """Whether the body exists on this legal day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def superior_on(self, day: date) -> UUID | None:
        """Who stands above it on this legal day."""
        begun = [(relation.from_day, n, relation.id) for n, relation in enumerate(self.superiors)]
        return max((entry for entry in begun if entry[0] <= day), default=(day, 0, None))[2]

    def contact_on(self, day: date) -> PublicContact | None:
        """What holds on this legal day; of two with the same first day the later recorded one."""
        begun = [(told.from_day, n) for n, told in enumerate(self.contacts) if told.from_day <= day]
        return self.contacts[max(begun)[1]] if begun else None


class Authorities:
    """The projection."""

    name: ClassVar[str] = "authorities"
    version: ClassVar[int] = 2
    versioned: ClassVar[bool] = True
    row = AuthorityRow
    facts: ClassVar[tuple[type[Fact], ...]] = (
        f.AuthorityEstablished,
        f.AuthoritySubordinated,
        f.ProfessionalGuidanceAssigned,
        f.AreaAssigned,
        f.AuthorityDissolved,
        f.PublicContactPublished,
    )
    columns: ClassVar[tuple[Column, ...]] = (Column("code", "text"),)
    indexes: ClassVar[tuple[str, ...]] = (f"(code) where valid_to = {OPEN}",)

    def key(self, _fact: Fact, envelope: Recorded) -> UUID | None:
        """One row per body."""
        return envelope.originator_id

    def fold(self, row: AuthorityRow | None, fact: Fact, envelope: Recorded) -> AuthorityRow | None:
        """What comes before the establishing is nobody's."""
        if isinstance(fact, f.AuthorityEstablished):
            return _established(fact, envelope)
        if row is None:
            return None
        return _related(replace(row, version=envelope.originator_version), fact)


def _related(row: AuthorityRow, fact: Fact) -> AuthorityRow:
    match fact:
        case f.AuthoritySubordinated():
            return replace(row, superiors=(*row.superiors, Since(fact.from_day, fact.superior_id)))
        case f.ProfessionalGuidanceAssigned():
            return replace(row, guided=(*row.guided, *(Since(fact.from_day, of) for of in fact.guided_ids)))
        case f.AreaAssigned():
            return replace(row, areas=(*row.areas, *(Since(fact.from_day, of) for of in fact.area_ids)))
        case f.AuthorityDissolved():
            return replace(row, valid_to=fact.valid_to, successor_ids=fact.successor_ids)
        case f.PublicContactPublished():
            told = {name: getattr(fact, name) for name in PublicContact.__struct_fields__}
            return replace(row, contacts=(*row.contacts, PublicContact(**told)))
    return row


def _established(fact: f.AuthorityEstablished, envelope: Recorded) -> AuthorityRow:
    return AuthorityRow(
        id=envelope.originator_id,
        version=envelope.originator_version,
        code=fact.code,
        name=fact.name,
        level=fact.level,
        province=fact.province,
        valid_from=fact.valid_from,
        demo=fact.demo,
        source=fact.source,
        predecessor_ids=fact.predecessor_ids,
    )


TABLE = f"read_model.{table_of(Authorities)}"
_decoder = msgspec.json.Decoder(AuthorityRow)


async def authority(db: Reader, authority_id: UUID) -> AuthorityRow | None:
    """One body as it is recorded now."""
    doc = await db.fetchval(f"select doc from {TABLE} where key = $1 and valid_to = {OPEN}", authority_id)  # noqa: S608
    return _decoder.decode(doc) if doc else None


async def authorities(db: Reader, ids: Collection[UUID] | None = None) -> list[AuthorityRow]:
    """These bodies, or all of them, by code."""
    condition, args = ("", ()) if ids is None else (" and key = any($1::uuid[])", (list(ids),))
    query = f"select doc from {TABLE} where valid_to = {OPEN}{condition} order by code, key"  # noqa: S608
    return [_decoder.decode(row[0]) for row in await db.fetch(query, *args)]


async def authority_names(db: Reader, ids: Collection[UUID]) -> dict[UUID, str]:
    """What they are called; ids that are no authority are left out."""
    return {row.id: row.name for row in await authorities(db, ids)} if ids else {}
