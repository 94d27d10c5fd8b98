"""Lists of complaints: filtered, ordered, paged, as of any place in the log, within today's right to see each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

from application.ports import Reader
from application.scopes import ComplaintScope
from projections.base import OPEN, table_of
from projections.case_sight import Where
from projections.complaints import ComplaintRow, Complaints

TABLE = f"read_model.{table_of(Complaints)}"
Order = Literal["due", "received", "number"]
_FAR = date(9999, 12, 30)
_decoder = msgspec.json.Decoder(ComplaintRow)
_ORDERS: dict[Order, tuple[str, str]] = {
    "due": (f"coalesce(r.due_on, date '{_FAR}')", "asc"),
    "received": ("r.received_on", "desc"),
    "number": ("r.number", "asc"),
}


class ComplaintFilters(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for. Empty fields do not narrow."""

    open_only: bool | None = None
    stages: tuple[str, ...] = ()
    level: str = ""
    outcome: str = ""
    number: str = ""
    place_id: UUID | None = None
    waits_for: ComplaintScope | None = None
    """Waits for this person to do the next thing."""
    due_before: date | None = None
    due_from: date | None = None
    received_from: date | None = None
    received_to: date | None = None
    decided_from: date | None = None
    decided_to: date | None = None
    case_ids: tuple[UUID, ...] | None = None


class ComplaintPage(msgspec.Struct, frozen=True):
    """Rows of one moment, and where to go on."""

    rows: tuple[ComplaintRow, ...]
    total: int
    next_after: tuple[str, UUID] | None


async def list_complaints(
    db: Reader,
    scope: ComplaintScope,
    filters: ComplaintFilters,
    *,
    up_to: int | None = None,
    order: Order = "due",
    after: Sequence[object] | None = None,
    limit: int = 50,
) -> ComplaintPage:
    """`up_to`: as they stood at that log index. `after`: `next_after` of the page before."""
    where = lines(scope, filters, up_to)
    total = await db.fetchval(f"select count(*) from {_tables(up_to)} where {where}", *where.args)  # noqa: S608
    by, direction = _ORDERS[order]
    if after is not None:
        sign, kind = (">" if direction == "asc" else "<"), "text" if order == "number" else "date"
        value, key = where.arg(str(after[0])), where.arg(after[1])
        where.add(f"({by}, r.key) {sign} ({value}::text::{kind}, {key}::uuid)")
    sql = (
        f"select r.doc, ({by})::text as place from {_tables(up_to)} where {where}"  # noqa: S608
        f" order by {by} {direction}, r.key {direction} limit {where.arg(limit + 1)}"
    )
    found = await db.fetch(sql, *where.args)
    rows = tuple(_decoder.decode(record["doc"]) for record in found[:limit])
    more = (found[limit - 1]["place"], rows[-1].case_id) if len(found) > limit else None
    return ComplaintPage(rows, total, more)


async def all_complaints(
    db: Reader, scope: ComplaintScope, filters: ComplaintFilters, *, up_to: int | None = None
) -> list[ComplaintRow]:
    """Every line, for figures."""
    where = lines(scope, filters, up_to)
    found = await db.fetch(f"select r.doc from {_tables(up_to)} where {where}", *where.args)  # noqa: S608
    return [_decoder.decode(record["doc"]) for record in found]


async def count_each(
    db: Reader, scope: ComplaintScope, lists: Sequence[ComplaintFilters], *, up_to: int | None = None
) -> tuple[int, ...]:
    """How many each of several lists holds."""
    counts = []
    for filters in lists:
        where = lines(scope, filters, up_to)
        counts.append(await db.fetchval(f"select count(*) from {_tables(up_to)} where {where}", *where.args))  # noqa: S608
    return tuple(counts)


async def row_of(db: Reader, case_id: UUID, *, up_to: int | None = None) -> ComplaintRow | None:
    """One line. Whether it may be seen is for the caller to ask."""
    held = f"valid_to = {OPEN}" if up_to is None else "valid_from <= $2 and valid_to > $2"
    args = (case_id,) if up_to is None else (case_id, up_to)
    doc = await db.fetchval(f"select doc from {TABLE} where key = $1 and {held}", *args)  # noqa: S608
    return _decoder.decode(doc) if doc else None


async def of_number(db: Reader, authority_id: UUID, number: str) -> UUID | None:
    """Which complaint against a unit of this authority has this number. The caller asks whether it may be seen."""
    sql = f"select key from {TABLE} where valid_to = {OPEN} and authority_id = $1 and lower(number) = lower($2)"  # noqa: S608
    found: UUID | None = await db.fetchval(sql, authority_id, number.replace("\0", "").strip())
    return found


async def open_complaints(db: Reader, authority_ids: Collection[UUID] | None) -> list[ComplaintRow]:
    """Every one that is not over, of these authorities or of all. For work that no person sees."""
    sql = (
        f"select doc from {TABLE} where valid_to = {OPEN} and not over"  # noqa: S608
        " and ($1::uuid[] is null or authority_id = any($1::uuid[])) order by authority_id, due_on, key"
    )
    wanted = None if authority_ids is None else list(authority_ids)
    return [_decoder.decode(record["doc"]) for record in await db.fetch(sql, wanted)]


