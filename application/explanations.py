"""The explanation desk: what a handler asks of a school and what the school answers. The school never sees the case."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid4, uuid5

import msgspec

from application.access import SYSTEM, Actor, ForbiddenError, NotVisibleError, everyone, system_only
from application.execute import Act, Executor, VersionMissingError
from application.explanation_access import behind, may_for, of_unit
from application.feedback_access import may, sees_any, sees_feedback
from application.law import LawBook
from application.ports import Clock, ErasedError, Files, Receipt, Request, StoredFile, Vault, Versioned
from application.tracking_code import ALPHABET
from domain.calendar import legal_date
from domain.explanations import commands as c
from domain.explanations import events as f
from domain.explanations import refusals as r
from domain.explanations.explanation import EXPLANATION, Explanation, check_circle, check_date, check_looked_at
from domain.feedback.events import Attachment
from domain.feedback.feedback import FEEDBACK
from domain.feedback.mending_commands import AskExplanation, RecallExplanation
from domain.feedback.state import Feedback
from domain.kernel import Command, Fact, Sealed
from domain.law.term import Term

PREFIX, SIGNS, DRAWS = "GT-", 4, 8
"""A number is drawn, never counted: `GT-4F7K`. Where so many draws were taken already, it gets one sign more."""
MOST_FILES = 10


class ExplanationNumbers(Protocol):
    """Which numbers are in use."""

    async def taken(self, number: str) -> bool: ...


class CasePhoto(msgspec.Struct, frozen=True):
    """A photo or paper of the case that is to go along, and whether somebody looked at it."""

    attachment: Attachment
    looked_at: bool


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked, as typed. `could_know`: how many people could know of the matter."""

    questions: Sequence[str]
    could_know: int
    few_reason: str = ""
    photos: Sequence[CasePhoto] = ()
    due_on: date | None = None
    date_reason: str = ""
    preview_confirmed: bool = False


class Requested(msgspec.Struct, frozen=True):
    """The receipt speaks of the case; the request has an id of its own."""

    receipt: Receipt
    explanation_id: UUID


class Paper(msgspec.Struct, frozen=True):
    """A file of the school, with its name."""

    name: str
    data: bytes


