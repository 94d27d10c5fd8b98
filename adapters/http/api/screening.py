"""Letting a held submission into the work."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, post

from adapters.http.api.feedback import read
from adapters.http.api.views import Done, done
from adapters.http.conditional import Intents, Nothing
from adapters.http.injected import FromPath, Injected
from adapters.http.openapi import BODY, NEW
from application.access import Actor
from application.feedback import FeedbackDesk
from application.ports import Visibility
from application.screening import LETS_IN, ScreeningDesk
from projections.case_index import CaseIndex


class ScreeningController(Controller):
    """Its stream is not that of the case: no version of the case needs to be named."""

    path = "/api/submissions/{case_id:str}/let-ins"
    tags = ("Submissions",)

    @post("", operation_id="LetInSubmission", opt={BODY: Nothing, NEW: True})
    async def let_in(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
        screening: Injected[ScreeningDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """Cho vào hàng xử lý: a person looked, and it is no junk."""
        case, wish = await read(intents, request, actor, feedback, case_id, LETS_IN, Nothing, new=True)
        receipt = await screening.let_in(actor, wish.request, case)
        await visibility.visible(receipt, [CaseIndex.name])
        return done(receipt)
