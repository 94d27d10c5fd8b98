"""Days of reception: who received, every visit with what came of it, the minutes, the case that grew from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID, uuid4, uuid5

import msgspec

from application.access import Actor, ForbiddenError, NotVisibleError, everyone
from application.execute import Act, Executor
from application.feedback_intake import Scan
from application.ports import Clock, Files, Places, Receipt, Request, StoredFile, Vault, Versioned
from application.reception_access import may, reads_any, records, sees_day, writes_words
from domain.kernel import Command, Fact, Sealed
from domain.reception import commands as c
from domain.reception import events as f
from domain.reception import refusals as r
from domain.reception.reception import RECEPTION, Reception
from domain.reception.visits import Entry
from domain.reception.vocabulary import DayKind, LinkedKind, Signing, VisitKind, VisitResult

MOST_PAPERS = 10
"""Scans that come at once."""


class FoundCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case that may be linked, as the register knows it."""

    id: UUID
    kind: LinkedKind
    number: str


class CaseFinder(Protocol):
    """From a register number to a case of one kind, for who may see it."""

    async def find(self, actor: Actor, number: str) -> FoundCase | None: ...


class Colleagues(Protocol):
    """Who works in the same authority."""

    async def colleague(self, actor: Actor, account_id: UUID) -> Actor | None: ...


class DayTold(msgspec.Struct, frozen=True, kw_only=True):
    """A day as typed: an official by account, or a written name with the post."""

    day: date
    place: str
    kind: DayKind
    official_id: UUID | None = None
    receiver_name: str = ""
    receiver_post: str = ""


class VisitTold(msgspec.Struct, frozen=True, kw_only=True):
    """A visit as typed. `people`: who spoke, one a line; `people_count`: how many came."""

    people: str
    content: str
    kind: VisitKind
    result: VisitResult
    people_count: int = 1
    contact: str = ""
    wanted: str = ""
    place_id: UUID | None = None
    result_text: str = ""


