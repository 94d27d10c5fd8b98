"""What people ask from the draft of a decision on. Texts arrive sealed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.complaints.parts import DraftSection, Issued, Paper, Relied
from domain.complaints.vocabulary import ComplaintOutcome, Proof, Publication, Way
from domain.kernel import Command, Sealed
from domain.law.law import Law


class DraftDecision(Command, frozen=True):
    outcome: ComplaintOutcome
    sections: tuple[DraftSection, ...]


class SubmitDraft(Command, frozen=True):
    pass


class ReturnDraft(Command, frozen=True):
    reason: Sealed


class ApproveDraft(Command, frozen=True):
    """By who resolves, or by a dated delegation. `others`: how many else could sign; `relied` is looked up."""

    post_id: UUID | None
    delegation_id: UUID | None
    relied: Relied
    others: int
    alone_reason: str = ""


class IssueDecision(Command, frozen=True):
    """By the registry: number, symbol and day as they stand on the signed paper."""

    decision: Issued
    law: Law


class AmendDecision(Command, frozen=True):
    reason: str
    text: Sealed
    decision: Issued


class SendDecision(Command, frozen=True):
    sent_on: date
    way: Way


class ProveReceipt(Command, frozen=True):
    """`corrects`: why the day recorded before was wrong."""

    received_on: date
    proof: Proof
    paper: Paper
    law: Law
    corrects: str = ""


class FindInForce(Command, frozen=True):
    """`against_window`: the reason where a second complaint could still come."""

    effective_on: date
    against_window: str = ""


class PublishDecision(Command, frozen=True):
    """`redactor_id`: who looked at the covered text and confirmed it; `chosen`: the authority decided to publish."""

    form: Publication
    from_day: date
    where: str
    redactor_id: UUID
    redacted: Paper
    chosen: bool
    law: Law


class EndPublication(Command, frozen=True):
    reason: str


class ExecuteDecision(Command, frozen=True):
    executed_on: date
    report: Sealed
    paper: Paper | None


class CloseComplaint(Command, frozen=True):
    reason: str


class NoteSecondComplaint(Command, frozen=True):
    """In the same append as the receipt of the second complaint."""

    second_id: UUID
    lodged_on: date


class NoteCourt(Command, frozen=True):
    taken_on: date
    note: Sealed | None


DecidingCommand = (
    DraftDecision
    | SubmitDraft
    | ReturnDraft
    | ApproveDraft
    | IssueDecision
    | AmendDecision
    | SendDecision
    | ProveReceipt
    | FindInForce
    | PublishDecision
    | EndPublication
    | ExecuteDecision
    | CloseComplaint
    | NoteSecondComplaint
    | NoteCourt
)
