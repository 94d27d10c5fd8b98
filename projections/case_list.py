"""Lists of cases: filtered, ordered, paged, as of any place in the log, and never more than today's right allows.

What a row shows is that of the moment asked for; whether it may be shown is asked of the row as it is today.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec

from application.ports import Reader, Scope
from projections.base import OPEN, table_of
from projections.case_index import HELD_FOR, CaseIndex, CaseRow
from projections.case_sight import Lines, Where, may_see, sights

TABLE = f"read_model.{table_of(CaseIndex)}"
Order = Literal["due", "received", "number"]
_NO_PATTERN = str.maketrans("", "", "%_\\")
"""Signs that mean something to `like` and nothing to who searches."""
_FAR = date(9999, 12, 30)
"""Where cases without a date stand. Not the last day of all: the database driver takes `date.max` for infinity."""
_LENGTHS = range(1, 41)
"""Binary digits of the time for which a line held, counted in facts: more than any store will have."""
STILL_OPEN = "not r.closed and not r.answered"
"""An answer is owed."""
TO_DO = f"({STILL_OPEN}) or r.waiting_for <> ''"
"""An answer is owed, or somebody is waited for all the same."""
MOST_COUNTED = 10_000
"""Longer lists are only said to be longer: nobody reads them, and counting takes longer than finding a page."""
MANY_FOUND = 2_000
"""As much of what a search finds is counted: text is compared for each. From so many on, a page is also nearer at the
top of the whole list than among what was found.
"""
_OF_THE_OFFICE = "r.waiting_for = any(array['intake', 'holder', 'second'])"
"""Waits for somebody of the office who is no head: a head's release has a list of its own."""
_FIRST = "(r.urgent and r.due_on is not null)"
_ORDERS: dict[Order, tuple[tuple[str, ...], str]] = {
    # Urgent on top is what still waits for an answer; what was answered or closed has no date.
    "due": ((f"(not {_FIRST})", f"coalesce(r.due_on, date '{_FAR}')", "r.key"), "asc"),
    "received": ((_FIRST, "r.received_on", "r.key"), "desc"),
    "number": ((f"(not {_FIRST})", "r.number", "r.key"), "asc"),
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
    case_ids: tuple[UUID, ...] | None = None
    """One of these; empty finds nothing, None does not narrow."""
    holder_id: UUID | None = None
    waiting_for: tuple[str, ...] = ()
    waits_for_person: UUID | None = None
    """Cases that this person has in hand and that wait for nobody else, and those that wait for `waits_for_roles`."""
    waits_for_roles: tuple[str, ...] = ()
    in_place_of: tuple[UUID, ...] = ()
    """Absent people whose cases count as those of `waits_for_person`."""
    waits_for_others: bool = False
    """Instead of what waits for `waits_for_person` or that post: what waits for anybody else of the office."""
    due_before: date | None = None
    due_from: date | None = None
    received_from: date | None = None
    received_to: date | None = None
    answered_from: date | None = None
    answered_to: date | None = None
    """Days of the answer that stands; both ends included, as for receipt."""
    open_only: bool = False
    held: bool | None = None
    """Only what waits to be screened, or only what does not."""
    screened: bool = False
    """What does not wait to be screened, and what is urgent: that never waits for a screener."""
    urgent: bool = False
    to_do: bool = False
    """What is open, and answered cases whose correction waits for a head."""


class Retold(msgspec.Struct, frozen=True):
    """Lines that were folded anew, in the place of those that the index has of these cases as of a moment."""

    cases: frozenset[UUID]
    rows: Mapping[UUID, CaseRow]
    """At most one for each of `cases`: by the other clock some were not there yet."""


class Page(msgspec.Struct, frozen=True):
    """Rows of one state of the log, and where to go on. `total` is exact up to what is counted of such a list."""

    rows: tuple[CaseRow, ...]
    total: int
    next_after: tuple[Any, ...] | None
    beyond: int | None = None
    """There are more than so many; `total` is then one more."""


async def list_cases(
    db: Reader,
    scope: Scope,
    filters: Filters,
    *,
    up_to: int | None = None,
    order: Order = "due",
    after: Sequence[Any] | None = None,
    limit: int = 50,
    retold: Retold | None = None,
) -> Page:
    """One page. `up_to` None: the current rows; else the rows valid at that log index. `after`: `next_after` before."""
    lines = lines_of(scope, filters, up_to, retold=retold)
    most_counted = MANY_FOUND if filters.q_key else MOST_COUNTED
    counted = f"select count(*) from ({lines.select('1')} limit {most_counted + 1}) counted"  # noqa: S608
    total = await db.fetchval(counted, *lines.args)
    beyond = most_counted if total > most_counted else None
    if filters.q_key and beyond:
        lines = lines_of(scope, filters, up_to, found_at_once=False, retold=retold)
    by, direction = _ORDERS[order]
    if after is not None:
        values = ", ".join(lines.arg(value) for value in after)
        lines.add(f"({', '.join(by)}) {'>' if direction == 'asc' else '<'} ({values})")
    names = [f"by_{number}" for number in range(len(by))]
    most = lines.arg(limit + 1)
    first = f"order by {_each(by, direction)} limit {most}"
    # The page is found in indexes that hold what decides; only its lines are read whole.
    page = lines.select(", ".join(f"{part} as {name}" for part, name in zip(by, names, strict=True)) + _LINE, first)
    join = "left join" if retold else "join"
    sql = (
        f"select p.line, t.doc from (select * from ({page}) parts order by {_each(names, direction)} limit {most}) p"  # noqa: S608
        f" {join} {TABLE} t on t.key = p.line and t.valid_to = p.until order by {_each(names, direction)}"
    )
    found = [
        retold.rows[line] if doc is None and retold else decode_row(doc)
        for line, doc in await db.fetch(sql, *lines.args)
    ]
    rows = tuple(found[:limit])
    return Page(rows, total, _place(rows[-1], order) if len(found) > limit else None, beyond)


_LINE = ", r.key as line, r.valid_to as until"


def _each(parts: Sequence[str], direction: str) -> str:
    return ", ".join(f"{part} {direction}" for part in parts)


async def count_by(
    db: Reader,
    scope: Scope,
    filters: Filters,
    column: Literal["status", "waiting_for"],
    *,
    up_to: int | None = None,
    retold: Retold | None = None,
) -> dict[str, int]:
    """How many cases per status, or per whom they wait for."""
    lines = lines_of(scope, filters, up_to, retold=retold)
    sql = f"select word, count(*) as n from ({lines.select(f'r.{column} as word')}) found group by 1"  # noqa: S608
    return {record["word"]: record["n"] for record in await db.fetch(sql, *lines.args)}


async def count_each(
    db: Reader, scope: Scope, lists: Sequence[Filters], *, up_to: int | None = None, retold: Retold | None = None
) -> tuple[int, ...]:
    """How many cases each of several lists holds, in one query."""
    if len(lists) == 1:
        lines = lines_of(scope, lists[0], up_to, retold=retold)
        return (await db.fetchval(f"select count(*) from ({lines.select('1')}) found", *lines.args),)  # noqa: S608
    lines = lines_of(scope, Filters(open_only=all(filters.open_only for filters in lists)), up_to, retold=retold)
    held = []
    for number, filters in enumerate(lists):
        part = lines.parts[0][1].branch()
        _matches(part, filters)
        held.append(f"({part}) as in_{number}")
    counted = ", ".join(f"count(*) filter (where in_{number})" for number in range(len(lists)))
    sql = f"select {counted} from ({lines.select(', '.join(held))}) found"  # noqa: S608
    return tuple(await db.fetchrow(sql, *lines.args) or ())


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


async def visible_rows(db: Reader, scope: Scope, case_ids: Collection[UUID]) -> dict[UUID, CaseRow]:
    """Of these cases the lines of those that may be seen today."""
    where = Where()
    where.add(f"r.valid_to = {OPEN}")
    where.add(f"r.key = any({where.arg(list(case_ids))}::uuid[])")
    may_see(where, scope, "r")
    found = await db.fetch(f"select r.doc from {TABLE} r where {where}", *where.args) if case_ids else []  # noqa: S608
    return {row.case_id: row for row in (decode_row(record["doc"]) for record in found)}


async def visible_ids(db: Reader, scope: Scope, case_ids: Collection[UUID]) -> set[UUID]:
    """Which of these cases may be seen today."""
    where = Where()
    where.add(f"r.valid_to = {OPEN}")
    where.add(f"r.key = any({where.arg(list(case_ids))}::uuid[])")
    may_see(where, scope, "r")
    found = await db.fetch(f"select r.key from {TABLE} r where {where}", *where.args) if case_ids else []  # noqa: S608
    return {record["key"] for record in found}


async def open_cases_of(db: Reader, account_id: UUID, authority_ids: Collection[UUID] | None = None) -> list[CaseRow]:
    """What somebody has in hand. Whether it may be seen is for the caller to ask.

    `authority_ids` None: everywhere.
    """
    sql = (
        f"select doc from {TABLE} r where r.valid_to = {OPEN} and r.holder_id = $1 and {STILL_OPEN}"  # noqa: S608
        " and ($2::uuid[] is null or r.authority_id = any($2::uuid[])) order by r.due_on, r.key"
    )
    wanted = None if authority_ids is None else list(authority_ids)
    return [decode_row(record["doc"]) for record in await db.fetch(sql, account_id, wanted)]


async def open_cases_in(db: Reader, authority_ids: Collection[UUID] | None) -> list[CaseRow]:
    """Every open case of these authorities, or of all. For work that no person sees."""
    sql = (
        f"select doc from {TABLE} r where r.valid_to = {OPEN} and {STILL_OPEN}"  # noqa: S608
        " and ($1::uuid[] is null or r.authority_id = any($1::uuid[])) order by r.authority_id, r.due_on, r.key"
    )
    wanted = None if authority_ids is None else list(authority_ids)
    return [decode_row(record["doc"]) for record in await db.fetch(sql, wanted)]


_DECODER = msgspec.json.Decoder(CaseRow)


def decode_row(doc: bytes) -> CaseRow:
    """A stored line."""
    return _DECODER.decode(doc)


def lines_of(
    scope: Scope, filters: Filters, up_to: int | None, *, found_at_once: bool = True, retold: Retold | None = None
) -> Lines:
    """What a person may see and looks for, as of the moment.

    What held at a moment is either still true, and found as today's lists are; or it has ended since, and few lines
    held at one moment and no longer. `found_at_once` False: a search is answered by walking through the list, which is
    shorter where much is found. `retold`: what stands in the place of what the index has of some cases.
    """
    where = Where()
    now = where.branch()
    now.add(f"r.valid_to = {OPEN}")
    _matches(now, filters, found_at_once=found_at_once)
    if up_to is None:
        return Lines([(f"{TABLE} r", sight) for sight in sights(now, scope, "r")])
    moment = where.arg(up_to)
    now.add(f"r.valid_from <= {moment}")
    lengths, earliest = where.arg(list(_LENGTHS)), where.arg([up_to - (1 << length) for length in _LENGTHS])
    ended = where.branch()
    ended.add(f"r.valid_to <> {OPEN} and {HELD_FOR.format('r.')} = s.length")
    ended.add(f"r.valid_from > s.earliest and r.valid_from <= {moment} and r.valid_to > {moment}")
    _matches(ended, filters, found_at_once=found_at_once)
    may_see(ended, scope, "c")
    spans = f"unnest({lengths}::int[], {earliest}::bigint[]) s(length, earliest)"
    lines = Lines(
        [
            *((f"{TABLE} r", sight) for sight in sights(now, scope, "r")),
            (f"{spans} cross join {TABLE} r cross join {_TODAY}", ended),
        ]
    )
    return _with(retold, lines, scope, filters, found_at_once=found_at_once) if retold and retold.cases else lines


# Today's line of each is looked up by its key: there are few, and the planner would take them for many.
_TODAY = f"lateral (select * from {TABLE} c where c.key = r.key and c.valid_to = {OPEN} limit 1) c"  # noqa: S608


def _with(retold: Retold, lines: Lines, scope: Scope, filters: Filters, *, found_at_once: bool) -> Lines:
    """The same lines, but of some cases what is given: filtered, ordered and shown to the same people as the others."""
    anew = lines.parts[0][1].branch()
    lines.add(f"r.key <> all({anew.arg(list(retold.cases))}::uuid[])")
    given = anew.arg(msgspec.json.encode([_columns(row) for row in retold.rows.values()]).decode())
    _matches(anew, filters, found_at_once=found_at_once)
    may_see(anew, scope, "c")
    rows = f"jsonb_populate_recordset(null::{TABLE}, {given}::text::jsonb) r"
    return Lines([*lines.parts, (f"{rows} cross join {_TODAY}", anew)])


def _columns(row: CaseRow) -> dict[str, Any]:
    """A line as the table has it. `valid_to` is that of no stored line."""
    columns = {column.field: getattr(row, column.field) for column in CaseIndex.columns}
    return {"key": row.case_id, "valid_from": -1, "valid_to": -1, **columns}


def seen_cases(scope: Scope) -> tuple[str, list[Any]]:
    """A query for the ids of all cases that this scope sees now, with its arguments: for what hangs on cases."""
    where = Where()
    where.add(f"c.valid_to = {OPEN}")
    may_see(where, scope, "c")
    return f"select c.key from {TABLE} c where {where}", where.args  # noqa: S608


def _matches(where: Where, filters: Filters, *, found_at_once: bool = True) -> None:
    _equals(where, filters)
    _lies_between(where, filters)
    if filters.case_ids is not None:
        where.add(f"r.key = any({where.arg(list(filters.case_ids))}::uuid[])")
    if filters.place_ids is not None:
        where.add(f"r.place_id = any({where.arg(list(filters.place_ids))}::uuid[])")
    if filters.waits_for_person:
        where.add(_waits_for(where, filters, filters.waits_for_person))
    flags = (
        (filters.open_only or None, STILL_OPEN),
        (filters.to_do or None, TO_DO),
        (filters.held, "r.held"),
        (filters.screened or None, "not r.held or r.urgent"),
        (filters.urgent or None, "r.urgent"),
    )
    for wanted, condition in flags:
        if wanted is not None:
            where.add(condition if wanted else f"not {condition}")
    if filters.q_key:
        _searches(where, filters, found_at_once=found_at_once)


def _waits_for(where: Where, filters: Filters, me: UUID) -> str:
    """For what this person or an absent colleague holds, or for the post; the second person is not who proposed it."""
    people = where.arg([me, *filters.in_place_of])
    mine = f"r.waiting_for = 'holder' and r.holder_id = any({people}::uuid[])"
    by_post = f"r.waiting_for = any({where.arg(list(filters.waits_for_roles))}::text[])"
    second = f"r.waiting_for <> 'second' or r.spam_proposer_id is distinct from {where.arg(me)}"
    for_me = f"({mine}) or ({by_post} and ({second}))"
    return f"{_OF_THE_OFFICE} and not ({for_me})" if filters.waits_for_others else for_me


def _equals(where: Where, filters: Filters) -> None:
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
        if len(values) == 1:  # equal: then an index can give the order as well
            where.add(f"r.{column} = {where.arg(values[0])}")
        elif values:
            where.add(f"r.{column} = any({where.arg(list(values))}::text[])")


def _lies_between(where: Where, filters: Filters) -> None:
    bounds: tuple[tuple[str, date | None], ...] = (
        ("r.due_on <", filters.due_before),
        ("r.due_on >=", filters.due_from),
        ("r.received_on >=", filters.received_from),
        ("r.received_on <=", filters.received_to),
        ("r.answered_on >=", filters.answered_from),
        ("r.answered_on <=", filters.answered_to),
    )
    for comparison, day in bounds:
        if day:
            where.add(f"{comparison} {where.arg(day)}")


def _searches(where: Where, filters: Filters, *, found_at_once: bool) -> None:
    key, searched = filters.q_key.translate(_NO_PATTERN), "(r.title_key || ' ' || lower(r.number))"
    ways = [
        f"{searched} like {where.arg(f'%{key}%')}" if found_at_once else f"strpos({searched}, {where.arg(key)}) > 0"
    ]
    if filters.q_places:
        ways.append(f"r.place_id = any({where.arg(list(filters.q_places))}::uuid[])")
    if filters.q_categories:
        ways.append(f"r.category = any({where.arg(list(filters.q_categories))}::text[])")
    where.add(" or ".join(ways))


def _place(row: CaseRow, order: Order) -> tuple[Any, ...]:
    match order:
        case "due":
            return (not row.first, row.due_on or _FAR, row.case_id)
        case "received":
            return (row.first, row.received_on, row.case_id)
        case "number":
            return (not row.first, row.number, row.case_id)
