"""From a register number to the case that has it, asked by the right of who types it. One class for each kind."""

from __future__ import annotations

from application.access import Actor
from application.complaint_access import lists_complaints, sees_complaint
from application.feedback_access import sees_any, sees_feedback
from application.ports import EventStore, Reader
from application.receptions import FoundCase
from domain.complaints.complaint import COMPLAINT
from domain.feedback.feedback import FEEDBACK
from domain.reception.vocabulary import LinkedKind
from projections.case_list import case_of_number, row_of
from projections.complaint_list import of_number
from projections.complaint_list import row_of as complaint_row


class FeedbackByNumber:
    """A feedback of the own authority."""

    def __init__(self, db: Reader, store: EventStore) -> None:
        self._db, self._store = db, store

    async def find(self, actor: Actor, number: str) -> FoundCase | None:
        """None for one that is not there and for one that may not be seen."""
        if actor.authority_id is None or not sees_any(actor):
            return None
        case_id = await case_of_number(self._db, actor.authority_id, number)
        seen = await self._store.load(FEEDBACK, case_id) if case_id else None
        if case_id is None or seen is None or not sees_feedback(actor, seen.state):
            return None
        row = await row_of(self._db, case_id)
        return FoundCase(id=case_id, kind=LinkedKind.FEEDBACK, number=row.number if row else number.strip())


class ComplaintByNumber:
    """A complaint against a unit of the own authority."""

    def __init__(self, db: Reader, store: EventStore) -> None:
        self._db, self._store = db, store

    async def find(self, actor: Actor, number: str) -> FoundCase | None:
        """None for one that is not there and for one that may not be seen."""
        if actor.authority_id is None or not lists_complaints(actor):
            return None
        case_id = await of_number(self._db, actor.authority_id, number)
        seen = await self._store.load(COMPLAINT, case_id) if case_id else None
        if case_id is None or seen is None or not sees_complaint(actor, seen.state):
            return None
        row = await complaint_row(self._db, case_id)
        return FoundCase(id=case_id, kind=LinkedKind.COMPLAINT, number=row.number if row else number.strip())
