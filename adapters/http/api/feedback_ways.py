"""The other ways a feedback goes, and how mistakes are mended: one address for each intention, made from a table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, post
from litestar.handlers import HTTPRouteHandler

from adapters.http.api.feedback import AloneBody, AnswerPartBody, Line, Reason, ReasonBody, Text, When, read
from adapters.http.api.views import Done, done
from adapters.http.conditional import Intents
from adapters.http.injected import FromPath, Injected
from adapters.http.openapi import BODY
from adapters.http.problems import FieldFault, InvalidInputError
from application import ports
from application.access import Actor
from application.feedback import FeedbackDesk
from application.officials import Officials
from application.ports import Receipt
from domain.feedback.vocabulary import AssessedAs, Channel, GuidedTo, IneligibleGround, Outcome, TextPlace

B = TypeVar("B", bound=msgspec.Struct)
Pieces = Annotated[list[int], msgspec.Meta(max_length=500)]


class SplitBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`parts`: for each new case the numbers of the pieces of the text that it takes, from 1."""

    parts: Annotated[list[Pieces], msgspec.Meta(max_length=10)]
    reason: Text


class DuplicateBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`of`: the case that goes on."""

    of: UUID
    reason: Text


class TransferBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To an authority of this store, or to a body outside by its name."""

    where_to_ask: Line
    reason: Text
    receiver: Annotated[str, msgspec.Meta(max_length=500)] = ""
    to_authority_id: UUID | None = None
    document: Annotated[str, msgspec.Meta(max_length=500)] = ""


class SenderGuidanceBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    to: GuidedTo
    guidance: Text
    document: Annotated[str, msgspec.Meta(max_length=500)] = ""


class IneligibleBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ground: IneligibleGround
    reason: Text


class PurgeBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`document`: number and day of the signed list."""

    document: Line


class WithdrawalBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the sender said or wrote."""

    channel: Channel
    reason: Reason = ""
    received_at: When = None
    late_reason: Reason = ""


class CorrectionBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    outcome: Outcome
    parts: Annotated[list[AnswerPartBody], msgspec.Meta(max_length=30)]
    reason: Text


class HiddenBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`text`: the whole wording that is shown from now on. `number`: of the question; 0 for the submission."""

    place: TextPlace
    text: Text
    reason: Text
    number: int = 0


class InformationBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    guidance: Text
    reason: Text
    reader_ids: Annotated[list[UUID], msgspec.Meta(max_length=20)] = []


class AssessmentBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    result: AssessedAs
    assessment: Text
    receiver: Annotated[str, msgspec.Meta(max_length=500)] = ""


class Wish(msgspec.Struct, Generic[B], frozen=True):
    """What one person wants of one case."""

    desk: FeedbackDesk
    officials: Officials
    actor: Actor
    request: ports.Request
    case: UUID
    body: B

    @property
    def whom(self) -> tuple[Actor, ports.Request, UUID]:
        """What every method of the desk begins with."""
        return self.actor, self.request, self.case


def intention(
    action: str, operation_id: str, shape: type[B], perform: Callable[[Wish[B]], Awaitable[Receipt]], about: str
) -> HTTPRouteHandler:
    """The address of one intention."""

    @post(f"/{action}", operation_id=operation_id, opt={BODY: shape}, description=about)
    async def handle(
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
        officials: Injected[Officials],
    ) -> Response[Done]:
        case, wish = await read(intents, request, actor, feedback, case_id, action, shape)
        return done(await perform(Wish(feedback, officials, actor, wish.request, case, wish.body)))

    return handle


async def _split(w: Wish[SplitBody]) -> Receipt:
    return await w.desk.split(*w.whom, w.body.parts, w.body.reason)


async def _link(w: Wish[DuplicateBody]) -> Receipt:
    return await w.desk.link_duplicate(*w.whom, w.body.of, w.body.reason)


async def _transfer(w: Wish[TransferBody]) -> Receipt:
    return await w.desk.transfer(
        *w.whom,
        receiver=w.body.receiver,
        where_to_ask=w.body.where_to_ask,
        document=w.body.document,
        reason=w.body.reason,
        to_authority=w.body.to_authority_id,
    )


async def _guide(w: Wish[SenderGuidanceBody]) -> Receipt:
    return await w.desk.guide(*w.whom, w.body.to, w.body.guidance, w.body.document)


async def _withdraw(w: Wish[WithdrawalBody]) -> Receipt:
    return await w.desk.withdraw(
        *w.whom,
        w.body.reason,
        channel=w.body.channel,
        received_at=w.body.received_at,
        late_reason=w.body.late_reason,
    )


async def _correct(w: Wish[CorrectionBody]) -> Receipt:
    parts = {part.request: part.text for part in w.body.parts}
    return await w.desk.draft_correction(*w.whom, w.body.outcome, parts, w.body.reason)


async def _hide(w: Wish[HiddenBody]) -> Receipt:
    return await w.desk.hide_words(*w.whom, w.body.place, w.body.number, w.body.text, w.body.reason)


async def _open_information(w: Wish[InformationBody]) -> Receipt:
    for reader in w.body.reader_ids:
        if await w.officials.colleague(w.actor, reader) is None:
            await w.desk.must_see(w.actor, w.case, "information-openings")
            raise InvalidInputError(FieldFault("reader_ids", "no such colleague"))
    return await w.desk.open_information(*w.whom, w.body.reader_ids, w.body.guidance, w.body.reason)


async def _assess(w: Wish[AssessmentBody]) -> Receipt:
    return await w.desk.assess_information(*w.whom, w.body.result, w.body.assessment, w.body.receiver)


def _because(method: str) -> Callable[[Wish[ReasonBody]], Awaitable[Receipt]]:
    """For methods that ask only for a reason."""

    async def perform(w: Wish[ReasonBody]) -> Receipt:
        receipt: Receipt = await getattr(w.desk, method)(*w.whom, w.body.reason)
        return receipt

    return perform


async def _find_ineligible(w: Wish[IneligibleBody]) -> Receipt:
    return await w.desk.find_ineligible(*w.whom, w.body.ground, w.body.reason)


async def _purge(w: Wish[PurgeBody]) -> Receipt:
    return await w.desk.purge(*w.whom, w.body.document)


async def _agree_on_spam(w: Wish[AloneBody]) -> Receipt:
    return await w.desk.agree_on_spam(*w.whom, w.body.alone_reason)


async def _release_correction(w: Wish[AloneBody]) -> Receipt:
    return await w.desk.release_correction(*w.whom, w.body.alone_reason)


SUBMISSION_WAYS = Router(
    path="/api/submissions/{case_id:str}",
    tags=["Submissions"],
    route_handlers=[
        intention("splits", "SplitSubmission", SplitBody, _split, "Split: all text stays in some part (CMP-I14)."),
        intention("duplicate-links", "LinkDuplicate", DuplicateBody, _link, "Another case says the same and goes on."),
        intention(
            *("duplicate-unlinkings", "UnlinkDuplicate", ReasonBody, _because("unlink_duplicate")),
            about="It was no duplicate.",
        ),
        intention(
            *("transfers", "TransferSubmission", TransferBody, _transfer),
            about="To the competent body; the sender learns where to ask.",
        ),
        intention(
            *("transfer-recalls", "RecallTransfer", ReasonBody, _because("recall_transfer")),
            about="As long as nobody there has opened it.",
        ),
        intention("guidances", "GuideSender", SenderGuidanceBody, _guide, "What the sender has to do elsewhere."),
        intention(
            *("guidance-withdrawals", "WithdrawGuidance", ReasonBody, _because("withdraw_guidance")),
            about="The guidance was wrong; the case goes on.",
        ),
        intention(
            *("ineligibility-findings", "FindIneligible", IneligibleBody, _find_ineligible),
            about="Kept for a year (TT 05/2021); the sender reads the reason.",
        ),
        intention(
            *("ineligibility-revocations", "RevokeIneligibility", ReasonBody, _because("revoke_ineligibility")),
            about="It can be handled after all.",
        ),
        intention("purges", "PurgePetition", PurgeBody, _purge, "After the kept year, by a signed list (CMP-I9)."),
        intention(
            *("spam-proposals", "ProposeSpam", ReasonBody, _because("propose_spam")),
            about="The first of two people.",
        ),
        intention(
            *("spam-confirmations", "ConfirmSpam", AloneBody, _agree_on_spam),
            about="The second person agrees.",
        ),
        intention(
            *("spam-refusals", "RefuseSpam", ReasonBody, _because("doubt_spam")),
            about="The second person does not agree: the case goes on.",
        ),
        intention(*("spam-revocations", "RevokeSpam", ReasonBody, _because("revoke_spam")), about="It was no spam."),
        intention("withdrawals", "RecordWithdrawal", WithdrawalBody, _withdraw, "What the sender said or wrote."),
        intention(
            *("information-openings", "OpenInformationCase", InformationBody, _open_information),
            about="Never a denunciation (CMP-I2); read by named people only.",
        ),
    ],
)
FEEDBACK_WAYS = Router(
    path="/api/feedback/{case_id:str}",
    tags=["Feedback"],
    route_handlers=[
        intention(
            *("correction-drafts", "DraftCorrection", CorrectionBody, _correct),
            about="How an answer that was sent should have read.",
        ),
        intention(
            *("correction-returns", "ReturnCorrection", ReasonBody, _because("return_correction")),
            about="The answer stays as it was sent.",
        ),
        intention(
            *("corrections", "ReleaseCorrection", AloneBody, _release_correction),
            about="The sender reads the new answer, and that it was corrected.",
        ),
        intention(
            *("hidden-words", "HideWords", HiddenBody, _hide),
            about="A name typed into a text is covered, at every moment that is looked at.",
        ),
        intention(
            *("information-assessments", "AssessInformation", AssessmentBody, _assess),
            about="What is done with the information.",
        ),
        intention(
            *("superior-referrals", "ReferToSuperior", ReasonBody, _because("refer_to_superior")),
            about="Nobody is left here who may decide.",
        ),
    ],
)
FEEDBACK_WAY_ROUTES = (SUBMISSION_WAYS, FEEDBACK_WAYS)
