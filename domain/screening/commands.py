"""What is asked of the screening, in the imperative."""

from __future__ import annotations

from uuid import UUID

from domain.kernel import Command
from domain.screening.vocabulary import Sign


class HoldSubmission(Command, frozen=True):
    case_id: UUID
    signs: frozenset[Sign]


class LetInSubmission(Command, frozen=True):
    case_id: UUID


ScreeningCommand = HoldSubmission | LetInSubmission
