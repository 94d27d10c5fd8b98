"""From the draft to execution: content, four eyes, number, sent and received, in force, public (Art. 31-33, 40-44)."""

from __future__ import annotations

from collections.abc import Sequence

from domain.calendar import legal_date
from domain.complaints import deciding_commands as c
from domain.complaints import deciding_events as f
from domain.complaints import refusals as r
from domain.complaints import terms as t
from domain.complaints.standing import (
    because,
    day_of,
    decided,
    in_hand,
    in_work,
    not_over,
    standing_readings,
    undecided,
)
from domain.complaints.state import Complaint
from domain.complaints.vocabulary import Level, Publication, Section, Target
from domain.law.rules import RuleNotInForceError
from domain.law.term import Term

NEEDED = (
    Section.CONTENT,
    Section.VERIFICATION,
    Section.LEGAL_BASIS,
    Section.CONCLUSION,
    Section.ORDER,
    Section.RIGHTS,
)
"""What Art. 31 asks of every decision; the result of a dialogue besides, where there was one."""


def draft(state: Complaint, cmd: c.DraftDecision) -> Sequence[f.DecidingFact]:
    """With the report of the verification, and after the dialogue where the statute wants one (Art. 30, 39)."""
    if in_hand(state).reported_on is None:
        raise r.NotVerifiedError
    if dialogue_needed(state) and state.dialogue_on is None:
        raise r.DialogueMissingError
    number = state.drafts + 1
    return (f.DecisionDrafted(draft_number=number, drafter_id=cmd.by, outcome=cmd.outcome, sections=cmd.sections),)


def dialogue_needed(state: Complaint) -> bool:
    """Always at the second level; at the first where the verification differs from the claim."""
    return state.level is Level.SECOND or state.differs


def submit(state: Complaint, _cmd: c.SubmitDraft) -> Sequence[f.DecidingFact]:
    """Whole: every part that the statute asks for."""
    if not in_hand(state).drafts:
        raise r.NothingDraftedError
    there = {part.section for part in state.sections}
    needed = (*NEEDED, Section.DIALOGUE) if state.dialogue_on else NEEDED
    missing = [section for section in needed if section not in there]
    if missing:
        raise r.SectionMissingError(field="sections", section=missing[0].value, count=len(missing))
    if dialogue_needed(state) and state.dialogue_on is None:
        raise r.DialogueMissingError
    return (f.DraftSubmitted(draft_number=state.drafts),)


def return_draft(state: Complaint, cmd: c.ReturnDraft) -> Sequence[f.DecidingFact]:
    """Back to the drafter, with what is to be mended."""
    _before_signer(state)
    return (f.DraftReturned(draft_number=state.drafts, reason=cmd.reason),)


def approve(state: Complaint, cmd: c.ApproveDraft) -> Sequence[f.DecidingFact]:
    """Signed by another than the drafter; what it relied on is frozen with it."""
    _before_signer(state)
    alone = ""
    if cmd.by == state.drafted_by:
        if cmd.others > 0:
            raise r.SecondPersonNeededError
        alone = because(cmd.alone_reason, "alone_reason")
    return (
        f.DraftApproved(
            draft_number=state.drafts,
            signer_id=cmd.by,
            signer_post_id=cmd.post_id,
            delegation_id=cmd.delegation_id,
            relied=cmd.relied,
            alone_reason=alone,
        ),
    )


def _before_signer(state: Complaint) -> None:
    if not in_work(state).before_signer:
        raise r.NotBeforeSignerError


def issue(state: Complaint, cmd: c.IssueDecision) -> Sequence[f.DecidingFact]:
    """Only with number and signed paper is it decided. The times to send, to take effect and to publish begin."""
    if not undecided(state).approved or state.outcome is None:
        raise r.NotApprovedError
    if not cmd.decision.number.strip() or not cmd.decision.symbol.strip():
        raise r.NumberMissingError(field="number")
    day = day_of(cmd, cmd.decision.day, state.accepted_on, "day")
    return (
        f.DecisionIssued(
            draft_number=state.drafts,
            outcome=state.outcome,
            decision=cmd.decision,
            terms=(
                t.send_term(cmd.law, day, state.level),
                t.effect_term(cmd.law, day, remote=state.remote),
                *_to_publish(state, cmd),
            ),
        ),
    )


def _to_publish(state: Complaint, cmd: c.IssueDecision) -> tuple[Term, ...]:
    """A duty of second decisions alone; before 10/12/2020 its text was not seen; not about a person's discipline."""
    if state.level is Level.FIRST or state.target is Target.DISCIPLINE:
        return ()
    try:
        return (t.publish_term(cmd.law, cmd.decision.day),)
    except RuleNotInForceError:
        return ()


def amend(state: Complaint, cmd: c.AmendDecision) -> Sequence[f.DecidingFact]:
    """By a paper of its own; the first one stays."""
    day_of(cmd, cmd.decision.day, decided(state).decided_on, "day")
    return (f.DecisionAmended(reason=because(cmd.reason), text=cmd.text, decision=cmd.decision),)


def send(state: Complaint, cmd: c.SendDecision) -> Sequence[f.DecidingFact]:
    """Sent is not received."""
    if decided(state).sent_on is not None:
        raise r.AlreadySentError
    day_of(cmd, cmd.sent_on, state.decided_on, "sent_on")
    return (f.DecisionSent(sent_on=cmd.sent_on, way=cmd.way),)


