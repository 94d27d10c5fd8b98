"""The part of the feedback desk by which a case ends another way than by an answer, and comes back from there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from application.access import Actor, NotVisibleError, Role, everyone
from application.execute import Act
from application.feedback_access import citizen_or, may, sees_feedback
from application.feedback_intake import FeedbackIntake
from application.ports import Receipt, Request, Versioned
from application.privacy import erasure_stream_of
from domain.authorities.authority import AUTHORITY
from domain.calendar import legal_date
from domain.feedback import ending_commands as c
from domain.feedback.ending import part_of, received_elsewhere
from domain.feedback.events import FeedbackSubmitted, SplitPart
from domain.feedback.feedback import FEEDBACK
from domain.feedback.pieces import pieces_of
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Channel, Ending, GuidedTo, IneligibleGround
from domain.kernel import Command
from domain.privacy.erasure import ERASURE

CONTENT = f"{FeedbackSubmitted.TOPIC}:content"
SECONDERS = (Role.INTAKE, Role.HEAD)
"""Who may agree that something is spam."""


class FeedbackEndings(FeedbackIntake):
    """Raises what the executor raises."""

    async def pieces(self, actor: Actor, case_id: UUID) -> tuple[str, ...]:
        """The text cut into what a split deals out. Raises ErasedError."""
        state = (await self._present(actor, case_id, "splits")).state
        return pieces_of(self._vault.open(state.content)) if state.content else ()

    async def split(
        self, actor: Actor, request: Request, case_id: UUID, parts: Sequence[Sequence[int]], reason: str
    ) -> Receipt:
        """`parts`: for each new case the numbers of the pieces that it takes, from 1. One append over all streams."""
        if known := await self._execute.known(request):
            return known
        seen = await self._present(actor, case_id, "splits")
        state, at = seen.state, self._clock.now()
        pieces = pieces_of(self._vault.open(state.content)) if state.content else ()
        dealt = tuple(
            SplitPart(uuid5(request.id, f"part {number}"), tuple(sorted({n for n in part if 1 <= n <= len(pieces)})))
            for number, part in enumerate(parts, start=1)
        )
        command = c.SplitFeedback(by=actor.id, at=at, pieces=len(pieces), parts=dealt, reason=reason)
        act = Act(FEEDBACK, case_id, command, sees_feedback, may("splits"))
        return await self._execute(
            actor, request, act, *(self._part(actor, at, case_id, state, part, pieces) for part in dealt)
        )

    def _part(
        self, actor: Actor, at: datetime, case_id: UUID, state: Feedback, part: SplitPart, pieces: Sequence[str]
    ) -> Act:
        """The case goes on in the same hands, with the days that ran."""
        opening, subject = _opening(state)
        opening = part_of(
            opening,
            content=self._vault.seal(subject, CONTENT, "\n\n".join(pieces[number - 1] for number in part.pieces)),
            authority_id=state.authority_id,
            sensitivity=state.sensitivity,
            terms=state.without_term("acknowledge", "triage"),
            split_from=case_id,
            transferred_from=None,
        )
        command = c.OpenFromOther(
            by=actor.id, at=at, opening=opening, holder_id=state.holder_id, holder_post_id=actor.post_id
        )
        return Act(FEEDBACK, part.case_id, command, everyone, everyone)

    async def link_duplicate(
        self, actor: Actor, request: Request, case_id: UUID, of_case_id: UUID, reason: str
    ) -> Receipt:
        """Says what another case says. One that this person may not see is refused like one that is none."""
        other = await self._execute.load(FEEDBACK, of_case_id)
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            goes_on = (
                other is not None
                and sees_feedback(actor, other.state)
                and of_case_id != case_id
                and other.state.authority_id == state.authority_id
                and other.state.ending is None
                and not other.state.information
            )
            return c.LinkDuplicate(by=actor.id, at=at, of_case_id=of_case_id, other_goes_on=goes_on, reason=reason)

        return await self._do(actor, request, case_id, "duplicate-links", build)

    async def unlink_duplicate(self, actor: Actor, request: Request, case_id: UUID, reason: str) -> Receipt:
        """It was none."""
        command = c.UnlinkDuplicate(by=actor.id, at=self._clock.now(), reason=reason)
        return await self._do(actor, request, case_id, "duplicate-unlinkings", command)

    async def transfer(
        self,
        actor: Actor,
        request: Request,
        case_id: UUID,
        *,
        receiver: str,
        where_to_ask: str,
        document: str,
        reason: str,
        to_authority: UUID | None = None,
    ) -> Receipt:
        """To a body outside, or to an authority of this store, which gets a case of its own in the same append."""
        if known := await self._execute.known(request):
            return known
        seen = await self._present(actor, case_id, "transfers")
        at, works, opened = self._clock.now(), None, None
        if to_authority is not None:
            there = await self._execute.load(AUTHORITY, to_authority)
            works = there is not None and there.state.exists_on(legal_date(at))
            opened = uuid5(request.id, "transferred")
        command = c.TransferFeedback(
            by=actor.id,
            at=at,
            receiver=receiver,
            to_authority_id=to_authority,
            receiver_works=works,
            opened_case_id=opened,
            where_to_ask=where_to_ask,
            document=document,
            reason=reason,
        )
        acts = [Act(FEEDBACK, case_id, command, sees_feedback, may("transfers"))]
        if to_authority is not None and opened is not None and works:
            opening, _subject = _opening(seen.state)
            law = await self._law.at(to_authority, at)
            first = received_elsewhere(
                opening, to_authority, law, at, transferred_from=case_id, split_from=None, content=seen.state.content
            )
            acts.append(Act(FEEDBACK, opened, c.OpenFromOther(by=actor.id, at=at, opening=first), everyone, everyone))
        return await self._execute(actor, request, *acts)

    async def recall_transfer(self, actor: Actor, request: Request, case_id: UUID, reason: str) -> Receipt:
        """Taken back before anybody there opened it; both sides in one append."""
        if known := await self._execute.known(request):
            return known
        seen = await self._present(actor, case_id, "transfer-recalls")
        at = self._clock.now()
        there = next(iter(seen.state.relatives - _origins(seen.state)), None)
        other = await self._execute.load(FEEDBACK, there) if there else None
        command = c.RecallTransfer(
            by=actor.id, at=at, opened_there=other is not None and other.state.holder_id is not None, reason=reason
        )
        acts = [Act(FEEDBACK, case_id, command, sees_feedback, may("transfer-recalls"))]
        if other is not None and there is not None and other.state.holder_id is None:
            back = c.CloseRecalled(by=actor.id, at=at, reason=reason)
            acts.append(Act(FEEDBACK, there, back, everyone, everyone))
        return await self._execute(actor, request, *acts)

    async def guide(
        self, actor: Actor, request: Request, case_id: UUID, to: GuidedTo, guidance: str, document: str
    ) -> Receipt:
        """What the sender has to do elsewhere."""
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            text = self._seal(state, "feedback.sender_guided.v1:guidance", guidance.strip())
            return c.GuideSender(by=actor.id, at=at, to=to, guidance=text, document=document)

        return await self._do(actor, request, case_id, "guidances", build)

    async def withdraw_guidance(self, actor: Actor, request: Request, case_id: UUID, reason: str) -> Receipt:
        """It was wrong."""
        command = c.WithdrawGuidance(by=actor.id, at=self._clock.now(), reason=reason)
        return await self._do(actor, request, case_id, "guidance-withdrawals", command)

    async def find_ineligible(
        self, actor: Actor, request: Request, case_id: UUID, ground: IneligibleGround, reason: str
    ) -> Receipt:
        """The sender reads the reason."""
        at = self._clock.now()
        seen = await self._execute.load(FEEDBACK, case_id)
        law = await self._law.at(seen.state.authority_id if seen else None, at)

        def build(state: Feedback) -> Command:
            text = self._seal(state, "feedback.found_ineligible.v1:reason", reason.strip())
            return c.FindIneligible(by=actor.id, at=at, ground=ground, reason=text, law=law)

        return await self._do(actor, request, case_id, "ineligibility-findings", build)

    async def revoke_ineligibility(self, actor: Actor, request: Request, case_id: UUID, reason: str) -> Receipt:
        """It can be handled after all."""
        command = c.RevokeIneligibility(by=actor.id, at=self._clock.now(), reason=reason)
        return await self._do(actor, request, case_id, "ineligibility-revocations", command)

    async def purge(self, actor: Actor, request: Request, case_id: UUID, document: str) -> Receipt:
        """After the kept year, by a signed list; the reaction destroys the key."""
        seen = await self._present(actor, case_id, "purges")
        _opened, subject = _opening(seen.state)
        erasure = await self._execute.load(ERASURE, erasure_stream_of(subject))
        command = c.PurgePetition(
            by=actor.id,
            at=self._clock.now(),
            document=document,
            held=erasure is not None and bool(erasure.state.holds),
            shared=await self._needed(seen.state),
        )
        return await self._do(actor, request, case_id, "purges", command)

    async def _needed(self, state: Feedback) -> bool:
        """Whether another case holds words under the same key that are not purged yet."""
        for case_id in state.relatives:
            other = await self._execute.load(FEEDBACK, case_id)
            if other is not None and not other.state.purged and other.state.ending not in _HOLDS_NOTHING:
                return True
        return False

    async def propose_spam(self, actor: Actor, request: Request, case_id: UUID, reason: str) -> Receipt:
        """The first of two."""
        command = c.ProposeSpam(by=actor.id, at=self._clock.now(), reason=reason)
        return await self._do(actor, request, case_id, "spam-proposals", command)

    async def doubt_spam(self, actor: Actor, request: Request, case_id: UUID, reason: str) -> Receipt:
        """The second does not agree."""
        command = c.DoubtSpam(by=actor.id, at=self._clock.now(), reason=reason)
        return await self._do(actor, request, case_id, "spam-refusals", command)

    async def agree_on_spam(self, actor: Actor, request: Request, case_id: UUID, alone_reason: str = "") -> Receipt:
        """The second agrees. `alone_reason`: there is no second person in this authority."""
        at = self._clock.now()
        command = c.AgreeOnSpam(
            by=actor.id, at=at, alone_reason=alone_reason, others=await self._others(actor, SECONDERS, at)
        )
        return await self._do(actor, request, case_id, "spam-confirmations", command)

    async def revoke_spam(self, actor: Actor, request: Request, case_id: UUID, reason: str) -> Receipt:
        """It was none."""
        command = c.RevokeSpam(by=actor.id, at=self._clock.now(), reason=reason)
        return await self._do(actor, request, case_id, "spam-revocations", command)

    async def withdraw(
        self,
        actor: Actor,
        request: Request,
        case_id: UUID,
        reason: str = "",
        *,
        channel: Channel = Channel.QR,
        received_at: datetime | None = None,
        late_reason: str = "",
        spoken: bool = False,
    ) -> Receipt:
        """By the sender with the code, or by an official, also one told the code (`spoken`). No reason is asked for."""
        at = self._clock.now()

        def build(state: Feedback) -> Command:
            said = self._seal(state, "feedback.withdrawn.v1:reason", reason.strip()) if reason.strip() else None
            return c.WithdrawFeedback(
                by=actor.id, at=at, channel=channel, reason=said, received_at=received_at, late_reason=late_reason
            )

        policies = citizen_or(actor, "withdrawals", spoken=spoken)
        return await self._execute(actor, request, Act(FEEDBACK, case_id, build, *policies))

    async def _others(self, actor: Actor, roles: Sequence[Role], at: datetime) -> int:
        if actor.authority_id is None:
            return 0
        return await self._staffing.others(actor.authority_id, roles, legal_date(at), actor.id)

    async def _present(self, actor: Actor, case_id: UUID, action: str) -> Versioned[Feedback]:
        """For what must be looked at before the command is built. Raises NotVisibleError, ForbiddenError."""
        await self.must_see(actor, case_id, action)
        seen = await self._execute.load(FEEDBACK, case_id)
        if seen is None:
            raise NotVisibleError
        return seen


_HOLDS_NOTHING = (Ending.SPLIT, Ending.RECALLED)


def _opening(state: Feedback) -> tuple[FeedbackSubmitted, UUID]:
    if state.opened is None or state.subject_id is None:
        raise NotVisibleError
    return state.opened, state.subject_id


def _origins(state: Feedback) -> set[UUID]:
    opened = state.opened
    return {case for case in (opened.split_from, opened.transferred_from) if case} if opened else set()
