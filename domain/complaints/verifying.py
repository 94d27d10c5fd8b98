"""Between acceptance and draft: who verifies, what was found, the dialogue, what stops for a while (Art. 29-35)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.complaints import commands as c
from domain.complaints import events as f
from domain.complaints import refusals as r
from domain.complaints.standing import because, day_of, in_hand, in_work, not_over, undecided
from domain.complaints.state import Complaint
from domain.complaints.terms import NEW_LAW, REGIMES
from domain.complaints.vocabulary import Stage


def assign_verification(state: Complaint, cmd: c.AssignVerification) -> Sequence[f.ComplaintFact]:
    """Nobody who is involved; the one who resolves not alone, unless there is nobody else, with a reason (CMP-I4)."""
    in_hand(state)
    verifiers = tuple(dict.fromkeys(cmd.verifier_ids))
    if not verifiers:
        raise r.VerifiersMissingError(field="verifier_ids")
    if state.involved & frozenset(verifiers):
        raise r.VerifierInvolvedError(field="verifier_ids")
    alone = ""
    if set(verifiers) == {cmd.resolver_account_id}:
        if cmd.others > 0:
            raise r.OnlyVerifierError(field="verifier_ids")
        alone = because(cmd.alone_reason, "alone_reason")
    return (f.VerificationAssigned(verifier_ids=verifiers, decision=cmd.decision, alone_reason=alone),)


def record_evidence(state: Complaint, cmd: c.RecordEvidence) -> Sequence[f.ComplaintFact]:
    """Also what is older than the complaint."""
    in_hand(state)
    day_of(cmd, cmd.obtained_on, None, "obtained_on")
    return (
        f.EvidenceRecorded(
            number=state.evidence + 1,
            kind=cmd.kind,
            description=cmd.description,
            obtained_on=cmd.obtained_on,
            paper=cmd.paper,
        ),
    )


def report(state: Complaint, cmd: c.ReportVerification) -> Sequence[f.ComplaintFact]:
    """By those who were told to verify; a later report stands instead of the earlier."""
    if not in_hand(state).verifiers:
        raise r.VerifiersMissingError
    day_of(cmd, cmd.reported_on, state.accepted_on, "reported_on")
    return (
        f.VerificationReported(
            reported_on=cmd.reported_on, differs=cmd.differs, summary=cmd.summary, report=cmd.report
        ),
    )


def hold_dialogue(state: Complaint, cmd: c.HoldDialogue) -> Sequence[f.ComplaintFact]:
    """With its minutes; at the first level too wherever somebody wants one."""
    in_hand(state)
    day_of(cmd, cmd.held_on, state.accepted_on, "held_on")
    return (
        f.DialogueHeld(
            held_on=cmd.held_on,
            chair_id=cmd.chair_id,
            chair=because(cmd.chair, "chair"),
            agreed=cmd.agreed,
            content=cmd.content,
            minutes=cmd.minutes,
        ),
    )


def suspend_execution(state: Complaint, cmd: c.SuspendExecution) -> Sequence[f.ComplaintFact]:
    """Where carrying it out could not be undone (Art. 35)."""
    if in_work(state).execution_suspended:
        raise r.ExecutionSuspendedAlreadyError
    return (f.ExecutionSuspended(reason=cmd.reason, decision=cmd.decision),)


def lift_execution_suspension(state: Complaint, cmd: c.LiftExecutionSuspension) -> Sequence[f.ComplaintFact]:
    """As soon as its reason is gone."""
    if not not_over(state).execution_suspended:
        raise r.ExecutionNotSuspendedError
    return (f.ExecutionSuspensionLifted(reason=cmd.reason, decision=cmd.decision),)


def suspend(state: Complaint, cmd: c.SuspendComplaint) -> Sequence[f.ComplaintFact]:
    """Only by the law of 01/07/2026; before it no general suspension is known (law.md §4.1)."""
    in_hand(state)
    if cmd.from_day < NEW_LAW or state.regime != REGIMES[1]:
        raise r.SuspensionUnknownError(field="from_day")
    day_of(cmd, cmd.from_day, state.accepted_on, "from_day")
    return (
        f.ComplaintSuspended(from_day=cmd.from_day, awaited=because(cmd.awaited, "awaited"), decision=cmd.decision),
    )


def resume(state: Complaint, cmd: c.ResumeComplaint) -> Sequence[f.ComplaintFact]:
    """The days between do not count."""
    since, running = undecided(state).suspended_from, state.term("resolve")
    if since is None or running is None:
        raise r.NotSuspendedError
    day_of(cmd, cmd.resumed_on, since, "resumed_on")
    new = cmd.law.paused(running, since, cmd.resumed_on, "Luật 136/2025/QH15")
    return (f.ComplaintResumed(resumed_on=cmd.resumed_on, old=running, new=new),)


def withdraw(state: Complaint, cmd: c.WithdrawComplaint) -> Sequence[f.ComplaintFact]:
    """At any time before the decision, in writing and signed (Art. 10)."""
    if undecided(state).withdrawn:
        raise r.WithdrawnError
    day_of(cmd, cmd.withdrawn_on, state.received_on, "withdrawn_on")
    return (f.ComplaintWithdrawn(withdrawn_on=cmd.withdrawn_on, paper=cmd.paper),)


def terminate(state: Complaint, cmd: c.TerminateComplaint) -> Sequence[f.ComplaintFact]:
    """What was withdrawn ends; its file stays (CMP-I8)."""
    if not undecided(state).withdrawn:
        raise r.NotWithdrawnError
    return (f.ComplaintTerminated(notice=cmd.notice),)


def declare_involvement(state: Complaint, cmd: c.DeclareInvolvement) -> Sequence[f.ComplaintFact]:
    """From then on he reads nothing of it (CMP-I3)."""
    if cmd.official_id in state.involved:
        raise r.AlreadyInvolvedError(field="official_id")
    return (f.InvolvementDeclared(official_id=cmd.official_id, reason=because(cmd.reason)),)


def reassign_regime(state: Complaint, cmd: c.ReassignRegime) -> Sequence[f.ComplaintFact]:
    """No transitional rule was seen: a case keeps its law until a person says otherwise, with a reason."""
    if cmd.regime not in REGIMES:
        raise r.UnknownRegimeError(field="regime")
    if undecided(state).regime == cmd.regime:
        raise r.NothingDiffersError(field="regime")
    return (f.RegimeReassigned(old=state.regime, new=cmd.regime, reason=because(cmd.reason)),)


def rederive(state: Complaint, cmd: c.RederiveTerms) -> Sequence[f.ComplaintFact]:
    """Each date that still runs and that the calendar moves; none of a case that is over."""
    if state.closed or state.ending is not None:
        return ()
    effect = (state.effect,) if state.effect is not None and state.stage in _BEFORE_EFFECT else ()
    windows = state.windows if state.second_id is None and state.in_force_on is None else ()
    moved = ((term, cmd.law.rederive(term)) for term in (*state.terms, *windows, *effect))
    return tuple(f.TermRederived(old=old, new=new, reason=cmd.reason) for old, new in moved if new is not None)


_BEFORE_EFFECT = frozenset({Stage.DECIDED, Stage.DELIVERED})
