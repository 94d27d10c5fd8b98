"""The notices of one person: told by facts, shown only for cases that this person may see today, read or not."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec

from application.access import Actor
from application.complaint_access import lists_complaints
from application.complaint_access import scope_of as complaint_scope
from application.feedback_access import scope_of
from application.ports import Clock, Reader
from domain.notices.vocabulary import OF_PROTECTION
from projections.case_index import CaseRow
from projections.case_list import visible_ids, visible_rows
from projections.complaint_list import ComplaintFilters, all_complaints
from projections.complaints import ComplaintRow
from projections.notices import Notice, notices_of
from projections.protection import visible_tasks

_READ = """
insert into notice_read (account_id, notice_id, read_at)
select $1, id, $3 from unnest($2::uuid[]) as id on conflict do nothing
"""


class Shown(msgspec.Struct, frozen=True):
    """One notice with the case as it is now; `task_id`: of which protection task behind that case it speaks."""

    notice: Notice
    case: CaseRow | ComplaintRow
    read: bool
    task_id: UUID | None = None


class NoticeBoard:
    """Lists, counts, marks. Marks are a table and no facts: reading changes nothing of a case (ADR 0012)."""

    def __init__(self, db: Reader, pool: Any, clock: Clock) -> None:
        self._db, self._pool, self._clock = db, pool, clock

    async def notices(self, actor: Actor) -> list[Shown]:
        """The newest first."""
        found = await notices_of(self._db, actor.id)
        if not found:
            return []
        scope, of_tasks = scope_of(actor), _of_tasks(found)
        cases = await visible_rows(self._db, scope, {about for about, _ in found} - of_tasks)
        complaints = await self._complaints(actor, {about for about, _ in found} - of_tasks)
        tasks = await visible_tasks(self._db, scope, of_tasks)
        read = await self._read(actor.id, [notice.id for _, notice in found])
        shown = []
        for about, notice in found:
            if about in cases:
                shown.append(Shown(notice, cases[about], notice.id in read))
            elif about in complaints:
                shown.append(Shown(notice, complaints[about], notice.id in read))
            elif about in tasks:
                shown.append(Shown(notice, tasks[about].case, notice.id in read, about))
        return shown

    async def unread(self, actor: Actor) -> int:
        """How many of them were not read yet."""
        found = await notices_of(self._db, actor.id)
        read = await self._read(actor.id, [notice.id for _, notice in found])
        unread = [(about, notice) for about, notice in found if notice.id not in read]
        scope, of_tasks = scope_of(actor), _of_tasks(unread)
        seen = await visible_ids(self._db, scope, {about for about, _ in unread} - of_tasks)
        seen |= set(await self._complaints(actor, {about for about, _ in unread} - of_tasks))
        seen |= set(await visible_tasks(self._db, scope, of_tasks))
        return sum(about in seen for about, _ in unread)

    async def mark(self, actor: Actor, notice_ids: Collection[UUID]) -> int:
        """Only one's own are marked; how many of the ids were that."""
        own = {shown.notice.id for shown in await self.notices(actor)} & set(notice_ids)
        await self._pool.execute(_READ, actor.id, sorted(own), self._clock.now())
        return len(own)

    async def _complaints(self, actor: Actor, ids: Collection[UUID]) -> dict[UUID, ComplaintRow]:
        """Those of them that are complaints which this person may see."""
        if not ids or not lists_complaints(actor):
            return {}
        filters = ComplaintFilters(case_ids=tuple(ids))
        return {row.case_id: row for row in await all_complaints(self._db, complaint_scope(actor), filters)}

    async def _read(self, account_id: UUID, ids: list[UUID]) -> set[UUID]:
        rows = await self._db.fetch(
            "select notice_id from notice_read where account_id = $1 and notice_id = any($2::uuid[])", account_id, ids
        )
        return {row["notice_id"] for row in rows}


def _of_tasks(found: list[tuple[UUID, Notice]]) -> set[UUID]:
    """Those that speak of a protection task: shown by the right on it, which is not the right on the case."""
    return {about for about, notice in found if notice.kind in OF_PROTECTION}
