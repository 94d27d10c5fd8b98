"""Facts of complaints from the draft of a decision on. STORED FOR EVER: add fields with defaults; never edit."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.complaints.parts import DraftSection, Issued, Paper, Relied
from domain.complaints.vocabulary import ComplaintOutcome, Proof, Publication, Way
from domain.kernel import Fact, Internal, Personal, Public, Sealed
from domain.law.term import Term


class DecisionDrafted(Fact, frozen=True):
    """How the decision would read (Đã dự thảo quyết định giải quyết)."""

    TOPIC: ClassVar[str] = "complaint.decision_drafted.v1"
    draft_number: Internal[int]
    drafter_id: Internal[UUID]
    outcome: Internal[ComplaintOutcome]
    sections: Internal[tuple[DraftSection, ...]]


class DraftSubmitted(Fact, frozen=True):
    """The draft lies before the one who signs (Đã trình ký)."""

    TOPIC: ClassVar[str] = "complaint.draft_submitted.v1"
    draft_number: Internal[int]


class DraftReturned(Fact, frozen=True):
    """Not like this (Đã trả lại dự thảo)."""

    TOPIC: ClassVar[str] = "complaint.draft_returned.v1"
    draft_number: Internal[int]
    reason: Personal[Sealed]


class DraftApproved(Fact, frozen=True):
    """The resolver signed it, or somebody by a dated delegation; number and paper are still missing (Đã duyệt ký).

    `alone_reason`: why one person drafted and signed.
    """

    TOPIC: ClassVar[str] = "complaint.draft_approved.v1"
    draft_number: Internal[int]
    signer_id: Internal[UUID]
    signer_post_id: Internal[UUID | None]
    delegation_id: Internal[UUID | None]
    relied: Internal[Relied]
    alone_reason: Internal[str] = ""


class DecisionIssued(Fact, frozen=True):
    """Signed, numbered, and the paper is there (Đã ban hành quyết định giải quyết khiếu nại)."""

    TOPIC: ClassVar[str] = "complaint.decision_issued.v1"
    draft_number: Internal[int]
    outcome: Internal[ComplaintOutcome]
    decision: Internal[Issued]
    terms: Internal[tuple[Term, ...]]


class DecisionAmended(Fact, frozen=True):
    """A paper that puts the decision right (Đã sửa đổi, bổ sung quyết định)."""

    TOPIC: ClassVar[str] = "complaint.decision_amended.v1"
    reason: Internal[str]
    text: Personal[Sealed]
    decision: Internal[Issued]


class DecisionSent(Fact, frozen=True):
    """It went out to the complainant; that is not yet its receipt (Đã gửi quyết định)."""

    TOPIC: ClassVar[str] = "complaint.decision_sent.v1"
    sent_on: Internal[date]
    way: Internal[Way]


class DecisionReceived(Fact, frozen=True):
    """The complainant has it, and a paper proves the day (Người khiếu nại đã nhận quyết định).

    `windows`: until when a second complaint can be lodged, one term for each reading. `corrects`: why an earlier day
    was wrong; empty the first time.
    """

    TOPIC: ClassVar[str] = "complaint.decision_received.v1"
    received_on: Internal[date]
    proof: Internal[Proof]
    paper: Internal[Paper]
    windows: Internal[tuple[Term, ...]]
    corrects: Internal[str] = ""


class DecisionTookEffect(Fact, frozen=True):
    """A person found that it is in force (Quyết định có hiệu lực pháp luật).

    `against_window`: why, although the time for a second complaint was not over or its start was not proven.
    """

    TOPIC: ClassVar[str] = "complaint.decision_took_effect.v1"
    effective_on: Internal[date]
    against_window: Internal[str]


class DecisionPublished(Fact, frozen=True):
    """In one of three forms, covered as a person confirmed (Đã công khai quyết định; NĐ 124/2020 Art. 12)."""

    TOPIC: ClassVar[str] = "complaint.decision_published.v1"
    form: Internal[Publication]
    from_day: Public[date]
    where: Internal[str]
    redactor_id: Internal[UUID]
    redacted: Public[Paper]
    until: Internal[Term | None]


class PublicationEnded(Fact, frozen=True):
    """It is no longer shown (Đã gỡ quyết định công khai)."""

    TOPIC: ClassVar[str] = "complaint.publication_ended.v1"
    ended_on: Public[date]
    reason: Public[str]


class DecisionExecuted(Fact, frozen=True):
    """What was ordered is done (Đã thi hành)."""

    TOPIC: ClassVar[str] = "complaint.decision_executed.v1"
    executed_on: Internal[date]
    report: Personal[Sealed]
    paper: Internal[Paper | None]


class ComplaintClosed(Fact, frozen=True):
    """Nothing is left to do (Đã kết thúc hồ sơ khiếu nại)."""

    TOPIC: ClassVar[str] = "complaint.closed.v1"
    reason: Internal[str]


class SecondComplaintLodged(Fact, frozen=True):
    """The complainant went on; a case of its own was opened (Đã khiếu nại lần hai)."""

    TOPIC: ClassVar[str] = "complaint.second_lodged.v1"
    second_id: Internal[UUID]
    lodged_on: Internal[date]


class TakenToCourt(Fact, frozen=True):
    """An administrative court has it (Đã khởi kiện vụ án hành chính)."""

    TOPIC: ClassVar[str] = "complaint.taken_to_court.v1"
    taken_on: Internal[date]
    note: Personal[Sealed | None]


DecidingFact = (
    DecisionDrafted
    | DraftSubmitted
    | DraftReturned
    | DraftApproved
    | DecisionIssued
    | DecisionAmended
    | DecisionSent
    | DecisionReceived
    | DecisionTookEffect
    | DecisionPublished
    | PublicationEnded
    | DecisionExecuted
    | ComplaintClosed
    | SecondComplaintLodged
    | TakenToCourt
)
