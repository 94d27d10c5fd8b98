"""Which duties of complaints run, and when does the next alert of each fall? The worker asks only for what is due.

A row per complaint with the state that the rules read, so that what is watched is what stands: whoever changes that
state or its fold raises `version` here.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Reader, Recorded
from domain.alerts.events import TermAlertRaised
from domain.alerts.stages import first_behind, starts_behind, watched
from domain.calendar import DAY, legal_date, legal_midnight
from domain.complaints import events as f
from domain.complaints.evolving import evolve
from domain.complaints.state import Complaint
from domain.kernel import Fact
from projections.base import OPEN, Column, table_of
from projections.term_watch import NEVER, Watched


class ComplaintWatchRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One complaint. `next_at`: seconds since 1970."""

    case_id: UUID
    state: Complaint = Complaint()
    terms: tuple[Watched, ...] = ()
    next_at: int = NEVER


class ComplaintWatch:
    """The projection; only the present is kept."""

    name: ClassVar[str] = "complaint_watch"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = False
    row = ComplaintWatchRow
    facts: ClassVar[tuple[type[Fact], ...]] = (*f.ComplaintFact.__args__, TermAlertRaised)
    columns: ClassVar[tuple[Column, ...]] = (Column("next_at", "bigint"),)
    indexes: ClassVar[tuple[str, ...]] = (f"(next_at, key) where valid_to = {OPEN} and next_at < {NEVER}",)

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:
        """An alert speaks of a case in another stream."""
        return fact.case_id if isinstance(fact, TermAlertRaised) else envelope.originator_id

    def fold(self, row: ComplaintWatchRow | None, fact: Fact, envelope: Recorded) -> ComplaintWatchRow | None:
        """Terms come, move and are met; what was told is not told again. Alerts of other kinds of cases have no row."""
        if isinstance(fact, TermAlertRaised):
            return _settled(replace(row, terms=tuple(one.told(fact) for one in row.terms))) if row else None
        if not isinstance(fact, f.ComplaintFact):
            return row
        row = row or ComplaintWatchRow(case_id=envelope.originator_id)
        state = evolve(row.state, fact)
        known_on = legal_date(envelope.recorded_at)
        return _settled(replace(row, state=state, terms=_terms(row.terms, state, known_on)))


def _terms(before: tuple[Watched, ...], state: Complaint, known_on: date) -> tuple[Watched, ...]:
    """What stands now: as it was watched, moved to another day, or new."""
    found = []
    for term in state.terms:
        if not watched(term):
            continue
        same = next((one for one in before if one.term == term), None)
        moved = any(one.term.purpose == term.purpose for one in before)
        # Of a date that moved only what falls on today or later is told, as with feedback.
        found.append(same or Watched(term, known_on - DAY if moved else starts_behind(term, known_on)))
    return tuple(found)


def _settled(row: ComplaintWatchRow) -> ComplaintWatchRow:
    """Nothing is told while it is suspended: those days do not count."""
    running = () if row.state.suspended_from is not None else row.terms
    moments = [legal_midnight(first_behind(one.term, one.behind).on) for one in running]
    return replace(row, next_at=min((int(moment.timestamp()) for moment in moments), default=NEVER))


TABLE = f"read_model.{table_of(ComplaintWatch)}"
_decoder = msgspec.json.Decoder(ComplaintWatchRow)


async def due_complaints(
    db: Reader, now: datetime, after: tuple[int, UUID] | None, limit: int
) -> list[ComplaintWatchRow]:
    """Those of which something must be told by `now`, in the order of when; `after`: moment and case of the last."""
    rows = await db.fetch(
        f"select doc from {TABLE} where valid_to = {OPEN} and next_at < {NEVER} and next_at <= $1"  # noqa: S608
        " and ($2::bigint is null or (next_at, key) > ($2, $3::uuid)) order by next_at, key limit $4",
        int(now.timestamp()),
        after[0] if after else None,
        after[1] if after else None,
        limit,
    )
    return [_decoder.decode(row[0]) for row in rows]
