"""Which wards, communes, schools and facilities are there, by code or name, and who is competent for each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Clock, PlaceInfo, Reader, Recorded
from domain.calendar import legal_date
from domain.kernel import Fact
from domain.schools import events as f
from domain.schools.codes import read_public_code
from domain.schools.competence import competent_on
from domain.schools.vocabulary import PlaceKind, SchoolLevel
from domain.searching import search_key, sort_key
from projections.authorities import authority_names
from projections.base import OPEN, Column, table_of


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One place."""

    id: UUID
    version: int
    kind: PlaceKind
    name: str
    name_key: str
    sort_key: str
    source: str
    demo: bool
    level: SchoolLevel | None
    area_id: UUID | None
    public_code: str
    remote: bool
    valid_from: date | None
    closed_after: date | None = None
    successor_id: UUID | None = None
    entrusted: tuple[tuple[date, UUID], ...] = ()

    def authority_on(self, day: date) -> UUID | None:
        """Who is competent for it on this legal day."""
        return competent_on(self.entrusted, day)

    def exists_on(self, day: date) -> bool:
        """Whether it was there on this legal day, as far as its days are known."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.closed_after is None or day <= self.closed_after)


class Places:
    """The projection."""

    name: ClassVar[str] = "places"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = True
    row = PlaceRow
    facts: ClassVar[tuple[type[Fact], ...]] = (f.PlaceRegistered, f.PlaceEntrusted, f.PlaceClosed)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("kind", "text"),
        Column("public_code", "text"),
        Column("name_key", "text"),
        Column("sort_key", "text"),
        Column("area_id", "uuid"),
    )
    indexes: ClassVar[tuple[str, ...]] = (
        f"(public_code) where valid_to = {OPEN} and public_code <> ''",
        f"(kind, sort_key, key) where valid_to = {OPEN}",
    )

    def key(self, _fact: Fact, envelope: Recorded) -> UUID | None:
        """One row per place."""
        return envelope.originator_id

    def fold(self, row: PlaceRow | None, fact: Fact, envelope: Recorded) -> PlaceRow | None:
        """What comes before the registration is nobody's."""
        if isinstance(fact, f.PlaceRegistered):
            return _registered(fact, envelope)
        if row is None:
            return None
        row = replace(row, version=envelope.originator_version)
        match fact:
            case f.PlaceEntrusted():
                return replace(row, entrusted=(*row.entrusted, (fact.from_day, fact.authority_id)))
            case f.PlaceClosed():
                return replace(row, closed_after=fact.valid_to, successor_id=fact.successor_id)
        return row


def _registered(fact: f.PlaceRegistered, envelope: Recorded) -> PlaceRow:
    return PlaceRow(
        id=envelope.originator_id,
        version=envelope.originator_version,
        kind=fact.kind,
        name=fact.name,
        name_key=search_key(fact.name),
        sort_key=sort_key(fact.name),
        source=fact.source,
        demo=fact.demo,
        level=fact.level,
        area_id=fact.area_id,
        public_code=fact.public_code,
        remote=fact.remote,
        valid_from=fact.valid_from,
        entrusted=((fact.valid_from or date.min, fact.authority_id),) if fact.authority_id else (),
    )


TABLE = f"read_model.{table_of(Places)}"
_NOW = f"select doc from {TABLE} where valid_to = {OPEN}"  # noqa: S608
_decoder = msgspec.json.Decoder(PlaceRow)


async def place(db: Reader, place_id: UUID) -> PlaceRow | None:
    """One place as it is recorded now."""
    doc = await db.fetchval(f"{_NOW} and key = $1", place_id)
    return _decoder.decode(doc) if doc else None


async def place_names(db: Reader, ids: Collection[UUID]) -> dict[UUID, str]:
    """What they are called; ids that are no place are left out."""
    rows = await db.fetch(f"{_NOW} and key = any($1::uuid[])", list(ids)) if ids else []
    return {row.id: row.name for row in (_decoder.decode(found[0]) for found in rows)}


async def find_places(
    db: Reader, *, q: str = "", kind: PlaceKind | None = None, area_id: UUID | None = None, limit: int = 50
) -> list[PlaceRow]:
    """By a part of the name, marks and case left aside, in the order of a Vietnamese dictionary."""
    rows = await db.fetch(
        f"{_NOW} and ($1 = '' or strpos(name_key, $1) > 0) and ($2::text is null or kind = $2)"
        " and ($3::uuid is null or area_id = $3) order by sort_key, key limit $4",
        search_key(q),
        kind,
        area_id,
        limit,
    )
    return [_decoder.decode(row[0]) for row in rows]


class PlacesToday:
    """The port Places: what feedback can be about on this day, with who is competent for it."""

    def __init__(self, db: Reader, clock: Clock) -> None:
        self._db, self._clock = db, clock

    async def by_code(self, code: str) -> PlaceInfo | None:
        """However the code was typed. None for no code, an unknown one, and a place that is closed."""
        read = read_public_code(code)
        doc = await self._db.fetchval(f"{_NOW} and public_code <> '' and public_code = $1", read) if read else None
        return await self._info(_decoder.decode(doc)) if doc else None

    async def by_id(self, place_id: UUID) -> PlaceInfo | None:
        """None when it is unknown or closed, or nobody is competent for it."""
        row = await place(self._db, place_id)
        return await self._info(row) if row else None

    async def _info(self, row: PlaceRow) -> PlaceInfo | None:
        today = legal_date(self._clock.now())
        authority_id = row.authority_on(today)
        if authority_id is None or row.area_id is None or not row.exists_on(today):
            return None
        areas = await place_names(self._db, [row.area_id])
        names = await authority_names(self._db, [authority_id])
        if authority_id not in names:
            return None
        return PlaceInfo(
            id=row.id,
            code=row.public_code,
            name=row.name,
            kind=row.kind,
            area_id=row.area_id,
            area_name=areas.get(row.area_id, ""),
            authority_id=authority_id,
            authority_name=names[authority_id],
            demo=row.demo,
        )
