"""The notices of one person: told by facts, shown only for cases that this person may see today, read or not."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import msgspec

from application.access import Actor
from application.feedback_access import scope_of
from application.ports import Clock, Reader
from projections.case_index import CaseRow
from projections.case_list import visible_ids, visible_rows
from projections.notices import Notice, notices_of

_READ = """
insert into notice_read (account_id, notice_id, read_at)
select $1, id, $3 from unnest($2::uuid[]) as id on conflict do nothing
"""


class Shown(msgspec.Struct, frozen=True):
    """One notice with the case as it is now."""

    notice: Notice
    case: CaseRow
    read: bool


class NoticeBoard:
    """Lists, counts, marks. Marks are a table and no facts: reading changes nothing of a case (ADR 0012)."""

    def __init__(self, db: Reader, pool: Any, clock: Clock) -> None:
        self._db, self._pool, self._clock = db, pool, clock

    async def notices(self, actor: Actor) -> list[Shown]:
        """The newest first."""
        found = await notices_of(self._db, actor.id)
        if not found:
            return []
        cases = await visible_rows(self._db, scope_of(actor), {case_id for case_id, _ in found})
        read = await self._read(actor.id, [notice.id for _, notice in found])
        return [Shown(notice, cases[case_id], notice.id in read) for case_id, notice in found if case_id in cases]

    async def unread(self, actor: Actor) -> int:
        """How many of them were not read yet."""
        found = await notices_of(self._db, actor.id)
        read = await self._read(actor.id, [notice.id for _, notice in found])
        unread = [case_id for case_id, notice in found if notice.id not in read]
        seen = await visible_ids(self._db, scope_of(actor), set(unread))
        return sum(case_id in seen for case_id in unread)

    async def mark(self, actor: Actor, notice_ids: Collection[UUID]) -> int:
        """Only one's own are marked; how many of the ids were that."""
        own = {shown.notice.id for shown in await self.notices(actor)} & set(notice_ids)
        await self._pool.execute(_READ, actor.id, sorted(own), self._clock.now())
        return len(own)

    async def _read(self, account_id: UUID, ids: list[UUID]) -> set[UUID]:
        rows = await self._db.fetch(
            "select notice_id from notice_read where account_id = $1 and notice_id = any($2::uuid[])", account_id, ids
        )
        return {row["notice_id"] for row in rows}