class ExplanationDesk:
    """One method for each thing an official or a school does. Raises what the executor raises."""

    def __init__(
        self,
        execute: Executor,
        clock: Clock,
        law: LawBook,
        vault: Vault,
        files: Files,
        numbers: ExplanationNumbers,
    ) -> None:
        self._execute, self._clock, self._law = execute, clock, law
        self._vault, self._files, self._numbers = vault, files, numbers

    async def usual_term(self, case: Feedback) -> Term:
        """By when an explanation would be due if it were asked now."""
        at = self._clock.now()
        law = await self._law.at(case.authority_id, at)
        return law.term("explain", "POL-EXPLAIN", trigger_at=at, trigger="ExplanationRequested")

    async def check(self, case: Feedback, what: Asking) -> Term:
        """Everything but the confirmation, before anything is sealed or shown as a preview. Raises RefusalError."""
        if not _filled(what.questions):
            raise r.QuestionsMissingError(field="questions")
        check_circle(what.could_know, has_reason=bool(what.few_reason.strip()))
        term = await self.usual_term(case)
        today = legal_date(self._clock.now())
        check_date(what.due_on or term.due_on, term.due_on, today, what.date_reason.strip())
        return term

    async def request(self, actor: Actor, request: Request, case_id: UUID, what: Asking) -> Requested:
        """Asks the unit that the case is about: one append on the case and on the new request.

        Raises FileRefusedError, ErasedError.
        """
        explanation_id = uuid5(request.id, "explanation")
        if known := await self._execute.known(request):
            return Requested(known, explanation_id)
        case = await self.case(actor, case_id, "explanation-requests")
        if request.version_needed and request.if_version is None:
            raise VersionMissingError
        if case.subject_id is not None and self._vault.erased(case.subject_id):
            raise ErasedError
        await self.check(case, what)
        check_looked_at(photo.looked_at for photo in what.photos)
        if not what.preview_confirmed:
            raise r.PreviewNotConfirmedError(field="preview_confirmed")
        subject, number = uuid5(request.id, "explanation-subject"), await self._number()
        await self._vault.create_subject(subject)
        command = await self._command(actor, case, case_id, what, subject, number)

        def ask(state: Feedback) -> Command:
            if state.place_id is None:
                raise NotVisibleError
            return AskExplanation(
                by=actor.id, at=command.at, explanation_id=explanation_id, number=number, place_id=state.place_id
            )

        receipt = await self._execute(
            actor,
            request,
            Act(FEEDBACK, case_id, ask, sees_feedback, may("explanation-requests")),
            Act(EXPLANATION, explanation_id, command, everyone, everyone),
        )
        return Requested(receipt, explanation_id)

    async def recall(self, actor: Actor, request: Request, explanation_id: UUID, reason: str) -> Receipt:
        """Only while the school has not opened it."""
        if known := await self._execute.known(request):
            return known
        seen, case = await self.of_staff(actor, explanation_id)
        at = self._clock.now()
        acts = [
            Act(
                EXPLANATION,
                explanation_id,
                c.RecallRequest(by=actor.id, at=at, reason=reason),
                behind(case),
                may_for(case, "recalls"),
            )
        ]
        if seen.state.case_id and explanation_id in case.explanations:
            back = RecallExplanation(by=actor.id, at=at, explanation_id=explanation_id, reason=reason)
            acts.append(Act(FEEDBACK, seen.state.case_id, back, sees_feedback, may("explanation-recalls")))
        return await self._execute(actor, request, *acts)

    async def grant_more_time(
        self, actor: Actor, request: Request, explanation_id: UUID, until: date | None
    ) -> Receipt:
        """The day that the school asked for, or another later one."""
        command = c.GrantMoreTime(by=actor.id, at=self._clock.now(), until=until)
        return await self._by_staff(actor, request, explanation_id, "more-time-grants", command)

    async def refuse_more_time(self, actor: Actor, request: Request, explanation_id: UUID, reason: str) -> Receipt:
        """The day stays; the school reads why."""
        at = self._clock.now()

        def build(state: Explanation) -> Command:
            return c.RefuseMoreTime(by=actor.id, at=at, reason=self._seal(state, f.MoreTimeRefused, "reason", reason))

        return await self._by_staff(actor, request, explanation_id, "more-time-refusals", build)

    async def rederive(
        self, request: Request, explanation_id: UUID, authority_id: UUID, reason: str, known_at: datetime
    ) -> Receipt:
        """After days off changed; by the system. `known_at`: when that was recorded, should that clock be ahead."""
        at = max(self._clock.now(), known_at)
        law = await self._law.at(authority_id, at)
        command = c.RederiveDay(by=SYSTEM.id, at=at, law=law, reason=reason)
        return await self._execute(SYSTEM, request, Act(EXPLANATION, explanation_id, command, system_only, system_only))

    async def open(self, actor: Actor, explanation_id: UUID) -> Versioned[Explanation]:
        """What the school sees, after the fact that it did. Raises NotVisibleError."""
        seen = await self.of_school(actor, explanation_id)
        if seen.state.opened:
            return seen
        command = c.OpenRequest(by=actor.id, at=self._clock.now())
        command_id = uuid5(explanation_id, "opened")
        try:
            await self._by_school(actor, Request(command_id, command_id.bytes), explanation_id, command)
        except r.RequestRecalledError:
            raise NotVisibleError from None
        return await self.of_school(actor, explanation_id)

    async def give(
        self,
        actor: Actor,
        request: Request,
        explanation_id: UUID,
        parts: dict[int, str],
        papers: Sequence[Paper] = (),
    ) -> Receipt:
        """Question by question, papers byte for byte; what is empty is not answered. Raises FileRefusedError."""
        if known := await self._execute.known(request):
            return known
        seen = await self.of_school(actor, explanation_id)
        if request.version_needed and request.if_version is None:
            raise VersionMissingError
        answered = {number: text.strip() for number, text in sorted(parts.items()) if text.strip()}
        if missing := sorted(seen.state.questions - answered.keys()):
            raise r.QuestionUnansweredError(field="parts", question=missing[0])
        at, kept = self._clock.now(), await self._keep(seen.state, papers)

        def build(state: Explanation) -> Command:
            told = tuple(
                f.ExplanationPart(number, self._seal(state, f.ExplanationGiven, "parts", text))
                for number, text in answered.items()
            )
            return c.GiveExplanation(by=actor.id, at=at, parts=told, attachments=kept)

        return await self._by_school(actor, request, explanation_id, build)

    async def ask_more_time(
        self, actor: Actor, request: Request, explanation_id: UUID, until: date, reason: str
    ) -> Receipt:
        """A later day, with a reason; the handler decides."""
        at = self._clock.now()

        def build(state: Explanation) -> Command:
            sealed = self._seal(state, f.MoreTimeAsked, "reason", reason)
            return c.AskMoreTime(by=actor.id, at=at, until=until, reason=sealed)

        return await self._by_school(actor, request, explanation_id, build)

    async def known(self, request: Request) -> Receipt | None:
        """The first answer to this wish, if it was given."""
        return await self._execute.known(request)

    async def case(self, actor: Actor, case_id: UUID, action: str = "") -> Feedback:
        """The case that is to be asked about. Raises NotVisibleError, and with an `action` ForbiddenError."""
        seen = await self._execute.load(FEEDBACK, case_id) if sees_any(actor) else None
        state = seen.state if seen else None
        if state is None or not sees_feedback(actor, state):
            raise NotVisibleError
        if action and not may(action)(actor, state):
            raise ForbiddenError
        found: Feedback = state
        return found

    async def of_school(self, actor: Actor, explanation_id: UUID) -> Versioned[Explanation]:
        """Raises NotVisibleError."""
        seen = await self._execute.load(EXPLANATION, explanation_id)
        if seen is None or not of_unit(actor, seen.state):
            raise NotVisibleError
        return seen

    async def of_staff(
        self, actor: Actor, explanation_id: UUID, action: str = ""
    ) -> tuple[Versioned[Explanation], Feedback]:
        """The request with its case. Raises NotVisibleError, and with an `action` ForbiddenError."""
        seen = await self._execute.load(EXPLANATION, explanation_id) if sees_any(actor) else None
        if seen is None or seen.state.case_id is None:
            raise NotVisibleError
        case = await self.case(actor, seen.state.case_id)
        if action and not may_for(case, action)(actor, seen.state):
            raise ForbiddenError
        return seen, case

    async def _by_staff(
        self,
        actor: Actor,
        request: Request,
        explanation_id: UUID,
        action: str,
        command: Command | Callable[[Explanation], Command],
    ) -> Receipt:
        _seen, case = await self.of_staff(actor, explanation_id)
        act = Act(EXPLANATION, explanation_id, command, behind(case), may_for(case, action))
        return await self._execute(actor, request, act)

    async def _by_school(
        self,
        actor: Actor,
        request: Request,
        explanation_id: UUID,
        command: Command | Callable[[Explanation], Command],
    ) -> Receipt:
        return await self._execute(actor, request, Act(EXPLANATION, explanation_id, command, of_unit, of_unit))

    async def _command(
        self, actor: Actor, case: Feedback, case_id: UUID, what: Asking, subject: UUID, number: str
    ) -> c.RequestExplanation:
        if case.authority_id is None or case.place_id is None or case.subject_id is None:
            raise NotVisibleError
        at, few = self._clock.now(), what.few_reason.strip()

        def seal(field: str, text: str) -> Sealed:
            return self._vault.seal(subject, f"{f.ExplanationRequested.TOPIC}:{field}", text)

        return c.RequestExplanation(
            by=actor.id,
            at=at,
            number=number,
            case_id=case_id,
            authority_id=case.authority_id,
            place_id=case.place_id,
            subject_id=subject,
            questions=tuple(seal("questions", text) for text in _filled(what.questions)),
            attachments=await self._copies(case.subject_id, subject, what.photos),
            could_know=what.could_know,
            could_know_sealed=seal("could_know", str(what.could_know)),
            few_reason=seal("few_reason", few) if few else None,
            preview_confirmed=what.preview_confirmed,
            law=await self._law.at(case.authority_id, at),
            due_on=what.due_on,
            date_reason=what.date_reason,
        )

    async def _copies(self, of_case: UUID, subject: UUID, photos: Sequence[CasePhoto]) -> tuple[c.LookedAt, ...]:
        """Made anew under the request's own key, without the name or anything else of the first ones."""
        context, copies = f"{f.ExplanationRequested.TOPIC}:attachments", list[c.LookedAt]()
        for photo in photos:
            data = await self._files.read(of_case, photo.attachment.address)
            copy = await self._files.keep_public_image(subject, context, data)
            copies.append(c.LookedAt(_file(copy), photo.looked_at))
        return tuple(copies)

    async def _keep(self, state: Explanation, papers: Sequence[Paper]) -> tuple[f.ExplanationFile, ...]:
        if state.subject_id is None:
            raise NotVisibleError
        context = f"{f.ExplanationGiven.TOPIC}:attachments"
        kept = [await self._files.keep_evidence(state.subject_id, context, paper.name, paper.data) for paper in papers]
        return tuple(_file(file) for file in kept)

    async def _number(self) -> str:
        signs = SIGNS
        while True:
            for _draw in range(DRAWS):
                number = PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(signs))
                if not await self._numbers.taken(number):
                    return number
            signs += 1

    def _seal(self, state: Explanation | None, fact: type[Fact], field: str, text: str) -> Sealed:
        if state is None or state.subject_id is None:
            raise NotVisibleError
        return self._vault.seal(state.subject_id, f"{fact.TOPIC}:{field}", text.strip())


def _filled(questions: Sequence[str]) -> list[str]:
    return [text.strip() for text in questions if text.strip()]


def _file(file: StoredFile) -> f.ExplanationFile:
    return f.ExplanationFile(uuid4(), file.address, file.media_type, file.size, file.meta)
