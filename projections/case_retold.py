"""Lists by the clock "happened": which cases differ by it from what was known, and their lines folded anew.

By "known" a list at a moment is made of what had been recorded by then; by "happened" of what had happened by then, as
it is known now. Only cases with a fact between the two differ, and those whose facts happened in another order than
they were recorded in: few, so their lines are folded anew for each answer and no index by this clock is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from application.ports import Reader, Recorded, Scope
from projections.base import OPEN
from projections.case_index import CaseIndex, CaseRow
from projections.case_list import TABLE
from projections.case_sight import Where, may_see


def between(recorded: Recorded, at: datetime) -> bool:
    """Whether the fact belongs to the moment by one clock only."""
    return (recorded.occurred_at <= at) != (recorded.recorded_at <= at)


async def cases_apart(db: Reader, scope: Scope, at: datetime) -> set[UUID]:
    """Of the cases that may be seen today those that may differ by the two clocks at the moment.

    Without those that differ by less than PROMPT. Once a case is among them for a moment, it stays so.
    """
    where = Where()
    moment = where.arg(at)
    where.add(f"r.valid_to = {OPEN} and r.apart_from is not null")
    where.add(f"r.apart_from <= {moment} and (r.apart_until is null or r.apart_until > {moment})")
    may_see(where, scope, "r")
    found = await db.fetch(f"select r.key from {TABLE} r where {where}", *where.args)  # noqa: S608
    return {record["key"] for record in found}


def cases_between(index: CaseIndex, facts: Iterable[Recorded], at: datetime) -> set[UUID]:
    """The cases that some of these facts concern by one clock only."""
    concerned = (index.key(one.fact, one) for one in facts if isinstance(one.fact, index.facts) and between(one, at))
    return {case_id for case_id in concerned if case_id}


async def numbers_of(db: Reader, case_ids: Collection[UUID], up_to: int) -> dict[UUID, str]:
    """How these cases were called at a place in the log."""
    sql = f"select key, number from {TABLE} where key = any($1::uuid[]) and valid_from <= $2 and valid_to > $2"  # noqa: S608
    return {record["key"]: record["number"] for record in await db.fetch(sql, list(case_ids), up_to)}


def retell(
    index: CaseIndex, facts: Mapping[UUID, Iterable[Recorded]], numbers: Mapping[UUID, str], at: datetime
) -> dict[UUID, CaseRow]:
    """The line of each case that was there, from its facts in the order in which they happened.

    The register number is none of them: it is how a case is called, at every moment of the case.
    """
    lines = {case_id: _line(index, told, at) for case_id, told in facts.items()}
    return {case_id: replace(row, number=numbers.get(case_id, "")) for case_id, row in lines.items() if row}


def _line(index: CaseIndex, facts: Iterable[Recorded], at: datetime) -> CaseRow | None:
    row: CaseRow | None = None
    for recorded in facts:
        if isinstance(recorded.fact, index.facts):
            try:
                after = index.fold(row, recorded.fact, recorded)
            except Exception:  # noqa: BLE001 - as in the index itself: the line stays that before a fact that it cannot take
                return row
            row = _waits_since(row, after, recorded) if recorded.recorded_at > at else after
    return row


def _waits_since(before: CaseRow | None, row: CaseRow | None, recorded: Recorded) -> CaseRow | None:
    """Whoever is waited for because of what was recorded after the moment is waited for since it happened."""
    if row is None or (before is not None and before.waiting_since == row.waiting_since):
        return row
    return replace(row, waiting_since=recorded.occurred_at)
