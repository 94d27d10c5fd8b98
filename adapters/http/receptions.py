"""Reads days of reception and the register of visits: by the right of today, at any moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from adapters.http.cases import Cases, Moment
from adapters.http.disclose import Discloser
from adapters.postgres.reader import PostgresReader
from adapters.vault.files import FileMeta
from application.access import Actor, ForbiddenError, NotVisibleError
from application.disclosure import shown_to
from application.ports import Files, Log, Receipt, Recorded, Vault, Visibility
from application.reception_access import available_actions, reads_any, reads_words
from application.receptions import ReceptionDesk
from domain.kernel import Sealed
from domain.reception.events import ReceptionPaper
from domain.reception.vocabulary import VisitResult
from projections.reception_days import After, DayFilters, DayOrder, DayPage, DayRow, ReceptionDays, day_of, list_days
from projections.reception_visits import (
    Place,
    ReceptionVisits,
    RegisterFilters,
    RegisterPage,
    VisitRow,
    list_visits,
    visits_of,
)

if TYPE_CHECKING:
    from adapters.bootstrap import World

READ = (ReceptionDays.name, ReceptionVisits.name)
Text = str | dict[str, bool] | None
"""What `Discloser.text` answers."""


class Words(msgspec.Struct, frozen=True):
    """Opens what this person may read of visits."""

    actor: Actor
    shown: Discloser

    def withheld(self, row: VisitRow) -> bool:
        """Who came with a denunciation, and what was said, is not for everybody who keeps the register."""
        return not reads_words(self.actor, row.kind, row.recorded_by) or not self.shown.sees("personal")

    def text(self, row: VisitRow, value: Sealed | None) -> Text:
        """None where there is none or where it is withheld."""
        return None if self.withheld(row) else self.shown.text(value)

    def of_day(self, value: Sealed | None) -> Text:
        """The written name of who received."""
        return self.shown.text(value)


class DayAnswer(msgspec.Struct, frozen=True):
    """One day for one reader. `actions`: what may be done now; none at a moment of the past."""

    moment: Moment
    row: DayRow
    visits: tuple[VisitRow, ...]
    history: tuple[Recorded, ...]
    actions: tuple[str, ...]
    words: Words

    def visit(self, number: int) -> VisitRow:
        """Raises NotVisibleError."""
        found = next((row for row in self.visits if row.number == number), None)
        if found is None:
            raise NotVisibleError
        return found


class EntryPaper(msgspec.Struct, frozen=True):
    """A scan of the signed minutes; `ReceptionReader.file` gives its bytes."""

    id: UUID
    name: str
    media_type: str


class EntryForComplaint(msgspec.Struct, frozen=True, kw_only=True):
    """What a visit gives to the form of a complaint. Texts are opened; empty where there is none, or it was erased.

    `ready`: a petition was taken in or the minutes are signed, and no complaint grew from it yet. `oral`: it was told
    at the table, and `papers` are its minutes.
    """

    day_id: UUID
    number: int
    day: date
    authority_id: UUID
    place_id: UUID | None
    people: str
    people_count: int
    contact: str
    content: str
    wanted: str
    oral: bool
    papers: tuple[EntryPaper, ...]
    ready: bool


class ReceptionReader:
    """Every read of a day or of the register passes here, so that no page or route forgets to ask."""

    def __init__(
        self,
        desk: ReceptionDesk,
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
    def of(cls, world: World) -> ReceptionReader:
        """With the parts of a world."""
        return cls(world.receptions, world.cases, world.db, world.log, world.visibility, world.vault, world.files)

    def words(self, actor: Actor) -> Words:
        """For lines that this person was given."""
        return Words(actor, Discloser(self._vault, shown_to(actor)))

    async def moment(self, as_of: datetime | None = None) -> Moment:
        """The present, or the log prefix up to `as_of`."""
        return await self._cases.moment(as_of)

    async def days(
        self,
        actor: Actor,
        filters: DayFilters,
        moment: Moment,
        *,
        order: DayOrder = "newest",
        after: After | None = None,
        limit: int = 50,
    ) -> DayPage:
        """Those of the own authority. Raises ForbiddenError for who has no register."""
        must_read(actor)
        up_to = None if moment.live else moment.up_to
        return await list_days(
            self._db, actor.authority_id, filters, up_to=up_to, order=order, after=after, limit=limit
        )

    async def register(
        self,
        actor: Actor,
        filters: RegisterFilters,
        moment: Moment,
        *,
        order: DayOrder = "oldest",
        after: Place | None = None,
        limit: int = 50,
    ) -> RegisterPage:
        """Sổ tiếp công dân of the own authority. Raises ForbiddenError for who has none."""
        must_read(actor)
        up_to = None if moment.live else moment.up_to
        return await list_visits(
            self._db, actor.authority_id, filters, up_to=up_to, order=order, after=after, limit=limit
        )

    async def one(self, actor: Actor, day_id: UUID, as_of: datetime | None = None) -> DayAnswer:
        """Raises NotVisibleError: not today's right, not there, or not yet there at the moment."""
        seen = await self._desk.day(actor, day_id)
        # What was acknowledged to anybody is shown to everybody: wait for the log to have it.
        await self._visibility.visible(Receipt(seen.id, seen.version), READ)
        moment = await self.moment(as_of)
        history = await self._log.of_streams((day_id,), up_to=None if moment.live else moment.up_to)
        row = day_of(history)
        if row is None:
            raise NotVisibleError
        return DayAnswer(
            moment=moment,
            row=row,
            visits=tuple(visits_of(history)),
            history=tuple(history),
            actions=available_actions(seen.state, actor) if moment.live else (),
            words=self.words(actor),
        )

    async def file(self, actor: Actor, day_id: UUID, file_id: UUID) -> tuple[ReceptionPaper, bytes]:
        """A scan of minutes. Raises NotVisibleError, ErasedError."""
        seen = await self.one(actor, day_id)
        for row in seen.visits:
            for paper in row.papers:
                if paper.id == file_id and not seen.words.withheld(row):
                    try:
                        return paper, await self._files.read(row.subject_id, paper.address)
                    except FileNotFoundError:
                        raise NotVisibleError from None
        raise NotVisibleError

    async def entry_for_complaint(self, actor: Actor, day_id: UUID, number: int) -> EntryForComplaint:
        """What the form of a complaint may be filled in with. Raises NotVisibleError."""
        seen = await self.one(actor, day_id)
        return entry_for_complaint(seen, seen.visit(number))


