"""The part of the feedback desk for what happens on the way: corrections, covered words, information, the superior."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from application.access import Actor, Role
from application.feedback_endings import FeedbackEndings
from application.ports import Receipt, Request
from domain.calendar import legal_date
from domain.feedback import commands
from domain.feedback import mending_commands as c
from domain.feedback.events import AnswerPart
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import AssessedAs, Outcome, TextPlace
from domain.kernel import Command, RefusalError


class NoSuperiorError(RefusalError):
    """The authority has nobody above it in this store."""

    code = "no-superior"


class FeedbackMendings(FeedbackEndings):
    """Raises what the executor raises."""

    async def draft_correction(
        self, actor: Actor, request: Request, case_id: UUID, outcome: Outcome, parts: dict[int, str], reason: str
    ) -> Receipt:
        """How an answer that was sent should have read, whole."""
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            sealed = tuple(
                AnswerPart(number, self._seal(state, "feedback.answer_correction_drafted.v1:parts", text.strip()))
                for number, text in sorted(parts.items())
                if text.strip()
            )
            return c.DraftCorrection(by=actor.id, at=at, outcome=outcome, parts=sealed, reason=reason)

        return await self._do(actor, request, case_id, "correction-drafts", build)

    async def return_correction(self, actor: Actor, request: Request, case_id: UUID, reason: str) -> Receipt:
        """The answer stays as it was sent."""
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            text = self._seal(state, "feedback.answer_correction_returned.v1:reason", reason)
            return c.ReturnCorrection(by=actor.id, at=at, reason=text)

        return await self._do(actor, request, case_id, "correction-returns", build)

    async def release_correction(
        self, actor: Actor, request: Request, case_id: UUID, alone_reason: str = ""
    ) -> Receipt:
        """The sender reads the new answer from now on, and that it was corrected."""
        at = self._clock.now()
        law = await self._law.at(actor.authority_id, at)
        others = await self._others(actor, (Role.HEAD,), at)
        command = c.ReleaseCorrection(by=actor.id, at=at, law=law, alone_reason=alone_reason, others=others)
        return await self._do(actor, request, case_id, "corrections", command)

    async def hide_words(
        self, actor: Actor, request: Request, case_id: UUID, place: TextPlace, number: int, text: str, reason: str
    ) -> Receipt:
        """`text`: the whole wording that is shown from now on, at every moment that is looked at."""
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            sealed = self._seal(state, "feedback.words_hidden.v1:text", text)
            return c.HideWords(by=actor.id, at=at, place=place, number=number, text=sealed, reason=reason)

        return await self._do(actor, request, case_id, "hidden-words", build)

    async def open_information(
        self, actor: Actor, request: Request, case_id: UUID, readers: Sequence[UUID], guidance: str, reason: str
    ) -> Receipt:
        """From here on named people only; the sender reads how to denounce and what protects him."""
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            text = self._seal(state, "feedback.information_case_opened.v1:guidance", guidance.strip())
            return c.OpenInformationCase(
                by=actor.id, at=at, reader_ids=tuple(dict.fromkeys(readers)), guidance=text, reason=reason
            )

        return await self._do(actor, request, case_id, "information-openings", build)

    async def assess_information(
        self, actor: Actor, request: Request, case_id: UUID, result: AssessedAs, assessment: str, receiver: str = ""
    ) -> Receipt:
        """What is done with it."""
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            text = self._seal(state, "feedback.information_assessed.v1:assessment", assessment)
            return c.AssessInformation(by=actor.id, at=at, result=result, assessment=text, receiver=receiver)

        return await self._do(actor, request, case_id, "information-assessments", build)

    async def refer_to_superior(self, actor: Actor, request: Request, case_id: UUID, reason: str) -> Receipt:
        """The head of the administrative superior may see and decide it too. Raises NoSuperiorError."""
        await self.must_see(actor, case_id, "superior-referrals")
        superior = await self._superior(actor)
        if superior is None:
            raise NoSuperiorError
        command = c.ReferToSuperior(by=actor.id, at=self._clock.now(), superior_id=superior, reason=reason)
        return await self._do(actor, request, case_id, "superior-referrals", command)

    async def declare_involvement(self, actor: Actor, request: Request, case_id: UUID) -> Receipt:
        """Tôi có liên quan. Where the only head says so, the superior's head is called in with the same act."""
        at, superior = self._clock.now(), None
        if Role.HEAD in actor.roles and not await self._others(actor, (Role.HEAD,), at):
            superior = await self._superior(actor)
        command = commands.DeclareInvolvement(by=actor.id, at=at, superior_id=superior)
        return await self._do(actor, request, case_id, "involvements", command)

    async def _superior(self, actor: Actor) -> UUID | None:
        """Who stands directly above the actor's authority today."""
        if actor.authority_id is None:
            return None
        return await self._tree.superior(actor.authority_id, legal_date(self._clock.now()))
