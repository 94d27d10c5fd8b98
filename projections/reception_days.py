"""Which days of reception an authority held, who received, and whether each is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded
from domain.calendar import legal_date
from domain.kernel import Fact
from domain.reception import events as f
from domain.reception.vocabulary import DayKind
from projections.base import OPEN, Column, table_of

DayOrder = Literal["newest", "oldest"]
After = tuple[date, UUID]


class DayAsItWas(msgspec.Struct, frozen=True, kw_only=True):
    """What stood there before a correction, who corrected it when, and why."""

    at: datetime
    by: UUID
    reason: str
    day: date
    place: str
    receiver: f.Receiver
    kind: DayKind


class DayRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One day of reception as it stands."""

    id: UUID
    version: int
    authority_id: UUID
    school_id: UUID | None
    day: date
    place: str
    receiver: f.Receiver
    kind: DayKind
    opened_by: UUID
    recorded_at: datetime
    late_reason: str = ""
    visits: int = 0
    closed_at: datetime | None = None
    reopened_because: str = ""
    corrections: tuple[DayAsItWas, ...] = ()

    @property
    def late_days(self) -> int:
        """How many days after it was held it was written down."""
        return max((legal_date(self.recorded_at) - self.day).days, 0)


class ReceptionDays:
    """The projection."""

    name: ClassVar[str] = "reception_days"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = True
    row = DayRow
    facts: ClassVar[tuple[type[Fact], ...]] = f.ReceptionFact.__args__
    columns: ClassVar[tuple[Column, ...]] = (
        Column("authority_id", "uuid"),
        Column("school_id", "uuid"),
        Column("day", "date"),
    )
    indexes: ClassVar[tuple[str, ...]] = (f"(authority_id, day, key) where valid_to = {OPEN}",)

    def key(self, _fact: Fact, envelope: Recorded) -> UUID | None:
        """One row per day."""
        return envelope.originator_id

    def fold(self, row: DayRow | None, fact: Fact, envelope: Recorded) -> DayRow | None:
        """What comes before the day was entered is nobody's."""
        if isinstance(fact, f.ReceptionDayOpened):
            return _opened(fact, envelope)
        return None if row is None else _on(replace(row, version=envelope.originator_version), fact, envelope)


def _opened(fact: f.ReceptionDayOpened, envelope: Recorded) -> DayRow:
    return DayRow(
        id=envelope.originator_id,
        version=envelope.originator_version,
        authority_id=fact.authority_id,
        school_id=fact.school_id,
        day=fact.day,
        place=fact.place,
        receiver=fact.receiver,
        kind=fact.kind,
        opened_by=envelope.actor_id,
        recorded_at=envelope.recorded_at,
        late_reason=fact.late_reason,
    )


def _on(row: DayRow, fact: Fact, envelope: Recorded) -> DayRow:
    match fact:
        case f.ReceptionDayCorrected():
            before = DayAsItWas(
                at=envelope.occurred_at,
                by=envelope.actor_id,
                reason=fact.reason,
                day=row.day,
                place=row.place,
                receiver=row.receiver,
                kind=row.kind,
            )
            return replace(
                row,
                day=fact.day,
                place=fact.place,
                receiver=fact.receiver,
                kind=fact.kind,
                corrections=(*row.corrections, before),
            )
        case f.VisitRecorded():
            return replace(row, visits=row.visits + 1)
        case f.ReceptionDayClosed():
            return replace(row, closed_at=envelope.occurred_at)
        case f.ReceptionDayReopened():
            return replace(row, closed_at=None, reopened_because=fact.reason)
    return row


TABLE = f"read_model.{table_of(ReceptionDays)}"
_decoder = msgspec.json.Decoder(DayRow)


class DayFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which days; both ends are included."""

    from_day: date | None = None
    to_day: date | None = None


class DayPage(msgspec.Struct, frozen=True):
    """Days, how many there are in all, and where to go on."""

    rows: tuple[DayRow, ...]
    total: int
    next_after: After | None


async def list_days(
    db: Reader,
    authority_id: UUID | None,
    filters: DayFilters,
    *,
    up_to: int | None = None,
    order: DayOrder = "newest",
    after: After | None = None,
    limit: int = 50,
) -> DayPage:
    """Those of an authority itself, by day. `up_to`: as they stood at that log index."""
    where, args = days_where(authority_id, filters, up_to)
    total = await db.fetchval(f"select count(*) from {TABLE} d where {where}", *args)  # noqa: S608
    sign, way = (">", "asc") if order == "oldest" else ("<", "desc")
    if after is not None:
        args += after
        where += f" and (d.day, d.key) {sign} (${len(args) - 1}, ${len(args)})"
    args.append(limit + 1)
    sql = f"select d.doc from {TABLE} d where {where} order by d.day {way}, d.key {way} limit ${len(args)}"  # noqa: S608
    found = [_decoder.decode(record["doc"]) for record in await db.fetch(sql, *args)]
    last = found[limit - 1] if len(found) > limit else None
    return DayPage(tuple(found[:limit]), total, (last.day, last.id) if last else None)


def days_where(authority_id: UUID | None, filters: DayFilters, up_to: int | None) -> tuple[str, list[object]]:
    """The days `d` of an authority's own register, as SQL with its values. A school's own are not among them."""
    args: list[object] = [authority_id]
    parts = ["d.authority_id = $1", "d.school_id is null"]
    for condition, value in (("d.day >= ?", filters.from_day), ("d.day <= ?", filters.to_day)):
        if value is not None:
            args.append(value)
            parts.append(condition.replace("?", f"${len(args)}"))
    if up_to is None:
        parts.append(f"d.valid_to = {OPEN}")
    else:
        args.append(up_to)
        parts.append(f"d.valid_from <= ${len(args)} and d.valid_to > ${len(args)}")
    return " and ".join(f"({part})" for part in parts), args


def day_of(history: Sequence[Recorded]) -> DayRow | None:
    """The row that the history of one stream makes, at whatever moment it ends."""
    fold, row = ReceptionDays().fold, None
    for recorded in history:
        row = fold(row, recorded.fact, recorded)
    return row
