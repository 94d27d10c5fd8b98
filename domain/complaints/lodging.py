"""From receipt to acceptance: who is competent, in which form, in time, on which ground not (Art. 8, 9, 11, 27, 36)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.calendar import legal_date
from domain.complaints import commands as c
from domain.complaints import events as f
from domain.complaints import refusals as r
from domain.complaints import terms as t
from domain.complaints.standing import at_resolver, because, day_of, one_reading, standing_readings, undecided
from domain.complaints.state import Complaint
from domain.complaints.vocabulary import (
    Complexity,
    Employment,
    Form,
    Ground,
    Level,
    Ownership,
    Reading,
    Representation,
    Target,
    Timeliness,
)
from domain.law.term import Term


def receive(state: Complaint | None, cmd: c.ReceiveComplaint) -> Sequence[f.ComplaintFact]:
    """A petition or minutes; whether it is accepted is said later."""
    if state is not None:
        raise r.AlreadyReceivedError
    _could_be_one(cmd)
    today = legal_date(cmd.at)
    day_of(cmd, cmd.received_on, cmd.target_day, "received_on")
    if cmd.known_on is not None and cmd.known_on > cmd.received_on:
        raise r.KnownAfterReceiptError(field="known_on")
    if cmd.received_on < today and not cmd.late_reason.strip():
        raise r.LateReasonMissingError(field="late_reason")
    here = cmd.received_by_id == cmd.resolver_id
    return (
        f.ComplaintReceived(
            level=cmd.level,
            authority_id=cmd.authority_id,
            received_by_id=cmd.received_by_id,
            resolver=cmd.resolver,
            resolver_id=cmd.resolver_id,
            competence=cmd.competence,
            competence_reason=cmd.competence_reason.strip(),
            place_id=cmd.place_id,
            area_id=cmd.area_id,
            subject_id=cmd.subject_id,
            complainant=cmd.complainant,
            contact=cmd.contact,
            representation=cmd.representation,
            representative=cmd.representative,
            mandate=cmd.mandate,
            form=cmd.form,
            petition=cmd.petition,
            content=cmd.content,
            remedy=cmd.remedy,
            target=cmd.target,
            employment=cmd.employment if cmd.target is Target.DISCIPLINE else None,
            dismissal=cmd.dismissal and cmd.target is Target.DISCIPLINE,
            target_number=cmd.target_number.strip(),
            target_day=cmd.target_day,
            known_on=cmd.known_on,
            received_on=cmd.received_on,
            late_reason=cmd.late_reason.strip(),
            regime=t.regime_on(cmd.received_on),
            limits=_lodgeable_until(cmd),
            terms=(t.accept_term(cmd.law, cmd.received_on, cmd.level),) if here else (),
            first_id=cmd.first.case_id if cmd.first else None,
            source_id=cmd.source_id,
        ),
    )


def _could_be_one(cmd: c.ReceiveComplaint) -> None:
    """Raises what says why no complaint can be opened, and with it what else can be done."""
    if cmd.ownership is Ownership.PRIVATE:
        raise r.PrivateUnitError(field="place_id")
    if cmd.target is Target.DISCIPLINE and cmd.employment is None:
        raise r.EmploymentMissingError(field="employment")
    if cmd.target is Target.DISCIPLINE and cmd.employment is Employment.CONTRACT:
        raise r.ContractStaffError(field="employment")
    usual = cmd.competence.resolvers if cmd.competence else ()
    if cmd.resolver not in usual and not cmd.competence_reason.strip():
        raise r.ResolverReasonMissingError(field="competence_reason")
    if cmd.representation is not Representation.NONE:
        if cmd.representative is None:
            raise r.RepresentativeMissingError(field="representative")
        if cmd.mandate is None:
            raise r.MandateMissingError(field="mandate")
    if cmd.level is Level.SECOND:
        _follows_a_first(cmd)


def _follows_a_first(cmd: c.ReceiveComplaint) -> None:
    first = cmd.first
    if first is None:
        raise r.FirstDecisionMissingError(field="first_id")
    if first.lodged:
        raise r.SecondAlreadyLodgedError(field="first_id")
    run_out = first.due_on is not None and cmd.received_on > first.due_on
    if not first.decided and not run_out:
        raise r.FirstDecisionMissingError(field="first_id")


def _lodgeable_until(cmd: c.ReceiveComplaint) -> tuple[Term, ...]:
    readings = t.readings_of(cmd.target, cmd.employment)
    if cmd.level is Level.FIRST:
        return t.limits(cmd.law, readings, cmd.known_on, None)
    first = cmd.first
    if first is None or first.decided:
        return first.windows if first else ()
    due = first.due_on
    return (t.window_after_silence(cmd.law, due, remote=first.remote),) if due else ()


def forward(state: Complaint, cmd: c.ForwardComplaint) -> Sequence[f.ComplaintFact]:
    """By slip, to whom it concerns."""
    if undecided(state).at_resolver_on is not None:
        raise r.AtResolverAlreadyError
    day_of(cmd, cmd.forwarded_on, state.received_on, "forwarded_on")
    return (f.ComplaintForwarded(forwarded_on=cmd.forwarded_on, slip=cmd.slip),)


def take_at_resolver(state: Complaint, cmd: c.TakeAtResolver) -> Sequence[f.ComplaintFact]:
    """The ten days run from here, not from the day on which another body had it."""
    if undecided(state).at_resolver_on is not None:
        raise r.AtResolverAlreadyError
    day_of(cmd, cmd.received_on, state.received_on, "received_on")
    term = t.accept_term(cmd.law, cmd.received_on, state.level)
    return (f.ComplaintReachedResolver(received_on=cmd.received_on, terms=(term,)),)


def assign(state: Complaint, cmd: c.AssignComplaint) -> Sequence[f.ComplaintFact]:
    """To somebody who is not concerned himself."""
    undecided(state)
    if cmd.official_id in state.involved:
        raise r.VerifierInvolvedError(field="official_id")
    if state.holder_id == cmd.official_id:
        raise r.NothingDiffersError(field="official_id")
    return (f.ComplaintAssigned(official_id=cmd.official_id, post_id=cmd.post_id, reason=cmd.reason.strip()),)


def decide_reading(state: Complaint, cmd: c.DecideReading) -> Sequence[f.ComplaintFact]:
    """Only where the law is unclear. A time to resolve that runs already follows the choice."""
    undecided(state)
    if len(t.readings_of(state.target, state.employment)) == 1:
        raise r.ReadingNotOpenError(field="reading")
    if state.reading is cmd.reading:
        raise r.NothingDiffersError(field="reading")
    running = state.term("resolve")
    moved = running and t.other_term(
        cmd.law, running, state.level, cmd.reading, remote=state.remote, complexity=state.complexity
    )
    return (f.ReadingDecided(reading=cmd.reading, reason=because(cmd.reason), terms=(moved,) if moved else ()),)


def examine(state: Complaint, cmd: c.ExamineComplaint) -> Sequence[f.ComplaintFact]:
    """Each ground that is named must fit what is recorded; looking again replaces the first look."""
    at_resolver(state)
    until = t.stretched(cmd.law, _limits_by_reading(state), cmd.obstacle)
    lodged = t.timeliness(state.received_on, until) if state.received_on else Timeliness.UNKNOWN
    found = tuple(dict.fromkeys(cmd.found))
    _fit(state, found, lodged)
    return (
        f.ComplaintExamined(
            found=found,
            findings=cmd.findings,
            timeliness=lodged,
            obstacle=cmd.obstacle,
            obstacle_paper=cmd.obstacle_paper,
            limits=until,
        ),
    )


def _limits_by_reading(state: Complaint) -> tuple[Term, ...]:
    """Of two readings only the chosen one."""
    if state.reading is None:
        return state.limits
    special = state.reading is Reading.DISCIPLINE
    kept = tuple(term for term in state.limits if (term.rule_id == "KN-DISC-LIMIT") is special)
    return kept or state.limits


def _fit(state: Complaint, found: Sequence[Ground], lodged: Timeliness) -> None:
    if Ground.NO_SIGNATURE in found and state.form is not Form.UNSIGNED_PETITION:
        raise r.GroundContradictedError(field="found", ground=Ground.NO_SIGNATURE.value)
    if Ground.NO_SIGNATURE not in found and state.form is Form.UNSIGNED_PETITION:
        raise r.GroundContradictedError(field="found", ground=Ground.NO_SIGNATURE.value)
    if Ground.OUT_OF_TIME not in found:
        return
    if lodged is Timeliness.UNKNOWN:
        raise r.ReceiptNotProvenError(field="found")
    if lodged is Timeliness.UNCLEAR:
        raise r.ReadingNotDecidedError(field="reading")
    if lodged is Timeliness.IN_TIME:
        raise r.GroundContradictedError(field="found", ground=Ground.OUT_OF_TIME.value)


def refuse(state: Complaint, cmd: c.RefuseComplaint) -> Sequence[f.ComplaintFact]:
    """On a ground that the examination found."""
    if not at_resolver(state).examined:
        raise r.NotExaminedError
    if cmd.ground not in state.found:
        raise r.GroundNotFoundError(field="ground")
    return (f.ComplaintRefused(ground=cmd.ground, reason=cmd.reason, notice=cmd.notice),)


def transfer(state: Complaint, cmd: c.TransferComplaint) -> Sequence[f.ComplaintFact]:
    """To a body that is not served here."""
    _not_accepted(state)
    return (f.ComplaintTransferred(to=because(cmd.to, "to"), reason=because(cmd.reason), slip=cmd.slip),)


def guide(state: Complaint, cmd: c.GuideComplainant) -> Sequence[f.ComplaintFact]:
    """What else can be done."""
    _not_accepted(state)
    return (f.ComplainantGuided(guidance=cmd.guidance, paper=cmd.paper),)


def _not_accepted(state: Complaint) -> None:
    if undecided(state).accepted_on is not None:
        raise r.AlreadyAcceptedError


def accept(state: Complaint, cmd: c.AcceptComplaint) -> Sequence[f.ComplaintFact]:
    """Exactly one rule sets the time to resolve (CMP-I5). Acceptance after its own day stays possible, and visible."""
    if not at_resolver(state).examined:
        raise r.NotExaminedError
    if state.found:
        raise r.GroundsFoundError(ground=min(state.found).value)
    if state.timeliness is Timeliness.LATE:
        raise r.GroundsFoundError(ground=Ground.OUT_OF_TIME.value)
    day_of(cmd, cmd.accepted_on, state.at_resolver_on, "accepted_on")
    if cmd.accepted_on < legal_date(cmd.at) and not cmd.late_reason.strip():
        raise r.LateReasonMissingError(field="late_reason")
    return (
        f.ComplaintAccepted(
            accepted_on=cmd.accepted_on,
            remote=cmd.remote,
            remote_reason=because(cmd.remote_reason, "remote_reason") if cmd.remote else "",
            complexity=cmd.complexity,
            complexity_reason=_why_complex(cmd.complexity, cmd.complexity_reason),
            terms=(_resolve(state, cmd, cmd.accepted_on),),
            notice=cmd.notice,
            late_reason=cmd.late_reason.strip(),
        ),
    )


def _why_complex(complexity: Complexity, reason: str) -> str:
    return because(reason, "complexity_reason") if complexity is Complexity.COMPLEX else ""


def _resolve(state: Complaint, cmd: c.AcceptComplaint, on: date) -> Term:
    reading = one_reading(state)
    return t.resolve_term(cmd.law, on, state.level, reading, remote=cmd.remote, complexity=cmd.complexity)


def establish(state: Complaint, cmd: c.EstablishCircumstances) -> Sequence[f.ComplaintFact]:
    """Officer, reason, and the date counted from the original acceptance; never from today."""
    running = _accepted(state).term("resolve")
    if running is None or (cmd.remote, cmd.complexity) == (state.remote, state.complexity):
        raise r.NothingDiffersError
    reading = standing_readings(state)[0]
    new = t.other_term(cmd.law, running, state.level, reading, remote=cmd.remote, complexity=cmd.complexity)
    return (
        f.CircumstancesEstablished(
            remote=cmd.remote,
            complexity=cmd.complexity,
            reason=because(cmd.reason),
            old=running,
            new=new,
            paper=cmd.paper,
        ),
    )


def _accepted(state: Complaint) -> Complaint:
    if undecided(state).accepted_on is None:
        raise r.NotAcceptedError
    return state
