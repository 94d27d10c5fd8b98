"""The feedback desk: one method for each thing an official or a sender does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from application.access import Actor, Role
from application.execute import Act
from application.feedback_access import citizen_or, sees_feedback
from application.feedback_mendings import FeedbackMendings
from application.ports import Identity, Receipt, Request
from domain.authorities.authority import AUTHORITY
from domain.calendar import legal_date
from domain.feedback import commands as c
from domain.feedback.events import AnswerPart, SenderReplied
from domain.feedback.feedback import FEEDBACK
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import AskedBy, Channel, Outcome, Sensitivity
from domain.kernel import Command


class FeedbackDesk(FeedbackMendings):
    """Questions, answers, release, secrecy and hand-over. Raises what the executor raises."""

    async def ask(self, actor: Actor, request: Request, case_id: UUID, question: str) -> Receipt:
        """One question to the sender."""
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            return c.AskSender(
                by=actor.id, at=at, question=self._seal(state, "feedback.sender_asked.v1:question", question)
            )

        return await self._do(actor, request, case_id, "questions", build)

    async def reply(
        self,
        actor: Actor,
        request: Request,
        case_id: UUID,
        *,
        question: int,
        text: str,
        photos: Sequence[bytes] = (),
        channel: Channel = Channel.QR,
        received_at: datetime | None = None,
        late_reason: str = "",
        spoken: bool = False,
    ) -> Receipt:
        """By the sender with the code, or recorded by an official who got it another way.

        `spoken`: the official was told the code and acts by it.
        """
        if known := await self._execute.known(request):
            return known
        at = self._clock.now()
        policies = citizen_or(actor, "replies", spoken=spoken)
        subject = await self._subject(actor, case_id, *policies) if photos else None
        attachments = await self._photos(subject, f"{SenderReplied.TOPIC}:attachments", photos) if subject else ()

        def build(state: Feedback) -> Command:
            return c.ReplyToQuestion(
                by=actor.id,
                at=at,
                question_number=question,
                reply=self._seal(state, f"{SenderReplied.TOPIC}:reply", text),
                attachments=attachments,
                channel=channel,
                received_at=received_at,
                late_reason=late_reason.strip(),
            )

        return await self._execute(actor, request, Act(FEEDBACK, case_id, build, *policies))

    async def draft(
        self, actor: Actor, request: Request, case_id: UUID, outcome: Outcome, parts: dict[int, str]
    ) -> Receipt:
        """The answer request by request; those left empty are not covered yet."""
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            sealed = tuple(
                AnswerPart(number, self._seal(state, "feedback.answer_drafted.v1:parts", text.strip()))
                for number, text in sorted(parts.items())
                if text.strip()
            )
            return c.DraftAnswer(by=actor.id, at=at, outcome=outcome, parts=sealed)

        return await self._do(actor, request, case_id, "drafts", build)

    async def submit_for_release(self, actor: Actor, request: Request, case_id: UUID) -> Receipt:
        """Lay the draft on the head's desk."""
        command = c.SubmitAnswerForRelease(by=actor.id, at=self._clock.now())
        return await self._do(actor, request, case_id, "release-requests", command)

    async def return_answer(self, actor: Actor, request: Request, case_id: UUID, reason: str) -> Receipt:
        """Back to the drafter."""
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            return c.ReturnAnswer(
                by=actor.id, at=at, reason=self._seal(state, "feedback.answer_returned.v1:reason", reason)
            )

        return await self._do(actor, request, case_id, "returns", build)

    async def release(self, actor: Actor, request: Request, case_id: UUID, alone_reason: str = "") -> Receipt:
        """The sender can read it from now on. `alone_reason`: drafter and head are one person, as there is no other.

        Who is no head answers by a delegation that names the category of the case.
        """
        at = self._clock.now()
        law = await self._law.at(actor.authority_id, at)
        others = await self._others(actor, (Role.HEAD,), at)

        def build(state: Feedback) -> Command:
            by_delegation = None if Role.HEAD in actor.roles else actor.delegation_for(state.category)
            return c.ReleaseAnswer(
                by=actor.id, at=at, law=law, alone_reason=alone_reason, others=others, delegation_id=by_delegation
            )

        return await self._do(actor, request, case_id, "releases", build)

    async def close(self, actor: Actor, request: Request, case_id: UUID, reason: str) -> Receipt:
        """Nothing more is to be done."""
        command = c.CloseFeedback(by=actor.id, at=self._clock.now(), reason=reason.strip())
        return await self._do(actor, request, case_id, "closures", command)

    async def reopen(
        self, actor: Actor, request: Request, case_id: UUID, reason: str, *, spoken: bool = False
    ) -> Receipt:
        """Asked for by the sender within the window, also by a `spoken` code, or done by an official."""
        at = self._clock.now()
        seen = await self._execute.load(FEEDBACK, case_id)
        law = await self._law.at(seen.state.authority_id if seen else None, at)
        asked_by = AskedBy.SENDER if actor.kind == "citizen" or spoken else AskedBy.OFFICIAL

        def build(state: Feedback) -> Command:
            sealed = self._seal(state, "feedback.reopened.v1:reason", reason)
            return c.ReopenFeedback(by=actor.id, at=at, asked_by=asked_by, reason=sealed, law=law)

        policies = citizen_or(actor, "reopenings", spoken=spoken)
        return await self._execute(actor, request, Act(FEEDBACK, case_id, build, *policies))

    async def add_note(self, actor: Actor, request: Request, case_id: UUID, note: str) -> Receipt:
        """For colleagues only."""
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            return c.AddInternalNote(
                by=actor.id, at=at, note=self._seal(state, "feedback.internal_note_added.v1:note", note)
            )

        return await self._do(actor, request, case_id, "notes", build)

    async def restrict(
        self, actor: Actor, request: Request, case_id: UUID, sensitivity: Sensitivity, reason: str
    ) -> Receipt:
        """Only handler, head and named people from now on."""
        command = c.RestrictFeedback(by=actor.id, at=self._clock.now(), sensitivity=sensitivity, reason=reason)
        return await self._do(actor, request, case_id, "restrictions", command)

    async def name_reader(
        self, actor: Actor, request: Request, case_id: UUID, official_id: UUID, reason: str
    ) -> Receipt:
        """One more person may see it."""
        command = c.NameReader(by=actor.id, at=self._clock.now(), official_id=official_id, reason=reason)
        return await self._do(actor, request, case_id, "reader-namings", command)

    async def dismiss_reader(
        self, actor: Actor, request: Request, case_id: UUID, official_id: UUID, reason: str
    ) -> Receipt:
        """That person no longer may."""
        command = c.DismissReader(by=actor.id, at=self._clock.now(), official_id=official_id, reason=reason)
        return await self._do(actor, request, case_id, "reader-dismissals", command)

    async def hand_over(
        self, actor: Actor, request: Request, case_id: UUID, to_authority: UUID, reason: str, document: str
    ) -> Receipt:
        """To the successor or the competent authority; number and terms stay."""
        at = self._clock.now()
        receiver = await self._execute.load(AUTHORITY, to_authority)
        command = c.HandOverFeedback(
            by=actor.id,
            at=at,
            to_authority_id=to_authority,
            receiver_works=receiver is not None and receiver.state.exists_on(legal_date(at)),
            reason=reason,
            document=document,
        )
        return await self._do(actor, request, case_id, "hand-overs", command)

    async def rederive(
        self, actor: Actor, request: Request, case_id: UUID, reason: str, known_at: datetime | None = None
    ) -> Receipt:
        """After the calendar or a rule changed; by the system.

        `known_at`: when the change was recorded, should that clock be ahead of ours.
        """
        at = max(self._clock.now(), known_at or self._clock.now())
        seen = await self._execute.load(FEEDBACK, case_id)
        law = await self._law.at(seen.state.authority_id if seen else None, at)
        command = c.RederiveTerms(by=actor.id, at=at, law=law, reason=reason)
        act = Act(FEEDBACK, case_id, command, sees_feedback, lambda who, _state: who.kind == "system")
        return await self._execute(actor, request, act)

    async def disclose_identity(
        self, actor: Actor, request: Request, case_id: UUID, reason: str
    ) -> tuple[Receipt, Identity | None]:
        """Who sent it. The fact is durable before anything is opened. Raises ErasedError.

        A repetition finds its receipt without being asked who may: what is opened for it is asked by today's right.
        """
        command = c.DiscloseIdentity(by=actor.id, at=self._clock.now(), reason=reason.strip())
        receipt = await self._do(actor, request, case_id, "identity-disclosures", command)
        await self.must_see(actor, case_id, "identity-disclosures")
        seen = await self._execute.load(FEEDBACK, case_id)
        ref = seen.state.identity_ref if seen else None
        return receipt, await self._identities.open(ref) if ref else None