def entry_for_complaint(seen: DayAnswer, row: VisitRow) -> EntryForComplaint:
    """The same of a day that was read. Raises NotVisibleError where the words are withheld."""
    words, visit = seen.words, row.visit
    if words.withheld(row):
        raise NotVisibleError

    def plain(value: Sealed | None) -> str:
        text = words.text(row, value)
        return text if isinstance(text, str) else ""

    names = paper_names(row, words)
    return EntryForComplaint(
        day_id=row.day_id,
        number=row.number,
        day=seen.row.day,
        authority_id=seen.row.authority_id,
        place_id=visit.place_id,
        people=plain(visit.people),
        people_count=visit.people_count,
        contact=plain(visit.contact),
        content=plain(visit.content),
        wanted=plain(visit.wanted),
        oral=row.result is VisitResult.ORAL_COMPLAINT,
        papers=tuple(EntryPaper(paper.id, names.get(paper.id, ""), paper.media_type) for paper in row.papers),
        ready=row.may_become_complaint,
    )


def paper_names(row: VisitRow, words: Words) -> dict[UUID, str]:
    """Under which names the scans came; those of an erased visit have none."""
    opened = {paper.id: words.text(row, paper.meta) for paper in row.papers}
    return {
        file: msgspec.json.decode(meta, type=FileMeta).name for file, meta in opened.items() if isinstance(meta, str)
    }


def must_read(actor: Actor) -> None:
    """Raises ForbiddenError for who has no register of reception."""
    if not reads_any(actor):
        raise ForbiddenError
