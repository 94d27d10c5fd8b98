"""Several cases as duplicates of one: each its own command with its own outcome, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5

from application.access import Actor, ForbiddenError, NotVisibleError
from application.execute import StaleVersionError
from application.feedback import FeedbackDesk
from application.ports import CommandReusedError, OutcomeUnknownError, Request, VersionConflictError
from application.reassignment import Reassigned, Wanted
from domain.kernel import RefusalError

_OUTCOMES = (
    RefusalError,
    NotVisibleError,
    ForbiddenError,
    StaleVersionError,
    VersionConflictError,
    CommandReusedError,
    OutcomeUnknownError,
)


async def link_duplicates(
    feedback: FeedbackDesk, actor: Actor, request: Request, wanted: Sequence[Wanted], goes_on: UUID, reason: str
) -> list[Reassigned]:
    """In the order asked for, without the case that goes on. The same request again finds the same outcomes."""
    done = []
    for one in wanted:
        if one.case_id == goes_on:
            continue
        own = Request(
            id=uuid5(request.id, str(one.case_id)),
            fingerprint=request.fingerprint,
            if_version=one.version,
            version_needed=True,
            correlation_id=request.id,
        )
        try:
            receipt = await feedback.link_duplicate(actor, own, one.case_id, goes_on, reason)
        except _OUTCOMES as error:
            done.append(Reassigned(one.case_id, error))
        else:
            done.append(Reassigned(one.case_id, receipt))
    return done
