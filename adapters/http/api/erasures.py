"""The data of a case's sender: asked to be erased, held as evidence, erased by a second person's word, certified.

These acts have a stream of their own, and so a version of their own: `If-Match` takes the ETag of `GET …/erasure`,
which is `"0"` where nothing was asked yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post

from adapters.http.api.case_json import Json, fact_json
from adapters.http.api.erasure_json import erasure_json
from adapters.http.api.feedback import Reason, Text, When
from adapters.http.api.views import Done, done
from adapters.http.cases import Cases
from adapters.http.conditional import B, Intent, Intents, etag, path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.naming import Naming
from adapters.http.openapi import BODY
from application.access import Actor
from application.ports import Log, Receipt, Recorded, Visibility
from application.privacy import PrivacyDesk, available_actions, erasure_stream_of
from domain.privacy.erasure import Erasure
from domain.privacy.vocabulary import ErasureGround, RefusalGround

Paper = Annotated[str, msgspec.Meta(max_length=300)]
"""Number and day of a document."""


class RequestBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`note` is sealed with the sender's data and goes with them. `received_at` of an earlier day needs a reason."""

    ground: ErasureGround
    document: Paper
    note: Reason = ""
    received_at: When = None
    late_reason: Reason = ""


class ApprovalBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    document: Paper


class RefusalBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ground: RefusalGround
    reason: Text
    document: Paper


class HoldBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Text
    document: Paper


class LiftingBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hold_id: UUID
    reason: Text
    document: Paper


class ErasureController(Controller):
    path = "/api/cases/{case_id:str}"
    tags = ("Erasure",)

    @get("/erasure", operation_id="GetErasure", summary="How the erasure of the sender's data stands")
    async def erasure(
        self,
        case_id: FromPath[str],
        actor: Injected[Actor],
        privacy: Injected[PrivacyDesk],
        cases: Injected[Cases],
        naming: Injected[Naming],
        log: Injected[Log],
        visibility: Injected[Visibility],
    ) -> Response[Json]:
        """State, request, holds, certificate, every fact, and what you may do."""
        identifier = path_id(case_id)
        version, state = await privacy.erasure_of(actor, identifier)
        history = await _history(log, visibility, version, state)
        names, posts = await naming.of_history(history)
        shown = cases.disclose(actor)
        body = {
            **erasure_json(identifier, version, state, history, names),
            "facts": [fact_json(item, shown, names, posts) for item in history],
            "actions": list(available_actions(state, actor)),
        }
        return Response(body, headers={"ETag": etag(version)})

    @post("/erasure-requests", operation_id="RequestErasure", opt={BODY: RequestBody})
    async def ask(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        privacy: Injected[PrivacyDesk],
    ) -> Response[Done]:
        """Tiếp nhận yêu cầu xóa. You cannot approve what you entered."""
        case, wish = await read(intents, request, actor, privacy, case_id, "erasure-requests", RequestBody)
        body = wish.body
        receipt = await privacy.request_erasure(
            actor,
            wish.request,
            case,
            ground=body.ground,
            document=body.document,
            note=body.note,
            received_at=body.received_at,
            late_reason=body.late_reason,
        )
        return _of_case(case, receipt)

    @post("/erasure-approvals", operation_id="ApproveErasure", opt={BODY: ApprovalBody})
    async def approve(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        privacy: Injected[PrivacyDesk],
    ) -> Response[Done]:
        """Duyệt xóa: the key is destroyed at once and for ever. Refused under a legal hold."""
        case, wish = await read(intents, request, actor, privacy, case_id, "erasure-approvals", ApprovalBody)
        return _of_case(case, await privacy.approve(actor, wish.request, case, document=wish.body.document))

    @post("/erasure-refusals", operation_id="RefuseErasure", opt={BODY: RefusalBody})
    async def refuse(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        privacy: Injected[PrivacyDesk],
    ) -> Response[Done]:
        """Từ chối yêu cầu xóa."""
        case, wish = await read(intents, request, actor, privacy, case_id, "erasure-refusals", RefusalBody)
        body = wish.body
        return _of_case(
            case,
            await privacy.refuse(
                actor, wish.request, case, ground=body.ground, reason=body.reason, document=body.document
            ),
        )

    @post("/legal-holds", operation_id="PlaceLegalHold", opt={BODY: HoldBody})
    async def hold(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        privacy: Injected[PrivacyDesk],
    ) -> Response[Done]:
        """Lưu giữ bắt buộc: the data are evidence; nothing is erased while it stands."""
        case, wish = await read(intents, request, actor, privacy, case_id, "legal-holds", HoldBody)
        body = wish.body
        return _of_case(
            case, await privacy.place_hold(actor, wish.request, case, reason=body.reason, document=body.document)
        )

    @post("/legal-hold-liftings", operation_id="LiftLegalHold", opt={BODY: LiftingBody})
    async def lift(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        privacy: Injected[PrivacyDesk],
    ) -> Response[Done]:
        """Gỡ lưu giữ bắt buộc: one hold; others stay."""
        case, wish = await read(intents, request, actor, privacy, case_id, "legal-hold-liftings", LiftingBody)
        body = wish.body
        return _of_case(
            case,
            await privacy.lift_hold(
                actor, wish.request, case, body.hold_id, reason=body.reason, document=body.document
            ),
        )


async def read(
    intents: Intents,
    request: Request[Any, Any, Any],
    actor: Actor,
    desk: PrivacyDesk,
    case_id: str,
    action: str,
    shape: type[B],
) -> tuple[UUID, Intent[B]]:
    """Id and wish. What may not be seen is missing before any fault of the request is named."""
    identifier = path_id(case_id)
    wish = await intents.read(request, actor.id, shape, lambda: desk.must_see(actor, identifier, action))
    return identifier, wish


def _of_case(case_id: UUID, receipt: Receipt) -> Response[Done]:
    """The version is that of the erasure; the id stays the case's, the stream's own would lead to the subject."""
    return done(Receipt(case_id, receipt.version))


async def _history(log: Log, visibility: Visibility, version: int, state: Erasure | None) -> Sequence[Recorded]:
    if state is None or state.subject_id is None:
        return ()
    stream = erasure_stream_of(state.subject_id)
    await visibility.visible(Receipt(stream, version), ())  # what was acknowledged has its place in the log
    return await log.of_streams((stream,))
