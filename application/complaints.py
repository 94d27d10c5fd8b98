"""The complaint desk: from the petition at the counter to the decision in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid5

import msgspec

from application.access import Actor, ForbiddenError, NotVisibleError, everyone
from application.complaint_access import may, receives_complaints, sees_complaint
from application.complaint_papers import Document, Papers, Scan
from application.execute import Act, Executor, VersionMissingError
from application.law import LawBook
from application.ports import Clock, PlaceInfo, Receipt, Request, Vault, Versioned
from domain.complaints import commands as c
from domain.complaints import deciding_commands as d
from domain.complaints.competence import Against, competent
from domain.complaints.complaint import COMPLAINT
from domain.complaints.events import ComplaintReceived
from domain.complaints.state import Complaint
from domain.complaints.terms import Obstacle
from domain.complaints.vocabulary import (
    Complexity,
    Employment,
    Form,
    Ground,
    Level,
    Ownership,
    Reading,
    Representation,
    Resolver,
    Target,
)
from domain.kernel import Command, Sealed
from domain.law.law import Law


class Petition(msgspec.Struct, frozen=True, kw_only=True):
    """What a complainant brings, as typed. `against`: whose decision or act; `resolver_id` None: by competence."""

    complainant: str
    contact: str = ""
    representation: Representation = Representation.NONE
    representative: str = ""
    mandate: Scan | None = None
    form: Form
    petition: Scan
    content: str
    remedy: str
    against: Against = "school"
    target: Target
    employment: Employment | None = None
    dismissal: bool = False
    target_number: str = ""
    target_day: date | None = None
    known_on: date | None = None
    received_on: date
    late_reason: str = ""
    resolver: Resolver
    resolver_id: UUID
    competence_reason: str = ""
    source_id: UUID | None = None


Build = Callable[[Complaint, Law], Command]
"""The command for the state that was seen."""


class ComplaintDesk:
    """Raises what the executor raises, and FileRefusedError where a file came along."""

    def __init__(self, execute: Executor, clock: Clock, law: LawBook, vault: Vault, papers: Papers) -> None:
        self._execute, self._clock, self._law = execute, clock, law
        self._vault, self._papers = vault, papers

    async def receive(
        self,
        actor: Actor,
        request: Request,
        place: PlaceInfo,
        ownership: Ownership,
        what: Petition,
        *,
        first_id: UUID | None = None,
    ) -> Receipt:
        """A first complaint, or with `first_id` the second one in that matter: then both cases say so in one append."""
        if known := await self._execute.known(request):
            return known
        if not receives_complaints(actor, None):
            raise ForbiddenError
        case_id, at = uuid5(request.id, "complaint"), self._clock.now()
        law = await self._law.at(place.authority_id, at)
        level = Level.SECOND if first_id else Level.FIRST
        first = await self._first(actor, first_id) if first_id else None
        subject = uuid5(request.id, "complaint-subject")
        await self._vault.create_subject(subject)
        topic = ComplaintReceived.TOPIC

        def seal(field: str, text: str) -> Sealed:
            return self._vault.seal(subject, f"{topic}:{field}", text.strip())

        command = c.ReceiveComplaint(
            by=actor.id,
            at=at,
            level=level,
            authority_id=place.authority_id,
            received_by_id=actor.unit_id or actor.authority_id or place.authority_id,
            resolver=what.resolver,
            resolver_id=what.resolver_id,
            ownership=ownership,
            competence=competent(what.against, level, what.received_on),
            competence_reason=what.competence_reason,
            place_id=place.id,
            area_id=place.area_id,
            subject_id=subject,
            complainant=seal("complainant", what.complainant),
            contact=seal("contact", what.contact) if what.contact.strip() else None,
            representation=what.representation,
            representative=seal("representative", what.representative) if what.representative.strip() else None,
            mandate=await self._papers.keep_if(subject, f"{topic}:mandate", what.mandate),
            form=what.form,
            petition=await self._papers.keep(subject, f"{topic}:petition", what.petition),
            content=seal("content", what.content),
            remedy=seal("remedy", what.remedy),
            target=what.target,
            employment=what.employment,
            dismissal=what.dismissal,
            target_number=what.target_number,
            target_day=what.target_day,
            known_on=what.known_on,
            received_on=what.received_on,
            late_reason=what.late_reason,
            law=law,
            first=first,
            source_id=what.source_id,
        )
        acts = [Act(COMPLAINT, case_id, command, everyone, everyone)]
        if first_id:
            note = d.NoteSecondComplaint(by=actor.id, at=at, second_id=case_id, lodged_on=what.received_on)
            acts.append(Act(COMPLAINT, first_id, note, everyone, everyone))
        return await self._execute(actor, request, *acts)

    async def _first(self, actor: Actor, first_id: UUID) -> c.First:
        """The case of the first level as the rules ask of it; only who takes a second in here looks it up."""
        seen = await self._execute.load(COMPLAINT, first_id)
        state: Complaint | None = seen.state if seen else None
        mine = state is not None and actor.authority_id == state.authority_id
        if state is None or not (mine or sees_complaint(actor, state)):
            raise NotVisibleError
        running = state.term("resolve")
        return c.First(
            case_id=first_id,
            decided=state.decided_on is not None,
            due_on=running.due_on if running else None,
            remote=state.remote,
            windows=state.windows,
            reading=state.reading,
            lodged=state.second_id is not None,
        )

    async def examine(
        self,
        actor: Actor,
        request: Request,
        case_id: UUID,
        *,
        found: tuple[Ground, ...],
        findings: str,
        obstacle: Obstacle | None = None,
        obstacle_scan: Scan | None = None,
    ) -> Receipt:
        """The grounds of Article 11, one by one."""
        state = await self._seen(actor, request, case_id, "examinations")
        paper = await self._papers.keep_if(_subject(state), "complaint.examined.v1:obstacle_paper", obstacle_scan)

        def build(now: Complaint, law: Law) -> Command:
            return c.ExamineComplaint(
                by=actor.id,
                at=law.at,
                found=found,
                findings=self._seal(now, "complaint.examined.v1:findings", findings),
                obstacle=obstacle,
                obstacle_paper=paper,
                law=law,
            )

        return await self._do(actor, request, case_id, "examinations", build)

    async def decide_reading(
        self, actor: Actor, request: Request, case_id: UUID, reading: Reading, reason: str
    ) -> Receipt:
        """Where the law is unclear a person chooses."""

        def build(_now: Complaint, law: Law) -> Command:
            return c.DecideReading(by=actor.id, at=law.at, reading=reading, reason=reason, law=law)

        return await self._do(actor, request, case_id, "readings", build)

    async def accept(
        self,
        actor: Actor,
        request: Request,
        case_id: UUID,
        *,
        accepted_on: date,
        notice: Document,
        remote: bool = False,
        remote_reason: str = "",
        complexity: Complexity = Complexity.NORMAL,
        complexity_reason: str = "",
        late_reason: str = "",
    ) -> Receipt:
        """The time to resolve begins on this day."""
        state = await self._seen(actor, request, case_id, "acceptances")
        paper = await self._papers.issued(_subject(state), "complaint.accepted.v1:notice", notice)

        def build(_now: Complaint, law: Law) -> Command:
            return c.AcceptComplaint(
                by=actor.id,
                at=law.at,
                accepted_on=accepted_on,
                remote=remote,
                remote_reason=remote_reason,
                complexity=complexity,
                complexity_reason=complexity_reason,
                notice=paper,
                law=law,
                late_reason=late_reason,
            )

        return await self._do(actor, request, case_id, "acceptances", build)

    async def refuse(
        self, actor: Actor, request: Request, case_id: UUID, ground: Ground, reason: str, notice: Document
    ) -> Receipt:
        """On a ground that was found."""
        state = await self._seen(actor, request, case_id, "refusals")
        paper = await self._papers.issued(_subject(state), "complaint.refused.v1:notice", notice)

        def build(now: Complaint, law: Law) -> Command:
            sealed = self._seal(now, "complaint.refused.v1:reason", reason)
            return c.RefuseComplaint(by=actor.id, at=law.at, ground=ground, reason=sealed, notice=paper)

        return await self._do(actor, request, case_id, "refusals", build)

    async def act(self, actor: Actor, request: Request, case_id: UUID, action: str, build: Build) -> Receipt:
        """Any other act of the table, with what has to be sealed or kept made by the caller before."""
        return await self._do(actor, request, case_id, action, build)

    async def must_see(self, actor: Actor, case_id: UUID, action: str = "") -> Versioned[Complaint]:
        """Raises NotVisibleError, and with an `action` ForbiddenError."""
        seen = await self._execute.load(COMPLAINT, case_id)
        if seen is None or not sees_complaint(actor, seen.state):
            raise NotVisibleError
        if action and not may(action)(actor, seen.state):
            raise ForbiddenError
        return seen

    async def _seen(self, actor: Actor, request: Request, case_id: UUID, action: str) -> Complaint:
        """Asked before a file is kept: whether it may be done at all, and of which version."""
        seen = await self.must_see(actor, case_id, action)
        if request.version_needed and request.if_version is None:
            raise VersionMissingError
        state: Complaint = seen.state
        return state

    async def _do(self, actor: Actor, request: Request, case_id: UUID, action: str, build: Build) -> Receipt:
        seen = await self._execute.load(COMPLAINT, case_id)
        authority = seen.state.authority_id if seen else None
        law = await self._law.at(authority, self._clock.now())
        act = Act(COMPLAINT, case_id, lambda state: build(state, law), sees_complaint, may(action))
        return await self._execute(actor, request, act)

    def _seal(self, state: Complaint, context: str, text: str) -> Sealed:
        return self._vault.seal(_subject(state), context, text.strip())


def _subject(state: Complaint) -> UUID:
    if state.subject_id is None:
        raise NotVisibleError
    return state.subject_id
