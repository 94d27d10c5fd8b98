"""Opinions of a dialogue meeting on their way, its closing, and what the public reads. One address each."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, post

from adapters.http.api.dialogue_bodies import (
    AnswerBody,
    DismissBody,
    PublishBody,
    ReopenBody,
    RouteBody,
    SummaryBody,
    TransferOpinionsBody,
)
from adapters.http.api.dialogues import asked
from adapters.http.api.feedback import ReasonBody
from adapters.http.api.views import Done, done
from adapters.http.conditional import Intents, Nothing, path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.openapi import BODY
from application.access import Actor
from application.dialogues import DialogueDesk, Routing, Transfer

AnyRequest = Request[Any, Any, Any]


class DialogueSettlingController(Controller):
    """Giải quyết ý kiến."""

    path = "/api/dialogues/{dialogue_id:str}"
    tags = ("Dialogue meetings",)

    @post("/row-dismissals", operation_id="DismissDialogueRow", opt={BODY: DismissBody})
    async def dismiss(
        self,
        dialogue_id: FromPath[str],
        request: AnyRequest,
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Bỏ dòng: a row that was kept is no opinion."""
        identifier = path_id(dialogue_id)
        seen = asked(dialogues, actor, identifier, "row-dismissals")
        wish = await intents.read(request, actor.id, DismissBody, seen)
        body = wish.body
        return done(await dialogues.dismiss_row(actor, wish.request, identifier, body.row_id, body.reason))

    @post("/routings", operation_id="RouteOpinions", opt={BODY: RouteBody})
    async def route(
        self,
        dialogue_id: FromPath[str],
        request: AnyRequest,
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Phân về cấp giải quyết: several at once, all or none."""
        identifier = path_id(dialogue_id)
        wish = await intents.read(request, actor.id, RouteBody, asked(dialogues, actor, identifier, "routings"))
        body = wish.body
        what = Routing(
            numbers=body.numbers, level=body.level, due_on=body.due_on, due_reason=body.due_reason, body=body.body
        )
        return done(await dialogues.route(actor, wish.request, identifier, what))

    @post("/answers", operation_id="AnswerOpinion", opt={BODY: AnswerBody})
    async def answer(
        self,
        dialogue_id: FromPath[str],
        request: AnyRequest,
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Trả lời, with the day on which it was answered."""
        identifier = path_id(dialogue_id)
        wish = await intents.read(request, actor.id, AnswerBody, asked(dialogues, actor, identifier, "answers"))
        body = wish.body
        receipt = await dialogues.answer(
            actor, wish.request, identifier, number=body.number, answer=body.answer, answered_on=body.answered_on
        )
        return done(receipt)

    @post("/transfers", operation_id="TransferOpinions", opt={BODY: TransferOpinionsBody})
    async def transfer(
        self,
        dialogue_id: FromPath[str],
        request: AnyRequest,
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Chuyển cơ quan có thẩm quyền: several at once, all or none."""
        identifier = path_id(dialogue_id)
        wish = await intents.read(
            request, actor.id, TransferOpinionsBody, asked(dialogues, actor, identifier, "transfers")
        )
        body = wish.body
        what = Transfer(
            numbers=body.numbers,
            receiver=body.receiver,
            transferred_on=body.transferred_on,
            document=body.document,
        )
        return done(await dialogues.transfer(actor, wish.request, identifier, what))

    @post("/reopenings", operation_id="ReopenOpinion", opt={BODY: ReopenBody})
    async def reopen(
        self,
        dialogue_id: FromPath[str],
        request: AnyRequest,
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Mở lại an opinion that was settled wrongly."""
        identifier = path_id(dialogue_id)
        wish = await intents.read(request, actor.id, ReopenBody, asked(dialogues, actor, identifier, "reopenings"))
        body = wish.body
        return done(await dialogues.reopen(actor, wish.request, identifier, body.number, body.reason))

    @post("/summaries", operation_id="SummariseDialogue", opt={BODY: SummaryBody})
    async def summarise(
        self,
        dialogue_id: FromPath[str],
        request: AnyRequest,
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Tổng hợp kết quả, for those inside."""
        identifier = path_id(dialogue_id)
        wish = await intents.read(request, actor.id, SummaryBody, asked(dialogues, actor, identifier, "summaries"))
        return done(await dialogues.summarise(actor, wish.request, identifier, wish.body.text))

    @post("/closures", operation_id="CloseDialogue", opt={BODY: Nothing})
    async def close(
        self,
        dialogue_id: FromPath[str],
        request: AnyRequest,
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Kết thúc đợt đối thoại, by a head; refused while an opinion is open, which is named."""
        identifier = path_id(dialogue_id)
        wish = await intents.read(request, actor.id, Nothing, asked(dialogues, actor, identifier, "closures"))
        return done(await dialogues.close(actor, wish.request, identifier))

    @post("/publications", operation_id="PublishDialogueSummary", opt={BODY: PublishBody})
    async def publish(
        self,
        dialogue_id: FromPath[str],
        request: AnyRequest,
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Công khai kết quả, by a head who read the text; counts below 5 are kept back."""
        identifier = path_id(dialogue_id)
        wish = await intents.read(request, actor.id, PublishBody, asked(dialogues, actor, identifier, "publications"))
        body = wish.body
        receipt = await dialogues.publish(actor, wish.request, identifier, text=body.text, confirmed=body.confirmed)
        return done(receipt)

    @post("/withdrawals", operation_id="WithdrawDialogueSummary", opt={BODY: ReasonBody})
    async def withdraw(
        self,
        dialogue_id: FromPath[str],
        request: AnyRequest,
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Gỡ bản công khai; its reason stays."""
        identifier = path_id(dialogue_id)
        wish = await intents.read(request, actor.id, ReasonBody, asked(dialogues, actor, identifier, "withdrawals"))
        return done(await dialogues.withdraw(actor, wish.request, identifier, wish.body.reason))
