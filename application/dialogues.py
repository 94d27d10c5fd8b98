"""The dialogue desk: meetings of an authority with people, and what was said there, until all of it is settled (F6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID, uuid4, uuid5

import msgspec

from application.access import Actor, ForbiddenError, NotVisibleError
from application.dialogue_access import may, plans, reads_any, sees_dialogue
from application.dialogue_rows import Looked, Row, look
from application.execute import Act, Executor, VersionMissingError
from application.ports import Clock, Files, Receipt, Request, Vault, Versioned
from domain.dialogues import commands as c
from domain.dialogues import events as f
from domain.dialogues.dialogue import DIALOGUE
from domain.dialogues.parts import DialoguePaper, Opinion, RowAside, RowFault
from domain.dialogues.state import Dialogue
from domain.dialogues.vocabulary import Addressed, RowFaultCode, RowField
from domain.kernel import Command, Fact, Sealed


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting as it is planned. `invited`: which groups; no names."""

    title: str
    matter: str
    planned_on: date
    place: str
    chair_post: str
    invited: str
    chair_name: str = ""


class MinutesScan(msgspec.Struct, frozen=True):
    """The signed minutes, with the name of their file."""

    name: str
    data: bytes


class Routing(msgspec.Struct, frozen=True, kw_only=True):
    """To which level, until which day, and why that day: no law sets one."""

    numbers: Sequence[int]
    level: Addressed
    due_on: date
    due_reason: str
    body: str = ""


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """To which body, on which day, by which paper."""

    numbers: Sequence[int]
    receiver: str
    transferred_on: date
    document: str = ""


class Planned(msgspec.Struct, frozen=True):
    """What planning came to."""

    receipt: Receipt
    dialogue_id: UUID


