"""Reads dialogue meetings: for the posts of the authority all of it, for the public what was published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from adapters.http.cases import Cases, Moment
from adapters.http.disclose import Discloser
from adapters.postgres.reader import PostgresReader
from application.access import Actor, ForbiddenError, NotVisibleError
from application.dialogue_access import dialogue_actions, reads_any
from application.dialogues import DialogueDesk
from application.disclosure import shown_to
from application.ports import Files, Log, Receipt, Recorded, Vault, Visibility
from domain.dialogues.parts import DialoguePaper
from domain.dialogues.state import Dialogue
from projections.dialogue_view import DialogueView, Published, dialogue_view
from projections.dialogues import (
    DialogueFilters,
    DialogueOrder,
    DialoguePage,
    Dialogues,
    count_dialogues,
    list_dialogues,
)

if TYPE_CHECKING:
    from adapters.bootstrap import World


class DialogueAnswer(msgspec.Struct, frozen=True):
    """One meeting for one reader. `state` is today's and decides what may be done; `view` is the moment's."""

    moment: Moment
    state: Dialogue
    view: DialogueView
    history: tuple[Recorded, ...]
    actions: tuple[str, ...]
    shown: Discloser


class PublicSummary(msgspec.Struct, frozen=True):
    """What everybody may read. `text` None: it was erased."""

    published: Published
    authority_id: UUID
    text: str | None


class DialogueReader:
    """Every read of a meeting passes here, so that no page or route forgets to ask."""

    def __init__(
        self,
        desk: DialogueDesk,
        cases: Cases,
        db: PostgresReader,
        log: Log,
        visibility: Visibility,
        vault: Vault,
        files: Files,
    ) -> None:
        self._desk, self._cases, self._db, self._log = desk, cases, db, log
        self._visibility, self._vault, self._files = visibility, vault, files

    @classmethod
    def of(cls, world: World) -> DialogueReader:
        """With the parts of a world."""
        return cls(world.dialogues, world.cases, world.db, world.log, world.visibility, world.vault, world.files)

    async def moment(self, as_of: datetime | None) -> Moment:
        """The present, or the log prefix up to `as_of`."""
        return await self._cases.moment(as_of)

    async def page(
        self,
        actor: Actor,
        filters: DialogueFilters,
        moment: Moment,
        *,
        order: DialogueOrder = "newest",
        after: tuple[date, UUID] | None = None,
        limit: int = 50,
    ) -> DialoguePage:
        """Those of the own authority. Raises ForbiddenError for who has no such list."""
        up_to = None if moment.live else moment.up_to
        return await list_dialogues(
            self._db, must_read(actor), filters, up_to=up_to, order=order, after=after, limit=limit
        )

    async def counts(self, actor: Actor, lists: Sequence[DialogueFilters], moment: Moment) -> tuple[int, ...]:
        """How many each list holds. Raises ForbiddenError."""
        up_to = None if moment.live else moment.up_to
        return await count_dialogues(self._db, must_read(actor), lists, up_to=up_to)

    async def one(self, actor: Actor, dialogue_id: UUID, as_of: datetime | None = None) -> DialogueAnswer:
        """Raises NotVisibleError: not today's right, not there, or not yet there at the moment."""
        seen = await self._desk.seen(actor, dialogue_id)
        moment = await self.moment(as_of)
        if moment.live:
            # What was acknowledged to anybody is shown to everybody: wait for the log to have it.
            await self._visibility.visible(Receipt(dialogue_id, seen.version), (Dialogues.name,))
        history = await self._log.of_streams((dialogue_id,), up_to=None if moment.live else moment.up_to)
        view = dialogue_view(history)
        if view is None:
            raise NotVisibleError
        actions = dialogue_actions(seen.state, actor) if moment.live else ()
        shown = Discloser(self._vault, shown_to(actor))
        return DialogueAnswer(moment, seen.state, view, tuple(history), actions, shown)

    async def done_by(self, receipt: Receipt, command_id: UUID) -> list[Recorded]:
        """The facts that one wish made, whenever it is asked."""
        await self._visibility.visible(receipt, (Dialogues.name,))
        return [one for one in await self._log.of_streams((receipt.case_id,)) if one.command_id == command_id]

    async def minutes(self, actor: Actor, dialogue_id: UUID) -> tuple[DialoguePaper, bytes]:
        """Byte for byte. Raises NotVisibleError, ErasedError."""
        seen = await self.one(actor, dialogue_id)
        paper, subject = seen.view.minutes, seen.view.planned.subject_id
        if paper is None or not seen.shown.sees("personal"):
            raise NotVisibleError
        try:
            return paper, await self._files.read(subject, paper.address)
        except FileNotFoundError:
            raise NotVisibleError from None

    async def published(self, dialogue_id: UUID) -> PublicSummary:
        """For everybody. Raises NotVisibleError for what is not published, whatever else there is of it."""
        view = dialogue_view(await self._log.of_streams((dialogue_id,)))
        if view is None or view.published is None:
            raise NotVisibleError
        text = Discloser(self._vault, ("public", "personal")).text(view.published.fact.text)
        return PublicSummary(view.published, view.planned.authority_id, text if isinstance(text, str) else None)


def must_read(actor: Actor) -> UUID:
    """Whose meetings this person reads. Raises ForbiddenError for who has no list of them."""
    if not reads_any(actor) or actor.authority_id is None:
        raise ForbiddenError
    return actor.authority_id
