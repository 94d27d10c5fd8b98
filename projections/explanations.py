"""Which explanations were asked of whom, by when, and what came of it: for the handler, the case and the school."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded, Scope
from domain.explanations import events as f
from domain.kernel import Fact, Sealed
from domain.law.term import Term
from projections.base import OPEN, Column, table_of
from projections.case_list import seen_cases

ExplanationStatus = Literal["sent", "opened", "more-time-asked", "given", "recalled"]
WAITING: tuple[ExplanationStatus, ...] = ("sent", "opened", "more-time-asked")
"""What the school still owes."""


class ExplanationRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One request with everything that was said in it; texts stay sealed."""

    id: UUID
    version: int
    number: str
    case_id: UUID
    authority_id: UUID
    place_id: UUID
    subject_id: UUID
    status: ExplanationStatus
    asked_at: datetime
    asked_by: UUID
    questions: tuple[f.ExplanationQuestion, ...]
    attachments: tuple[f.ExplanationFile, ...]
    term: Term
    due_on: date
    could_know: Sealed
    few_reason: Sealed | None = None
    date_reason: str = ""
    opened_at: datetime | None = None
    time_wanted: date | None = None
    time_reason: Sealed | None = None
    time_asked_at: datetime | None = None
    moved_from: date | None = None
    """The day before more time was granted, or before days off changed."""
    moved_at: datetime | None = None
    moved_because: str = ""
    """The paper that changed the days off; empty: more time was granted."""
    time_refused: Sealed | None = None
    time_refused_at: datetime | None = None
    given_at: datetime | None = None
    parts: tuple[f.ExplanationPart, ...] = ()
    given_files: tuple[f.ExplanationFile, ...] = ()
    recalled_at: datetime | None = None
    recall_reason: str = ""

    @property
    def waits(self) -> bool:
        """Whether the school still owes it."""
        return self.status in WAITING


class Explanations:
    """The projection."""

    name: ClassVar[str] = "explanations"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = True
    row = ExplanationRow
    facts: ClassVar[tuple[type[Fact], ...]] = f.ExplanationFact.__args__
    columns: ClassVar[tuple[Column, ...]] = (
        Column("number", "text"),
        Column("case_id", "uuid"),
        Column("authority_id", "uuid"),
        Column("place_id", "uuid"),
        Column("status", "text"),
        Column("due_on", "date"),
    )
    indexes: ClassVar[tuple[str, ...]] = (
        f"(place_id, due_on) where valid_to = {OPEN}",
        f"(case_id) where valid_to = {OPEN}",
        f"(authority_id, due_on, key) where valid_to = {OPEN}",
        f"(number) where valid_to = {OPEN}",
    )

    def key(self, _fact: Fact, envelope: Recorded) -> UUID | None:
        """One row per request."""
        return envelope.originator_id

    def fold(self, row: ExplanationRow | None, fact: Fact, envelope: Recorded) -> ExplanationRow | None:
        """What comes before the request is nobody's."""
        return folded(row, fact, envelope)


def folded(row: ExplanationRow | None, fact: Fact, envelope: Recorded) -> ExplanationRow | None:
    """The row after one fact."""
    if isinstance(fact, f.ExplanationRequested):
        return _requested(fact, envelope)
    return None if row is None else _on(replace(row, version=envelope.originator_version), fact, envelope.occurred_at)


def folded_all(history: list[Recorded]) -> ExplanationRow | None:
    """The row that a whole history of one stream makes, for one request at any moment."""
    row: ExplanationRow | None = None
    for recorded in history:
        row = folded(row, recorded.fact, recorded)
    return row


def _on(row: ExplanationRow, fact: Fact, at: datetime) -> ExplanationRow:  # noqa: PLR0911 - one arm per fact
    match fact:
        case f.ExplanationOpened():
            return replace(row, status="opened", opened_at=at)
        case f.MoreTimeAsked():
            return replace(
                row, status="more-time-asked", time_wanted=fact.until, time_reason=fact.reason, time_asked_at=at
            )
        case f.MoreTimeGranted():
            return replace(
                row,
                status="opened",
                due_on=fact.due_on,
                moved_from=fact.old_due_on,
                moved_at=at,
                moved_because="",
                time_refused=None,
            )
        case f.ExplanationDayMoved():
            return replace(
                row,
                term=fact.new,
                due_on=fact.new.due_on,
                moved_from=fact.old.due_on,
                moved_at=at,
                moved_because=fact.reason,
            )
        case f.MoreTimeRefused():
            return replace(row, status="opened", time_refused=fact.reason, time_refused_at=at)
        case f.ExplanationGiven():
            return replace(row, status="given", given_at=at, parts=fact.parts, given_files=fact.attachments)
        case f.RequestRecalled():
            return replace(row, status="recalled", recalled_at=at, recall_reason=fact.reason)
    return row


def _requested(fact: f.ExplanationRequested, envelope: Recorded) -> ExplanationRow:
    return ExplanationRow(
        id=envelope.originator_id,
        version=envelope.originator_version,
        number=fact.number,
        case_id=fact.case_id,
        authority_id=fact.authority_id,
        place_id=fact.place_id,
        subject_id=fact.subject_id,
        status="sent",
        asked_at=envelope.occurred_at,
        asked_by=envelope.actor_id,
        questions=fact.questions,
        attachments=fact.attachments,
        term=fact.term,
        due_on=fact.due_on,
        could_know=fact.could_know,
        few_reason=fact.few_reason,
        date_reason=fact.date_reason,
    )


