"""Sổ tiếp công dân: every visit with what was written of it, its minutes, and the case that grew from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded
from domain.calendar import legal_date
from domain.kernel import Fact, Sealed
from domain.reception import events as f
from domain.reception.vocabulary import LinkedKind, Signing, VisitKind, VisitResult
from projections.base import OPEN, Column, table_of
from projections.reception_days import TABLE as DAYS
from projections.reception_days import DayFilters, DayOrder, DayRow, days_where

_Numbered = f.VisitRecorded | f.MinutesAttached | f.VisitCorrected | f.VisitLinked
Place = tuple[date, UUID, Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]]
"""Where a page of the register ended: day, its id, number of the visit."""


class VisitAsItWas(msgspec.Struct, frozen=True):
    """What stood there before a correction, who corrected it when, and why."""

    at: datetime
    by: UUID
    reason: Sealed
    visit: f.Visit


class VisitRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One visit as it stands; texts stay sealed."""

    id: UUID
    day_id: UUID
    number: int
    subject_id: UUID
    recorded_by: UUID
    happened_at: datetime
    recorded_at: datetime
    visit: f.Visit
    kind: VisitKind
    result: VisitResult
    late_reason: str = ""
    signing: Signing | None = None
    papers: tuple[f.ReceptionPaper, ...] = ()
    corrections: tuple[VisitAsItWas, ...] = ()
    case_id: UUID | None = None
    case_kind: LinkedKind | None = None
    case_number: str = ""
    link_reason: str = ""

    @property
    def late_days(self) -> int:
        """How many days after the visit it was written down."""
        return max((legal_date(self.recorded_at) - legal_date(self.happened_at)).days, 0)

    @property
    def owes_minutes(self) -> bool:
        """An oral complaint without what the person signed."""
        return self.result is VisitResult.ORAL_COMPLAINT and not self.papers

    @property
    def may_become_complaint(self) -> bool:
        """The same as the rule's (`domain.reception.visits.Entry`)."""
        taken = self.result in {VisitResult.PETITION_RECEIVED, VisitResult.ORAL_COMPLAINT}
        open_still = self.case_kind is not LinkedKind.COMPLAINT
        return self.kind is VisitKind.COMPLAINT and taken and open_still and not self.owes_minutes


class ReceptionVisits:
    """The projection."""

    name: ClassVar[str] = "reception_visits"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = True
    row = VisitRow
    facts: ClassVar[tuple[type[Fact], ...]] = _Numbered.__args__
    columns: ClassVar[tuple[Column, ...]] = (
        Column("day_id", "uuid"),
        Column("number", "integer"),
        Column("kind", "text"),
        Column("result", "text"),
    )
    indexes: ClassVar[tuple[str, ...]] = (f"(day_id, number) where valid_to = {OPEN}",)

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:
        """One row per visit of a day."""
        return visit_id(envelope.originator_id, fact.number) if isinstance(fact, _Numbered) else None

    def fold(self, row: VisitRow | None, fact: Fact, envelope: Recorded) -> VisitRow | None:
        """What comes before the visit was recorded is nobody's."""
        if isinstance(fact, f.VisitRecorded):
            return _recorded(fact, envelope)
        return None if row is None else _on(row, fact, envelope)


def visit_id(day_id: UUID, number: int) -> UUID:
    """The key of a visit."""
    return uuid5(day_id, f"visit/{number}")


def _recorded(fact: f.VisitRecorded, envelope: Recorded) -> VisitRow:
    return VisitRow(
        id=visit_id(envelope.originator_id, fact.number),
        day_id=envelope.originator_id,
        number=fact.number,
        subject_id=fact.subject_id,
        recorded_by=fact.recorded_by,
        happened_at=envelope.occurred_at,
        recorded_at=envelope.recorded_at,
        visit=fact.visit,
        kind=fact.visit.kind,
        result=fact.visit.result,
        late_reason=fact.late_reason,
    )


def _on(row: VisitRow, fact: Fact, envelope: Recorded) -> VisitRow:
    match fact:
        case f.MinutesAttached():
            return replace(row, signing=fact.signing, papers=(*row.papers, *fact.papers))
        case f.VisitCorrected():
            before = VisitAsItWas(envelope.occurred_at, envelope.actor_id, fact.reason, row.visit)
            return replace(
                row,
                visit=fact.visit,
                kind=fact.visit.kind,
                result=fact.visit.result,
                corrections=(*row.corrections, before),
            )
        case f.VisitLinked():
            return replace(
                row,
                case_id=fact.case_id,
                case_kind=fact.case_kind,
                case_number=fact.case_number,
                link_reason=fact.reason,
            )
    return row


TABLE = f"read_model.{table_of(ReceptionVisits)}"
_visits, _days = msgspec.json.Decoder(VisitRow), msgspec.json.Decoder(DayRow)


class Line(msgspec.Struct, frozen=True):
    """A visit with the day on which it was."""

    day: DayRow
    visit: VisitRow


class RegisterFilters(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for. Empty fields do not narrow."""

    days: DayFilters = DayFilters()
    kinds: tuple[VisitKind, ...] = ()
    results: tuple[VisitResult, ...] = ()


class RegisterPage(msgspec.Struct, frozen=True):
    """Lines, how many there are in all, and where to go on."""

    lines: tuple[Line, ...]
    total: int
    next_after: Place | None


async def list_visits(
    db: Reader,
    authority_id: UUID | None,
    filters: RegisterFilters,
    *,
    up_to: int | None = None,
    order: DayOrder = "oldest",
    after: Place | None = None,
    limit: int = 50,
) -> RegisterPage:
    """The register of an authority, by day and number. `up_to`: as it stood at that log index."""
    where, args = days_where(authority_id, filters.days, up_to)
    if up_to is None:
        where += f" and v.valid_to = {OPEN}"
    else:
        args.append(up_to)
        where += f" and v.valid_from <= ${len(args)} and v.valid_to > ${len(args)}"
    for column, words in (("kind", filters.kinds), ("result", filters.results)):
        if words:
            args.append([word.value for word in words])
            where += f" and v.{column} = any(${len(args)}::text[])"
    source = f"{DAYS} d join {TABLE} v on v.day_id = d.key"
    total = await db.fetchval(f"select count(*) from {source} where {where}", *args)  # noqa: S608
    sign, way = (">", "asc") if order == "oldest" else ("<", "desc")
    if after is not None:
        args += after
        where += f" and (d.day, d.key, v.number) {sign} (${len(args) - 2}, ${len(args) - 1}, ${len(args)})"
    args.append(limit + 1)
    sql = (
        f"select d.doc as held, v.doc as came from {source} where {where}"  # noqa: S608
        f" order by d.day {way}, d.key {way}, v.number {way} limit ${len(args)}"
    )
    found = [Line(_days.decode(one["held"]), _visits.decode(one["came"])) for one in await db.fetch(sql, *args)]
    last = found[limit - 1] if len(found) > limit else None
    place = (last.day.day, last.day.id, last.visit.number) if last else None
    return RegisterPage(tuple(found[:limit]), total, place)


def visits_of(history: Sequence[Recorded]) -> list[VisitRow]:
    """Every visit of one day as its history makes it, by number."""
    model, rows = ReceptionVisits(), dict[UUID, VisitRow]()
    for recorded in history:
        key = model.key(recorded.fact, recorded)
        row = model.fold(rows.get(key), recorded.fact, recorded) if key else None
        if key and row:
            rows[key] = row
    return sorted(rows.values(), key=lambda row: row.number)
