"""Dialogue meetings of an authority: where each stands, how many opinions are open, which is due first. For lists.

What was said is not in here: one meeting is told from its own facts (`projections.dialogue_view`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded
from domain.dialogues import events as f
from domain.dialogues.vocabulary import SETTLED, Addressed, OpinionStatus
from domain.kernel import Fact
from domain.searching import search_key
from projections.base import OPEN, Column, table_of
from projections.case_sight import Where

DialogueStage = Literal["planned", "announced", "held", "recorded", "routed", "summarised", "closed"]
STAGES: tuple[DialogueStage, ...] = ("planned", "announced", "held", "recorded", "routed", "summarised", "closed")
GOING_ON: tuple[DialogueStage, ...] = STAGES[:-1]
LATEST = date(9999, 12, 31)
"""Stands for "nothing is due"."""


class OpinionMark(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """One opinion, without a word of it."""

    number: int
    status: OpinionStatus = OpinionStatus.RECORDED
    level: Addressed | None = None
    due_on: date | None = None
    routed: bool = False

    @property
    def open(self) -> bool:
        """Neither answered nor passed on."""
        return self.status not in SETTLED


class DialogueRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One meeting. `day`: on which it was held, or is planned."""

    id: UUID
    version: int
    authority_id: UUID
    title: str
    day: date
    title_key: str = ""
    announced: bool = False
    held: bool = False
    opinions: tuple[OpinionMark, ...] = ()
    aside: tuple[UUID, ...] = ()
    summarised: bool = False
    closed_at: datetime | None = None
    published: bool = False
    stage: DialogueStage = "planned"
    next_due: date = LATEST
    """The first day of what is open."""

    @property
    def settled(self) -> int:
        """Answered or passed on."""
        return sum(not one.open for one in self.opinions)

    def states(self) -> dict[OpinionStatus, int]:
        """How many stand so; the sum is the total."""
        counts = Counter(one.status for one in self.opinions)
        return {status: counts[status] for status in OpinionStatus}


class Dialogues:
    """The projection."""

    name: ClassVar[str] = "dialogues"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = True
    row = DialogueRow
    facts: ClassVar[tuple[type[Fact], ...]] = f.DialogueFact.__args__
    columns: ClassVar[tuple[Column, ...]] = (
        Column("authority_id", "uuid"),
        Column("stage", "text"),
        Column("day", "date"),
        Column("next_due", "date"),
        Column("title_key", "text"),
    )
    indexes: ClassVar[tuple[str, ...]] = (
        f"(authority_id, day, key) where valid_to = {OPEN}",
        "(authority_id, valid_from)",
    )

    def key(self, _fact: Fact, envelope: Recorded) -> UUID | None:
        """One row per meeting."""
        return envelope.originator_id

    def fold(self, row: DialogueRow | None, fact: Fact, envelope: Recorded) -> DialogueRow | None:
        """What comes before the plan is nobody's."""
        if isinstance(fact, f.DialoguePlanned):
            return DialogueRow(
                id=envelope.originator_id,
                version=envelope.originator_version,
                authority_id=fact.authority_id,
                title=fact.title,
                title_key=search_key(fact.title),
                day=fact.planned_on,
            )
        if row is None:
            return None
        return _staged(_on(replace(row, version=envelope.originator_version), fact, envelope.occurred_at))


def _on(row: DialogueRow, fact: Fact, at: datetime) -> DialogueRow:  # noqa: C901, PLR0911 - one arm per fact
    match fact:
        case f.DialogueAnnounced():
            return replace(row, announced=True)
        case f.DialogueMeetingHeld():
            return replace(row, held=True, day=fact.held_on)
        case f.OpinionsRecorded():
            new = {one.number: OpinionMark(one.number, level=one.level, due_on=one.due_on) for one in fact.opinions}
            kept = {one.number: one for one in row.opinions}
            opinions = tuple(one for _number, one in sorted({**kept, **new}.items()))
            aside = tuple(one for one in row.aside if one not in fact.mended)
            return replace(row, opinions=opinions, aside=aside, summarised=False)
        case f.RowsKeptBack():
            return replace(row, aside=tuple(dict.fromkeys((*row.aside, *(one.id for one in fact.rows)))))
        case f.RowDismissed():
            return replace(row, aside=tuple(one for one in row.aside if one != fact.row_id))
        case f.OpinionsRouted():
            return _each(row, fact.numbers, OpinionStatus.ROUTED, level=fact.level, due_on=fact.due_on, routed=True)
        case f.OpinionAnswered():
            return _each(row, (fact.number,), OpinionStatus.ANSWERED)
        case f.OpinionsTransferred():
            return _each(row, fact.numbers, OpinionStatus.TRANSFERRED)
        case f.OpinionReopened():
            routed = any(one.routed for one in row.opinions if one.number == fact.number)
            return _each(row, (fact.number,), OpinionStatus.ROUTED if routed else OpinionStatus.RECORDED)
        case f.DialogueSummarised():
            return replace(row, summarised=True)
        case f.DialogueBatchClosed():
            return replace(row, closed_at=at)
        case f.DialogueSummaryPublished() | f.DialogueSummaryWithdrawn():
            return replace(row, published=isinstance(fact, f.DialogueSummaryPublished))
    return row


