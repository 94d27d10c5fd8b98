"""Several cases to another handler in one go: each its own command with its own outcome, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5

import msgspec

from application.access import Actor, ForbiddenError, NotVisibleError, Role
from application.execute import StaleVersionError
from application.feedback import FeedbackDesk
from application.ports import CommandReusedError, OutcomeUnknownError, Receipt, Request, VersionConflictError
from domain.kernel import RefusalError

REASSIGNS = frozenset({Role.INTAKE, Role.HEAD})
MOST_AT_ONCE = 200
_OUTCOMES = (
    RefusalError,
    NotVisibleError,
    ForbiddenError,
    StaleVersionError,
    VersionConflictError,
    CommandReusedError,
    OutcomeUnknownError,
)


class Wanted(msgspec.Struct, frozen=True):
    """A case and the version of it that the person saw."""

    case_id: UUID
    version: int


class Reassigned(msgspec.Struct, frozen=True):
    """What became of one: the receipt, or why not."""

    case_id: UUID
    outcome: Receipt | Exception

    @property
    def receipt(self) -> Receipt | None:
        """Of what was done."""
        return self.outcome if isinstance(self.outcome, Receipt) else None

    @property
    def error(self) -> Exception | None:
        """Why it was not."""
        return None if isinstance(self.outcome, Receipt) else self.outcome


async def reassign(
    feedback: FeedbackDesk, actor: Actor, request: Request, wanted: Sequence[Wanted], handler: Actor, reason: str
) -> list[Reassigned]:
    """In the order asked for. The same request again finds the same outcomes. Raises ForbiddenError."""
    if not actor.roles & REASSIGNS:
        raise ForbiddenError
    done = []
    for one in wanted:
        own = Request(
            id=uuid5(request.id, str(one.case_id)),
            fingerprint=request.fingerprint,
            if_version=one.version,
            version_needed=True,
            correlation_id=request.id,
        )
        try:
            receipt = await feedback.assign(actor, own, one.case_id, handler, reason)
        except _OUTCOMES as error:
            done.append(Reassigned(one.case_id, error))
        else:
            done.append(Reassigned(one.case_id, receipt))
    return done