class DialogueDesk:
    """One method for each thing that an official does. Raises what the executor raises."""

    def __init__(self, execute: Executor, clock: Clock, vault: Vault, files: Files) -> None:
        self._execute, self._clock, self._vault, self._files = execute, clock, vault, files

    async def plan(self, actor: Actor, request: Request, what: Plan) -> Planned:
        """A meeting of the own authority."""
        dialogue_id, subject = uuid5(request.id, "dialogue"), uuid5(request.id, "dialogue-subject")
        if known := await self._execute.known(request):
            return Planned(known, dialogue_id)
        if not plans(actor) or actor.authority_id is None:
            raise ForbiddenError
        await self._vault.create_subject(subject)
        command = c.PlanDialogue(
            by=actor.id,
            at=self._clock.now(),
            authority_id=actor.authority_id,
            subject_id=subject,
            title=what.title,
            matter=what.matter,
            planned_on=what.planned_on,
            place=what.place,
            chair_post=what.chair_post,
            chair_name=self._sealed(subject, f.DialoguePlanned, "chair_name", what.chair_name),
            invited=what.invited,
        )
        act = Act(DIALOGUE, dialogue_id, command, _anyone, _anyone)
        return Planned(await self._execute(actor, request, act), dialogue_id)

    async def announce(
        self, actor: Actor, request: Request, dialogue_id: UUID, *, announced_on: date, how: str
    ) -> Receipt:
        """How and when those who are invited were told."""
        command = c.AnnounceDialogue(by=actor.id, at=self._clock.now(), announced_on=announced_on, how=how)
        return await self._do(actor, request, dialogue_id, "announcements", command)

    async def hold(
        self,
        actor: Actor,
        request: Request,
        dialogue_id: UUID,
        *,
        held_on: date,
        participants: int,
        minutes: MinutesScan | None = None,
    ) -> Receipt:
        """With the minutes, or these later. Raises FileRefusedError."""
        if known := await self._execute.known(request):
            return known
        kept = await self._kept(actor, request, dialogue_id, "meetings", minutes) if minutes else None
        command = c.HoldDialogue(
            by=actor.id, at=self._clock.now(), held_on=held_on, participants=participants, minutes=kept
        )
        return await self._do(actor, request, dialogue_id, "meetings", command)

    async def file_minutes(self, actor: Actor, request: Request, dialogue_id: UUID, minutes: MinutesScan) -> Receipt:
        """Byte for byte. Raises FileRefusedError."""
        if known := await self._execute.known(request):
            return known
        kept = await self._kept(actor, request, dialogue_id, "minutes", minutes)
        command = c.FileMinutes(by=actor.id, at=self._clock.now(), minutes=kept)
        return await self._do(actor, request, dialogue_id, "minutes", command)

    async def take_in(
        self, actor: Actor, request: Request, dialogue_id: UUID, rows: Sequence[Row], mended: Sequence[UUID] = ()
    ) -> Receipt:
        """Good rows are taken, the others kept word for word with what is wrong with them.

        A row whose number and words are recorded already is not taken twice. `mended`: rows kept before whose new
        wording is among these, under the same id.
        """
        at = self._clock.now()

        def build(state: Dialogue) -> Command:
            opinions, aside, done = self._sorted(state, look(rows, state))
            again = tuple(row_id for row_id in dict.fromkeys(mended) if row_id in done)
            return c.TakeInOpinions(by=actor.id, at=at, opinions=opinions, aside=aside, mended=again)

        return await self._do(actor, request, dialogue_id, "opinions", build)

    async def dismiss_row(
        self, actor: Actor, request: Request, dialogue_id: UUID, row_id: UUID, reason: str
    ) -> Receipt:
        """A line that is no opinion."""
        command = c.DismissRow(by=actor.id, at=self._clock.now(), row_id=row_id, reason=reason)
        return await self._do(actor, request, dialogue_id, "row-dismissals", command)

    async def route(self, actor: Actor, request: Request, dialogue_id: UUID, what: Routing) -> Receipt:
        """Several at once."""
        command = c.RouteOpinions(
            by=actor.id,
            at=self._clock.now(),
            numbers=tuple(what.numbers),
            level=what.level,
            body=what.body,
            due_on=what.due_on,
            due_reason=what.due_reason,
        )
        return await self._do(actor, request, dialogue_id, "routings", command)

    async def answer(
        self, actor: Actor, request: Request, dialogue_id: UUID, *, number: int, answer: str, answered_on: date
    ) -> Receipt:
        """What was answered, on which day."""
        at = self._clock.now()

        def build(state: Dialogue) -> Command:
            sealed = self._sealed(state.subject_id, f.OpinionAnswered, "answer", answer)
            return c.AnswerOpinion(by=actor.id, at=at, number=number, answer=sealed, answered_on=answered_on)

        return await self._do(actor, request, dialogue_id, "answers", build)

    async def transfer(self, actor: Actor, request: Request, dialogue_id: UUID, what: Transfer) -> Receipt:
        """Several at once."""
        command = c.TransferOpinions(
            by=actor.id,
            at=self._clock.now(),
            numbers=tuple(what.numbers),
            body=what.receiver,
            transferred_on=what.transferred_on,
            document=what.document,
        )
        return await self._do(actor, request, dialogue_id, "transfers", command)

    async def reopen(self, actor: Actor, request: Request, dialogue_id: UUID, number: int, reason: str) -> Receipt:
        """What was settled wrongly."""
        command = c.ReopenOpinion(by=actor.id, at=self._clock.now(), number=number, reason=reason)
        return await self._do(actor, request, dialogue_id, "reopenings", command)

    async def summarise(self, actor: Actor, request: Request, dialogue_id: UUID, text: str) -> Receipt:
        """For those inside; what the public reads is confirmed on its own."""
        at = self._clock.now()

        def build(state: Dialogue) -> Command:
            return c.WriteSummary(
                by=actor.id, at=at, text=self._sealed(state.subject_id, f.DialogueSummarised, "text", text)
            )

        return await self._do(actor, request, dialogue_id, "summaries", build)

    async def close(self, actor: Actor, request: Request, dialogue_id: UUID) -> Receipt:
        """By a head, when nothing is open."""
        return await self._do(
            actor, request, dialogue_id, "closures", c.CloseDialogue(by=actor.id, at=self._clock.now())
        )

    async def publish(
        self, actor: Actor, request: Request, dialogue_id: UUID, *, text: str, confirmed: bool
    ) -> Receipt:
        """By a head who read the text: it names nobody."""
        at = self._clock.now()

        def build(state: Dialogue) -> Command:
            sealed = self._sealed(state.subject_id, f.DialogueSummaryPublished, "text", text)
            return c.PublishSummary(by=actor.id, at=at, text=sealed, confirmed=confirmed)

        return await self._do(actor, request, dialogue_id, "publications", build)

    async def withdraw(self, actor: Actor, request: Request, dialogue_id: UUID, reason: str) -> Receipt:
        """By a head; the public page is gone."""
        command = c.WithdrawSummary(by=actor.id, at=self._clock.now(), reason=reason)
        return await self._do(actor, request, dialogue_id, "withdrawals", command)

    async def known(self, request: Request) -> Receipt | None:
        """The first answer to this wish, if it was given."""
        return await self._execute.known(request)

    async def seen(self, actor: Actor, dialogue_id: UUID, action: str = "") -> Versioned[Dialogue]:
        """Raises NotVisibleError, and with an `action` ForbiddenError."""
        found = await self._execute.load(DIALOGUE, dialogue_id) if reads_any(actor) else None
        if found is None or not sees_dialogue(actor, found.state):
            raise NotVisibleError
        if action and not may(action)(actor, found.state):
            raise ForbiddenError
        return found

    async def _do(
        self,
        actor: Actor,
        request: Request,
        dialogue_id: UUID,
        action: str,
        command: Command | Callable[[Dialogue], Command],
    ) -> Receipt:
        return await self._execute(actor, request, Act(DIALOGUE, dialogue_id, command, sees_dialogue, may(action)))

    async def _kept(
        self, actor: Actor, request: Request, dialogue_id: UUID, action: str, scan: MinutesScan
    ) -> DialoguePaper:
        found = await self.seen(actor, dialogue_id, action)
        if request.version_needed and request.if_version is None:
            raise VersionMissingError
        if found.state.subject_id is None:
            raise NotVisibleError
        context = f"{f.DialogueMinutesFiled.TOPIC}:minutes"
        kept = await self._files.keep_evidence(found.state.subject_id, context, scan.name, scan.data)
        return DialoguePaper(uuid4(), kept.address, kept.media_type, kept.size, kept.meta)

    def _sorted(
        self, state: Dialogue, seen: Sequence[Looked]
    ) -> tuple[tuple[Opinion, ...], tuple[RowAside, ...], frozenset[UUID]]:
        """What can be taken, what is kept aside, and the ids of the rows that are opinions now or were before."""
        opinions, aside, done = list[Opinion](), list[RowAside](), set[UUID]()
        repeated = True
        for one in seen:
            opinion = self._opinion(state, one)
            if _recorded(state, opinion):
                done.add(one.row.id)
                continue
            before = self._said_before(state, one, opinion)
            repeated = repeated and bool(before) and not one.row.cells.numbered
            if opinion is None or one.faults or before:
                aside.append(self._aside(state, one, one.faults or before))
            else:
                opinions.append(opinion)
                done.add(one.row.id)
        # A sheet without numbers that says nothing new is the same sheet once more.
        kept = () if repeated else tuple(row for row in aside if _waits_not_yet(state, row))
        return tuple(opinions), kept, frozenset(done)

    def _opinion(self, state: Dialogue, seen: Looked) -> Opinion | None:
        text = self._sealed(state.subject_id, f.OpinionsRecorded, "opinions", seen.row.cells.text)
        if seen.number is None or text is None:
            return None
        return Opinion(
            number=seen.number,
            speaker=seen.speaker,
            speaker_words=self._sealed(state.subject_id, f.OpinionsRecorded, "opinions", seen.speaker_words),
            text=text,
            level=seen.level,
            body=seen.row.cells.body,
            due_on=seen.due_on,
            due_reason=seen.row.cells.due_reason if seen.due_on else "",
        )

    def _aside(self, state: Dialogue, seen: Looked, faults: Sequence[RowFault]) -> RowAside:
        cells = msgspec.json.encode(seen.row.cells.texts()).decode()
        sealed = self._sealed(state.subject_id, f.RowsKeptBack, "rows", cells)
        if sealed is None:
            raise NotVisibleError
        number = str(seen.number) if seen.number else ""
        return RowAside(seen.row.id, number, sealed, tuple(faults))

    def _said_before(self, state: Dialogue, seen: Looked, opinion: Opinion | None) -> tuple[RowFault, ...]:
        """The same words under another number: a sheet sent again, or really another speaker, which somebody says."""
        marks = {one.mark for one in state.opinions.values()}
        if seen.row.again or opinion is None or opinion.text.commitment not in marks:
            return ()
        return (RowFault(RowField.TEXT, RowFaultCode.SAME_WORDS),)

    def _sealed(self, subject: UUID | None, fact: type[Fact], field: str, text: str) -> Sealed | None:
        if subject is None:
            raise NotVisibleError
        return self._vault.seal(subject, f"{fact.TOPIC}:{field}", text.strip()) if text.strip() else None


def _recorded(state: Dialogue, opinion: Opinion | None) -> bool:
    known = state.opinions.get(opinion.number) if opinion else None
    return known is not None and opinion is not None and known.mark == opinion.text.commitment


def _waits_not_yet(state: Dialogue, row: RowAside) -> bool:
    """False for the same row out of a sheet that was sent before."""
    return row.id in state.aside or row.cells.commitment not in state.aside.values()


def _anyone(_actor: Actor, _state: object) -> bool:
    return True
