"""Lists by the clock "happened": finds the few cases that differ by it at a moment, and tells their lines anew."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from datetime import UTC, datetime
from uuid import UUID

from application.ports import Log, Reader, Recorded, Scope
from application.screening import screening_stream_of
from projections.case_index import PROMPT, CaseIndex, CaseRow
from projections.case_list import Retold
from projections.case_retold import cases_apart, cases_between, numbers_of, retell

TOGETHER = 500
"""Facts, or cases, that are read at a time."""
FIRST = 40
"""Facts that are read at first around a moment: mostly two minutes have no more of them."""


class Retelling:
    """`index` is the fold that the lines of all other cases come from."""

    def __init__(self, db: Reader, log: Log, index: CaseIndex) -> None:
        self._db, self._log, self._index = db, log, index

    async def at(self, scope: Scope, at: datetime, up_to: int) -> tuple[int, Retold]:
        """The place in the log that a list of that moment begins with, and what it has of other cases instead.

        What happened by `at` is told by the facts up to `up_to`: later pages of a list show what the first knew.
        """
        known = min((await self._log.mark_at(at)).log_index, up_to)
        cases = await cases_apart(self._db, scope, at)
        async for facts in self._near(at, up_to):
            cases |= cases_between(self._index, facts, at)
        rows: dict[UUID, CaseRow] = {}
        for some in _parts(sorted(cases)):
            numbers = await numbers_of(self._db, some, up_to)
            rows |= retell(self._index, await self._facts_of(some, at, up_to), numbers, at)
        return known, Retold(frozenset(cases), rows)

    async def _near(self, at: datetime, up_to: int) -> AsyncIterator[list[Recorded]]:
        """Facts that were recorded at most PROMPT before or after the moment; the index remembers all others."""
        first = at - min(PROMPT, at - datetime.min.replace(tzinfo=UTC))
        after = (await self._log.mark_at(first)).log_index
        many = FIRST
        while facts := await self._log.after(after, many):
            yield [one for one in facts if one.log_index <= up_to and one.recorded_at - PROMPT <= at]
            after, many = facts[-1].log_index, TOGETHER
            if after >= up_to or facts[-1].recorded_at - PROMPT > at:
                return

    async def _facts_of(self, cases: Collection[UUID], at: datetime, up_to: int) -> dict[UUID, list[Recorded]]:
        """Of each case what had happened, in that order; what the screening did stands in a stream beside it."""
        beside = {screening_stream_of(case_id): case_id for case_id in cases}
        found: dict[UUID, list[Recorded]] = {case_id: [] for case_id in cases}
        for one in await self._log.of_streams((*cases, *beside), up_to=up_to):
            if one.occurred_at <= at:
                found[beside.get(one.originator_id, one.originator_id)].append(one)
        for facts in found.values():
            facts.sort(key=lambda one: (one.occurred_at, one.log_index))
        return found


def _parts(cases: list[UUID]) -> list[list[UUID]]:
    return [cases[first : first + TOGETHER] for first in range(0, len(cases), TOGETHER)]
