"""What else an erasure reaches: requests for explanation that came from the case, with the copies of its photos."""

from __future__ import annotations

from uuid import UUID

from application.ports import Log
from domain.explanations.events import ExplanationRequested
from domain.feedback.events import ExplanationAsked
from domain.privacy.events import ErasureRequested


class ExplanationSubjects:
    """From the stream of an erasure to the subjects of the requests that its case made."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def of_erasure(self, erasure_stream: UUID) -> tuple[UUID, ...]:
        """Each has a key of its own; empty where the case asked nobody."""
        facts = [recorded.fact for recorded in await self._log.of_streams((erasure_stream,))]
        cases = {fact.case_id for fact in facts if isinstance(fact, ErasureRequested)}
        told = [recorded.fact for recorded in await self._log.of_streams(cases)] if cases else []
        asked = {fact.explanation_id for fact in told if isinstance(fact, ExplanationAsked)}
        requests = [recorded.fact for recorded in await self._log.of_streams(asked)] if asked else []
        return tuple(fact.subject_id for fact in requests if isinstance(fact, ExplanationRequested))
