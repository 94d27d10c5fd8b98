"""Which senders say to be treated worse, who looks after it, what came of it: for the few who may, and for the sender.

Only the present is kept. Whether somebody may see a line is asked of the case behind it, as that case is today.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded, Scope
from domain.alerts import events as a
from domain.alerts.stages import MOST_PROTECTION_ESCALATIONS, PROTECTION_EVERY, escalation_at
from domain.calendar import legal_date
from domain.kernel import Fact, Sealed
from domain.law.term import Term
from domain.protection import events as f
from domain.protection.vocabulary import ProtectionOutcome, Whom
from projections.base import OPEN, Column, table_of
from projections.case_index import CaseRow
from projections.case_list import TABLE as CASES
from projections.case_list import decode_row
from projections.case_sight import Where

NEVER = 2**40
"""Seconds: later than any calendar."""
ProtectionStatus = Literal["new", "taken", "closed"]


class Measure(msgspec.Struct, frozen=True):
    """What was done, by whom."""

    at: datetime
    by: UUID
    note: Sealed


class ProtectionRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One report with all that was written about it; texts stay sealed. `next_at`: seconds since 1970."""

    id: UUID
    version: int
    case_id: UUID
    authority_id: UUID
    subject_id: UUID
    status: ProtectionStatus
    whom: Whom
    text: Sealed
    term: Term
    reported_at: datetime
    since: date | None = None
    holder_id: UUID | None = None
    taken_at: datetime | None = None
    measures: tuple[Measure, ...] = ()
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    outcome: ProtectionOutcome | None = None
    referred_to: str = ""
    reason: Sealed | None = None
    words: Sealed | None = None
    reported: bool = False
    """Whether those who may take it were told."""
    escalations: int = 0
    next_at: int = NEVER

    @property
    def waits(self) -> bool:
        """Whether somebody has still to take it or to finish it."""
        return self.status != "closed"


class ProtectionTasks:
    """The projection."""

    name: ClassVar[str] = "protection_tasks"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = False
    row = ProtectionRow
    facts: ClassVar[tuple[type[Fact], ...]] = (*f.ProtectionFact.__args__, *a.ProtectionAlert.__args__)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("case_id", "uuid"),
        Column("subject_id", "uuid"),
        Column("status", "text"),
        Column("reported_at", "timestamptz"),
        Column("next_at", "bigint"),
    )
    indexes: ClassVar[tuple[str, ...]] = (
        f"(case_id) where valid_to = {OPEN}",
        f"(subject_id) where valid_to = {OPEN}",
        f"(reported_at, key) where valid_to = {OPEN}",
        f"(next_at, key) where valid_to = {OPEN} and next_at < {NEVER}",
    )

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:
        """An alert speaks of a task in another stream."""
        return fact.task_id if isinstance(fact, a.ProtectionAlert) else envelope.originator_id

    def fold(self, row: ProtectionRow | None, fact: Fact, envelope: Recorded) -> ProtectionRow | None:
        """What comes before the report is nobody's."""
        if isinstance(fact, f.ProtectionReported):
            return _reported(fact, envelope)
        if row is None:
            return None
        if not isinstance(fact, a.ProtectionAlert):
            row = replace(row, version=envelope.originator_version)
        return _settled(_on(row, fact, envelope))


def _on(row: ProtectionRow, fact: Fact, envelope: Recorded) -> ProtectionRow:  # noqa: PLR0911 - one arm per fact
    at = envelope.occurred_at
    match fact:
        case f.ProtectionTaken():
            return replace(row, status="taken", holder_id=fact.official_id, taken_at=at)
        case f.ProtectionHandedOver():
            return replace(row, holder_id=fact.official_id)
        case f.ProtectionMeasureNoted():
            return replace(row, measures=(*row.measures, Measure(at, envelope.actor_id, fact.note)))
        case f.ProtectionClosed():
            return replace(
                row,
                status="closed",
                closed_at=at,
                closed_by=envelope.actor_id,
                outcome=fact.outcome,
                referred_to=fact.referred_to,
                reason=fact.reason,
                words=fact.words,
            )
        case a.ProtectionTaskReported():
            return replace(row, reported=True)
        case a.ProtectionTaskEscalated():
            return replace(row, escalations=max(row.escalations, fact.number))
    return row


def _settled(row: ProtectionRow) -> ProtectionRow:
    waits = row.reported and row.status == "new" and row.escalations < MOST_PROTECTION_ESCALATIONS
    moment = escalation_at(row.term, row.escalations + 1, PROTECTION_EVERY) if waits else None
    return replace(row, next_at=int(moment.timestamp()) if moment else NEVER)


def _reported(fact: f.ProtectionReported, envelope: Recorded) -> ProtectionRow:
    return ProtectionRow(
        id=envelope.originator_id,
        version=envelope.originator_version,
        case_id=fact.case_id,
        authority_id=fact.authority_id,
        subject_id=fact.subject_id,
        status="new",
        whom=fact.whom,
        since=fact.since,
        text=fact.text,
        term=fact.term,
        reported_at=envelope.occurred_at,
    )


TABLE = f"read_model.{table_of(ProtectionTasks)}"
_decoder = msgspec.json.Decoder(ProtectionRow)


class Task(msgspec.Struct, frozen=True):
    """A report with the case behind it as it is now: for its number and its school, never for its words."""

    row: ProtectionRow
    case: CaseRow


