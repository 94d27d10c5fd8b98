"""Feedback facts. STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.

One stream per submission: from what the sender wrote to its answer. Texts are sealed under `subject_id`, a random id
made for this submission, so that one erasure reaches all of them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from domain.feedback.ending_events import DuplicateLinked as DuplicateLinked
from domain.feedback.ending_events import DuplicateUnlinked as DuplicateUnlinked
from domain.feedback.ending_events import EndingFact as EndingFact
from domain.feedback.ending_events import FeedbackFoundIneligible as FeedbackFoundIneligible
from domain.feedback.ending_events import FeedbackSplit as FeedbackSplit
from domain.feedback.ending_events import FeedbackTransferred as FeedbackTransferred
from domain.feedback.ending_events import FeedbackWithdrawn as FeedbackWithdrawn
from domain.feedback.ending_events import GuidanceWithdrawn as GuidanceWithdrawn
from domain.feedback.ending_events import IncomingTransferRecalled as IncomingTransferRecalled
from domain.feedback.ending_events import IneligibilityRevoked as IneligibilityRevoked
from domain.feedback.ending_events import PetitionPurged as PetitionPurged
from domain.feedback.ending_events import SenderGuided as SenderGuided
from domain.feedback.ending_events import SpamConfirmed as SpamConfirmed
from domain.feedback.ending_events import SpamDoubted as SpamDoubted
from domain.feedback.ending_events import SpamProposed as SpamProposed
from domain.feedback.ending_events import SpamRevoked as SpamRevoked
from domain.feedback.ending_events import TransferRecalled as TransferRecalled
from domain.feedback.mending_events import AnswerCorrected as AnswerCorrected
from domain.feedback.mending_events import AnswerCorrectionDrafted as AnswerCorrectionDrafted
from domain.feedback.mending_events import AnswerCorrectionReturned as AnswerCorrectionReturned
from domain.feedback.mending_events import ExplanationAsked as ExplanationAsked
from domain.feedback.mending_events import ExplanationRecalled as ExplanationRecalled
from domain.feedback.mending_events import ExplanationReceived as ExplanationReceived
from domain.feedback.mending_events import InformationAssessed as InformationAssessed
from domain.feedback.mending_events import InformationCaseOpened as InformationCaseOpened
from domain.feedback.mending_events import MendingFact as MendingFact
from domain.feedback.mending_events import ReferredToSuperior as ReferredToSuperior
from domain.feedback.mending_events import WordsHidden as WordsHidden
from domain.feedback.parts import AnswerPart as AnswerPart
from domain.feedback.parts import Attachment as Attachment
from domain.feedback.parts import Original as Original
from domain.feedback.parts import RequestItem as RequestItem
from domain.feedback.parts import SplitPart as SplitPart
from domain.feedback.vocabulary import (
    AskedBy,
    Channel,
    Contact,
    Kind,
    Language,
    Outcome,
    Sensitivity,
    SubmitterRole,
    Topic,
)
from domain.kernel import Fact, Informant, Internal, Personal, Public, Sealed
from domain.law.term import Term


class FeedbackSubmitted(Fact, frozen=True):
    """Somebody told the authority something about a unit (Đã gửi phản ánh).

    `split_from` and `transferred_from` name the case that this one took its words from; the sender's code is the one
    of that case, so `code_hash` is empty then. `originals` are the scans of what came on paper, `paper_day` the
    day that the paper itself bears; `sent_by`, `document_number` and `document_day` say which body passed it on and by
    which document; `collected_by` who brought the sheet from a hamlet.
    """

    TOPIC: ClassVar[str] = "feedback.submitted.v1"
    channel: Informant[Channel]
    authority_id: Public[UUID]
    place_id: Public[UUID]
    area_id: Public[UUID]
    subject_id: Informant[UUID]
    identity_ref: Informant[UUID | None]
    contact: Informant[Contact]
    submitter_role: Informant[SubmitterRole]
    topic: Internal[Topic]
    danger: Internal[bool]
    content: Personal[Sealed]
    attachments: Internal[tuple[Attachment, ...]]
    received_on: Internal[date]
    code_hash: Informant[bytes]
    consent_version: Internal[str]
    language: Informant[Language]
    sensitivity: Internal[Sensitivity]
    terms: Internal[tuple[Term, ...]]
    late_reason: Internal[str] = ""
    received_at_place: Informant[Sealed | None] = None
    split_from: Internal[UUID | None] = None
    transferred_from: Internal[UUID | None] = None
    originals: Internal[tuple[Original, ...]] = ()
    paper_day: Internal[date | None] = None
    sent_by: Informant[Sealed | None] = None
    document_number: Informant[Sealed | None] = None
    document_day: Internal[date | None] = None
    collected_by: Informant[Sealed | None] = None


class FeedbackAcknowledged(Fact, frozen=True):
    """An official took it in and holds it until it is assigned (Đã tiếp nhận)."""

    TOPIC: ClassVar[str] = "feedback.acknowledged.v1"
    holder_id: Internal[UUID]
    holder_post_id: Internal[UUID | None]


class FeedbackClassified(Fact, frozen=True):
    """Kind, category and what is asked for, by content and not by title (Đã phân loại; TT 05/2021)."""

    TOPIC: ClassVar[str] = "feedback.classified.v1"
    kind: Internal[Kind]
    category: Internal[str]
    sub_category: Internal[str]
    sensitivity: Internal[Sensitivity]
    title: Internal[str]
    requests: Internal[tuple[RequestItem, ...]]


class FeedbackReclassified(Fact, frozen=True):
    """A classification put right; the first one stays in the history (Đã phân loại lại)."""

    TOPIC: ClassVar[str] = "feedback.reclassified.v1"
    kind: Internal[Kind]
    category: Internal[str]
    sub_category: Internal[str]
    sensitivity: Internal[Sensitivity]
    title: Internal[str]
    requests: Internal[tuple[RequestItem, ...]]
    reason: Internal[str]


class FeedbackAssigned(Fact, frozen=True):
    """Somebody was made the handler (Đã giao xử lý)."""

    TOPIC: ClassVar[str] = "feedback.assigned.v1"
    handler_id: Internal[UUID]
    handler_post_id: Internal[UUID | None]
    reason: Internal[str]


class SenderAsked(Fact, frozen=True):
    """A question to the sender; no term stops for it (Đã đề nghị bổ sung thông tin)."""

    TOPIC: ClassVar[str] = "feedback.sender_asked.v1"
    question_number: Internal[int]
    question: Personal[Sealed]
    asked_at: Internal[datetime]


class SenderReplied(Fact, frozen=True):
    """The sender answered a question (Người gửi đã trả lời)."""

    TOPIC: ClassVar[str] = "feedback.sender_replied.v1"
    question_number: Internal[int]
    reply: Personal[Sealed]
    attachments: Internal[tuple[Attachment, ...]]
    channel: Informant[Channel]
    late_reason: Internal[str] = ""


class AnswerDrafted(Fact, frozen=True):
    """A draft of the answer, request by request (Đã dự thảo trả lời)."""

    TOPIC: ClassVar[str] = "feedback.answer_drafted.v1"
    draft_number: Internal[int]
    drafter_id: Internal[UUID]
    outcome: Internal[Outcome]
    parts: Internal[tuple[AnswerPart, ...]]


class AnswerSubmittedForRelease(Fact, frozen=True):
    """The draft lies on the head's desk (Đã trình duyệt)."""

    TOPIC: ClassVar[str] = "feedback.answer_submitted_for_release.v1"
    draft_number: Internal[int]


