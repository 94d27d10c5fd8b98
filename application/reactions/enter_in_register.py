"""A case gets its register number: in the order of the log, by this reaction alone (design: register numbers).

Feedback stands in the book of its authority, a complaint in that of whoever resolves it: a school has its own book.
"""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID, uuid5

from application.access import SYSTEM
from application.identifiers import event_id_of, register_book_id
from application.ports import AuthorityCodes, Envelope, EventStore, Recorded, VersionConflictError
from domain.calendar import legal_date
from domain.complaints.events import ComplaintReceived
from domain.feedback.events import FeedbackSubmitted
from domain.kernel import Fact
from domain.registers.events import CaseEntered
from domain.registers.register import REGISTER


class EnterInRegister:
    """Keeps the version of each book in mind: nobody else writes them, so a conflict only means another process did."""

    name = "enter-in-register"
    facts: tuple[type[Fact], ...] = (FeedbackSubmitted, ComplaintReceived)

    def __init__(self, store: EventStore, authorities: AuthorityCodes) -> None:
        self._store, self._authorities = store, authorities
        self._versions: dict[UUID, int] = {}

    async def react(self, recorded: Recorded) -> None:
        """Appends `CaseEntered`; once, however often it is called."""
        fact: Any = recorded.fact
        command_id = uuid5(recorded.event_id, self.name)
        if await self._store.receipt_of(command_id, b""):
            return
        year = legal_date(recorded.recorded_at).year
        kind, body = _book_of(fact)
        book = register_book_id(body, kind, year)
        code = await self._authorities.code_of(body)
        entry = CaseEntered(case_id=recorded.originator_id, kind=kind, authority_code=code, year=year)
        try:
            await self._append(book, await self._version(book), entry, recorded, command_id)
        except VersionConflictError:
            self._versions.pop(book, None)
            await self._append(book, await self._version(book), entry, recorded, command_id)

    async def _version(self, book: UUID) -> int:
        if book not in self._versions:
            seen = await self._store.load(REGISTER, book)
            self._versions[book] = seen.version if seen else 0
        return self._versions[book]

    async def _append(self, book: UUID, version: int, entry: CaseEntered, recorded: Recorded, command_id: UUID) -> None:
        envelope = Envelope(
            originator_id=book,
            originator_version=version + 1,
            fact=entry,
            event_id=event_id_of(command_id, book, 1),
            occurred_at=recorded.recorded_at,
            actor_kind=SYSTEM.kind,
            actor_id=SYSTEM.id,
            post_id=None,
            unit_id=None,
            authority_id=recorded.authority_id,
            command_id=command_id,
            correlation_id=recorded.correlation_id,
            causation_id=recorded.event_id,
            blinding=secrets.token_bytes(32),
        )
        await self._store.append((envelope,), b"")
        self._versions[book] = version + 1


def _book_of(fact: Any) -> tuple[str, UUID]:
    """The kind of the case, and whose book."""
    if isinstance(fact, ComplaintReceived):
        return "complaint", fact.resolver_id
    return "feedback", fact.authority_id
