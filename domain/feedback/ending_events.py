"""Facts by which a case ends without an answer of its own, and those that take such an ending back. STORED FOR EVER."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.feedback.parts import SplitPart
from domain.feedback.vocabulary import Channel, GuidedTo, IneligibleGround
from domain.kernel import Fact, Informant, Internal, Personal, Public, Sealed
from domain.law.term import Term


class FeedbackSplit(Fact, frozen=True):
    """Each matter got a case of its own (Đã tách nội dung). Every piece of the text is in some part (CMP-I14)."""

    TOPIC: ClassVar[str] = "feedback.split.v1"
    pieces: Internal[int]
    parts: Internal[tuple[SplitPart, ...]]
    reason: Internal[str]


class DuplicateLinked(Fact, frozen=True):
    """It says what another case says, which goes on alone (Đã liên kết đơn trùng)."""

    TOPIC: ClassVar[str] = "feedback.duplicate_linked.v1"
    of_case_id: Internal[UUID]
    reason: Internal[str]


class DuplicateUnlinked(Fact, frozen=True):
    """It was no duplicate (Đã bỏ liên kết đơn trùng)."""

    TOPIC: ClassVar[str] = "feedback.duplicate_unlinked.v1"
    reason: Internal[str]


class FeedbackTransferred(Fact, frozen=True):
    """To the competent body, with a transfer slip (Đã chuyển cơ quan có thẩm quyền; Phiếu chuyển đơn, TT 05/2021).

    `to_authority_id` and `opened_case_id` where the receiver works in this store too; `receiver` may be empty then.
    """

    TOPIC: ClassVar[str] = "feedback.transferred.v1"
    receiver: Public[str]
    to_authority_id: Public[UUID | None]
    opened_case_id: Internal[UUID | None]
    where_to_ask: Public[str]
    document: Internal[str]
    reason: Internal[str]


class TransferRecalled(Fact, frozen=True):
    """It was sent to the wrong body and taken back before anybody there opened it (Đã thu hồi việc chuyển đơn)."""

    TOPIC: ClassVar[str] = "feedback.transfer_recalled.v1"
    reason: Internal[str]


class IncomingTransferRecalled(Fact, frozen=True):
    """The body that had sent it here took it back (Nơi chuyển đã thu hồi)."""

    TOPIC: ClassVar[str] = "feedback.incoming_transfer_recalled.v1"
    reason: Internal[str]


class SenderGuided(Fact, frozen=True):
    """The sender was told what to do instead, where, when and with which papers (Đã hướng dẫn; Phiếu hướng dẫn)."""

    TOPIC: ClassVar[str] = "feedback.sender_guided.v1"
    to: Internal[GuidedTo]
    guidance: Personal[Sealed]
    document: Internal[str]


class GuidanceWithdrawn(Fact, frozen=True):
    """The guidance was wrong; the case goes on (Đã rút hướng dẫn)."""

    TOPIC: ClassVar[str] = "feedback.guidance_withdrawn.v1"
    reason: Internal[str]


class FeedbackFoundIneligible(Fact, frozen=True):
    """It cannot be handled (Đã xác định không đủ điều kiện xử lý); kept for the year of TT 05/2021, then purged."""

    TOPIC: ClassVar[str] = "feedback.found_ineligible.v1"
    ground: Internal[IneligibleGround]
    reason: Personal[Sealed]
    keep_term: Internal[Term]


class IneligibilityRevoked(Fact, frozen=True):
    """It can be handled after all (Đã hủy xác định không đủ điều kiện)."""

    TOPIC: ClassVar[str] = "feedback.ineligibility_revoked.v1"
    reason: Internal[str]


class PetitionPurged(Fact, frozen=True):
    """The kept year is over and a signed list orders its destruction (Đã tiêu hủy đơn hết hạn lưu; CMP-I9)."""

    TOPIC: ClassVar[str] = "feedback.petition_purged.v1"
    document: Internal[str]


class SpamProposed(Fact, frozen=True):
    """One person holds it for spam; a second has to agree (Đã đề nghị xác định là tin rác)."""

    TOPIC: ClassVar[str] = "feedback.spam_proposed.v1"
    proposer_id: Internal[UUID]
    reason: Internal[str]


class SpamDoubted(Fact, frozen=True):
    """The second person does not agree; the case goes on (Không xác định là tin rác)."""

    TOPIC: ClassVar[str] = "feedback.spam_doubted.v1"
    reason: Internal[str]


class SpamConfirmed(Fact, frozen=True):
    """Two people hold it for spam (Đã xác định là tin rác). `alone_reason`: the authority has only one person."""

    TOPIC: ClassVar[str] = "feedback.spam_confirmed.v1"
    alone_reason: Internal[str] = ""


class SpamRevoked(Fact, frozen=True):
    """It was no spam (Đã hủy xác định tin rác)."""

    TOPIC: ClassVar[str] = "feedback.spam_revoked.v1"
    reason: Internal[str]


class FeedbackWithdrawn(Fact, frozen=True):
    """The sender no longer wants it pursued (Người gửi đã rút phản ánh). The file stays."""

    TOPIC: ClassVar[str] = "feedback.withdrawn.v1"
    channel: Informant[Channel]
    reason: Personal[Sealed | None]
    late_reason: Internal[str] = ""


EndingFact = (
    FeedbackSplit
    | DuplicateLinked
    | DuplicateUnlinked
    | FeedbackTransferred
    | TransferRecalled
    | IncomingTransferRecalled
    | SenderGuided
    | GuidanceWithdrawn
    | FeedbackFoundIneligible
    | IneligibilityRevoked
    | PetitionPurged
    | SpamProposed
    | SpamDoubted
    | SpamConfirmed
    | SpamRevoked
    | FeedbackWithdrawn
)
