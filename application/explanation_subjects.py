"""What else an erasure reaches: requests for explanation that came from the case, with the copies of its photos.

A case that was split or transferred goes on in others under the same key; what those asked is reached with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from application.ports import Log, Recorded
from domain.explanations.events import ExplanationRequested
from domain.feedback.events import ExplanationAsked, FeedbackSplit, FeedbackSubmitted, FeedbackTransferred
from domain.kernel import Fact
from domain.privacy.events import ErasureRequested


class ExplanationSubjects:
    """To the subjects of the requests that a case made. Each has a key of its own; empty where nobody was asked."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def of_erasure(self, erasure_stream: UUID) -> tuple[UUID, ...]:
        """From the stream of an erasure."""
        facts = [recorded.fact for recorded in await self._log.of_streams((erasure_stream,))]
        return await self._of_cases({fact.case_id for fact in facts if isinstance(fact, ErasureRequested)})

    async def cases_of_erasure(self, erasure_stream: UUID) -> frozenset[UUID]:
        """The cases that hold words under the key that goes, those that others became included."""
        facts = [recorded.fact for recorded in await self._log.of_streams((erasure_stream,))]
        cases = {fact.case_id for fact in facts if isinstance(fact, ErasureRequested)}
        return frozenset(cases | {told.originator_id for told in await self._told(cases)})

    async def of_case(self, case_id: UUID) -> tuple[UUID, ...]:
        """From one of the cases that hold words under the same key."""
        return await self._of_cases({case_id})

    async def _of_cases(self, cases: Collection[UUID]) -> tuple[UUID, ...]:
        told = await self._told(cases)
        asked = {one.fact.explanation_id for one in told if isinstance(one.fact, ExplanationAsked)}
        requests = [recorded.fact for recorded in await self._log.of_streams(asked)] if asked else []
        return tuple(fact.subject_id for fact in requests if isinstance(fact, ExplanationRequested))

    async def _told(self, cases: Collection[UUID]) -> list[Recorded]:
        """The facts of these cases and of all that took over words of theirs, or from which they took them over."""
        told, known, new = list[Recorded](), set[UUID](), set(cases)
        while new:
            known |= new
            found = await self._log.of_streams(new)
            told += found
            new = {case for one in found for case in _related(one.fact)} - known
        return told


def _related(fact: Fact) -> Iterator[UUID]:
    others: tuple[UUID | None, ...] = ()
    match fact:
        case FeedbackSubmitted():
            others = (fact.split_from, fact.transferred_from)
        case FeedbackSplit():
            others = tuple(part.case_id for part in fact.parts)
        case FeedbackTransferred():
            others = (fact.opened_case_id,)
    return (case for case in others if case)
