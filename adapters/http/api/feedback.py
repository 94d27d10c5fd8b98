"""What officials do to a feedback: one address for each intention."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, post

from adapters.http.api.views import Done, done
from adapters.http.conditional import B, Intent, Intents, Nothing, etag, path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.openapi import BODY
from adapters.http.problems import FieldFault, InvalidInputError
from application.access import Actor
from application.feedback import FeedbackDesk
from application.officials import Officials
from application.ports import Identity
from domain.feedback.vocabulary import Channel, Kind, Outcome, Sensitivity

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Reason = Annotated[str, msgspec.Meta(max_length=2_000)]


When: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)] | None
"""When something came, with its offset."""


class ClassifyBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: Kind
    category: str
    title: Line
    requests: Annotated[list[Text], msgspec.Meta(min_length=1, max_length=30)]
    sub_category: str = ""
    reason: Reason = ""


class AssignBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    handler_id: UUID
    reason: Reason = ""


class QuestionBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    question: Text


class ReplyBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reply that came on paper or by telephone."""

    question: int
    text: Text
    channel: Channel
    received_at: When = None
    late_reason: Reason = ""


class AnswerPartBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    request: int
    text: Text


class DraftBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    outcome: Outcome
    parts: Annotated[list[AnswerPartBody], msgspec.Meta(max_length=30)]


class ReasonBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Text


class AloneBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`alone_reason`: why one person does both halves, where the authority has nobody else."""

    alone_reason: Reason = ""


class NoteBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    note: Text


class RestrictBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sensitivity: Sensitivity
    reason: Text


class ReaderBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    official_id: UUID
    reason: Text


class HandOverBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    to_authority_id: UUID
    reason: Text
    document: Reason = ""


class IdentityAnswer(msgspec.Struct, frozen=True):
    """Who sent it; null where nothing was left."""

    id: UUID
    version: int
    identity: Identity | None


async def read(
    intents: Intents,
    request: Request[Any, Any, Any],
    actor: Actor,
    desk: FeedbackDesk,
    case_id: str,
    action: str,
    shape: type[B],
    *,
    new: bool = False,
) -> tuple[UUID, Intent[B]]:
    """Id and wish. What may not be seen is missing before any fault of the request is named."""
    identifier = path_id(case_id)
    wish = await intents.read(request, actor.id, shape, lambda: desk.must_see(actor, identifier, action), new=new)
    return identifier, wish


class IntakeController(Controller):
    """F0: taking a submission in."""

    path = "/api/submissions/{case_id:str}"
    tags = ("Submissions",)

    @post("/acknowledgements", operation_id="AcknowledgeSubmission", opt={BODY: Nothing})
    async def acknowledge(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Tiếp nhận: you hold it from now on."""
        case, wish = await read(intents, request, actor, feedback, case_id, "acknowledgements", Nothing)
        return done(await feedback.acknowledge(actor, wish.request, case))

    @post("/classifications", operation_id="ClassifySubmission", opt={BODY: ClassifyBody})
    async def classify(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Phân loại, or with a reason again. The title must not name anybody."""
        case, wish = await read(intents, request, actor, feedback, case_id, "classifications", ClassifyBody)
        body = wish.body
        receipt = await feedback.classify(
            actor,
            wish.request,
            case,
            kind=body.kind,
            category=body.category,
            sub_category=body.sub_category,
            title=body.title,
            requests=body.requests,
            reason=body.reason,
        )
        return done(receipt)

    @post("/assignments", operation_id="AssignSubmission", opt={BODY: AssignBody})
    async def assign(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
        officials: Injected[Officials],
    ) -> Response[Done]:
        """Giao xử lý, to a colleague who holds a post in the authority today."""
        case, wish = await read(intents, request, actor, feedback, case_id, "assignments", AssignBody)
        handler = await officials.colleague(actor, wish.body.handler_id)
        if handler is None:
            await feedback.must_see(actor, case, "assignments")
            raise InvalidInputError(FieldFault("handler_id", "no such colleague"))
        return done(await feedback.assign(actor, wish.request, case, handler, wish.body.reason))

    @post("/identity-disclosures", operation_id="DiscloseIdentity", opt={BODY: ReasonBody})
    async def disclose(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[IdentityAnswer]:
        """Xem danh tính: the reading is a fact of the case before anything is read."""
        case, wish = await read(intents, request, actor, feedback, case_id, "identity-disclosures", ReasonBody)
        receipt, identity = await feedback.disclose_identity(actor, wish.request, case, wish.body.reason)
        answer = IdentityAnswer(receipt.case_id, receipt.version, identity)
        return Response(answer, status_code=201, headers={"ETag": etag(receipt.version)})


class HandlingController(Controller):
    """F1: working on it until the sender has an answer."""

    path = "/api/feedback/{case_id:str}"
    tags = ("Feedback",)

    @post("/questions", operation_id="AskSender", opt={BODY: QuestionBody})
    async def ask(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Đề nghị bổ sung thông tin. No term stops for it."""
        case, wish = await read(intents, request, actor, feedback, case_id, "questions", QuestionBody)
        return done(await feedback.ask(actor, wish.request, case, wish.body.question))

    @post("/replies", operation_id="RecordReply", opt={BODY: ReplyBody})
    async def reply(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """What the sender answered by another channel; earlier than now needs a reason."""
        case, wish = await read(intents, request, actor, feedback, case_id, "replies", ReplyBody)
        body = wish.body
        receipt = await feedback.reply(
            actor,
            wish.request,
            case,
            question=body.question,
            text=body.text,
            channel=body.channel,
            received_at=body.received_at,
            late_reason=body.late_reason,
        )
        return done(receipt)

    @post("/drafts", operation_id="DraftAnswer", opt={BODY: DraftBody})
    async def draft(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Dự thảo trả lời, request by request."""
        case, wish = await read(intents, request, actor, feedback, case_id, "drafts", DraftBody)
        parts = {part.request: part.text for part in wish.body.parts}
        return done(await feedback.draft(actor, wish.request, case, wish.body.outcome, parts))

    @post("/release-requests", operation_id="SubmitAnswerForRelease", opt={BODY: Nothing})
    async def submit_for_release(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Trình duyệt. Refused while a request of the sender has no answer."""
        case, wish = await read(intents, request, actor, feedback, case_id, "release-requests", Nothing)
        return done(await feedback.submit_for_release(actor, wish.request, case))

    @post("/returns", operation_id="ReturnAnswer", opt={BODY: ReasonBody})
    async def return_answer(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Trả lại để sửa, with the reason."""
        case, wish = await read(intents, request, actor, feedback, case_id, "returns", ReasonBody)
        return done(await feedback.return_answer(actor, wish.request, case, wish.body.reason))

    @post("/releases", operation_id="ReleaseAnswer", opt={BODY: AloneBody})
    async def release(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Duyệt và gửi. Not by who drafted it, unless a head let him answer this category or there is nobody else."""
        case, wish = await read(intents, request, actor, feedback, case_id, "releases", AloneBody)
        return done(await feedback.release(actor, wish.request, case, wish.body.alone_reason))

    @post("/closures", operation_id="CloseFeedback", opt={BODY: ReasonBody})
    async def close(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Kết thúc what was answered."""
        case, wish = await read(intents, request, actor, feedback, case_id, "closures", ReasonBody)
        return done(await feedback.close(actor, wish.request, case, wish.body.reason))

    @post("/reopenings", operation_id="ReopenFeedback", opt={BODY: ReasonBody})
    async def reopen(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Mở lại, with a new term."""
        case, wish = await read(intents, request, actor, feedback, case_id, "reopenings", ReasonBody)
        return done(await feedback.reopen(actor, wish.request, case, wish.body.reason))
