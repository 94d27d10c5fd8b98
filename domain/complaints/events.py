"""Facts of complaints up to the decision. STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.

One stream per complaint and level. Texts and what tells who complains are sealed under `subject_id`, a random id made
for this complaint, so that one erasure reaches all of them.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.complaints.competence import Competence
from domain.complaints.deciding_events import DecidingFact
from domain.complaints.parts import Issued, Paper
from domain.complaints.terms import Obstacle
from domain.complaints.vocabulary import (
    Complexity,
    Employment,
    Evidence,
    Form,
    Ground,
    Level,
    Reading,
    Representation,
    Resolver,
    Target,
    Timeliness,
)
from domain.kernel import Fact, Informant, Internal, Personal, Public, Sealed
from domain.law.term import Term


class ComplaintReceived(Fact, frozen=True):
    """A petition, or the minutes of what was said, came in (Đã nhận đơn khiếu nại).

    `received_by_id` took it in; `resolver_id` is the school or authority whose head resolves. Where the two differ the
    time to accept begins with `complaint.reached_resolver`. `limits`: until when it could be lodged, one term for each
    reading of the law; `first_id`: the case of the first level; `source_id`: the feedback or reception it grew from.
    """

    TOPIC: ClassVar[str] = "complaint.received.v1"
    level: Internal[Level]
    authority_id: Public[UUID]
    received_by_id: Internal[UUID]
    resolver: Internal[Resolver]
    resolver_id: Internal[UUID]
    competence: Internal[Competence | None]
    competence_reason: Internal[str]
    place_id: Public[UUID]
    area_id: Public[UUID]
    subject_id: Informant[UUID]
    complainant: Personal[Sealed]
    contact: Personal[Sealed | None]
    representation: Internal[Representation]
    representative: Personal[Sealed | None]
    mandate: Internal[Paper | None]
    form: Internal[Form]
    petition: Internal[Paper]
    content: Personal[Sealed]
    remedy: Personal[Sealed]
    target: Internal[Target]
    employment: Internal[Employment | None]
    dismissal: Internal[bool]
    target_number: Internal[str]
    target_day: Internal[date | None]
    known_on: Internal[date | None]
    received_on: Internal[date]
    late_reason: Internal[str]
    regime: Internal[str]
    limits: Internal[tuple[Term, ...]]
    terms: Internal[tuple[Term, ...]]
    first_id: Internal[UUID | None] = None
    source_id: Informant[UUID | None] = None


class ComplaintForwarded(Fact, frozen=True):
    """It went to the resolver by slip (Đã chuyển đơn đến người giải quyết)."""

    TOPIC: ClassVar[str] = "complaint.forwarded.v1"
    forwarded_on: Internal[date]
    slip: Internal[Issued | None]


class ComplaintReachedResolver(Fact, frozen=True):
    """The competent resolver has it: the time to accept begins (Người giải quyết đã nhận đơn)."""

    TOPIC: ClassVar[str] = "complaint.reached_resolver.v1"
    received_on: Internal[date]
    terms: Internal[tuple[Term, ...]]


class ComplaintAssigned(Fact, frozen=True):
    """An official prepares it (Đã giao tham mưu)."""

    TOPIC: ClassVar[str] = "complaint.assigned.v1"
    official_id: Internal[UUID]
    post_id: Internal[UUID | None]
    reason: Internal[str]


class ReadingDecided(Fact, frozen=True):
    """A person decided which chapter applies where the law is unclear (Đã chọn cách hiểu luật)."""

    TOPIC: ClassVar[str] = "complaint.reading_decided.v1"
    reading: Internal[Reading]
    reason: Internal[str]
    terms: Internal[tuple[Term, ...]]


class ComplaintExamined(Fact, frozen=True):
    """The conditions were looked at (Đã xem xét điều kiện thụ lý). `found`: the grounds against it; none: acceptable.

    `obstacle`: what kept the complainant from lodging in time; `timeliness` takes it into account.
    """

    TOPIC: ClassVar[str] = "complaint.examined.v1"
    found: Internal[tuple[Ground, ...]]
    findings: Personal[Sealed]
    timeliness: Internal[Timeliness]
    obstacle: Internal[Obstacle | None]
    obstacle_paper: Internal[Paper | None]
    limits: Internal[tuple[Term, ...]]


class ComplaintRefused(Fact, frozen=True):
    """Not accepted, on a ground of Article 11 (Đã thông báo không thụ lý)."""

    TOPIC: ClassVar[str] = "complaint.refused.v1"
    ground: Internal[Ground]
    reason: Personal[Sealed]
    notice: Internal[Issued]


class ComplaintTransferred(Fact, frozen=True):
    """It belongs to a body outside (Đã chuyển đơn khiếu nại)."""

    TOPIC: ClassVar[str] = "complaint.transferred.v1"
    to: Internal[str]
    reason: Internal[str]
    slip: Internal[Issued]


class ComplainantGuided(Fact, frozen=True):
    """It is no complaint, or not yet: the person was told what else can be done (Đã hướng dẫn khiếu nại)."""

    TOPIC: ClassVar[str] = "complaint.guided.v1"
    guidance: Personal[Sealed]
    paper: Internal[Issued | None]


class ComplaintAccepted(Fact, frozen=True):
    """The time to resolve begins (Đã thụ lý khiếu nại)."""

    TOPIC: ClassVar[str] = "complaint.accepted.v1"
    accepted_on: Internal[date]
    remote: Internal[bool]
    remote_reason: Internal[str]
    complexity: Internal[Complexity]
    complexity_reason: Internal[str]
    terms: Internal[tuple[Term, ...]]
    notice: Internal[Issued]
    late_reason: Internal[str] = ""


class CircumstancesEstablished(Fact, frozen=True):
    """Remote or complex, or not after all; the date is counted anew from the acceptance (Đã xác định lại tính chất).

    `paper`: what was signed for it.
    """

    TOPIC: ClassVar[str] = "complaint.circumstances_established.v1"
    remote: Internal[bool]
    complexity: Internal[Complexity]
    reason: Internal[str]
    old: Internal[Term]
    new: Internal[Term]
    paper: Internal[Issued | None]


class VerificationAssigned(Fact, frozen=True):
    """These people verify (Đã giao xác minh). `alone_reason`: why the resolver is the only one (CMP-I4)."""

    TOPIC: ClassVar[str] = "complaint.verification_assigned.v1"
    verifier_ids: Internal[tuple[UUID, ...]]
    decision: Internal[Issued | None]
    alone_reason: Internal[str] = ""


class EvidenceRecorded(Fact, frozen=True):
    """Something that shows how it was (Đã ghi nhận chứng cứ)."""

    TOPIC: ClassVar[str] = "complaint.evidence_recorded.v1"
    number: Internal[int]
    kind: Internal[Evidence]
    description: Personal[Sealed]
    obtained_on: Internal[date]
    paper: Internal[Paper | None]


class VerificationReported(Fact, frozen=True):
    """What the verification found (Đã báo cáo kết quả xác minh). `differs`: from what the complainant says."""

    TOPIC: ClassVar[str] = "complaint.verification_reported.v1"
    reported_on: Internal[date]
    differs: Internal[bool]
    summary: Personal[Sealed]
    report: Internal[Paper]


class DialogueHeld(Fact, frozen=True):
    """Resolver, complainant and the one complained of met (Đã đối thoại; Art. 30, 39)."""

    TOPIC: ClassVar[str] = "complaint.dialogue_held.v1"
    held_on: Internal[date]
    chair_id: Internal[UUID | None]
    chair: Internal[str]
    agreed: Internal[bool]
    content: Personal[Sealed]
    minutes: Internal[Paper]


class ExecutionSuspended(Fact, frozen=True):
    """What is complained of is not carried out for now (Đã tạm đình chỉ thi hành; Art. 35)."""

    TOPIC: ClassVar[str] = "complaint.execution_suspended.v1"
    reason: Personal[Sealed]
    decision: Internal[Issued]


class ExecutionSuspensionLifted(Fact, frozen=True):
    """It may be carried out again (Đã huỷ bỏ tạm đình chỉ thi hành)."""

    TOPIC: ClassVar[str] = "complaint.execution_suspension_lifted.v1"
    reason: Personal[Sealed]
    decision: Internal[Issued]


class ComplaintSuspended(Fact, frozen=True):
    """It waits for a related result (Đã tạm đình chỉ giải quyết; Luật 136/2025, details unknown)."""

    TOPIC: ClassVar[str] = "complaint.suspended.v1"
    from_day: Internal[date]
    awaited: Internal[str]
    decision: Internal[Issued]


class ComplaintResumed(Fact, frozen=True):
    """The result is there; the days between do not count (Đã tiếp tục giải quyết)."""

    TOPIC: ClassVar[str] = "complaint.resumed.v1"
    resumed_on: Internal[date]
    old: Internal[Term]
    new: Internal[Term]


class ComplaintWithdrawn(Fact, frozen=True):
    """By the complainant, signed (Đã rút khiếu nại; Art. 10)."""

    TOPIC: ClassVar[str] = "complaint.withdrawn.v1"
    withdrawn_on: Internal[date]
    paper: Internal[Paper]


class ComplaintTerminated(Fact, frozen=True):
    """The resolver ends it because it was withdrawn (Đã đình chỉ giải quyết); the file stays (CMP-I8)."""

    TOPIC: ClassVar[str] = "complaint.terminated.v1"
    notice: Internal[Issued]


class InvolvementDeclared(Fact, frozen=True):
    """An official is concerned himself and reads it no more (Đã xác định người có liên quan; CMP-I3)."""

    TOPIC: ClassVar[str] = "complaint.involvement_declared.v1"
    official_id: Internal[UUID]
    reason: Internal[str]


class RegimeReassigned(Fact, frozen=True):
    """From here on another law governs it, by somebody's decision (Đã chuyển chế độ pháp lý)."""

    TOPIC: ClassVar[str] = "complaint.regime_reassigned.v1"
    old: Internal[str]
    new: Internal[str]
    reason: Internal[str]


class TermRederived(Fact, frozen=True):
    """The calendar moved a date that still runs (Đã tính lại hạn)."""

    TOPIC: ClassVar[str] = "complaint.term_rederived.v1"
    old: Internal[Term]
    new: Internal[Term]
    reason: Internal[str]


CaseFact = (
    ComplaintReceived
    | ComplaintForwarded
    | ComplaintReachedResolver
    | ComplaintAssigned
    | ReadingDecided
    | ComplaintExamined
    | ComplaintRefused
    | ComplaintTransferred
    | ComplainantGuided
    | ComplaintAccepted
    | CircumstancesEstablished
    | VerificationAssigned
    | EvidenceRecorded
    | VerificationReported
    | DialogueHeld
    | ExecutionSuspended
    | ExecutionSuspensionLifted
    | ComplaintSuspended
    | ComplaintResumed
    | ComplaintWithdrawn
    | ComplaintTerminated
    | InvolvementDeclared
    | RegimeReassigned
    | TermRederived
)
ComplaintFact = CaseFact | DecidingFact
