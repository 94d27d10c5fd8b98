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
from projections.feedback_view import FeedbackView, covered, feedback_view
from projections.feedback_ways import continued_in
from projections.tracking import Tracking, tracked


class Sender(msgspec.Struct, frozen=True):
    """Whoever showed a code: acts as the subject of that submission."""

    actor: Actor
    case_id: UUID


MOST_PARTS = 50
"""Cases that a submission may have become; more are not shown."""


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

    async def cases(self, sender: Sender) -> tuple[UUID, ...]:
        """What was sent and every case that it became."""
        cases: list[UUID] = []
        await self._view(sender, cases)
        return tuple(cases)

    async def authority_of(self, sender: Sender) -> UUID | None:
        """Who has the case in hand now."""
        seen = await self._store.load(FEEDBACK, sender.case_id)
        return seen.state.authority_id if seen else None

    async def part(self, sender: Sender, number: int) -> Sender:
        """The same sender at a part of the submission. Raises NotVisibleError for what is no part of it."""
        if number == 0:
            return sender
        cases: list[UUID] = []
        await self._view(sender, cases)
        if not 0 < number < len(cases):
            raise NotVisibleError
        return Sender(sender.actor, cases[number])

    async def view(self, sender: Sender) -> tuple[FeedbackView, SenderView]:
        """What this sender may know now, the own last word included, with the cases that its parts became."""
        return await self._view(sender, [])

    async def _view(self, sender: Sender, cases: list[UUID]) -> tuple[FeedbackView, SenderView]:
        """`cases`: those shown so far; the number of a part is its place among them."""
        seen = await self._store.load(FEEDBACK, sender.case_id)
        if seen is None:
            raise NotVisibleError
        await self._visibility.visible(Receipt(sender.case_id, seen.version), READ)
        history = await self._log.of_streams((sender.case_id,))
        view = feedback_view(history)
        if view is None:
            raise NotVisibleError
        shown = Discloser(self._vault, ("public", "personal"), covered(history))
        number = len(cases)
        cases.append(sender.case_id)
        there = continued_in(view.ways) if number < MOST_PARTS else ()
        parts = [(await self._view(Sender(sender.actor, case_id), cases))[1] for case_id in there]
        return view, sender_view(view, shown, legal_date(self._clock.now()), part=number, parts=tuple(parts))

    async def known_soon(self, receipt: Receipt) -> bool:
        """Until the tracking page of a new submission can be opened."""
        return await self._visibility.visible(receipt, (Tracking.name, *READ))