def prove_receipt(state: Complaint, cmd: c.ProveReceipt) -> Sequence[f.DecidingFact]:
    """With a paper; the time for a second complaint runs from this day. A wrong day is put right with a reason."""
    if decided(state).sent_on is None:
        raise r.NotSentError
    day_of(cmd, cmd.received_on, state.sent_on, "received_on")
    again = state.received_decision_on is not None
    return (
        f.DecisionReceived(
            received_on=cmd.received_on,
            proof=cmd.proof,
            paper=cmd.paper,
            windows=_windows(state, cmd),
            corrects=because(cmd.corrects, "corrects") if again else "",
        ),
    )


def _windows(state: Complaint, cmd: c.ProveReceipt) -> tuple[Term, ...]:
    """After a second decision there is none: a court is left."""
    if state.level is Level.SECOND:
        return ()
    readings = standing_readings(state)
    return t.windows(cmd.law, readings, cmd.received_on, remote=state.remote, dismissal=state.dismissal)


def find_in_force(state: Complaint, cmd: c.FindInForce) -> Sequence[f.DecidingFact]:
    """Never by itself. Counted from issue; the window counts from receipt, and may still be open (law.md KN-EFFECT)."""
    if decided(state).in_force_on is not None:
        raise r.AlreadyInForceError
    if state.second_id is not None or state.court:
        raise r.WentOnError
    day_of(cmd, cmd.effective_on, state.decided_on, "effective_on")
    if state.effect is not None and cmd.effective_on <= state.effect.due_on:
        raise r.TooEarlyForEffectError(field="effective_on", until=state.effect.due_on.isoformat())
    return (
        f.DecisionTookEffect(
            effective_on=cmd.effective_on,
            against_window=_why_although(state, cmd) if window_open(state, cmd) else "",
        ),
    )


def window_open(state: Complaint, cmd: c.FindInForce) -> bool:
    """Whether somebody could still complain a second time, or nobody knows from when."""
    if state.level is Level.SECOND:
        return False
    return not state.windows or any(cmd.effective_on <= term.due_on for term in state.windows)


def _why_although(state: Complaint, cmd: c.FindInForce) -> str:
    if not cmd.against_window.strip():
        last = max((term.due_on.isoformat() for term in state.windows), default="")
        raise r.WindowStillOpenError(field="against_window", until=last)
    return cmd.against_window.strip()


def publish(state: Complaint, cmd: c.PublishDecision) -> Sequence[f.DecidingFact]:
    """Nothing before a decision (CMP-I10); first ones only by the authority's choice; of discipline none."""
    if decided(state).published_on is not None and not state.publication_ended:
        raise r.PublishedAlreadyError
    if state.target is Target.DISCIPLINE:
        raise r.DisciplineNotPublicError
    if state.level is Level.FIRST and not cmd.chosen:
        raise r.NoDutyToPublishError(field="chosen")
    day_of(cmd, cmd.from_day, state.decided_on, "from_day")
    return (
        f.DecisionPublished(
            form=cmd.form,
            from_day=cmd.from_day,
            where=because(cmd.where, "where"),
            redactor_id=cmd.redactor_id,
            redacted=cmd.redacted,
            until=t.posted_until(cmd.law, cmd.from_day) if cmd.form is not Publication.MEETING else None,
        ),
    )


def end_publication(state: Complaint, cmd: c.EndPublication) -> Sequence[f.DecidingFact]:
    """Its reason stays where it was shown."""
    if state.published_on is None or state.publication_ended:
        raise r.NotPublishedError
    return (f.PublicationEnded(ended_on=legal_date(cmd.at), reason=because(cmd.reason)),)


def execute(state: Complaint, cmd: c.ExecuteDecision) -> Sequence[f.DecidingFact]:
    """What is in force is carried out."""
    if decided(state).in_force_on is None:
        raise r.NotInForceError
    day_of(cmd, cmd.executed_on, state.decided_on, "executed_on")
    return (f.DecisionExecuted(executed_on=cmd.executed_on, report=cmd.report, paper=cmd.paper),)


def close(state: Complaint, cmd: c.CloseComplaint) -> Sequence[f.DecidingFact]:
    """After execution, or where the second level or a court went on with it."""
    if not_over(state).decided_on is None:
        raise r.NotDecidedError
    if not (state.executed or state.second_id is not None or state.court):
        raise r.StillOpenError
    return (f.ComplaintClosed(reason=because(cmd.reason)),)


def note_second(state: Complaint, cmd: c.NoteSecondComplaint) -> Sequence[f.DecidingFact]:
    """In the append that opens it; also after silence, when the first time has run out (Art. 33)."""
    if not_over(state).level is Level.SECOND:
        raise r.NoThirdLevelError
    if state.second_id is not None:
        raise r.SecondAlreadyLodgedError
    running = state.term("resolve")
    if state.decided_on is None and (running is None or cmd.lodged_on <= running.due_on):
        raise r.FirstDecisionMissingError
    return (f.SecondComplaintLodged(second_id=cmd.second_id, lodged_on=cmd.lodged_on),)


def note_court(state: Complaint, cmd: c.NoteCourt) -> Sequence[f.DecidingFact]:
    """It is the complainant's choice at any time after the decision or its day."""
    if state.court:
        raise r.NothingDiffersError
    day_of(cmd, cmd.taken_on, state.received_on, "taken_on")
    return (f.TakenToCourt(taken_on=cmd.taken_on, note=cmd.note),)
