"""Reads requests for explanation: for the school its own part, for officials all of it by their right on the case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from adapters.http.cases import FeedbackAnswer, of_moment
from adapters.http.disclose import Discloser
from adapters.postgres.reader import PostgresReader
from adapters.vault.files import FileMeta
from application.access import Actor, ForbiddenError, NotVisibleError, Role
from application.disclosure import PrivacyClass, shown_to
from application.explanation_access import school_actions, staff_actions
from application.explanations import ExplanationDesk
from application.feedback_access import scope_of
from application.ports import Clock, Files, Log, Receipt, Vault, Versioned, Visibility
from domain.calendar import legal_date
from domain.explanations.events import ExplanationFile
from domain.explanations.explanation import Explanation
from domain.feedback.events import ExplanationAsked
from projections.explanations import (
    ExplanationFilters,
    ExplanationPage,
    ExplanationRow,
    Explanations,
    count_each,
    folded_all,
    is_asked,
    list_explanations,
    of_unit,
)

if TYPE_CHECKING:
    from adapters.bootstrap import World

OPENED: frozenset[PrivacyClass] = frozenset({"personal"})


class SchoolRequest(msgspec.Struct, frozen=True):
    """One request as the school sees it. Nothing else of `row` may be shown than what `school_json` names."""

    row: ExplanationRow
    actions: tuple[str, ...]
    shown: Discloser


class StaffRequest(msgspec.Struct, frozen=True):
    """One request for an official who sees the case."""

    row: ExplanationRow
    actions: tuple[str, ...]
    shown: Discloser


class ExplanationReader:
    """Every read of a request passes here, so that no page or route forgets to ask."""

    def __init__(
        self,
        desk: ExplanationDesk,
        db: PostgresReader,
        log: Log,
        visibility: Visibility,
        vault: Vault,
        files: Files,
        clock: Clock,
    ) -> None:
        self._desk, self._db, self._log, self._visibility = desk, db, log, visibility
        self._vault, self._files, self._clock = vault, files, clock

    @classmethod
    def of(cls, world: World) -> ExplanationReader:
        """With the parts of a world."""
        return cls(world.explanations, world.db, world.log, world.visibility, world.vault, world.files, world.clock)

    def today(self) -> date:
        """The legal day."""
        return legal_date(self._clock.now())

    async def of_unit(self, actor: Actor) -> list[ExplanationRow]:
        """All requests to the school of this account. Raises ForbiddenError for other accounts."""
        if Role.SCHOOL not in actor.roles or actor.unit_id is None:
            raise ForbiddenError
        return await of_unit(self._db, actor.unit_id)

    async def must_be_asked(self, actor: Actor, explanation_id: UUID) -> None:
        """Before anything of the request is read, so that one of another school takes as long as none.

        Raises NotVisibleError.
        """
        if Role.SCHOOL not in actor.roles or not await is_asked(self._db, actor.unit_id, explanation_id):
            raise NotVisibleError

    async def for_school(self, actor: Actor, explanation_id: UUID) -> SchoolRequest:
        """The request, from now on opened. Raises NotVisibleError."""
        await self.must_be_asked(actor, explanation_id)
        seen = await self._desk.open(actor, explanation_id)
        row = await self._row(seen)
        return SchoolRequest(row, school_actions(seen.state, actor), Discloser(self._vault, OPENED))

    async def for_staff(self, actor: Actor, explanation_id: UUID) -> StaffRequest:
        """Raises NotVisibleError."""
        seen, case = await self._desk.of_staff(actor, explanation_id)
        row = await self._row(seen)
        return StaffRequest(row, staff_actions(seen.state, case, actor), Discloser(self._vault, shown_to(actor)))

    async def of_case(self, answer: FeedbackAnswer) -> list[ExplanationRow]:
        """The requests of a case as they stood at the moment of the answer, in the order in which they were asked."""
        asked = [fact.fact.explanation_id for fact in answer.history if isinstance(fact.fact, ExplanationAsked)]
        history = await self._log.of_streams(asked) if asked else []
        rows = []
        for stream in asked:
            own = [recorded for recorded in history if recorded.originator_id == stream]
            if row := folded_all(list(of_moment(own, answer.moment))):
                rows.append(row)
        return rows

    async def page(
        self,
        actor: Actor,
        filters: ExplanationFilters,
        *,
        up_to: int | None = None,
        after: tuple[date, UUID] | None = None,
        limit: int = 50,
    ) -> ExplanationPage:
        """Those of the cases that this official sees."""
        return await list_explanations(self._db, scope_of(actor), filters, up_to=up_to, after=after, limit=limit)

    async def counts(self, actor: Actor, lists: Sequence[ExplanationFilters]) -> tuple[int, ...]:
        """How many each list holds."""
        return await count_each(self._db, scope_of(actor), list(lists))

    async def school_file(self, actor: Actor, explanation_id: UUID, file_id: UUID) -> tuple[ExplanationFile, bytes]:
        """What came with the request, or what the school sent. Raises NotVisibleError, ErasedError."""
        seen = await self.for_school(actor, explanation_id)
        return await self._file(seen.row, file_id)

    async def staff_file(self, actor: Actor, explanation_id: UUID, file_id: UUID) -> tuple[ExplanationFile, bytes]:
        """The same for an official."""
        seen = await self.for_staff(actor, explanation_id)
        if not seen.shown.sees("personal"):
            raise NotVisibleError
        return await self._file(seen.row, file_id)

    async def _row(self, seen: Versioned[Explanation]) -> ExplanationRow:
        # What was acknowledged to anybody is shown to everybody: wait for the log to have it.
        await self._visibility.visible(Receipt(seen.id, seen.version), (Explanations.name,))
        row = folded_all(await self._log.of_streams((seen.id,)))
        if row is None:
            raise NotVisibleError
        return row

    async def _file(self, row: ExplanationRow, file_id: UUID) -> tuple[ExplanationFile, bytes]:
        found = next((file for file in (*row.attachments, *row.given_files) if file.id == file_id), None)
        if found is None:
            raise NotVisibleError
        try:
            return found, await self._files.read(row.subject_id, found.address)
        except FileNotFoundError:
            raise NotVisibleError from None


def file_names(files: Collection[ExplanationFile], shown: Discloser) -> dict[UUID, str]:
    """The names under which a school sent its papers; copies of photos have none."""
    names: dict[UUID, str] = {}
    for file in files:
        meta: Any = shown.text(file.meta)
        name = msgspec.json.decode(meta, type=FileMeta).name if isinstance(meta, str) else ""
        if name:
            names[file.id] = name
    return names