class AnswerReturned(Fact, frozen=True):
    """The head wants it mended (Đã trả lại để sửa)."""

    TOPIC: ClassVar[str] = "feedback.answer_returned.v1"
    draft_number: Internal[int]
    reason: Personal[Sealed]


class AnswerReleased(Fact, frozen=True):
    """The sender can read it (Đã trả lời). `review_term` says until when a review may be asked for.

    `delegation_id`: the drafter released it alone, as a head had allowed for this category. `alone_reason`: the
    authority has nobody else (cơ quan chỉ có một người), and why it could not wait; listed for the auditor.
    """

    TOPIC: ClassVar[str] = "feedback.answer_released.v1"
    draft_number: Internal[int]
    review_term: Public[Term]
    delegation_id: Internal[UUID | None] = None
    alone_reason: Internal[str] = ""


class FeedbackClosed(Fact, frozen=True):
    """Nothing more is done (Đã kết thúc)."""

    TOPIC: ClassVar[str] = "feedback.closed.v1"
    reason: Internal[str]


class FeedbackReopened(Fact, frozen=True):
    """Taken up again, with new terms (Đã mở lại)."""

    TOPIC: ClassVar[str] = "feedback.reopened.v1"
    asked_by: Internal[AskedBy]
    reason: Personal[Sealed]
    terms: Internal[tuple[Term, ...]]


