"""The privacy desk: erasure of a subject's data by request, with a second person, unless a legal hold stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid5

import msgspec

from application.access import Actor, ForbiddenError, NotVisibleError, Policy, Role
from application.execute import Act, Executor
from application.feedback_access import sees_feedback
from application.ports import Clock, Receipt, Request, Vault
from domain.feedback.feedback import FEEDBACK
from domain.kernel import Command, Sealed
from domain.law.law import Law
from domain.privacy import commands as c
from domain.privacy.erasure import ERASURE, Erasure, possible_actions
from domain.privacy.events import ErasureRequested
from domain.privacy.vocabulary import ErasureGround, RefusalGround

NOTE = f"{ErasureRequested.TOPIC}:note"
MAY: dict[str, frozenset[Role]] = {
    "erasure-requests": frozenset({Role.INTAKE, Role.OFFICER, Role.HEAD}),
    "erasure-refusals": frozenset({Role.HEAD, Role.CUSTODIAN}),
    "erasure-approvals": frozenset({Role.HEAD, Role.CUSTODIAN}),
    "legal-holds": frozenset({Role.HEAD, Role.CUSTODIAN}),
    "legal-hold-liftings": frozenset({Role.HEAD, Role.CUSTODIAN}),
}
"""Action → roles. That the approver is not who entered the request is a rule of the domain, with a code of its own."""
SEES = frozenset({Role.INTAKE, Role.OFFICER, Role.HEAD, Role.CUSTODIAN})


class LawAt(Protocol):
    """The law as known at a moment, for one authority."""

    async def at(self, authority_id: UUID | None, moment: datetime) -> Law: ...


class CaseSubject(msgspec.Struct, frozen=True):
    """Under whose key a case's personal values lie, and whose case it is."""

    subject_id: UUID
    authority_id: UUID


class CaseSubjects(Protocol):
    """From a case to its subject, for those who may see it."""

    async def subject_of(self, actor: Actor, case_id: UUID) -> CaseSubject:
        """Raises NotVisibleError."""
        ...


class FeedbackSubjects:
    """The subjects of feedback cases: visible to who sees the case, and to the custodian of the same authority."""

    def __init__(self, execute: Executor) -> None:
        self._execute = execute

    async def subject_of(self, actor: Actor, case_id: UUID) -> CaseSubject:
        """Raises NotVisibleError."""
        seen = await self._execute.load(FEEDBACK, case_id)
        if seen is None or seen.state.subject_id is None or seen.state.authority_id is None:
            raise NotVisibleError
        custodian = (
            actor.kind == "official"
            and Role.CUSTODIAN in actor.roles
            and actor.authority_id == seen.state.authority_id
            and actor.id not in seen.state.involved
        )
        if not custodian and not sees_feedback(actor, seen.state):
            raise NotVisibleError
        return CaseSubject(seen.state.subject_id, seen.state.authority_id)


def erasure_stream_of(subject_id: UUID) -> UUID:
    """The stream of a subject's erasure."""
    return uuid5(subject_id, "privacy")


def sees_erasure(actor: Actor, _state: Erasure | None) -> bool:
    """Who handles erasures at all; that the case is theirs is settled before, by `CaseSubjects`."""
    return actor.kind == "system" or (actor.kind == "official" and bool(actor.roles & SEES))


def may(action: str) -> Policy:
    """The policy of one action. Deny by default."""
    roles = MAY[action]

    def asked(actor: Actor, _state: Erasure | None) -> bool:
        return actor.kind == "system" or (actor.kind == "official" and bool(actor.roles & roles))

    return asked


def available_actions(state: Erasure | None, actor: Actor) -> tuple[str, ...]:
    """What this person may do about the data of a case that they see; no approval of their own request."""
    own = {"erasure-approvals"} if state and state.requested_by == actor.id else set()
    return tuple(sorted(a for a in possible_actions(state) - own if may(a)(actor, state)))


