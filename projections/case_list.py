"""Lists of cases: filtered, ordered, paged, as of any place in the log, and never more than today's right allows.

What a row shows is that of the moment asked for; whether it may be shown is asked of the row as it is today.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec

from application.ports import Reader, Scope
from projections.base import OPEN, table_of
from projections.case_index import CaseIndex, CaseRow

TABLE = f"read_model.{table_of(CaseIndex)}"
Order = Literal["due", "received", "number"]
_NO_PATTERN = str.maketrans("", "", "%_\\")
"""Signs that mean something to `like` and nothing to who searches."""
_FAR = date(9999, 12, 30)
"""Where cases without a date stand. Not the last day of all: the database driver takes `date.max` for infinity."""
_ORDERS: dict[Order, tuple[tuple[str, ...], str]] = {
    # Urgent is what still waits for an answer; what was answered or closed has no date and stands last.
    "due": (("(not (r.danger and r.due_on is not null))", f"coalesce(r.due_on, date '{_FAR}')", "r.key"), "asc"),
    "received": (("r.received_on", "r.key"), "desc"),
    "number": (("r.number", "r.key"), "asc"),
}


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for. Empty fields do not narrow."""

    kind: str = ""
    statuses: tuple[str, ...] = ()
    q_key: str = ""
    """Folded search text; matches number and title, besides the places and categories found by the same text."""
    q_places: tuple[UUID, ...] = ()
    q_categories: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    area_id: UUID | None = None
    place_id: UUID | None = None
    place_ids: tuple[UUID, ...] | None = None
    """One of these; empty finds nothing, None does not narrow."""
    holder_id: UUID | None = None
    waiting_for: tuple[str, ...] = ()
    waits_for_person: UUID | None = None
    """Cases that this person has in hand and that wait for nobody else, and those that wait for `waits_for_roles`."""
    waits_for_roles: tuple[str, ...] = ()
    due_before: date | None = None
    due_from: date | None = None
    received_from: date | None = None
    received_to: date | None = None
    open_only: bool = False


class Page(msgspec.Struct, frozen=True):
    """Rows of one state of the log, and where to go on."""

    rows: tuple[CaseRow, ...]
    total: int
    next_after: tuple[Any, ...] | None


class _Where:
    """Collects conditions with their numbered arguments."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.args: list[Any] = []

    def arg(self, value: Any) -> str:
        self.args.append(value)
        return f"${len(self.args)}"

    def add(self, condition: str) -> None:
        self.parts.append(condition)

    def branch(self) -> _Where:
        """Further conditions with the same arguments."""
        other = _Where()
        other.args = self.args
        return other

    def __str__(self) -> str:
        return " and ".join(f"({part})" for part in self.parts) or "true"


async def list_cases(
    db: Reader,
    scope: Scope,
    filters: Filters,
    *,
    up_to: int | None = None,
    order: Order = "due",
    after: Sequence[Any] | None = None,
    limit: int = 50,
) -> Page:
    """One page. `up_to` None: the current rows; else the rows valid at that log index. `after`: `next_after` before."""
    where, source = _source(scope, filters, up_to)
    total = await db.fetchval(f"select count(*) from {source} where {where}", *where.args)  # noqa: S608
    by, direction = _ORDERS[order]
    if after is not None:
        values = ", ".join(where.arg(value) for value in after)
        where.add(f"({', '.join(by)}) {'>' if direction == 'asc' else '<'} ({values})")
    ordered = ", ".join(f"{part} {direction}" for part in by)
    sql = f"select r.doc from {source} where {where} order by {ordered} limit {where.arg(limit + 1)}"  # noqa: S608
    found = [decode_row(record["doc"]) for record in await db.fetch(sql, *where.args)]
    rows = tuple(found[:limit])
    return Page(rows, total, _place(rows[-1], order) if len(found) > limit else None)


async def count_by(
    db: Reader, scope: Scope, filters: Filters, column: Literal["status", "waiting_for"], *, up_to: int | None = None
) -> dict[str, int]:
    """How many cases per status, or per whom they wait for."""
    where, source = _source(scope, filters, up_to)
    sql = f"select r.{column} as word, count(*) as n from {source} where {where} group by 1"  # noqa: S608
    return {record["word"]: record["n"] for record in await db.fetch(sql, *where.args)}


async def count_each(
    db: Reader, scope: Scope, lists: Sequence[Filters], *, up_to: int | None = None
) -> tuple[int, ...]:
    """How many cases each of several lists holds, in one query."""
    where, source = _source(scope, Filters(), up_to)
    counted = []
    for filters in lists:
        part = where.branch()
        _matches(part, filters)
        counted.append(f"count(*) filter (where {part})")
    sql = f"select {', '.join(counted)} from {source} where {where}"  # noqa: S608
    return tuple(await db.fetchrow(sql, *where.args) or ())


async def row_of(db: Reader, case_id: UUID, *, up_to: int | None = None) -> CaseRow | None:
    """One case's line. Whether it may be seen is for the caller to ask."""
    if up_to is None:
        doc = await db.fetchval(f"select doc from {TABLE} where key = $1 and valid_to = {OPEN}", case_id)  # noqa: S608
    else:
        sql = f"select doc from {TABLE} where key = $1 and valid_from <= $2 and valid_to > $2"  # noqa: S608
        doc = await db.fetchval(sql, case_id, up_to)
    return decode_row(doc) if doc else None


