"""What people want of a complaint, in the words of the API and of the forms. One shape for each action."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from domain.complaints.competence import Against
from domain.complaints.vocabulary import (
    ComplaintOutcome,
    Complexity,
    Employment,
    Evidence,
    Form,
    Ground,
    Ownership,
    Proof,
    Publication,
    Reading,
    Representation,
    Resolver,
    Section,
    Target,
    Way,
)

MOST_LINE, MOST_REASON, MOST_TEXT = 500, 2_000, 20_000
Line = Annotated[str, msgspec.Meta(max_length=MOST_LINE)]
Reason = Annotated[str, msgspec.Meta(max_length=MOST_REASON)]
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_TEXT)]
Several = msgspec.Meta(max_length=30)


class Wish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one person wants of one case."""


class Scan(Wish, frozen=True, kw_only=True):
    """A file that an official brings, with its name."""

    name: Line
    data: bytes


class Document(Wish, frozen=True, kw_only=True):
    """An official document as the registry (văn thư) gave it out: number, symbol and day as typed, and its paper."""

    number: Line
    symbol: Line
    day: date
    scan: Scan


class Petition(Wish, frozen=True, kw_only=True):
    """Đơn khiếu nại, or the minutes of what was said.

    `against`: whose decision or act; `resolver` None: the usual one of the table of competence. `resolver_id`: the
    authority of a resolver who is neither the head of the unit nor of its authority. `ownership`: whether the unit acts
    for the state.
    """

    place_id: UUID
    ownership: Ownership
    complainant: Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_LINE)]
    contact: Line = ""
    representation: Representation = Representation.NONE
    representative: Line = ""
    mandate: Scan | None = None
    form: Form
    petition: Scan
    content: Text
    remedy: Text
    against: Against = "school"
    target: Target
    employment: Employment | None = None
    dismissal: bool = False
    target_number: Line = ""
    target_day: date | None = None
    known_on: date | None = None
    received_on: date
    late_reason: Reason = ""
    resolver: Resolver | None = None
    resolver_id: UUID | None = None
    competence_reason: Reason = ""
    source_id: UUID | None = None


class SecondPetition(Petition, frozen=True, kw_only=True):
    """Khiếu nại lần hai: of the case of the first level."""

    first_id: UUID


class SignatureRequest(Wish, frozen=True, kw_only=True):
    """For what needs no words."""


class Forwarding(Wish, frozen=True, kw_only=True):
    forwarded_on: date
    slip: Document | None = None


class Arrival(Wish, frozen=True, kw_only=True):
    received_on: date


class Assignment(Wish, frozen=True, kw_only=True):
    official_id: UUID
    reason: Reason = ""


class ReadingChoice(Wish, frozen=True, kw_only=True):
    reading: Reading
    reason: Reason


class Examination(Wish, frozen=True, kw_only=True):
    """`found`: the grounds of Article 11 that stand against it. An obstacle (Art. 9) has a first and a last day."""

    found: Annotated[list[Ground], Several] = []
    findings: Text
    obstacle_first: date | None = None
    obstacle_last: date | None = None
    obstacle_paper: Scan | None = None


class Refusal(Wish, frozen=True, kw_only=True):
    ground: Ground
    reason: Text
    notice: Document


class Transfer(Wish, frozen=True, kw_only=True):
    to: Line
    reason: Reason
    slip: Document


class Guidance(Wish, frozen=True, kw_only=True):
    guidance: Text
    paper: Document | None = None


class Acceptance(Wish, frozen=True, kw_only=True):
    accepted_on: date
    remote: bool = False
    remote_reason: Reason = ""
    complexity: Complexity = Complexity.NORMAL
    complexity_reason: Reason = ""
    late_reason: Reason = ""
    notice: Document


class Circumstances(Wish, frozen=True, kw_only=True):
    remote: bool
    complexity: Complexity
    reason: Reason
    paper: Document | None = None


class Verification(Wish, frozen=True, kw_only=True):
    verifier_ids: Annotated[list[UUID], Several]
    decision: Document | None = None
    alone_reason: Reason = ""


class EvidenceItem(Wish, frozen=True, kw_only=True):
    kind: Evidence
    description: Text
    obtained_on: date
    paper: Scan | None = None


class Report(Wish, frozen=True, kw_only=True):
    reported_on: date
    differs: bool
    summary: Text
    report: Scan


class Dialogue(Wish, frozen=True, kw_only=True):
    held_on: date
    chair: Line
    agreed: bool
    content: Text
    minutes: Scan


class ExecutionSuspension(Wish, frozen=True, kw_only=True):
    reason: Text
    decision: Document


class Suspension(Wish, frozen=True, kw_only=True):
    from_day: date
    awaited: Line
    decision: Document


class Resumption(Wish, frozen=True, kw_only=True):
    resumed_on: date


class Withdrawal(Wish, frozen=True, kw_only=True):
    withdrawn_on: date
    paper: Scan


class Termination(Wish, frozen=True, kw_only=True):
    notice: Document


class Involvement(Wish, frozen=True, kw_only=True):
    """`official_id` None: oneself."""

    official_id: UUID | None = None
    reason: Reason


class Regime(Wish, frozen=True, kw_only=True):
    regime: Line
    reason: Reason


class SectionText(Wish, frozen=True, kw_only=True):
    section: Section
    text: Text


class Draft(Wish, frozen=True, kw_only=True):
    outcome: ComplaintOutcome
    sections: Annotated[list[SectionText], Several]


class Return(Wish, frozen=True, kw_only=True):
    reason: Text


class Approval(Wish, frozen=True, kw_only=True):
    alone_reason: Reason = ""


class Issue(Wish, frozen=True, kw_only=True):
    decision: Document


class Amendment(Wish, frozen=True, kw_only=True):
    reason: Reason
    text: Text
    decision: Document


class Sending(Wish, frozen=True, kw_only=True):
    sent_on: date
    way: Way


class ReceiptProof(Wish, frozen=True, kw_only=True):
    received_on: date
    proof: Proof
    paper: Scan
    corrects: Reason = ""


class Effect(Wish, frozen=True, kw_only=True):
    effective_on: date
    against_window: Reason = ""


class PublicationWish(Wish, frozen=True, kw_only=True):
    """`confirmed`: who asks this has read the covered paper and confirms that it names nobody."""

    form: Publication
    from_day: date
    where: Line
    redacted: Scan
    confirmed: bool
    chosen: bool = False


class PublicationEnd(Wish, frozen=True, kw_only=True):
    reason: Reason


class Execution(Wish, frozen=True, kw_only=True):
    executed_on: date
    report: Text
    paper: Scan | None = None


class Closure(Wish, frozen=True, kw_only=True):
    reason: Reason


class CourtNote(Wish, frozen=True, kw_only=True):
    taken_on: date
    note: Annotated[str, msgspec.Meta(max_length=MOST_TEXT)] = ""
