"""From a wish to a command: papers are kept, texts sealed, what has to be looked up stands beside.

Fields of a wish and of its command have the same names; the table says the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_args, get_type_hints
from uuid import UUID

import msgspec

from application import complaint_wishes as w
from domain.complaints import commands as c
from domain.complaints import deciding_commands as d
from domain.complaints import deciding_events as df
from domain.complaints import events as f
from domain.complaints.parts import DraftSection, Issued, Paper, Relied
from domain.complaints.state import Complaint
from domain.complaints.terms import Obstacle
from domain.kernel import Command, Fact, Sealed
from domain.law.law import Law

Seal = Callable[[str, str], Sealed]
"""Context and text."""


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk looked up before it decides: who asks, in which post, and how many could do it instead."""

    actor_id: UUID
    post_id: UUID | None
    others: int = 0
    papers: Mapping[str, Paper] = {}
    """What was kept of the wish's files, by the name of the field."""


class Making(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a command is made from."""

    wish: Any
    state: Complaint
    law: Law
    seal: Seal
    looked: Looked


More = Callable[[Making], dict[str, Any]]


class Intention(msgspec.Struct, frozen=True, kw_only=True):
    """One action: the shape of the wish, the command, and the fact whose fields are sealed."""

    shape: type[w.Wish]
    command: type[Command]
    fact: type[Fact]
    more: More = lambda _making: {}


def command_of(intention: Intention, making: Making) -> Command:
    """The command that the wish comes to, for the state that was seen."""
    hints, topic, wish = _hints(intention.command), intention.fact.TOPIC, making.wish
    values: dict[str, Any] = {"by": making.looked.actor_id, "at": making.law.at, **intention.more(making)}
    for name in intention.command.__struct_fields__:
        if name in values:
            continue
        if name == "law":
            values[name] = making.law
        elif name in wish.__struct_fields__:
            values[name] = _value(
                making, f"{topic}:{name}", name, getattr(wish, name), sealed=_takes_sealed(hints[name])
            )
    return intention.command(**values)


def _value(making: Making, context: str, name: str, value: Any, *, sealed: bool) -> Any:
    if isinstance(value, w.Document):
        return Issued(
            number=value.number.strip(),
            symbol=value.symbol.strip(),
            day=value.day,
            paper=making.looked.papers[name],
        )
    if isinstance(value, w.Scan):
        return making.looked.papers[name]
    if isinstance(value, str) and sealed:
        return making.seal(context, value.strip()) if value.strip() else None
    return tuple(value) if isinstance(value, list) else value


@cache
def _hints(command: type[Command]) -> dict[str, Any]:
    return get_type_hints(command)


def _takes_sealed(hint: Any) -> bool:
    return hint is Sealed or Sealed in get_args(hint)


def contexts(intention: Intention) -> dict[str, str]:
    """Field of the wish → under which name its file is sealed."""
    topic = intention.fact.TOPIC
    hints = get_type_hints(intention.shape)
    found = {}
    for name, hint in hints.items():
        kinds = {hint, *get_args(hint)}
        if w.Document in kinds:
            found[name] = f"{topic}:{name}.paper.meta"
        elif w.Scan in kinds:
            found[name] = f"{topic}:{name}.meta"
    return found


def scan_of(value: w.Scan | w.Document | None) -> w.Scan | None:
    """The file in it."""
    return value.scan if isinstance(value, w.Document) else value


def _examination(making: Making) -> dict[str, Any]:
    wish: w.Examination = making.wish
    first, last = wish.obstacle_first or wish.obstacle_last, wish.obstacle_last or wish.obstacle_first
    return {"obstacle": Obstacle(first=first, last=last) if first and last else None}


def _post(_making: Making) -> dict[str, Any]:
    return {"post_id": None}


def _verification(making: Making) -> dict[str, Any]:
    return {"resolver_account_id": making.looked.actor_id, "others": making.looked.others}


def _dialogue(making: Making) -> dict[str, Any]:
    return {"chair_id": making.looked.actor_id}


def _involvement(making: Making) -> dict[str, Any]:
    return {"official_id": making.wish.official_id or making.looked.actor_id}


def _draft(making: Making) -> dict[str, Any]:
    context = f"{df.DecisionDrafted.TOPIC}:sections[].text"
    parts = making.wish.sections
    return {"sections": tuple(DraftSection(part.section, making.seal(context, part.text.strip())) for part in parts)}


def _approval(making: Making) -> dict[str, Any]:
    state = making.state
    relied = Relied(version=state.facts, papers=state.papers, rules=state.rules, draft_number=state.drafts)
    looked = making.looked
    return {"post_id": looked.post_id, "delegation_id": None, "relied": relied, "others": looked.others}


def _redactor(making: Making) -> dict[str, Any]:
    return {"redactor_id": making.looked.actor_id}


INTENTIONS: dict[str, Intention] = {
    "forwardings": Intention(shape=w.Forwarding, command=c.ForwardComplaint, fact=f.ComplaintForwarded),
    "resolver-receipts": Intention(shape=w.Arrival, command=c.TakeAtResolver, fact=f.ComplaintReachedResolver),
    "assignments": Intention(shape=w.Assignment, command=c.AssignComplaint, fact=f.ComplaintAssigned, more=_post),
    "readings": Intention(shape=w.ReadingChoice, command=c.DecideReading, fact=f.ReadingDecided),
    "examinations": Intention(
        shape=w.Examination, command=c.ExamineComplaint, fact=f.ComplaintExamined, more=_examination
    ),
    "refusals": Intention(shape=w.Refusal, command=c.RefuseComplaint, fact=f.ComplaintRefused),
    "transfers": Intention(shape=w.Transfer, command=c.TransferComplaint, fact=f.ComplaintTransferred),
    "guidances": Intention(shape=w.Guidance, command=c.GuideComplainant, fact=f.ComplainantGuided),
    "acceptances": Intention(shape=w.Acceptance, command=c.AcceptComplaint, fact=f.ComplaintAccepted),
    "circumstances": Intention(
        shape=w.Circumstances, command=c.EstablishCircumstances, fact=f.CircumstancesEstablished
    ),
    "verifications": Intention(
        shape=w.Verification, command=c.AssignVerification, fact=f.VerificationAssigned, more=_verification
    ),
    "evidence": Intention(shape=w.EvidenceItem, command=c.RecordEvidence, fact=f.EvidenceRecorded),
    "reports": Intention(shape=w.Report, command=c.ReportVerification, fact=f.VerificationReported),
    "dialogues": Intention(shape=w.Dialogue, command=c.HoldDialogue, fact=f.DialogueHeld, more=_dialogue),
    "execution-suspensions": Intention(
        shape=w.ExecutionSuspension, command=c.SuspendExecution, fact=f.ExecutionSuspended
    ),
    "execution-suspension-liftings": Intention(
        shape=w.ExecutionSuspension, command=c.LiftExecutionSuspension, fact=f.ExecutionSuspensionLifted
    ),
    "suspensions": Intention(shape=w.Suspension, command=c.SuspendComplaint, fact=f.ComplaintSuspended),
    "resumptions": Intention(shape=w.Resumption, command=c.ResumeComplaint, fact=f.ComplaintResumed),
    "withdrawals": Intention(shape=w.Withdrawal, command=c.WithdrawComplaint, fact=f.ComplaintWithdrawn),
    "terminations": Intention(shape=w.Termination, command=c.TerminateComplaint, fact=f.ComplaintTerminated),
    "involvements": Intention(
        shape=w.Involvement, command=c.DeclareInvolvement, fact=f.InvolvementDeclared, more=_involvement
    ),
    "regimes": Intention(shape=w.Regime, command=c.ReassignRegime, fact=f.RegimeReassigned),
    "drafts": Intention(shape=w.Draft, command=d.DraftDecision, fact=df.DecisionDrafted, more=_draft),
    "signature-requests": Intention(shape=w.SignatureRequest, command=d.SubmitDraft, fact=df.DraftSubmitted),
    "returns": Intention(shape=w.Return, command=d.ReturnDraft, fact=df.DraftReturned),
    "approvals": Intention(shape=w.Approval, command=d.ApproveDraft, fact=df.DraftApproved, more=_approval),
    "issues": Intention(shape=w.Issue, command=d.IssueDecision, fact=df.DecisionIssued),
    "amendments": Intention(shape=w.Amendment, command=d.AmendDecision, fact=df.DecisionAmended),
    "sendings": Intention(shape=w.Sending, command=d.SendDecision, fact=df.DecisionSent),
    "receipt-proofs": Intention(shape=w.ReceiptProof, command=d.ProveReceipt, fact=df.DecisionReceived),
    "effects": Intention(shape=w.Effect, command=d.FindInForce, fact=df.DecisionTookEffect),
    "publications": Intention(
        shape=w.PublicationWish, command=d.PublishDecision, fact=df.DecisionPublished, more=_redactor
    ),
    "publication-endings": Intention(shape=w.PublicationEnd, command=d.EndPublication, fact=df.PublicationEnded),
    "executions": Intention(shape=w.Execution, command=d.ExecuteDecision, fact=df.DecisionExecuted),
    "closures": Intention(shape=w.Closure, command=d.CloseComplaint, fact=df.ComplaintClosed),
    "court-notes": Intention(shape=w.CourtNote, command=d.NoteCourt, fact=df.TakenToCourt),
}
"""By the name of the action, as in the API's paths."""
