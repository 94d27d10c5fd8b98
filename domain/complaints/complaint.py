"""Complaint (khiếu nại) of one level: one stream from the petition to the execution of the decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from domain.complaints import commands as c
from domain.complaints import deciding, lodging, verifying
from domain.complaints import deciding_commands as d
from domain.complaints.events import ComplaintFact
from domain.complaints.evolving import evolve
from domain.complaints.state import Complaint
from domain.kernel import Command, Decider, UnknownCaseError

_RULES: dict[type[Command], Callable[[Complaint, Any], Sequence[ComplaintFact]]] = {
    c.ForwardComplaint: lodging.forward,
    c.TakeAtResolver: lodging.take_at_resolver,
    c.AssignComplaint: lodging.assign,
    c.DecideReading: lodging.decide_reading,
    c.ExamineComplaint: lodging.examine,
    c.RefuseComplaint: lodging.refuse,
    c.TransferComplaint: lodging.transfer,
    c.GuideComplainant: lodging.guide,
    c.AcceptComplaint: lodging.accept,
    c.EstablishCircumstances: lodging.establish,
    c.AssignVerification: verifying.assign_verification,
    c.RecordEvidence: verifying.record_evidence,
    c.ReportVerification: verifying.report,
    c.HoldDialogue: verifying.hold_dialogue,
    c.SuspendExecution: verifying.suspend_execution,
    c.LiftExecutionSuspension: verifying.lift_execution_suspension,
    c.SuspendComplaint: verifying.suspend,
    c.ResumeComplaint: verifying.resume,
    c.WithdrawComplaint: verifying.withdraw,
    c.TerminateComplaint: verifying.terminate,
    c.DeclareInvolvement: verifying.declare_involvement,
    c.ReassignRegime: verifying.reassign_regime,
    c.RederiveTerms: verifying.rederive,
    d.DraftDecision: deciding.draft,
    d.SubmitDraft: deciding.submit,
    d.ReturnDraft: deciding.return_draft,
    d.ApproveDraft: deciding.approve,
    d.IssueDecision: deciding.issue,
    d.AmendDecision: deciding.amend,
    d.SendDecision: deciding.send,
    d.ProveReceipt: deciding.prove_receipt,
    d.FindInForce: deciding.find_in_force,
    d.PublishDecision: deciding.publish,
    d.EndPublication: deciding.end_publication,
    d.ExecuteDecision: deciding.execute,
    d.CloseComplaint: deciding.close,
    d.NoteSecondComplaint: deciding.note_second,
    d.NoteCourt: deciding.note_court,
}


def decide(state: Complaint | None, command: c.ComplaintCommand) -> Sequence[ComplaintFact]:
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, c.ReceiveComplaint):
        return lodging.receive(state, command)
    if state is None or state.received_on is None:
        raise UnknownCaseError
    return _RULES[type(command)](state, command)


COMPLAINT: Decider[Complaint, c.ComplaintCommand, ComplaintFact] = Decider("complaint", decide, evolve)
