"""Reads cases for one person at one moment: today's right, that moment's content."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec.structs import replace

from adapters.http.disclose import Discloser
from adapters.http.happened import Retelling
from adapters.postgres.reader import PostgresReader
from application.access import Actor, ForbiddenError, NotVisibleError, Role
from application.disclosure import shown_to
from application.feedback_access import available_actions, scope_of, sees_any, sees_feedback
from application.ports import Clock, EventStore, Log, Mark, Receipt, Recorded, Vault, Visibility
from domain.calendar import legal_date
from domain.feedback.feedback import FEEDBACK
from domain.feedback.state import Feedback
from projections.case_figures import Figures, Period, figures
from projections.case_index import CaseIndex, CaseRow
from projections.case_list import Filters, Order, Page, Retold, count_each, list_cases, row_of
from projections.feedback_view import FeedbackView, covered, feedback_view

CaseClock = Literal["known", "happened"]
READ = ("case_index", "people", "posts", "places", "authorities")
"""The read models that a page of cases shows together."""


class Moment(msgspec.Struct, frozen=True):
    """What is looked at. `mark` ends the log prefix; `at` is what "overdue" compares with; `live`: the present."""

    mark: Mark
    at: datetime
    live: bool
    clock: CaseClock = "known"
    instead: tuple[int, Retold] | None = None
    """For lists by the clock "happened", see `Retelling.at`; filled in once for all parts of an answer."""

    @property
    def day(self) -> date:
        """The legal day of the moment."""
        return legal_date(self.at)

    @property
    def up_to(self) -> int:
        """The last log index that belongs to it."""
        return self.mark.log_index


class FeedbackAnswer(msgspec.Struct, frozen=True):
    """One case for one reader. `state` is today's and decides what may be seen and done; `view` is the moment's."""

    moment: Moment
    state: Feedback
    view: FeedbackView
    row: CaseRow | None
    history: tuple[Recorded, ...]
    """The facts of the moment, in the order of the chosen clock."""
    later: int
    """How many facts came after the moment."""
    actions: tuple[str, ...]
    disclose: Discloser


class Cases:
    """Every read of a case passes here, so that no page or route forgets to ask."""

    def __init__(
        self,
        db: PostgresReader,
        store: EventStore,
        log: Log,
        visibility: Visibility,
        vault: Vault,
        clock: Clock,
        index: CaseIndex,
    ) -> None:
        self.db, self._store, self._log = db, store, log
        self._retelling = Retelling(db, log, index)
        self._visibility, self._vault, self._clock = visibility, vault, clock

    async def moment(self, as_of: datetime | None = None, clock: CaseClock = "known") -> Moment:
        """The present as the read models have it, or the log prefix up to `as_of`.

        By the clock "happened" the facts known now are chosen by when they happened.
        """
        if as_of is None or clock == "happened":
            return Moment(await _present(self.db), as_of or self._clock.now(), as_of is None, clock)
        return Moment(await self._log.mark_at(as_of), as_of, live=False)

    async def feedback(
        self, actor: Actor, case_id: UUID, as_of: datetime | None = None, clock: CaseClock = "known"
    ) -> FeedbackAnswer:
        """Raises NotVisibleError: not today's right, not there, or not yet there at the moment."""
        seen = await self._store.load(FEEDBACK, case_id) if sees_any(actor) else None
        if seen is None or not sees_feedback(actor, seen.state):
            raise NotVisibleError
        moment = await self.moment(as_of, clock)
        everything = await self._log.of_streams((case_id,))
        if moment.live and _version(everything, moment.up_to) < seen.version:
            # What was acknowledged to anybody is shown to everybody: wait for the read models to have it.
            await self._visibility.visible(Receipt(case_id, seen.version), READ)
            moment, everything = await self.moment(None, clock), await self._log.of_streams((case_id,))
        return await self._answer(actor, seen.state, case_id, everything, moment)

    async def _answer(
        self, actor: Actor, state: Feedback, case_id: UUID, everything: Sequence[Recorded], moment: Moment
    ) -> FeedbackAnswer:
        history = of_moment(everything, moment)
        view = feedback_view(history)
        if view is None:
            raise NotVisibleError
        row = await row_of(self.db, case_id, up_to=moment.up_to)
        actions = available_actions(state, actor) if moment.live else ()
        later = len(everything) - len(history)
        shown = Discloser(self._vault, shown_to(actor), covered(everything))
        return FeedbackAnswer(moment, state, view, row, history, later, actions, shown)

    def disclose(self, actor: Actor) -> Discloser:
        """What this person may read of a case that they may see."""
        return Discloser(self._vault, shown_to(actor))

    async def page(
        self,
        actor: Actor,
        filters: Filters,
        *,
        moment: Moment | None = None,
        order: Order = "due",
        after: Sequence[object] | None = None,
        limit: int = 50,
    ) -> tuple[Page, Moment]:
        """One page of what this person may see, and the moment that it shows: without one given, the present."""
        if moment is not None:
            moment = await self.with_lines(actor, moment)
        async with self.picture(moment) as (db, up_to, shown):
            known, retold = shown.instead or (up_to, None)
            found = await list_cases(
                db, scope_of(actor), filters, up_to=known, order=order, after=after, limit=limit, retold=retold
            )
        return found, shown

    async def with_lines(self, actor: Actor, moment: Moment) -> Moment:
        """The moment with what lists need at it, by this person's right of today; by "known" they need nothing."""
        if moment.clock == "known" or moment.live or moment.instead is not None:
            return moment
        return replace(moment, instead=await self._retelling.at(scope_of(actor), moment.at, moment.up_to))

    async def figures(self, actor: Actor, period: Period, moment: Moment | None = None) -> tuple[Figures, Moment]:
        """Counts of what this person may see, all of one picture, and the moment that they show."""
        async with self.picture(moment) as (db, up_to, shown):
            wanted = period.on(shown.day)
            return await figures(db, scope_of(actor), wanted, up_to=up_to), shown

    @asynccontextmanager
    async def picture(self, moment: Moment | None) -> AsyncIterator[tuple[PostgresReader, int | None, Moment]]:
        """Where to read, up to which place in the log (None: the current rows), and what is shown then."""
        if moment is not None:
            yield self.db, moment.up_to, moment
            return
        async with self.db.snapshot() as db:  # rows and place in the log are of one picture
            now = Moment(await _present(db), self._clock.now(), live=True)
            # Where this read model is ahead of those that a page shows with it, what is read is that of the slowest.
            up_to = None if await db.cursor_of((CaseIndex.name,)) == now.up_to else now.up_to
            yield db, up_to, now

    async def counts(self, actor: Actor, lists: Sequence[Filters], moment: Moment | None = None) -> tuple[int, ...]:
        """How many of what this person may see each list holds."""
        if moment is None or moment.live:
            return await count_each(self.db, scope_of(actor), lists)
        up_to, retold = (await self.with_lines(actor, moment)).instead or (moment.up_to, None)
        return await count_each(self.db, scope_of(actor), lists, up_to=up_to, retold=retold)


def must_list(actor: Actor) -> None:
    """Who has no cases has no lists of them: even an empty one says how far the log is. Raises ForbiddenError."""
    if not sees_any(actor) and not actor.roles & {Role.AUDITOR}:
        raise ForbiddenError


async def _present(db: PostgresReader) -> Mark:
    reached = await db.cursor_of(READ)
    return Mark(reached, await db.fetchval("select recorded_at from log where log_index = $1", reached))


def _version(history: Sequence[Recorded], up_to: int) -> int:
    return max((fact.originator_version for fact in history if fact.log_index <= up_to), default=0)


def of_moment(history: Sequence[Recorded], moment: Moment) -> tuple[Recorded, ...]:
    """The facts that belong to the moment, in the order of its clock."""
    known = (recorded for recorded in history if recorded.log_index <= moment.up_to)
    if moment.clock == "known":
        return tuple(known)
    happened = (recorded for recorded in known if moment.live or recorded.occurred_at <= moment.at)
    return tuple(sorted(happened, key=lambda recorded: (recorded.occurred_at, recorded.originator_version)))
