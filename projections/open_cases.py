"""Open cases for what no person sees: who holds how many, and which ones a change of the calendar may move."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

from application.ports import OpenCase, Reader
from projections.authorities import authorities
from projections.case_index import CaseIndex
from projections.case_list import open_cases_in, open_cases_of
from projections.complaint_list import held_by, open_complaints
from projections.complaints import Complaints
from projections.explanations import Explanations, open_requests_of

PAUSE_S, LONGEST_WAIT_S = 0.02, 20.0


class CursorReader(Reader, Protocol):
    """A reader that knows how far read models are."""

    async def cursor_of(self, names: Collection[str]) -> int: ...


class OpenCasesToday:
    """The ports HeldCases, OpenCases and CaughtUp."""

    def __init__(self, db: CursorReader) -> None:
        self._db = db

    async def count(self, account_id: UUID, authority_ids: Collection[UUID] | None = None) -> int:
        """Open cases that somebody has in hand."""
        feedback = len(await open_cases_of(self._db, account_id, authority_ids))
        return feedback + await held_by(self._db, account_id, authority_ids)

    async def of(self, scope: UUID | None, day: date) -> list[OpenCase]:
        """Of an authority and all below it on that day; None: of all. Narrow ones without their number."""
        inside = None if scope is None else await self._below(scope, day)
        return [
            OpenCase(id=row.case_id, authority_id=row.authority_id, number="" if row.narrow else row.number)
            for row in await open_cases_in(self._db, inside)
        ]

    async def complaints(self, scope: UUID | None, day: date) -> list[OpenCase]:
        """Open complaints against units of an authority and of all below it on that day; None: all. Without number."""
        inside = None if scope is None else await self._below(scope, day)
        rows = await open_complaints(self._db, inside)
        return [OpenCase(id=row.case_id, authority_id=row.authority_id, number="") for row in rows if row.authority_id]

    async def requests(self, case_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
        """What schools still owe an explanation of to these cases, by case."""
        return await open_requests_of(self._db, case_ids)

    async def reached(self, log_index: int) -> None:
        """Waits until the lists hold everything recorded up to there. Raises TimeoutError."""
        async with asyncio.timeout(LONGEST_WAIT_S):
            while await self._db.cursor_of((CaseIndex.name, Explanations.name, Complaints.name)) < log_index:  # noqa: ASYNC110 - the list may be another process's
                await asyncio.sleep(PAUSE_S)

    async def _below(self, scope: UUID, day: date) -> set[UUID]:
        superior = {row.id: row.superior_on(day) for row in await authorities(self._db)}
        found, more = {scope}, True
        while more:
            below = {of for of, above in superior.items() if above in found} - found
            found |= below
            more = bool(below)
        return found