def _each(row: DialogueRow, numbers: Iterable[int], status: OpinionStatus, **more: object) -> DialogueRow:
    wanted = set(numbers)
    return replace(
        row,
        opinions=tuple(replace(one, status=status, **more) if one.number in wanted else one for one in row.opinions),
    )


def _staged(row: DialogueRow) -> DialogueRow:
    due = min((one.due_on for one in row.opinions if one.open and one.due_on), default=LATEST)
    return replace(row, stage=stage_of(row), next_due=due)


def stage_of(row: DialogueRow) -> DialogueStage:
    """The furthest step whose conditions hold now."""
    if row.closed_at is not None:
        return "closed"
    if row.summarised:
        return "summarised"
    if row.opinions:
        return "recorded" if any(one.status is OpinionStatus.RECORDED for one in row.opinions) else "routed"
    return "held" if row.held else "announced" if row.announced else "planned"


TABLE = f"read_model.{table_of(Dialogues)}"
_decoder = msgspec.json.Decoder(DialogueRow)
DialogueOrder = Literal["newest", "oldest", "due"]
ORDERS: dict[DialogueOrder, tuple[str, str]] = {
    "newest": ("day", "desc"),
    "oldest": ("day", "asc"),
    "due": ("next_due", "asc"),
}


class DialogueFilters(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for. Empty fields do not narrow. `words`: of the title."""

    stages: tuple[str, ...] = ()
    words: str = ""
    due_before: date | None = None


class DialoguePage(msgspec.Struct, frozen=True):
    """Lines, how many there are in all, and where to go on."""

    rows: tuple[DialogueRow, ...]
    total: int
    next_after: tuple[date, UUID] | None


async def list_dialogues(
    db: Reader,
    authority_id: UUID,
    filters: DialogueFilters,
    *,
    up_to: int | None = None,
    order: DialogueOrder = "newest",
    after: tuple[date, UUID] | None = None,
    limit: int = 50,
) -> DialoguePage:
    """Those of an authority. `up_to`: as they stood at that log index."""
    where = _where(authority_id, filters, up_to)
    total = await db.fetchval(f"select count(*) from {TABLE} where {where}", *where.args)  # noqa: S608
    column, way = ORDERS[order]
    if after is not None:
        sign = ">" if way == "asc" else "<"
        where.add(f"({column}, key) {sign} ({where.arg(after[0])}, {where.arg(after[1])})")
    most = where.arg(limit + 1)
    sql = f"select doc from {TABLE} where {where} order by {column} {way}, key {way} limit {most}"  # noqa: S608
    found = [_decoder.decode(record["doc"]) for record in await db.fetch(sql, *where.args)]
    last = found[limit - 1] if len(found) > limit else None
    place = None if last is None else (last.next_due if order == "due" else last.day, last.id)
    return DialoguePage(tuple(found[:limit]), total, place)


async def count_dialogues(
    db: Reader, authority_id: UUID, lists: Iterable[DialogueFilters], *, up_to: int | None = None
) -> tuple[int, ...]:
    """How many each of several lists holds."""
    counts = []
    for filters in lists:
        where = _where(authority_id, filters, up_to)
        counts.append(await db.fetchval(f"select count(*) from {TABLE} where {where}", *where.args))  # noqa: S608
    return tuple(counts)


def _where(authority_id: UUID, filters: DialogueFilters, up_to: int | None) -> Where:
    where = Where()
    where.add(f"authority_id = {where.arg(authority_id)}")
    if up_to is None:
        where.add(f"valid_to = {OPEN}")
    else:
        place = where.arg(up_to)
        where.add(f"valid_from <= {place} and valid_to > {place}")
    if filters.stages:
        where.add(f"stage = any({where.arg(list(filters.stages))}::text[])")
    if key := search_key(filters.words):
        where.add(f"position({where.arg(key)} in title_key) > 0")
    if filters.due_before is not None:
        where.add(f"next_due < {where.arg(filters.due_before)}")
    return where
