"""Protection of senders: one reports to be treated worse, and few people look at it (CMP-I12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol
from uuid import UUID, uuid5

import msgspec

from application.access import Actor, ForbiddenError, NotVisibleError, everyone
from application.execute import Act, Executor
from application.feedback_access import of_tracking_code
from application.law import LawBook
from application.offices import OfficeBook
from application.ports import Clock, Receipt, Request, Vault, Versioned
from application.protection_access import behind, may_for, reads_any, sees_task
from domain.feedback.feedback import FEEDBACK
from domain.feedback.state import Feedback
from domain.kernel import Command, Fact, Sealed
from domain.protection import commands as c
from domain.protection import events as f
from domain.protection.protection import PROTECTION, Protection
from domain.protection.vocabulary import ProtectionOutcome, Whom


class Reported(msgspec.Struct, frozen=True):
    """What a sender's report came to."""

    receipt: Receipt
    task_id: UUID


class OpenTasks(Protocol):
    """How many reports of a sender wait."""

    async def of_sender(self, subject_id: UUID) -> int: ...


class ProtectionDesk:
    """One method for each thing that a sender or a person in charge does. Raises what the executor raises."""

    def __init__(
        self, execute: Executor, clock: Clock, law: LawBook, vault: Vault, offices: OfficeBook, tasks: OpenTasks
    ) -> None:
        self._execute, self._clock, self._law, self._vault = execute, clock, law, vault
        self._offices, self._tasks = offices, tasks

    async def report(
        self, actor: Actor, request: Request, case_id: UUID, *, whom: Whom, since: date | None, text: str
    ) -> Reported:
        """By the sender with the code, in whatever state the case is. Raises ErasedError."""
        task_id = uuid5(request.id, "protection")
        if known := await self._execute.known(request):
            return Reported(known, task_id)
        seen = await self._execute.load(FEEDBACK, case_id)
        case = seen.state if seen else None
        if case is None or not of_tracking_code(actor, case) or case.authority_id is None or case.subject_id is None:
            raise NotVisibleError
        at = self._clock.now()
        command = c.ReportWorseTreatment(
            by=actor.id,
            at=at,
            case_id=case_id,
            authority_id=case.authority_id,
            subject_id=case.subject_id,
            whom=whom,
            since=since,
            text=self._sealed(case.subject_id, f.ProtectionReported, "text", text),
            open_already=await self._tasks.of_sender(case.subject_id),
            law=await self._law.at(case.authority_id, at),
        )
        act = Act(PROTECTION, task_id, command, everyone, everyone)
        return Reported(await self._execute(actor, request, act), task_id)

    async def take(self, actor: Actor, request: Request, task_id: UUID) -> Receipt:
        """The first one has it in hand."""
        return await self._do(actor, request, task_id, "takings", c.TakeProtection(by=actor.id, at=self._clock.now()))

    async def hand_over(self, actor: Actor, request: Request, task_id: UUID, official_id: UUID) -> Receipt:
        """To another of the few who may."""
        if known := await self._execute.known(request):
            return known
        permitted = await self.permitted(actor, task_id)
        command = c.HandProtectionOver(
            by=actor.id, at=self._clock.now(), official_id=official_id, permitted=official_id in permitted
        )
        return await self._do(actor, request, task_id, "hand-overs", command)

    async def note_measure(self, actor: Actor, request: Request, task_id: UUID, note: str) -> Receipt:
        """What was done; the sender does not read it."""
        at = self._clock.now()

        def build(state: Protection) -> Command:
            sealed = self._sealed(state.subject_id, f.ProtectionMeasureNoted, "note", note)
            return c.NoteMeasure(by=actor.id, at=at, note=sealed)

        return await self._do(actor, request, task_id, "measures", build)

    async def close(
        self,
        actor: Actor,
        request: Request,
        task_id: UUID,
        *,
        outcome: ProtectionOutcome,
        referred_to: str = "",
        reason: str = "",
        words: str = "",
    ) -> Receipt:
        """With words for the sender. Where the sender's data were erased nobody is left to write to."""
        at = self._clock.now()

        def build(state: Protection) -> Command:
            erased = state.subject_id is not None and self._vault.erased(state.subject_id)

            def seal(field: str, text: str) -> Sealed | None:
                return None if erased else self._sealed(state.subject_id, f.ProtectionClosed, field, text)

            return c.CloseProtection(
                by=actor.id,
                at=at,
                outcome=outcome,
                referred_to=referred_to,
                reason=seal("reason", reason),
                words=seal("words", words),
                erased=erased,
            )

        return await self._do(actor, request, task_id, "closures", build)

    async def permitted(self, actor: Actor, task_id: UUID) -> tuple[UUID, ...]:
        """Who may have this task in hand. Raises NotVisibleError."""
        seen, case = await self.task(actor, task_id)
        return await self._offices.protectors(seen.state, case)

    async def known(self, request: Request) -> Receipt | None:
        """The first answer to this wish, if it was given."""
        return await self._execute.known(request)

    async def task(self, actor: Actor, task_id: UUID, action: str = "") -> tuple[Versioned[Protection], Feedback]:
        """The task with its case. Raises NotVisibleError, and with an `action` ForbiddenError."""
        seen = await self._execute.load(PROTECTION, task_id) if reads_any(actor) else None
        if seen is None or seen.state.case_id is None:
            raise NotVisibleError
        case = await self._execute.load(FEEDBACK, seen.state.case_id)
        if case is None or not sees_task(actor, seen.state, case.state):
            raise NotVisibleError
        if action and not may_for(case.state, action)(actor, seen.state):
            raise ForbiddenError
        return seen, case.state

    async def _do(
        self,
        actor: Actor,
        request: Request,
        task_id: UUID,
        action: str,
        command: Command | Callable[[Protection], Command],
    ) -> Receipt:
        _seen, case = await self.task(actor, task_id)
        return await self._execute(
            actor, request, Act(PROTECTION, task_id, command, behind(case), may_for(case, action))
        )

    def _sealed(self, subject: UUID | None, fact: type[Fact], field: str, text: str) -> Sealed | None:
        if subject is None:
            raise NotVisibleError
        return self._vault.seal(subject, f"{fact.TOPIC}:{field}", text.strip()) if text.strip() else None
