"""Feedback facts. STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.

One stream per submission: from what the sender wrote to its answer. Texts are sealed under `subject_id`, a random id
made for this submission, so that one erasure reaches all of them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import msgspec

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


class Attachment(msgspec.Struct, frozen=True):
    """A photo or paper. `address` is the SHA-256 of its ciphertext; its name lies in `meta`."""

    id: Internal[UUID]
    address: Internal[str]
    media_type: Internal[str]
    size: Internal[int]
    meta: Personal[Sealed]


class RequestItem(msgspec.Struct, frozen=True):
    """One thing the sender asks for; the answer must speak to each (CMP-I11)."""

    number: Internal[int]
    text: Personal[Sealed]


class AnswerPart(msgspec.Struct, frozen=True):
    """What is answered to one request."""

    request: Internal[int]
    text: Personal[Sealed]


class FeedbackSubmitted(Fact, frozen=True):
    """Somebody told the authority something about a unit (Đã gửi phản ánh)."""

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
    """The sender can read it (Đã trả lời). `review_term` says until when a review may be asked for."""

    TOPIC: ClassVar[str] = "feedback.answer_released.v1"
    draft_number: Internal[int]
    review_term: Public[Term]


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


FeedbackFact = (
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
FEEDBACK_FACTS: tuple[type[Fact], ...] = FeedbackFact.__args__