async def held_by(db: Reader, account_id: UUID, authority_ids: Collection[UUID] | None) -> int:
    """How many open ones somebody prepares or verifies."""
    sql = (
        f"select count(*) from {TABLE} where valid_to = {OPEN} and not over"  # noqa: S608
        " and (holder_id = $1 or $1 = any(verifiers)) and ($2::uuid[] is null or authority_id = any($2::uuid[]))"
    )
    count: int = await db.fetchval(sql, account_id, None if authority_ids is None else list(authority_ids))
    return count


def _tables(up_to: int | None) -> str:
    """The line of the moment `r`, and today's line of the same complaint `c`, which says who may see it."""
    return f"{TABLE} r" if up_to is None else f"{TABLE} r join {TABLE} c on c.key = r.key and c.valid_to = {OPEN}"


def lines(scope: ComplaintScope, filters: ComplaintFilters, up_to: int | None) -> Where:
    """What is looked for among what may be seen."""
    where = Where()
    if up_to is None:
        where.add(f"r.valid_to = {OPEN}")
    else:
        moment = where.arg(up_to)
        where.add(f"r.valid_from <= {moment} and r.valid_to > {moment}")
    may_see(where, scope, "r" if up_to is None else "c")
    _matches(where, filters)
    return where


def may_see(where: Where, scope: ComplaintScope, c: str) -> None:
    """The same question as `sees_complaint`, in SQL; a test compares the two."""
    if scope.everything:
        return
    me = where.arg(scope.person_id)
    where.add(f"not ({me} = any({c}.involved))")

    def own() -> str:
        return f"({c}.holder_id = any({where.arg(list(scope.acts_as))}::uuid[]) or {me} = any({c}.verifiers))"

    ways = []
    if scope.unit_id is not None:
        here = f"{c}.resolver_id = {where.arg(scope.unit_id)}"
        ways.append(here if scope.principal else f"{here} and {own()}")
    if scope.authority_id is not None and (scope.staff or scope.takes_in or scope.auditor):
        authority = where.arg(scope.authority_id)
        if scope.staff:
            ways.append(f"{c}.resolver_id = {authority}" + ("" if scope.whole else f" and {own()}"))
        if scope.takes_in:
            ways.append(f"{c}.received_by_id = {authority}")
            ways.append(f"{c}.authority_id = {authority} and {c}.second_id is not null")
        if scope.auditor:
            ways.append(f"{c}.authority_id = {authority}")
    where.add(" or ".join(f"({way})" for way in ways) or "false")


def _matches(where: Where, filters: ComplaintFilters) -> None:
    if filters.open_only is not None:
        where.add("not r.over" if filters.open_only else "r.over")
    if filters.stages:
        where.add(f"r.stage = any({where.arg(list(filters.stages))}::text[])")
    words = (("level", filters.level), ("outcome", filters.outcome))
    for column, word in words:
        if word:
            where.add(f"r.{column} = {where.arg(word)}")
    if filters.number:
        wanted = filters.number.replace("\0", "").strip().lower()
        where.add(f"strpos(lower(r.number), {where.arg(wanted)}) > 0")
    if filters.place_id is not None:
        where.add(f"r.place_id = {where.arg(filters.place_id)}")
    if filters.case_ids is not None:
        where.add(f"r.key = any({where.arg(list(filters.case_ids))}::uuid[])")
    if filters.waits_for is not None:
        where.add(_waits_for(where, filters.waits_for))
    _in_days(where, filters)


def _in_days(where: Where, filters: ComplaintFilters) -> None:
    days = (
        ("due_on", "<", filters.due_before),
        ("due_on", ">=", filters.due_from),
        ("received_on", ">=", filters.received_from),
        ("received_on", "<=", filters.received_to),
        ("decided_on", ">=", filters.decided_from),
        ("decided_on", "<=", filters.decided_to),
    )
    for column, sign, day in days:
        if day is not None:
            where.add(f"r.{column} {sign} {where.arg(day)}")


def _waits_for(where: Where, scope: ComplaintScope) -> str:
    """The next thing is this person's: as resolver, registry, holder or verifier."""
    me, mine = where.arg(scope.person_id), where.arg(list(scope.acts_as))
    prepares = f"(r.holder_id = any({mine}::uuid[]) or {me} = any(r.verifiers))"
    ways = [
        f"r.waiting_for = 'holder' and r.holder_id = any({mine}::uuid[])",
        f"r.waiting_for = 'verifiers' and {me} = any(r.verifiers)",
    ]
    body = scope.unit_id or scope.authority_id
    if body is None:
        return " or ".join(f"({way})" for way in ways)
    here = where.arg(body)
    at = f"r.resolver_id = {here}::uuid"
    ways.append(
        f"r.waiting_for = 'receiver' and r.received_by_id = {here}::uuid" + ("" if scope.takes_in else " and false")
    )
    if scope.head or scope.principal:
        ways.append(f"(r.waiting_for = 'resolver' or (r.waiting_for = 'holder' and r.holder_id is null)) and {at}")
    if scope.registry:
        ways.append(f"r.waiting_for = 'registry' and {at}")
    elif scope.unit_id is not None:
        ways.append(f"r.waiting_for = 'registry' and {at} and {prepares}")
    return " or ".join(f"({way})" for way in ways)
