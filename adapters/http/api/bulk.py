"""Several cases to another handler in one go."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, post

from adapters.http.conditional import Intents
from adapters.http.injected import Injected
from adapters.http.openapi import BODY, NEW
from adapters.http.problems import FieldFault, InvalidInputError, answer_to, language_of, sentence_of
from application.access import Actor, ForbiddenError
from application.feedback import FeedbackDesk
from application.officials import Officials
from application.ports import Receipt, Visibility
from application.reassignment import MOST_AT_ONCE, REASSIGNS, Reassigned, Wanted, reassign
from projections.case_index import CaseIndex


class CaseVersion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A case and the version of it that was seen."""

    case_id: UUID
    version: Annotated[int, msgspec.Meta(ge=1)]


class AssignmentsBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cases: Annotated[list[CaseVersion], msgspec.Meta(min_length=1, max_length=MOST_AT_ONCE)]
    handler_id: UUID
    reason: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


class AssignmentOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one case: its new version, or the code and sentence of the reason why not."""

    case_id: UUID
    outcome: Literal["assigned", "refused"]
    version: int | None = None
    status: int
    code: str = ""
    detail: str = ""


class AssignmentsAnswer(msgspec.Struct, frozen=True):
    """In the order asked for."""

    items: list[AssignmentOutcome]


class BulkController(Controller):
    """Each case has its own command and its own outcome."""

    path = "/api/feedback"
    tags = ("Feedback",)

    @post("/assignments", operation_id="AssignManyFeedback", status_code=200, opt={BODY: AssignmentsBody, NEW: True})
    async def assign_many(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        feedback: Injected[FeedbackDesk],
        officials: Injected[Officials],
        visibility: Injected[Visibility],
    ) -> AssignmentsAnswer:
        """One answer for each case; a case that is refused changes nothing for the others."""

        async def allowed() -> None:
            if not actor.roles & REASSIGNS:
                raise ForbiddenError

        await allowed()
        wish = await intents.read(request, actor.id, AssignmentsBody, allowed, new=True)
        handler = await officials.colleague(actor, wish.body.handler_id)
        if handler is None:
            raise InvalidInputError(FieldFault("handler_id", "no such colleague"))
        wanted = [Wanted(one.case_id, one.version) for one in wish.body.cases]
        done = await reassign(feedback, actor, wish.request, wanted, handler, wish.body.reason)
        await shown_everywhere(done, visibility)
        return AssignmentsAnswer([_outcome(one, language_of(request)) for one in done])


async def shown_everywhere(done: list[Reassigned], visibility: Visibility) -> None:
    """Lists that are read next show them all."""
    for one in done:
        if one.receipt is not None:
            await visibility.visible(one.receipt, (CaseIndex.name,))


def _outcome(one: Reassigned, language: Any) -> AssignmentOutcome:
    if isinstance(one.outcome, Receipt):
        return AssignmentOutcome(case_id=one.case_id, outcome="assigned", version=one.outcome.version, status=201)
    answer = answer_to(one.outcome)
    return AssignmentOutcome(
        case_id=one.case_id,
        outcome="refused",
        status=answer.status,
        code=answer.code,
        detail=sentence_of(answer, language),
    )