class TaskFilters(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for. Empty fields do not narrow."""

    statuses: tuple[ProtectionStatus, ...] = ()
    case_id: UUID | None = None
    task_ids: tuple[UUID, ...] | None = None


class TaskPage(msgspec.Struct, frozen=True):
    """Lines, how many there are in all, and where to go on."""

    tasks: tuple[Task, ...]
    total: int
    next_after: tuple[datetime, UUID] | None


async def list_tasks(
    db: Reader,
    scope: Scope,
    filters: TaskFilters,
    *,
    oldest_first: bool = False,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> TaskPage:
    """Those that this scope may see today, by the moment of the report."""
    where = _where(scope, filters)
    total = await db.fetchval(f"select count(*) from {_LINES} where {where}", *where.args)  # noqa: S608
    sign, way = (">", "asc") if oldest_first else ("<", "desc")
    if after is not None:
        where.add(f"(t.reported_at, t.key) {sign} ({where.arg(after[0])}, {where.arg(after[1])})")
    most = where.arg(limit + 1)
    sql = (
        f"select t.doc as task, r.doc as line from {_LINES} where {where}"  # noqa: S608
        f" order by t.reported_at {way}, t.key {way} limit {most}"
    )
    found = [Task(_decoder.decode(one["task"]), decode_row(one["line"])) for one in await db.fetch(sql, *where.args)]
    last = found[limit - 1].row if len(found) > limit else None
    return TaskPage(tuple(found[:limit]), total, (last.reported_at, last.id) if last else None)


async def count_tasks(db: Reader, scope: Scope, lists: list[TaskFilters]) -> tuple[int, ...]:
    """How many each of several lists holds."""
    counts = []
    for filters in lists:
        where = _where(scope, filters)
        counts.append(await db.fetchval(f"select count(*) from {_LINES} where {where}", *where.args))  # noqa: S608
    return tuple(counts)


async def visible_tasks(db: Reader, scope: Scope, task_ids: Collection[UUID]) -> dict[UUID, Task]:
    """Of these the ones that this scope may see today."""
    if not task_ids:
        return {}
    filters = TaskFilters(task_ids=tuple(task_ids))
    return {task.row.id: task for task in (await list_tasks(db, scope, filters, limit=len(task_ids))).tasks}


async def tasks_of_sender(db: Reader, subject_id: UUID) -> list[ProtectionRow]:
    """All reports of a sender, also those about cases that the own one became, the oldest first."""
    sql = f"select doc from {TABLE} where valid_to = {OPEN} and subject_id = $1 order by reported_at, key"  # noqa: S608
    return [_decoder.decode(one["doc"]) for one in await db.fetch(sql, subject_id)]


async def states_of_case(db: Reader, case_id: UUID) -> list[ProtectionStatus]:
    """How the reports about a case stand: for the sign that there is one, and for nothing else."""
    sql = f"select status from {TABLE} where valid_to = {OPEN} and case_id = $1 order by reported_at, key"  # noqa: S608
    return [one["status"] for one in await db.fetch(sql, case_id)]


async def due_tasks(db: Reader, now: datetime, after: tuple[int, UUID] | None, limit: int) -> list[ProtectionRow]:
    """Tasks that nobody took in time, in the order of when they must be told of; `after`: the last one before."""
    rows = await db.fetch(
        f"select doc from {TABLE} where valid_to = {OPEN} and next_at < {NEVER} and next_at <= $1"  # noqa: S608
        " and ($2::bigint is null or (next_at, key) > ($2, $3::uuid)) order by next_at, key limit $4",
        int(now.timestamp()),
        after[0] if after else None,
        after[1] if after else None,
        limit,
    )
    return [_decoder.decode(row[0]) for row in rows]


class OpenTasksToday:
    """How many reports of a sender wait (`application.protection.OpenTasks`)."""

    def __init__(self, db: Reader) -> None:
        self._db = db

    async def of_sender(self, subject_id: UUID) -> int:
        """Those that nobody has finished with."""
        return sum(row.waits for row in await tasks_of_sender(self._db, subject_id))


def folded_all(history: list[Recorded]) -> ProtectionRow | None:
    """The row that the whole history of one task makes, for what was just done."""
    fold, row = ProtectionTasks().fold, None
    for recorded in history:
        row = fold(row, recorded.fact, recorded)
    return row


def day_of(row: ProtectionRow) -> date:
    """The legal day on which it came to where it stands: senders are told no hour."""
    return legal_date(row.closed_at or row.taken_at or row.reported_at)


_LINES = f"{TABLE} t join {CASES} r on r.key = t.case_id and r.valid_to = {OPEN}"


def _where(scope: Scope, filters: TaskFilters) -> Where:
    where = Where()
    where.add(f"t.valid_to = {OPEN}")
    may_see_task(where, scope)
    if filters.statuses:
        where.add(f"t.status = any({where.arg(list(filters.statuses))}::text[])")
    if filters.case_id is not None:
        where.add(f"t.case_id = {where.arg(filters.case_id)}")
    if filters.task_ids is not None:
        where.add(f"t.key = any({where.arg(list(filters.task_ids))}::uuid[])")
    return where


def may_see_task(where: Where, scope: Scope) -> None:
    """The same question as `sees_task`, in SQL; a test compares the two. `t` is the task, `r` its case."""
    me, authority = where.arg(scope.person_id), where.arg(scope.authority_id)
    ways = ["true"] if scope.head else []
    kinds = [(scope.child_contact, "true"), (scope.auditor, "not r.narrow")]
    if inside := [condition for has, condition in kinds if has]:
        here = f"r.area_id = any({where.arg(list(scope.areas))}::uuid[])" if scope.areas else "true"
        ways.append(f"{here} and ({' or '.join(inside)})")
    own = f"r.authority_id = {authority} and ({' or '.join(f'({way})' for way in ways) or 'false'})"
    where.add(f"not ({me} = any(r.involved))")
    where.add(f"({own}) or r.superior_id = {authority}" if scope.head else own)