TABLE = f"read_model.{table_of(Explanations)}"
_NOW = f"select doc from {TABLE} where valid_to = {OPEN}"  # noqa: S608
_decoder = msgspec.json.Decoder(ExplanationRow)


class ExplanationFilters(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for. Empty fields do not narrow."""

    statuses: tuple[str, ...] = ()
    due_before: date | None = None
    place_id: UUID | None = None
    case_id: UUID | None = None
    number: str = ""


class ExplanationPage(msgspec.Struct, frozen=True):
    """Rows in the order of their days, and where to go on."""

    rows: tuple[ExplanationRow, ...]
    total: int
    next_after: tuple[date, UUID] | None


async def of_unit(db: Reader, place_id: UUID, limit: int = 200) -> list[ExplanationRow]:
    """What a school was asked, what waits first, by day. What was recalled is not among it."""
    sql = (
        f"{_NOW} and place_id = $1 and status <> 'recalled'"
        " order by status = 'given', case when status = 'given' then date '9999-12-31' - due_on end, due_on, key"
        " limit $2"
    )
    return [_decoder.decode(record["doc"]) for record in await db.fetch(sql, place_id, limit)]


async def open_requests_of(db: Reader, case_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """What schools still owe to these cases, by case. For work that no person sees."""
    sql = f"select key, case_id from {TABLE} where valid_to = {OPEN} and case_id = any($1) and status = any($2)"  # noqa: S608
    found: dict[UUID, list[UUID]] = {}
    for row in await db.fetch(f"{sql} order by case_id, key", list(case_ids), list(WAITING)):
        found.setdefault(row["case_id"], []).append(row["key"])
    return found


async def is_asked(db: Reader, place_id: UUID | None, explanation_id: UUID) -> bool:
    """Whether this unit is asked by this request; takes alike for whatever is not its own."""
    sql = f"select key from {TABLE} where valid_to = {OPEN} and place_id = $1 and status <> 'recalled'"  # noqa: S608
    return place_id is not None and any(row["key"] == explanation_id for row in await db.fetch(sql, place_id))


async def list_explanations(
    db: Reader,
    scope: Scope,
    filters: ExplanationFilters,
    *,
    up_to: int | None = None,
    after: tuple[date, UUID] | None = None,
    limit: int = 50,
) -> ExplanationPage:
    """Those of the cases that this scope sees today, by day. `up_to`: as they stood at that log index."""
    where, args = _where(scope, filters, up_to)
    total = await db.fetchval(f"select count(*) from {TABLE} e where {where}", *args)  # noqa: S608
    if after is not None:
        args += after
        where += f" and (e.due_on, e.key) > (${len(args) - 1}, ${len(args)})"
    args.append(limit + 1)
    sql = f"select e.doc from {TABLE} e where {where} order by e.due_on, e.key limit ${len(args)}"  # noqa: S608
    found = [_decoder.decode(record["doc"]) for record in await db.fetch(sql, *args)]
    more = len(found) > limit
    last = found[limit - 1] if more else None
    return ExplanationPage(tuple(found[:limit]), total, (last.due_on, last.id) if last else None)


async def count_each(db: Reader, scope: Scope, lists: list[ExplanationFilters]) -> tuple[int, ...]:
    """How many each of several lists holds now."""
    counts = []
    for filters in lists:
        where, args = _where(scope, filters, None)
        counts.append(await db.fetchval(f"select count(*) from {TABLE} e where {where}", *args))  # noqa: S608
    return tuple(counts)


def _where(scope: Scope, filters: ExplanationFilters, up_to: int | None) -> tuple[str, list[object]]:
    cases, args = seen_cases(scope)
    parts = [f"e.case_id in ({cases})"]

    def add(condition: str, value: object) -> None:
        args.append(value)
        parts.append(condition.replace("?", f"${len(args)}"))

    if up_to is None:
        parts.append(f"e.valid_to = {OPEN}")
    else:
        add("e.valid_from <= ? and e.valid_to > ?", up_to)
    if filters.statuses:
        add("e.status = any(?::text[])", list(filters.statuses))
    if filters.due_before is not None:
        add("e.due_on < ?", filters.due_before)
    if filters.place_id is not None:
        add("e.place_id = ?", filters.place_id)
    if filters.case_id is not None:
        add("e.case_id = ?", filters.case_id)
    if filters.number:
        add("upper(e.number) = upper(?)", filters.number.replace("\0", "").strip())
    return " and ".join(f"({part})" for part in parts), args


class NumbersInUse:
    """Which numbers requests bear, of whatever authority."""

    def __init__(self, db: Reader) -> None:
        self._db = db

    async def taken(self, number: str) -> bool:
        """Whether a request of that number was recorded."""
        sql = f"select exists (select 1 from {TABLE} where valid_to = {OPEN} and number = $1)"  # noqa: S608
        return bool(await self._db.fetchval(sql, number))