async def case_of_number(db: Reader, authority_id: UUID, number: str) -> UUID | None:
    """Which case of an authority has this register number. Whether it may be seen is for the caller to ask."""
    sql = f"select key from {TABLE} where valid_to = {OPEN} and authority_id = $1 and lower(number) = lower($2)"  # noqa: S608
    found: UUID | None = await db.fetchval(sql, authority_id, number.replace("\0", "").strip())
    return found


_DECODER = msgspec.json.Decoder(CaseRow)


def decode_row(doc: bytes) -> CaseRow:
    """A stored line."""
    return _DECODER.decode(doc)


def _source(scope: Scope, filters: Filters, up_to: int | None) -> tuple[_Where, str]:
    where = _Where()
    if up_to is None:
        source, current = f"{TABLE} r", "r"
        where.add(f"r.valid_to = {OPEN}")
    else:
        source, current = f"{TABLE} r join {TABLE} c on c.key = r.key and c.valid_to = {OPEN}", "c"
        moment = where.arg(up_to)
        where.add(f"r.valid_from <= {moment} and r.valid_to > {moment}")
    _may_see(where, scope, current)
    _matches(where, filters)
    return where, source


def _may_see(where: _Where, scope: Scope, c: str) -> None:
    """The same question as `sees_feedback`, in SQL; a test compares the two."""
    me = where.arg(scope.person_id)
    where.add(f"{c}.authority_id = {where.arg(scope.authority_id)}")
    where.add(f"not ({me} = any({c}.involved))")
    ways = ["true"] if scope.head else []
    if scope.staff:
        ways.append(f"{c}.holder_id = {me} or {me} = any({c}.readers)")
    kinds = [
        (scope.intake, f"not {c}.narrow or {c}.unheld_new"),
        (scope.officer or scope.auditor, f"not {c}.narrow"),
        (scope.child_contact, f"{c}.sensitivity = 'child-protected'"),
    ]
    if inside := [condition for has, condition in kinds if has]:
        here = f"{c}.area_id = any({where.arg(list(scope.areas))}::uuid[])" if scope.areas else "true"
        ways.append(f"{here} and ({' or '.join(f'({condition})' for condition in inside)})")
    where.add(" or ".join(f"({way})" for way in ways) or "false")


def _matches(where: _Where, filters: Filters) -> None:
    equal: tuple[tuple[str, Any], ...] = (
        ("kind", filters.kind),
        ("area_id", filters.area_id),
        ("place_id", filters.place_id),
        ("holder_id", filters.holder_id),
    )
    for column, value in equal:
        if value:
            where.add(f"r.{column} = {where.arg(value)}")
    among: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("status", filters.statuses),
        ("category", filters.categories),
        ("waiting_for", filters.waiting_for),
    )
    for column, values in among:
        if values:
            where.add(f"r.{column} = any({where.arg(list(values))}::text[])")
    _lies_between(where, filters)
    if filters.place_ids is not None:
        where.add(f"r.place_id = any({where.arg(list(filters.place_ids))}::uuid[])")
    if filters.waits_for_person:
        mine = f"r.waiting_for = 'holder' and r.holder_id = {where.arg(filters.waits_for_person)}"
        where.add(f"({mine}) or r.waiting_for = any({where.arg(list(filters.waits_for_roles))}::text[])")
    if filters.open_only:
        where.add("not r.closed and not r.answered")
    if filters.q_key:
        _searches(where, filters)


def _lies_between(where: _Where, filters: Filters) -> None:
    bounds: tuple[tuple[str, date | None], ...] = (
        ("r.due_on <", filters.due_before),
        ("r.due_on >=", filters.due_from),
        ("r.received_on >=", filters.received_from),
        ("r.received_on <=", filters.received_to),
    )
    for comparison, day in bounds:
        if day:
            where.add(f"{comparison} {where.arg(day)}")


def _searches(where: _Where, filters: Filters) -> None:
    text = where.arg(f"%{filters.q_key.translate(_NO_PATTERN)}%")
    ways = [f"r.title_key like {text}", f"lower(r.number) like {text}"]
    if filters.q_places:
        ways.append(f"r.place_id = any({where.arg(list(filters.q_places))}::uuid[])")
    if filters.q_categories:
        ways.append(f"r.category = any({where.arg(list(filters.q_categories))}::text[])")
    where.add(" or ".join(ways))


def _place(row: CaseRow, order: Order) -> tuple[Any, ...]:
    match order:
        case "due":
            return (not (row.danger and row.due_on is not None), row.due_on or _FAR, row.case_id)
        case "received":
            return (row.received_on, row.case_id)
        case "number":
            return (row.number, row.case_id)
