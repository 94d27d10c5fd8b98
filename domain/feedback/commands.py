"""What people ask of a feedback, in the imperative. Texts arrive sealed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from domain.feedback.ending_commands import EndingCommand
from domain.feedback.mending_commands import MendingCommand
from domain.feedback.parts import AnswerPart, Attachment, Original, RequestItem
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
from domain.kernel import Command, Sealed
from domain.law.law import Law


class SubmitFeedback(Command, frozen=True):
    """By the sender over the QR code, or by an official for a sender who came another way.

    `received_at` is when the authority got it; an earlier moment than `at` needs `late_reason`.
    """

    channel: Channel
    authority_id: UUID
    place_id: UUID
    area_id: UUID
    subject_id: UUID
    identity_ref: UUID | None
    contact: Contact
    submitter_role: SubmitterRole
    topic: Topic
    danger: bool
    content: Sealed
    content_length: int
    attachments: tuple[Attachment, ...]
    code_hash: bytes
    consent_version: str
    language: Language
    law: Law
    received_at: datetime | None = None
    late_reason: str = ""
    received_at_place: Sealed | None = None
    originals: tuple[Original, ...] = ()
    paper_day: date | None = None
    sent_by: Sealed | None = None
    document_number: Sealed | None = None
    document_day: date | None = None
    collected_by: Sealed | None = None

    def happened_at(self) -> datetime:
        """A paper happened when it was received."""
        return self.received_at or self.at


class AcknowledgeFeedback(Command, frozen=True):
    post_id: UUID | None


class ClassifyFeedback(Command, frozen=True):
    """The first classification, or with a `reason` a later one.

    `own_sensitivity`: what the authority itself says of this category, where that is narrower (looked up).
    """

    kind: Kind
    category: str
    sub_category: str
    title: str
    requests: tuple[RequestItem, ...]
    reason: str = ""
    own_sensitivity: Sensitivity | None = None


class AssignFeedback(Command, frozen=True):
    handler_id: UUID
    handler_post_id: UUID | None
    reason: str = ""


class AskSender(Command, frozen=True):
    question: Sealed


class ReplyToQuestion(Command, frozen=True):
    """By the sender with the tracking code, or by an official who took it down or got it on paper."""

    question_number: int
    reply: Sealed
    attachments: tuple[Attachment, ...]
    channel: Channel
    received_at: datetime | None = None
    late_reason: str = ""

    def happened_at(self) -> datetime:
        """A reply on paper happened when it was received."""
        return self.received_at or self.at


class DraftAnswer(Command, frozen=True):
    outcome: Outcome
    parts: tuple[AnswerPart, ...]


class SubmitAnswerForRelease(Command, frozen=True):
    pass


class ReturnAnswer(Command, frozen=True):
    reason: Sealed


class ReleaseAnswer(Command, frozen=True):
    """`delegation_id`: a head lets this drafter answer this category alone. `others`: who else could release it."""

    law: Law
    delegation_id: UUID | None = None
    alone_reason: str = ""
    others: int = 1


class CloseFeedback(Command, frozen=True):
    reason: str


class ReopenFeedback(Command, frozen=True):
    asked_by: AskedBy
    reason: Sealed
    law: Law


class AddInternalNote(Command, frozen=True):
    note: Sealed


class DeclareInvolvement(Command, frozen=True):
    """`superior_id`: where the case goes when nobody is left who may decide it here."""

    superior_id: UUID | None = None


class RestrictFeedback(Command, frozen=True):
    sensitivity: Sensitivity
    reason: str


class NameReader(Command, frozen=True):
    official_id: UUID
    reason: str


class DismissReader(Command, frozen=True):
    official_id: UUID
    reason: str


class DiscloseIdentity(Command, frozen=True):
    reason: str


class HandOverFeedback(Command, frozen=True):
    """`receiver_works`: the authority is recorded and exists on this day."""

    to_authority_id: UUID
    receiver_works: bool
    reason: str
    document: str


class RederiveTerms(Command, frozen=True):
    """The calendar or a rule changed; dates that move get a fact each."""

    law: Law
    reason: str


StraightCommand = (
    SubmitFeedback
    | AcknowledgeFeedback
    | ClassifyFeedback
    | AssignFeedback
    | AskSender
    | ReplyToQuestion
    | DraftAnswer
    | SubmitAnswerForRelease
    | ReturnAnswer
    | ReleaseAnswer
    | CloseFeedback
    | ReopenFeedback
    | AddInternalNote
    | DeclareInvolvement
    | RestrictFeedback
    | NameReader
    | DismissReader
    | DiscloseIdentity
    | HandOverFeedback
    | RederiveTerms
)
FeedbackCommand = StraightCommand | EndingCommand | MendingCommand
