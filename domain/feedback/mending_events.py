"""Facts on the way: an answer corrected, words covered, a unit's explanation, information, help from above.

STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.feedback.parts import AnswerPart
from domain.feedback.vocabulary import AssessedAs, Outcome, TextPlace
from domain.kernel import Fact, Internal, Personal, Public, Sealed
from domain.law.term import Term


class AnswerCorrectionDrafted(Fact, frozen=True):
    """An answer that was sent is wrong; this is how it should read (Đã dự thảo đính chính câu trả lời)."""

    TOPIC: ClassVar[str] = "feedback.answer_correction_drafted.v1"
    draft_number: Internal[int]
    drafter_id: Internal[UUID]
    outcome: Internal[Outcome]
    parts: Internal[tuple[AnswerPart, ...]]
    reason: Internal[str]


class AnswerCorrectionReturned(Fact, frozen=True):
    """The head does not send the correction as it is (Đã trả lại bản đính chính)."""

    TOPIC: ClassVar[str] = "feedback.answer_correction_returned.v1"
    draft_number: Internal[int]
    reason: Personal[Sealed]


class AnswerCorrected(Fact, frozen=True):
    """The sender reads the new answer and that it was corrected (Đã đính chính câu trả lời).

    The old answer stays readable. A new window for a review begins. `alone_reason` as in `AnswerReleased`.
    """

    TOPIC: ClassVar[str] = "feedback.answer_corrected.v1"
    draft_number: Internal[int]
    corrects: Internal[int]
    review_term: Public[Term]
    alone_reason: Internal[str] = ""


class WordsHidden(Fact, frozen=True):
    """A name typed into a text, a child's above all, was covered (Đã che thông tin); only this wording is shown now.

    `number`: of the question whose reply it is; 0 for the submission itself.
    """

    TOPIC: ClassVar[str] = "feedback.words_hidden.v1"
    place: Internal[TextPlace]
    number: Internal[int]
    text: Personal[Sealed]
    reason: Internal[str]


class ExplanationAsked(Fact, frozen=True):
    """The unit concerned was asked to explain, in the officer's own words (Đã yêu cầu giải trình)."""

    TOPIC: ClassVar[str] = "feedback.explanation_asked.v1"
    explanation_id: Internal[UUID]
    number: Internal[str]
    place_id: Public[UUID]


class ExplanationReceived(Fact, frozen=True):
    """The unit explained itself (Đã giải trình)."""

    TOPIC: ClassVar[str] = "feedback.explanation_received.v1"
    explanation_id: Internal[UUID]


class ExplanationRecalled(Fact, frozen=True):
    """The request was taken back before the unit opened it (Đã thu hồi yêu cầu giải trình)."""

    TOPIC: ClassVar[str] = "feedback.explanation_recalled.v1"
    explanation_id: Internal[UUID]
    reason: Internal[str]


class InformationCaseOpened(Fact, frozen=True):
    """It holds information with denunciation content and is read by named people only (Đã mở hồ sơ xem xét thông tin).

    Never a denunciation (CMP-I2): `guidance` tells the sender where, when and how to denounce, and what protects him.
    """

    TOPIC: ClassVar[str] = "feedback.information_case_opened.v1"
    reader_ids: Internal[tuple[UUID, ...]]
    guidance: Personal[Sealed]
    reason: Internal[str]


class InformationAssessed(Fact, frozen=True):
    """What is done with the information (Đã xem xét thông tin; Luật Tố cáo 2018 Đ.25)."""

    TOPIC: ClassVar[str] = "feedback.information_assessed.v1"
    result: Internal[AssessedAs]
    assessment: Personal[Sealed]
    receiver: Internal[str] = ""


class ReferredToSuperior(Fact, frozen=True):
    """Nobody is left here who may decide; the head of the superior authority does (Đã chuyển cấp trên trực tiếp)."""

    TOPIC: ClassVar[str] = "feedback.referred_to_superior.v1"
    superior_id: Internal[UUID]
    reason: Internal[str]


MendingFact = (
    AnswerCorrectionDrafted
    | AnswerCorrectionReturned
    | AnswerCorrected
    | WordsHidden
    | ExplanationAsked
    | ExplanationReceived
    | ExplanationRecalled
    | InformationCaseOpened
    | InformationAssessed
    | ReferredToSuperior
)