class InternalNoteAdded(Fact, frozen=True):
    """A note for colleagues; the sender never sees it (Đã ghi chú nội bộ)."""

    TOPIC: ClassVar[str] = "feedback.internal_note_added.v1"
    note: Personal[Sealed]


class InvolvementDeclared(Fact, frozen=True):
    """An official is involved in the matter and no longer sees the case (Đã khai báo có liên quan)."""

    TOPIC: ClassVar[str] = "feedback.involvement_declared.v1"
    official_id: Internal[UUID]


class FeedbackRestricted(Fact, frozen=True):
    """From now on only handler, head and named people see it (Đã hạn chế người xem)."""

    TOPIC: ClassVar[str] = "feedback.restricted.v1"
    sensitivity: Internal[Sensitivity]
    reason: Internal[str]


class ReaderNamed(Fact, frozen=True):
    """One more person may see a restricted case (Đã cho thêm người xem)."""

    TOPIC: ClassVar[str] = "feedback.reader_named.v1"
    official_id: Internal[UUID]
    reason: Internal[str]


class ReaderDismissed(Fact, frozen=True):
    """A named person no longer sees it (Đã thôi cho xem)."""

    TOPIC: ClassVar[str] = "feedback.reader_dismissed.v1"
    official_id: Internal[UUID]
    reason: Internal[str]


class IdentityDisclosed(Fact, frozen=True):
    """An official looked up who gave the information (Đã xem danh tính người cung cấp thông tin; CMP-I15)."""

    TOPIC: ClassVar[str] = "feedback.identity_disclosed.v1"
    reason: Internal[str]


class FeedbackHandedOver(Fact, frozen=True):
    """Another authority holds it now; number and terms stay (Đã bàn giao hồ sơ)."""

    TOPIC: ClassVar[str] = "feedback.handed_over.v1"
    from_authority_id: Public[UUID]
    to_authority_id: Public[UUID]
    reason: Internal[str]
    document: Internal[str]


class TermRederived(Fact, frozen=True):
    """A date moved because calendar or rule did (Đã tính lại hạn). The old one is kept."""

    TOPIC: ClassVar[str] = "feedback.term_rederived.v1"
    old: Internal[Term]
    new: Internal[Term]
    reason: Internal[str]


StraightFact = (
    FeedbackSubmitted
    | FeedbackAcknowledged
    | FeedbackClassified
    | FeedbackReclassified
    | FeedbackAssigned
    | SenderAsked
    | SenderReplied
    | AnswerDrafted
    | AnswerSubmittedForRelease
    | AnswerReturned
    | AnswerReleased
    | FeedbackClosed
    | FeedbackReopened
    | InternalNoteAdded
    | InvolvementDeclared
    | FeedbackRestricted
    | ReaderNamed
    | ReaderDismissed
    | IdentityDisclosed
    | FeedbackHandedOver
    | TermRederived
)
FeedbackFact = StraightFact | EndingFact | MendingFact
FEEDBACK_FACTS: tuple[type[Fact], ...] = FeedbackFact.__args__
