"""What is asked on the way: corrections, covered words, explanations, information, help from above."""

from __future__ import annotations

from uuid import UUID

from domain.feedback.parts import AnswerPart
from domain.feedback.vocabulary import AssessedAs, Outcome, TextPlace
from domain.kernel import Command, Sealed
from domain.law.law import Law


class DraftCorrection(Command, frozen=True):
    outcome: Outcome
    parts: tuple[AnswerPart, ...]
    reason: str


class ReturnCorrection(Command, frozen=True):
    reason: Sealed


class ReleaseCorrection(Command, frozen=True):
    """`others`: how many else could release it."""

    law: Law
    alone_reason: str = ""
    others: int = 1


class HideWords(Command, frozen=True):
    """`text`: the whole wording that is shown from now on."""

    place: TextPlace
    number: int
    text: Sealed
    reason: str


class AskExplanation(Command, frozen=True):
    explanation_id: UUID
    number: str
    place_id: UUID


class ReceiveExplanation(Command, frozen=True):
    explanation_id: UUID


class RecallExplanation(Command, frozen=True):
    explanation_id: UUID
    reason: str


class OpenInformationCase(Command, frozen=True):
    reader_ids: tuple[UUID, ...]
    guidance: Sealed
    reason: str


class AssessInformation(Command, frozen=True):
    """`receiver`: to whom it was transferred."""

    result: AssessedAs
    assessment: Sealed
    receiver: str = ""


class ReferToSuperior(Command, frozen=True):
    superior_id: UUID
    reason: str


MendingCommand = (
    DraftCorrection
    | ReturnCorrection
    | ReleaseCorrection
    | HideWords
    | AskExplanation
    | ReceiveExplanation
    | RecallExplanation
    | OpenInformationCase
    | AssessInformation
    | ReferToSuperior
)
