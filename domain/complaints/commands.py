"""What people ask of a complaint, in the imperative. Texts arrive sealed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from domain.complaints.competence import Competence
from domain.complaints.deciding_commands import DecidingCommand
from domain.complaints.parts import Issued, Paper
from domain.complaints.terms import Obstacle
from domain.complaints.vocabulary import (
    Complexity,
    Employment,
    Evidence,
    Form,
    Ground,
    Level,
    Ownership,
    Reading,
    Representation,
    Resolver,
    Target,
)
from domain.kernel import Command, Sealed
from domain.law.law import Law
from domain.law.term import Term


class First(msgspec.Struct, frozen=True, kw_only=True):
    """The first complaint, looked up when a second one comes.

    `due_on`: the last day of its time to resolve; `windows`: from the proven receipt of its decision.
    """

    case_id: UUID
    decided: bool
    due_on: date | None
    remote: bool
    windows: tuple[Term, ...] = ()
    reading: Reading | None = None
    lodged: bool = False
    """There is a second complaint already."""


class ReceiveComplaint(Command, frozen=True):
    """A signed petition, or minutes of what was said (Luật Khiếu nại 2011, Art. 8).

    `ownership`, `competence` and `first` are looked up. An earlier `received_on` than today needs `late_reason`.
    """

    level: Level
    authority_id: UUID
    received_by_id: UUID
    resolver: Resolver
    resolver_id: UUID
    ownership: Ownership
    competence: Competence | None
    place_id: UUID
    area_id: UUID
    subject_id: UUID
    complainant: Sealed
    contact: Sealed | None
    representation: Representation
    representative: Sealed | None
    mandate: Paper | None
    form: Form
    petition: Paper
    content: Sealed
    remedy: Sealed
    target: Target
    employment: Employment | None
    dismissal: bool
    target_number: str
    target_day: date | None
    known_on: date | None
    received_on: date
    law: Law
    late_reason: str = ""
    competence_reason: str = ""
    first: First | None = None
    source_id: UUID | None = None


class ForwardComplaint(Command, frozen=True):
    forwarded_on: date
    slip: Issued | None


class TakeAtResolver(Command, frozen=True):
    received_on: date
    law: Law


class AssignComplaint(Command, frozen=True):
    official_id: UUID
    post_id: UUID | None
    reason: str = ""


class DecideReading(Command, frozen=True):
    reading: Reading
    reason: str
    law: Law


class ExamineComplaint(Command, frozen=True):
    """`found`: the grounds of Article 11 that stand against it."""

    found: tuple[Ground, ...]
    findings: Sealed
    obstacle: Obstacle | None
    obstacle_paper: Paper | None
    law: Law


class RefuseComplaint(Command, frozen=True):
    ground: Ground
    reason: Sealed
    notice: Issued


class TransferComplaint(Command, frozen=True):
    to: str
    reason: str
    slip: Issued


class GuideComplainant(Command, frozen=True):
    guidance: Sealed
    paper: Issued | None


class AcceptComplaint(Command, frozen=True):
    """Remote and complex are facts that a person establishes, each with a reason."""

    accepted_on: date
    remote: bool
    remote_reason: str
    complexity: Complexity
    complexity_reason: str
    notice: Issued
    law: Law
    late_reason: str = ""


class EstablishCircumstances(Command, frozen=True):
    remote: bool
    complexity: Complexity
    reason: str
    paper: Issued | None
    law: Law


class AssignVerification(Command, frozen=True):
    """`resolver_account_id`: who resolves; `others`: how many else could verify (looked up)."""

    verifier_ids: tuple[UUID, ...]
    decision: Issued | None
    resolver_account_id: UUID
    others: int
    alone_reason: str = ""


class RecordEvidence(Command, frozen=True):
    kind: Evidence
    description: Sealed
    obtained_on: date
    paper: Paper | None


class ReportVerification(Command, frozen=True):
    reported_on: date
    differs: bool
    summary: Sealed
    report: Paper


class HoldDialogue(Command, frozen=True):
    held_on: date
    chair_id: UUID | None
    chair: str
    agreed: bool
    content: Sealed
    minutes: Paper


class SuspendExecution(Command, frozen=True):
    reason: Sealed
    decision: Issued


class LiftExecutionSuspension(Command, frozen=True):
    reason: Sealed
    decision: Issued


class SuspendComplaint(Command, frozen=True):
    from_day: date
    awaited: str
    decision: Issued


class ResumeComplaint(Command, frozen=True):
    resumed_on: date
    law: Law


class WithdrawComplaint(Command, frozen=True):
    withdrawn_on: date
    paper: Paper


class TerminateComplaint(Command, frozen=True):
    notice: Issued


class DeclareInvolvement(Command, frozen=True):
    official_id: UUID
    reason: str


class ReassignRegime(Command, frozen=True):
    regime: str
    reason: str


class RederiveTerms(Command, frozen=True):
    """The calendar is another: every term that still runs is counted again."""

    law: Law
    reason: str


CaseCommand = (
    ReceiveComplaint
    | ForwardComplaint
    | TakeAtResolver
    | AssignComplaint
    | DecideReading
    | ExamineComplaint
    | RefuseComplaint
    | TransferComplaint
    | GuideComplainant
    | AcceptComplaint
    | EstablishCircumstances
    | AssignVerification
    | RecordEvidence
    | ReportVerification
    | HoldDialogue
    | SuspendExecution
    | LiftExecutionSuspension
    | SuspendComplaint
    | ResumeComplaint
    | WithdrawComplaint
    | TerminateComplaint
    | DeclareInvolvement
    | ReassignRegime
    | RederiveTerms
)
ComplaintCommand = CaseCommand | DecidingCommand