class PrivacyDesk:
    """One method for each thing an official does about a subject's data. Raises what the executor raises."""

    def __init__(self, execute: Executor, clock: Clock, law: LawAt, vault: Vault, cases: CaseSubjects) -> None:
        self._execute, self._clock, self._law, self._vault, self._cases = execute, clock, law, vault, cases

    async def erasure_of(self, actor: Actor, case_id: UUID) -> tuple[int, Erasure | None]:
        """Version and state of the erasure that concerns this case; version 0 where nothing was asked yet."""
        case = await self._cases.subject_of(actor, case_id)
        if not sees_erasure(actor, None):
            raise NotVisibleError
        seen = await self._execute.load(ERASURE, erasure_stream_of(case.subject_id))
        return (seen.version, seen.state) if seen else (0, None)

    async def must_see(self, actor: Actor, case_id: UUID, action: str) -> None:
        """For a malformed request: what may not be seen is answered as missing before any fault in it is named."""
        await self.erasure_of(actor, case_id)
        if not may(action)(actor, None):
            raise ForbiddenError

    async def request_erasure(
        self,
        actor: Actor,
        request: Request,
        case_id: UUID,
        *,
        ground: ErasureGround,
        document: str,
        note: str = "",
        received_at: datetime | None = None,
        late_reason: str = "",
    ) -> Receipt:
        """Enter what the subject asked for. The note is sealed under the subject's own key and goes with it."""
        case = await self._cases.subject_of(actor, case_id)
        now = self._clock.now()
        law = await self._law.at(case.authority_id, received_at or now)

        def build(_state: Erasure | None) -> Command:
            return c.RequestErasure(
                by=actor.id,
                at=now,
                subject_id=case.subject_id,
                request_id=uuid5(request.id, "erasure-request"),
                case_id=case_id,
                authority_id=case.authority_id,
                ground=ground,
                document=document.strip(),
                note=self._note(case.subject_id, note.strip()),
                received_at=received_at,
                late_reason=late_reason.strip(),
                law=law,
            )

        return await self._do(actor, request, case, "erasure-requests", build)

    async def refuse(
        self, actor: Actor, request: Request, case_id: UUID, *, ground: RefusalGround, reason: str, document: str
    ) -> Receipt:
        """Answer the request with no."""
        case = await self._cases.subject_of(actor, case_id)
        command = c.RefuseErasure(
            by=actor.id, at=self._clock.now(), ground=ground, reason=reason.strip(), document=document.strip()
        )
        return await self._do(actor, request, case, "erasure-refusals", command)

    async def approve(self, actor: Actor, request: Request, case_id: UUID, *, document: str) -> Receipt:
        """The second person's yes: the key is destroyed as soon as the fact is in the log."""
        case = await self._cases.subject_of(actor, case_id)
        command = c.ApproveErasure(by=actor.id, at=self._clock.now(), document=document.strip())
        return await self._do(actor, request, case, "erasure-approvals", command)

    async def place_hold(self, actor: Actor, request: Request, case_id: UUID, *, reason: str, document: str) -> Receipt:
        """The data are evidence. The hold's id follows from the request's."""
        case = await self._cases.subject_of(actor, case_id)
        command = c.PlaceLegalHold(
            by=actor.id,
            at=self._clock.now(),
            subject_id=case.subject_id,
            hold_id=uuid5(request.id, "legal-hold"),
            reason=reason.strip(),
            document=document.strip(),
        )
        return await self._do(actor, request, case, "legal-holds", command)

    async def lift_hold(
        self, actor: Actor, request: Request, case_id: UUID, hold_id: UUID, *, reason: str, document: str
    ) -> Receipt:
        """That evidence is no longer needed."""
        case = await self._cases.subject_of(actor, case_id)
        command = c.LiftLegalHold(
            by=actor.id, at=self._clock.now(), hold_id=hold_id, reason=reason.strip(), document=document.strip()
        )
        return await self._do(actor, request, case, "legal-hold-liftings", command)

    async def _do(
        self,
        actor: Actor,
        request: Request,
        case: CaseSubject,
        action: str,
        command: Command | Callable[[Erasure | None], Command],
    ) -> Receipt:
        act = Act(ERASURE, erasure_stream_of(case.subject_id), command, sees_erasure, may(action))
        return await self._execute(actor, request, act)

    def _note(self, subject_id: UUID, text: str) -> Sealed | None:
        """None also for an erased subject: the decision then refuses, in its own words."""
        return self._vault.seal(subject_id, NOTE, text) if text and not self._vault.erased(subject_id) else None