class ReceptionDesk:
    """One method for each thing that is done at a day of reception. Raises what the executor raises."""

    def __init__(
        self,
        execute: Executor,
        clock: Clock,
        vault: Vault,
        files: Files,
        places: Places,
        colleagues: Colleagues,
        finders: Sequence[CaseFinder],
    ) -> None:
        self._execute, self._clock, self._vault, self._files = execute, clock, vault, files
        self._places, self._colleagues, self._finders = places, colleagues, finders

    async def open_day(self, actor: Actor, request: Request, told: DayTold, late_reason: str = "") -> Receipt:
        """A day of the actor's own authority."""
        day_id = uuid5(request.id, "reception")
        if known := await self._execute.known(request):
            return known
        if not records(actor) or actor.authority_id is None:
            raise ForbiddenError
        subject = uuid5(request.id, "reception-subject")
        await self._vault.create_subject(subject)
        command = c.OpenDay(
            by=actor.id,
            at=self._clock.now(),
            authority_id=actor.authority_id,
            school_id=None,
            subject_id=subject,
            day=told.day,
            place=told.place,
            receiver=self._receiver(subject, f.ReceptionDayOpened, told),
            kind=told.kind,
            receiver_known=await self._known(actor, told.official_id),
            late_reason=late_reason,
        )
        return await self._execute(actor, request, Act(RECEPTION, day_id, command, everyone, records))

    async def correct_day(self, actor: Actor, request: Request, day_id: UUID, told: DayTold, reason: str) -> Receipt:
        """The first words stay beside it."""
        known, at = await self._known(actor, told.official_id), self._clock.now()

        def build(state: Reception) -> Command:
            return c.CorrectDay(
                by=actor.id,
                at=at,
                day=told.day,
                place=told.place,
                receiver=self._receiver(_subject(state.subject_id), f.ReceptionDayCorrected, told),
                kind=told.kind,
                receiver_known=known,
                reason=reason,
            )

        return await self._do(actor, request, day_id, "day-corrections", build)

    async def record_visit(
        self, actor: Actor, request: Request, day_id: UUID, told: VisitTold, late_reason: str = ""
    ) -> Receipt:
        """Sealed under a subject of its own, whose key is there before the fact."""
        if known := await self._execute.known(request):
            return known
        await self.day(actor, day_id, "visits")
        subject, at = uuid5(request.id, "reception-visit"), self._clock.now()
        await self._vault.create_subject(subject)
        place_known = await self._unit_known(told.place_id)

        def build(state: Reception) -> Command:
            if state.day is None:
                raise NotVisibleError
            seal = self._sealer(subject, f.VisitRecorded)
            return c.RecordVisit(
                by=actor.id,
                at=at,
                subject_id=subject,
                day=state.day,
                people=seal("visit.people", told.people),
                people_count=told.people_count,
                contact=seal("visit.contact", told.contact),
                content=seal("visit.content", told.content),
                wanted=seal("visit.wanted", told.wanted),
                kind=told.kind,
                place_id=told.place_id,
                place_known=place_known,
                result=told.result,
                result_text=seal("visit.result_text", told.result_text),
                late_reason=late_reason,
            )

        return await self._do(actor, request, day_id, "visits", build)

    async def correct_visit(
        self, actor: Actor, request: Request, day_id: UUID, number: int, told: VisitTold, reason: str
    ) -> Receipt:
        """All of it anew. Raises ErasedError where the words of that visit are gone."""
        at, place_known = self._clock.now(), await self._unit_known(told.place_id)

        def build(state: Reception) -> Command:
            entry = self._own(actor, state, number)
            seal = self._sealer(entry.subject_id, f.VisitCorrected)
            return c.CorrectVisit(
                by=actor.id,
                at=at,
                visit_number=number,
                people=seal("visit.people", told.people),
                people_count=told.people_count,
                contact=seal("visit.contact", told.contact),
                content=seal("visit.content", told.content),
                wanted=seal("visit.wanted", told.wanted),
                kind=told.kind,
                place_id=told.place_id,
                place_known=place_known,
                result=told.result,
                result_text=seal("visit.result_text", told.result_text),
                reason=seal("reason", reason),
            )

        return await self._do(actor, request, day_id, "corrections", build)

    async def attach_minutes(
        self,
        actor: Actor,
        request: Request,
        day_id: UUID,
        number: int,
        signing: Signing | None,
        scans: Sequence[Scan],
    ) -> Receipt:
        """The signed paper, byte for byte. Raises FileRefusedError, ErasedError."""
        if known := await self._execute.known(request):
            return known
        seen = await self.day(actor, day_id, "minutes")
        entry = self._own(actor, seen.state, number)
        if signing is None:
            raise r.MinutesUnsignedError(field="signing")
        context, papers = f"{f.MinutesAttached.TOPIC}:papers", list[f.ReceptionPaper]()
        for scan in scans:
            papers.append(_paper(await self._files.keep_evidence(entry.subject_id, context, scan.name, scan.data)))
        command = c.AttachMinutes(
            by=actor.id, at=self._clock.now(), visit_number=number, signing=signing, papers=tuple(papers)
        )
        return await self._do(actor, request, day_id, "minutes", command)

    async def link(
        self, actor: Actor, request: Request, day_id: UUID, number: int, case_number: str, reason: str = ""
    ) -> Receipt:
        """By the number of a case that the actor may see. Raises CaseUnknownError."""
        if known := await self._execute.known(request):
            return known
        await self.day(actor, day_id, "links")
        found = await self._find(actor, case_number)
        if found is None:
            raise r.CaseUnknownError(field="case_number")
        act = link_act(actor, self._clock, day_id, number, found, reason)
        return await self._execute(actor, request, act)

    async def close(self, actor: Actor, request: Request, day_id: UUID) -> Receipt:
        """Nobody is received any more."""
        return await self._do(actor, request, day_id, "closings", c.CloseDay(by=actor.id, at=self._clock.now()))

    async def reopen(self, actor: Actor, request: Request, day_id: UUID, reason: str) -> Receipt:
        """A visit was forgotten."""
        command = c.ReopenDay(by=actor.id, at=self._clock.now(), reason=reason)
        return await self._do(actor, request, day_id, "reopenings", command)

    async def known(self, request: Request) -> Receipt | None:
        """The first answer to this wish, if it was given."""
        return await self._execute.known(request)

    async def day(self, actor: Actor, day_id: UUID, action: str = "") -> Versioned[Reception]:
        """Raises NotVisibleError, and with an `action` ForbiddenError."""
        seen = await self._execute.load(RECEPTION, day_id) if reads_any(actor) else None
        if seen is None or not sees_day(actor, seen.state):
            raise NotVisibleError
        if action and not may(action)(actor, seen.state):
            raise ForbiddenError
        return seen

    def _own(self, actor: Actor, state: Reception, number: int) -> Entry:
        entry = state.entries.get(number)
        if entry is None:
            raise r.VisitUnknownError(field="number")
        if not writes_words(actor, entry):
            raise ForbiddenError
        return entry

    async def _find(self, actor: Actor, number: str) -> FoundCase | None:
        for finder in self._finders:
            if number.strip() and (found := await finder.find(actor, number)):
                return found
        return None

    async def _known(self, actor: Actor, official_id: UUID | None) -> bool:
        return official_id is not None and await self._colleagues.colleague(actor, official_id) is not None

    async def _unit_known(self, place_id: UUID | None) -> bool:
        return place_id is not None and await self._places.by_id(place_id) is not None

    async def _do(
        self,
        actor: Actor,
        request: Request,
        day_id: UUID,
        action: str,
        command: Command | Callable[[Reception], Command],
    ) -> Receipt:
        return await self._execute(actor, request, Act(RECEPTION, day_id, command, sees_day, may(action)))

    def _receiver(self, subject: UUID, fact: type[Fact], told: DayTold) -> f.Receiver:
        name = self._sealer(subject, fact)("receiver.name", told.receiver_name)
        return f.Receiver(official_id=told.official_id, name=name, post=told.receiver_post)

    def _sealer(self, subject: UUID, fact: type[Fact]) -> Callable[[str, str], Sealed | None]:
        def seal(field: str, text: str) -> Sealed | None:
            return self._vault.seal(subject, f"{fact.TOPIC}:{field}", text.strip()) if text.strip() else None

        return seal


def link_act(actor: Actor, clock: Clock, day_id: UUID, number: int, found: FoundCase, reason: str = "") -> Act:
    """The link as one act, for a desk that opens the case in the same append."""
    command = c.LinkVisit(
        by=actor.id,
        at=clock.now(),
        visit_number=number,
        case_id=found.id,
        case_kind=found.kind,
        case_number=found.number,
        reason=reason,
    )
    return Act(RECEPTION, day_id, command, sees_day, may("links"))


def _subject(subject: UUID | None) -> UUID:
    if subject is None:
        raise NotVisibleError
    return subject


def _paper(file: StoredFile) -> f.ReceptionPaper:
    return f.ReceptionPaper(uuid4(), file.address, file.media_type, file.size, file.meta)
