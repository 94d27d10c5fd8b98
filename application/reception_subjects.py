"""What else an erasure reaches: the visits from which the case grew, with the scans of their minutes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from application.explanation_subjects import ExplanationSubjects


class VisitSubjects(Protocol):
    """From cases to the subjects of the visits that were linked to them."""

    async def of_cases(self, case_ids: Collection[UUID]) -> tuple[UUID, ...]: ...


class SubjectsAround:
    """All further subjects of an erasure (`application.reactions.erase_subject.RelatedSubjects`)."""

    def __init__(self, explanations: ExplanationSubjects, visits: VisitSubjects) -> None:
        self._explanations, self._visits = explanations, visits

    async def of_erasure(self, erasure_stream: UUID) -> tuple[UUID, ...]:
        """Requests to schools about the case, and the visits that it grew from."""
        asked = await self._explanations.of_erasure(erasure_stream)
        told = await self._visits.of_cases(await self._explanations.cases_of_erasure(erasure_stream))
        return (*asked, *told)
