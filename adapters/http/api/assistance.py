"""Tra cứu giúp người gọi, as JSON: an official types a code that is read out; each look is recorded."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, post

from adapters.http.api.case_json import Json
from adapters.http.api.submissions import track_json
from adapters.http.api.views import Done, done
from adapters.http.authenticate import client_address
from adapters.http.conditional import Intents
from adapters.http.injected import Injected
from adapters.http.naming import Naming
from adapters.http.openapi import BODY, NEW
from adapters.http.senders import Sender, Senders
from adapters.http.throttle import ASSISTANCE, Throttle
from application.access import Actor
from application.assistance import AssistanceDesk
from application.feedback import FeedbackDesk
from domain.feedback.vocabulary import Channel

Code = Annotated[str, msgspec.Meta(max_length=100)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]


class LookUpBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`channel`: hotline or in-person."""

    code: Code
    channel: Channel = Channel.HOTLINE


class SpokenReplyBody(LookUpBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the caller answered to a question. `part` as on the sender's side."""

    question: int
    text: Text
    part: int = 0


class SpokenReviewBody(LookUpBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    reason: Text
    part: int = 0


class SpokenWithdrawalBody(LookUpBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No reason is asked for."""

    reason: Annotated[str, msgspec.Meta(max_length=2_000)] = ""
    part: int = 0


class Spoken(msgspec.Struct, frozen=True):
    """Finds what a spoken code opens for one official."""

    senders: Senders
    desk: AssistanceDesk
    throttle: Throttle

    async def found(self, actor: Actor, code: str, address: str) -> Sender:
        """Raises NotVisibleError for a wrong code and for one of another authority, TooManyAttemptsError."""
        self.desk.must_assist(actor)
        await self.throttle.take(ASSISTANCE, str(actor.id))
        sender = await self.senders.by_code(code, address)
        await self.desk.handled(actor, await self.senders.cases(sender))
        return sender


class AssistanceController(Controller):
    """Intake and handlers of the authority that handles it; the code travels in the body."""

    path = "/api/assistance"
    tags = ("Assistance",)

    @post("/look-ups", operation_id="LookUpForCaller", opt={BODY: LookUpBody, NEW: True}, status_code=201)
    async def look_up(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        senders: Injected[Senders],
        assistance: Injected[AssistanceDesk],
        throttle: Injected[Throttle],
        naming: Injected[Naming],
    ) -> Json:
        """What the sender's own page says, and nothing more. That it was looked up is a fact."""
        assistance.must_assist(actor)
        wish = await intents.read(request, actor.id, LookUpBody, new=True)
        sender = await Spoken(senders, assistance, throttle).found(actor, wish.body.code, client_address(request))
        await assistance.look_up(actor, wish.request, await senders.cases(sender), wish.body.channel)
        _, seen = await senders.view(sender)
        return track_json(seen, await naming.names(seen.named()))

    @post("/replies", operation_id="ReplyForCaller", opt={BODY: SpokenReplyBody, NEW: True})
    async def reply(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        senders: Injected[Senders],
        assistance: Injected[AssistanceDesk],
        throttle: Injected[Throttle],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """What the caller answered."""
        assistance.must_assist(actor)
        wish = await intents.read(request, actor.id, SpokenReplyBody, new=True)
        body = wish.body
        sender = await Spoken(senders, assistance, throttle).found(actor, body.code, client_address(request))
        case_id = (await senders.part(sender, body.part)).case_id
        receipt = await feedback.reply(
            actor, wish.request, case_id, question=body.question, text=body.text, channel=body.channel, spoken=True
        )
        return done(receipt)

    @post("/reviews", operation_id="AskReviewForCaller", opt={BODY: SpokenReviewBody, NEW: True})
    async def review(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        senders: Injected[Senders],
        assistance: Injected[AssistanceDesk],
        throttle: Injected[Throttle],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Within the sender's own window."""
        assistance.must_assist(actor)
        wish = await intents.read(request, actor.id, SpokenReviewBody, new=True)
        body = wish.body
        sender = await Spoken(senders, assistance, throttle).found(actor, body.code, client_address(request))
        case_id = (await senders.part(sender, body.part)).case_id
        return done(await feedback.reopen(actor, wish.request, case_id, body.reason, spoken=True))

    @post("/withdrawals", operation_id="WithdrawForCaller", opt={BODY: SpokenWithdrawalBody, NEW: True})
    async def withdraw(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        senders: Injected[Senders],
        assistance: Injected[AssistanceDesk],
        throttle: Injected[Throttle],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """As long as there is no answer."""
        assistance.must_assist(actor)
        wish = await intents.read(request, actor.id, SpokenWithdrawalBody, new=True)
        body = wish.body
        sender = await Spoken(senders, assistance, throttle).found(actor, body.code, client_address(request))
        case_id = (await senders.part(sender, body.part)).case_id
        receipt = await feedback.withdraw(actor, wish.request, case_id, body.reason, channel=body.channel, spoken=True)
        return done(receipt)
