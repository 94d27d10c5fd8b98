"""Senders and their tracking codes: no account, no cookie, no address kept."""

from __future__ import annotations

from uuid import UUID

import msgspec

from adapters.http.cases import READ
from adapters.http.disclose import Discloser
from adapters.http.sender_view import SenderView, sender_view
from adapters.http.throttle import TRACKING, Throttle, neighbourhood
from application.access import Actor, NotVisibleError
from application.ports import Clock, EventStore, Log, Reader, Receipt, Secrets, Vault, Visibility
from domain.calendar import legal_date
from domain.feedback.feedback import FEEDBACK
from projections.feedback_view import FeedbackView, feedback_view
from projections.tracking import Tracking, tracked


class Sender(msgspec.Struct, frozen=True):
    """Whoever showed a code: acts as the subject of that submission."""

    actor: Actor
    case_id: UUID


class Senders:
    """Finds a submission by its code. A wrong code and none at all are answered alike."""

    def __init__(
        self,
        db: Reader,
        store: EventStore,
        log: Log,
        visibility: Visibility,
        vault: Vault,
        secrets: Secrets,
        clock: Clock,
        throttle: Throttle,
    ) -> None:
        self._db, self._store, self._log, self._visibility = db, store, log, visibility
        self._throttle = throttle
        self._vault, self._secrets, self._clock = vault, secrets, clock

    async def by_code(self, code: str, address: str) -> Sender:
        """However it was typed; the connection's `address` is not kept.

        Raises NotVisibleError, TooManyAttemptsError.
        """
        await self._throttle.take(TRACKING, neighbourhood(address))
        row = await tracked(self._db, self._secrets.code_hash(code))
        if row is None:
            raise NotVisibleError
        return Sender(Actor(kind="citizen", id=row.subject_id), row.case_id)

    async def view(self, sender: Sender) -> tuple[FeedbackView, SenderView]:
        """What this sender may know now, the own last word included."""
        seen = await self._store.load(FEEDBACK, sender.case_id)
        if seen is None:
            raise NotVisibleError
        await self._visibility.visible(Receipt(sender.case_id, seen.version), READ)
        view = feedback_view(await self._log.of_streams((sender.case_id,)))
        if view is None:
            raise NotVisibleError
        shown = Discloser(self._vault, ("public", "personal"))
        return view, sender_view(view, shown, legal_date(self._clock.now()))

    async def known_soon(self, receipt: Receipt) -> bool:
        """Until the tracking page of a new submission can be opened."""
        return await self._visibility.visible(receipt, (Tracking.name, *READ))
