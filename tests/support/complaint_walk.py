"""Random walks through complaints: half of the steps go on towards a decision, half are any act somebody might try."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from domain.calendar import DayOff, legal_date
from domain.complaints import commands as c
from domain.complaints import deciding_commands as d
from domain.complaints.complaint import COMPLAINT
from domain.complaints.state import Complaint
from domain.complaints.vocabulary import Complexity, Employment, Form, Ground, Level, Reading, Stage, Target
from domain.kernel import Command, Fact, RefusalError
from domain.law.law import Law, law_at
from tests.support import complaint_story as story
from tests.support.complaint_story import HOA, MAI, SON, THU

Choose = Callable[[Sequence[Any]], Any]
_FIRST_DAYS = (date(2026, 3, 10), date(2026, 7, 6))
_STEPS = (0, 0, 1, 5, 20)


def _storm(day: date) -> Law:
    """Every weekday of the two months behind that day is off: whatever runs comes out later."""
    known = story.law(day)
    days = [day + timedelta(days=n) for n in range(1, 60)]
    off = {one: DayOff(day=one, name="Nghỉ bão (demo)") for one in days if known.calendar.is_working_day(one)}
    calendar = replace(known.calendar, edition="storm", days_off={**known.calendar.days_off, **off})
    return law_at(known.at, calendar=calendar)


def _beginnings(day: date) -> list[Command]:
    late = story.first((story.law(day).term("window", "KN-WINDOW-2", trigger_on=day - timedelta(days=40)),))
    teacher: dict[str, Any] = {"target": Target.DISCIPLINE, "employment": Employment.PUBLIC_EMPLOYEE}
    return [
        story.receive(day),
        story.receive(day, received_by_id=story.WARD),
        story.receive(day, form=Form.UNSIGNED_PETITION),
        story.receive(day, **teacher),
        story.receive(day, level=Level.SECOND, first=story.first()),
        story.receive(day, level=Level.SECOND, first=late),
    ]


def _to_a_draft(state: Complaint, day: date) -> Command:
    if state.reported_on is None:
        return story.report(day, differs=True)
    return story.draft(day) if state.dialogue_on else story.talk(day)


_NEXT: dict[Stage, Callable[[Complaint, date], Command]] = {
    Stage.FORWARDED: lambda _s, day: story.take(day),
    Stage.RECEIVED: lambda _s, day: story.examine(on=day),
    Stage.EXAMINED: lambda _s, day: story.accept(day),
    Stage.ACCEPTED: lambda _s, day: story.verify(THU, MAI, on=day),
    Stage.UNDER_VERIFICATION: _to_a_draft,
    Stage.DRAFTED: lambda _s, day: story.submit(day),
    Stage.FOR_SIGNING: lambda _s, day: story.approve(day),
    Stage.SIGNED: lambda _s, day: story.issue(day),
    Stage.DECIDED: lambda state, day: story.prove(day) if state.sent_on else story.send(day),
    Stage.DELIVERED: lambda _s, day: story.in_force(day, "He will not go on"),
    Stage.IN_FORCE: lambda _s, day: story.execute(day),
    Stage.SUSPENDED: lambda _s, day: story.resume(day),
    Stage.WITHDRAWN: lambda _s, day: story.terminate(day),
}
"""What comes next on the straight way; whatever else there is, closing."""


def _onwards(state: Complaint, day: date) -> Command:
    return _NEXT[state.stage](state, day) if state.stage in _NEXT else story.close(day)


def _anything(state: Complaint, day: date) -> list[Command]:
    if state.at_resolver_on is None:
        return [story.forward(day), story.transfer(day), story.withdraw(day)]
    return [
        story.forward(day),
        story.assign(THU, day),
        story.assign(MAI, day),
        *(story.read_as(reading, day) for reading in Reading),
        story.examine(Ground.NO_OWN_RIGHT, on=day),
        story.examine(Ground.NO_SIGNATURE, on=day),
        story.refuse(min(state.found, default=Ground.IN_COURT), day),
        story.transfer(day),
        story.guide(day),
        story.establish(day, remote=not state.remote),
        story.establish(day, complexity=Complexity.COMPLEX),
        story.verify(HOA, on=day),
        story.evidence(day),
        story.report(day),
        story.talk(day),
        story.send_back(day),
        story.approve(day, by=THU, others=0, alone_reason="Nobody else"),
        story.amend(day),
        story.prove(day, corrects="The day was read wrongly"),
        story.publish(day, chosen=True),
        story.end_publication(day),
        story.go_on(day),
        story.court(day),
        story.suspend_execution(day),
        story.lift_suspension(day),
        story.suspend(day),
        story.resume(day),
        story.withdraw(day),
        story.involve(SON, day),
        story.involve(THU, day),
        story.reassign("KN-2", day),
        story.rederive(day, _storm(day)),
    ]


def facts_of(choose: Choose, most: int) -> list[Fact]:
    """What at most so many commands made of a complaint."""
    return [fact for _, facts in steps_of(choose, most) for fact in facts]


def steps_of(choose: Choose, most: int) -> list[tuple[date, list[Fact]]]:
    """The same, append by append, each with the day on which it happened."""
    steps: list[tuple[date, list[Fact]]] = []
    state: Complaint | None = None
    day = choose(_FIRST_DAYS)
    for _ in range(most):
        if state is None or state.received_on is None:
            command = choose(_beginnings(day))
        else:
            command = _onwards(state, day) if choose((True, False)) else choose(_anything(state, day))
        try:
            new = COMPLAINT.decide(state, command)
        except RefusalError:
            day += timedelta(days=choose(_STEPS))
            continue
        state = COMPLAINT.fold(new, state)
        if new:
            steps.append((day, list(new)))
    assert state is None or state.received_on is None or legal_date(story.at(day)) >= state.received_on
    return steps


ACTIONS: dict[type[Command], str] = {
    c.ForwardComplaint: "forwardings",
    c.TakeAtResolver: "resolver-receipts",
    c.AssignComplaint: "assignments",
    c.DecideReading: "readings",
    c.ExamineComplaint: "examinations",
    c.RefuseComplaint: "refusals",
    c.TransferComplaint: "transfers",
    c.GuideComplainant: "guidances",
    c.AcceptComplaint: "acceptances",
    c.EstablishCircumstances: "circumstances",
    c.AssignVerification: "verifications",
    c.RecordEvidence: "evidence",
    c.ReportVerification: "reports",
    c.HoldDialogue: "dialogues",
    c.SuspendExecution: "execution-suspensions",
    c.LiftExecutionSuspension: "execution-suspension-liftings",
    c.SuspendComplaint: "suspensions",
    c.ResumeComplaint: "resumptions",
    c.WithdrawComplaint: "withdrawals",
    c.TerminateComplaint: "terminations",
    c.DeclareInvolvement: "involvements",
    c.ReassignRegime: "regimes",
    d.DraftDecision: "drafts",
    d.SubmitDraft: "signature-requests",
    d.ReturnDraft: "returns",
    d.ApproveDraft: "approvals",
    d.IssueDecision: "issues",
    d.AmendDecision: "amendments",
    d.SendDecision: "sendings",
    d.ProveReceipt: "receipt-proofs",
    d.FindInForce: "effects",
    d.PublishDecision: "publications",
    d.EndPublication: "publication-endings",
    d.ExecuteDecision: "executions",
    d.CloseComplaint: "closures",
    d.NoteSecondComplaint: "second-complaints",
    d.NoteCourt: "court-notes",
}
"""Which action a command belongs to; receipt makes a case, and a calendar asks nobody."""
_LATE = date(2026, 12, 1)


def accepted(state: Complaint) -> set[str]:
    """Every action for which some plausible command is accepted, long after everything ran out."""
    day = max(_LATE, (state.decided_on or _LATE) + timedelta(days=120))
    ahead = state.suspended_from if state.suspended_from and state.suspended_from > day else day
    sound = [
        *_anything(state, ahead),
        *(story.take(ahead), story.forward(ahead), story.transfer(ahead), story.guide(ahead), story.court(ahead)),
        *(story.withdraw(ahead), story.terminate(ahead), story.assign(story.someone("a new one"), ahead)),
        *(story.examine(on=ahead), story.examine(Ground.NO_SIGNATURE, on=ahead), story.accept(ahead)),
        *(story.refuse(ground, ahead) for ground in Ground),
        *(story.establish(ahead, remote=flag, complexity=word) for flag in (True, False) for word in Complexity),
        *(story.verify(story.someone("a new one"), on=ahead), story.evidence(ahead), story.draft(ahead)),
        *(story.submit(ahead), story.approve(ahead), story.issue(ahead), story.send(ahead), story.prove(ahead)),
        *(story.in_force(ahead, "Settled"), story.execute(ahead), story.close(ahead), story.reassign("KN-1", ahead)),
        *(story.involve(story.someone("somebody else"), ahead), story.reassign("KN-2", ahead), story.resume(ahead)),
        *(story.suspend(ahead), story.go_on(ahead)),
    ]
    return {ACTIONS[type(command)] for command in sound if type(command) in ACTIONS and _accepts(state, command)}


def _accepts(state: Complaint, command: Command) -> bool:
    try:
        return bool(COMPLAINT.decide(state, command))  # type: ignore[arg-type]
    except RefusalError:
        return False
