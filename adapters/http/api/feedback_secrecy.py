"""Who may know of a feedback and who holds it: notes, involvement, restriction, readers, hand-over."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, post

from adapters.http.api.feedback import (
    HandOverBody,
    NoteBody,
    ReaderBody,
    RestrictBody,
    read,
)
from adapters.http.api.views import Done, done
from adapters.http.conditional import Intents, Nothing
from adapters.http.injected import FromPath, Injected
from adapters.http.openapi import BODY
from adapters.http.problems import FieldFault, InvalidInputError
from application.access import Actor
from application.feedback import FeedbackDesk
from application.officials import Officials


class SecrecyController(Controller):
    path = "/api/feedback/{case_id:str}"
    tags = ("Feedback",)

    @post("/notes", operation_id="AddInternalNote", opt={BODY: NoteBody})
    async def note(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Ghi chú nội bộ; the sender never sees it."""
        case, wish = await read(intents, request, actor, feedback, case_id, "notes", NoteBody)
        return done(await feedback.add_note(actor, wish.request, case, wish.body.note))

    @post("/involvements", operation_id="DeclareInvolvement", opt={BODY: Nothing})
    async def involve(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Tôi có liên quan: you no longer see the case."""
        case, wish = await read(intents, request, actor, feedback, case_id, "involvements", Nothing)
        return done(await feedback.declare_involvement(actor, wish.request, case))

    @post("/restrictions", operation_id="RestrictFeedback", opt={BODY: RestrictBody})
    async def restrict(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Hạn chế người xem: handler, head and named people only."""
        case, wish = await read(intents, request, actor, feedback, case_id, "restrictions", RestrictBody)
        body = wish.body
        return done(await feedback.restrict(actor, wish.request, case, body.sensitivity, body.reason))

    @post("/reader-namings", operation_id="NameReader", opt={BODY: ReaderBody})
    async def name_reader(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
        officials: Injected[Officials],
    ) -> Response[Done]:
        """Cho thêm người xem."""
        case, wish = await read(intents, request, actor, feedback, case_id, "reader-namings", ReaderBody)
        body = wish.body
        if await officials.colleague(actor, body.official_id) is None:
            await feedback.must_see(actor, case, "reader-namings")
            raise InvalidInputError(FieldFault("official_id", "no such colleague"))
        return done(await feedback.name_reader(actor, wish.request, case, body.official_id, body.reason))

    @post("/reader-dismissals", operation_id="DismissReader", opt={BODY: ReaderBody})
    async def dismiss_reader(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Thôi cho xem."""
        case, wish = await read(intents, request, actor, feedback, case_id, "reader-dismissals", ReaderBody)
        body = wish.body
        return done(await feedback.dismiss_reader(actor, wish.request, case, body.official_id, body.reason))

    @post("/hand-overs", operation_id="HandOverFeedback", opt={BODY: HandOverBody})
    async def hand_over(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Bàn giao hồ sơ to another authority; number and terms stay."""
        case, wish = await read(intents, request, actor, feedback, case_id, "hand-overs", HandOverBody)
        body = wish.body
        receipt = await feedback.hand_over(actor, wish.request, case, body.to_authority_id, body.reason, body.document)
        return done(receipt)
