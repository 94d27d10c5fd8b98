"""Reads complaints for one person at one moment: today's right, that moment's content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from adapters.http.cases import CaseClock, Cases, Moment, of_moment
from adapters.http.disclose import Discloser
from adapters.postgres.reader import PostgresReader
from adapters.vault.files import FileMeta
from application.access import Actor, ForbiddenError, NotVisibleError, Role
from application.complaint_access import SCHOOL_STAFF, STAFF, available_actions, lists_complaints, scope_of
from application.complaints import ComplaintDesk
from application.disclosure import shown_to
from application.ports import Clock, Files, Log, Receipt, Recorded, Vault, Visibility
from domain.calendar import legal_date
from domain.complaints.parts import Paper
from domain.complaints.state import Complaint
from domain.complaints.vocabulary import Resolver
from projections.complaint_list import (
    ComplaintFilters,
    ComplaintPage,
    Order,
    all_complaints,
    count_each,
    list_complaints,
    of_number,
    row_of,
)
from projections.complaint_view import ComplaintView, complaint_view
from projections.complaints import ComplaintRow, Complaints
from projections.people import people, posts_in

if TYPE_CHECKING:
    from adapters.bootstrap import World

READ = (Complaints.name, "people", "posts", "places", "authorities")
"""The read models that a page of a complaint shows together."""


class ComplaintAnswer(msgspec.Struct, frozen=True):
    """One complaint for one reader. `state` is today's and decides what may be seen and done; `view` the moment's."""

    moment: Moment
    state: Complaint
    view: ComplaintView
    row: ComplaintRow | None
    history: tuple[Recorded, ...]
    later: int
    actions: tuple[str, ...]
    disclose: Discloser

    @property
    def number(self) -> str:
        """In the register; empty until it is entered."""
        return self.row.number if self.row else ""


class Worker(msgspec.Struct, frozen=True):
    """Somebody who works where a complaint is resolved."""

    id: UUID
    post: str
    roles: frozenset[Role]


class ComplaintReader:
    """Every read of a complaint passes here, so that no page or route forgets to ask."""

    def __init__(
        self,
        desk: ComplaintDesk,
        cases: Cases,
        db: PostgresReader,
        log: Log,
        visibility: Visibility,
        vault: Vault,
        files: Files,
        clock: Clock,
    ) -> None:
        self._desk, self._cases, self._db, self._log = desk, cases, db, log
        self._visibility, self._vault, self._files, self._clock = visibility, vault, files, clock

    @classmethod
    def of(cls, world: World) -> ComplaintReader:
        """With the parts of a world."""
        return cls(
            world.complaints,
            world.cases,
            world.db,
            world.log,
            world.visibility,
            world.vault,
            world.files,
            world.clock,
        )

    def today(self) -> date:
        """The legal day."""
        return legal_date(self._clock.now())

    async def moment(self, as_of: datetime | None = None, clock: CaseClock = "known") -> Moment:
        """See Cases.moment."""
        return await self._cases.moment(as_of, clock)

    async def one(
        self, actor: Actor, case_id: UUID, as_of: datetime | None = None, clock: CaseClock = "known"
    ) -> ComplaintAnswer:
        """Raises NotVisibleError: not today's right, not there, or not yet there at the moment."""
        if not lists_complaints(actor):
            raise NotVisibleError
        seen = await self._desk.must_see(actor, case_id)
        if as_of is None:
            # What was acknowledged to anybody is shown to everybody: wait for the read models to have it.
            await self._visibility.visible(Receipt(case_id, seen.version), READ)
        moment = await self._cases.moment(as_of, clock)
        everything = await self._log.of_streams((case_id,))
        # The page shows all that the log has: the list may be a moment behind it.
        history = tuple(everything) if moment.live else of_moment(everything, moment)
        view = complaint_view(history)
        if view is None:
            raise NotVisibleError
        row = await row_of(self._db, case_id, up_to=None if moment.live else moment.up_to)
        actions = available_actions(seen.state, actor) if moment.live else ()
        shown = Discloser(self._vault, shown_to(actor))
        return ComplaintAnswer(moment, seen.state, view, row, history, len(everything) - len(history), actions, shown)

    async def page(
        self,
        actor: Actor,
        filters: ComplaintFilters,
        *,
        up_to: int | None = None,
        order: Order = "due",
        after: Sequence[object] | None = None,
        limit: int = 50,
    ) -> ComplaintPage:
        """Those that this person may see."""
        must_list(actor)
        return await list_complaints(
            self._db, scope_of(actor), filters, up_to=up_to, order=order, after=after, limit=limit
        )

    async def all(self, actor: Actor, filters: ComplaintFilters, *, up_to: int | None = None) -> list[ComplaintRow]:
        """The same without pages, for figures and exports."""
        must_list(actor)
        return await all_complaints(self._db, scope_of(actor), filters, up_to=up_to)

    async def counts(
        self, actor: Actor, lists: Sequence[ComplaintFilters], *, up_to: int | None = None
    ) -> tuple[int, ...]:
        """How many each list holds; nothing for who has no lists."""
        if not lists_complaints(actor):
            return tuple(0 for _ in lists)
        return await count_each(self._db, scope_of(actor), lists, up_to=up_to)

    async def by_number(self, actor: Actor, number: str) -> UUID | None:
        """A first complaint of the own authority, for who takes in the second. None for what may not be seen."""
        authority = actor.authority_id
        found = await of_number(self._db, authority, number) if authority and number.strip() else None
        if found is None:
            return None
        try:
            await self._desk.first_of(actor, found)
        except NotVisibleError:
            return None
        return found

    async def numbers(self, case_ids: Sequence[UUID | None]) -> dict[UUID, str]:
        """What linked cases are called; numbers alone tell nothing of them."""
        found = {}
        for case_id in case_ids:
            row = await row_of(self._db, case_id) if case_id else None
            if row is not None:
                found[row.case_id] = row.number
        return found

    async def workers(self, state: Complaint) -> list[Worker]:
        """Who works today where it is resolved and is not involved."""
        at_school = state.resolver is Resolver.SCHOOL_HEAD
        authority = state.authority_id if at_school else state.resolver_id
        if authority is None:
            return []
        roles, day = (SCHOOL_STAFF if at_school else STAFF), self.today()
        unit = state.resolver_id if at_school else None
        posts = [
            post
            for post in await posts_in(self._db, authority)
            if post.held_on(day) and post.unit_id == unit and set(post.roles) & roles
        ]
        accounts = await people(self._db, {post.account_id for post in posts})
        return [
            Worker(post.account_id, post.title, frozenset(post.roles))
            for post in posts
            if post.account_id not in state.involved and not accounts[post.account_id].locked
        ]

    async def file(self, actor: Actor, case_id: UUID, file_id: UUID) -> tuple[Paper, str, bytes]:
        """A paper, its name and its bytes. Raises NotVisibleError, ErasedError."""
        answer = await self.one(actor, case_id)
        found = next((line.paper for line in answer.view.papers if line.paper.id == file_id), None)
        if found is None or not answer.disclose.sees("personal"):
            raise NotVisibleError
        try:
            content = await self._files.read(answer.view.opened.subject_id, found.address)
        except FileNotFoundError:
            raise NotVisibleError from None
        meta = paper_meta(found, answer.disclose)
        return found, meta.name if meta else "", content


def paper_meta(paper: Paper, shown: Discloser) -> FileMeta | None:
    """Name and SHA-256 of a paper; None where it was erased or is not for this reader."""
    meta: Any = shown.text(paper.meta)
    return msgspec.json.decode(meta, type=FileMeta) if isinstance(meta, str) else None


def must_list(actor: Actor) -> None:
    """Raises ForbiddenError for posts that have no list of complaints."""
    if not lists_complaints(actor):
        raise ForbiddenError
