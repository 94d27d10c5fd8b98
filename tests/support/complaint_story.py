"""Commands of a complaint as people would give them; every test says only what it is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from domain.complaints import commands as c
from domain.complaints import deciding_commands as d
from domain.complaints.competence import competent
from domain.complaints.parts import DraftSection, Issued, Paper, Relied
from domain.complaints.terms import Obstacle
from domain.complaints.vocabulary import (
    ComplaintOutcome,
    Complexity,
    Evidence,
    Form,
    Ground,
    Level,
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
from domain.kernel import Sealed
from domain.law.law import Law, law_at

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NAMES = UUID("5b1c8a52-6f0f-4a0e-9f3c-0c5d0b1d7c11")


def someone(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(NAMES, name)


WARD, SCHOOL, AREA = someone("ward"), someone("school"), someone("area")
MAI, HOA, THU, SON, NGA = (someone(name) for name in ("Mai", "Hòa", "Thu", "Sơn", "Nga"))
RECEIVED, ACCEPTED = date(2026, 3, 10), date(2026, 3, 18)


def at(day: date, hour: int = 9) -> datetime:
    """An hour of that day in Hà Nội."""
    return datetime.combine(day, time(hour), ZONE).astimezone(UTC)


def law(day: date) -> Law:
    """As known on that day."""
    return law_at(at(day))


def sealed(text: str) -> Sealed:
    """As it would rest."""
    return Sealed(someone("subject"), someone(text), "complaint:text", b"nonce", text.encode(), b"commitment")


def paper(name: str) -> Paper:
    """A scan."""
    return Paper(someone(name), f"{name}-sha256", "application/pdf", 4096, sealed(name))


def issued(symbol: str, day: date, number: str = "12") -> Issued:
    """A paper with number and day."""
    return Issued(number=number, symbol=symbol, day=day, paper=paper(symbol))


def receive(on: date = RECEIVED, *, today: date | None = None, **other: Any) -> c.ReceiveComplaint:
    """By default a petition against an act of a public school, handed over at the school itself."""
    level = other.get("level", Level.FIRST)
    usual: dict[str, Any] = {
        "level": level,
        "authority_id": WARD,
        "received_by_id": SCHOOL if level is Level.FIRST else WARD,
        "resolver": Resolver.SCHOOL_HEAD if level is Level.FIRST else Resolver.COMMUNE_CHAIR,
        "resolver_id": SCHOOL if level is Level.FIRST else WARD,
        "ownership": Ownership.PUBLIC,
        "competence": competent("school", level, on),
        "place_id": SCHOOL,
        "area_id": AREA,
        "subject_id": someone("subject"),
        "complainant": sealed("Hùng"),
        "contact": None,
        "representation": Representation.NONE,
        "representative": None,
        "mandate": None,
        "form": Form.SIGNED_PETITION,
        "petition": paper("petition"),
        "content": sealed("The school refuses the transfer of my child"),
        "remedy": sealed("Let the child in"),
        "target": Target.ACT,
        "employment": None,
        "dismissal": False,
        "target_number": "",
        "target_day": None,
        "known_on": on - timedelta(days=8),
        "late_reason": "Brought in by post" if today and today > on else "",
    }
    return c.ReceiveComplaint(by=MAI, at=at(today or on), received_on=on, law=law(today or on), **usual | other)


def first(windows: Any = (), **other: Any) -> c.First:
    """The case of the first level as the desk would look it up."""
    usual: dict[str, Any] = {"case_id": someone("first"), "decided": True, "due_on": None, "remote": False}
    return c.First(windows=tuple(windows), **usual | other)


def forward(on: date = RECEIVED) -> c.ForwardComplaint:
    return c.ForwardComplaint(by=MAI, at=at(on), forwarded_on=on, slip=issued("PC-UBND", on))


def take(on: date = RECEIVED) -> c.TakeAtResolver:
    return c.TakeAtResolver(by=HOA, at=at(on), received_on=on, law=law(on))


def assign(official: UUID = THU, on: date = RECEIVED) -> c.AssignComplaint:
    return c.AssignComplaint(by=HOA, at=at(on), official_id=official, post_id=None, reason="")


def read_as(reading: Reading, on: date = RECEIVED, reason: str = "Opinion of the legal office") -> c.DecideReading:
    return c.DecideReading(by=HOA, at=at(on), reading=reading, reason=reason, law=law(on))


def examine(*found: Ground, on: date = RECEIVED, obstacle: Obstacle | None = None) -> c.ExamineComplaint:
    return c.ExamineComplaint(
        by=HOA,
        at=at(on),
        found=found,
        findings=sealed("Looked at"),
        obstacle=obstacle,
        obstacle_paper=paper("hospital") if obstacle else None,
        law=law(on),
    )


def refuse(ground: Ground, on: date = RECEIVED) -> c.RefuseComplaint:
    return c.RefuseComplaint(by=HOA, at=at(on), ground=ground, reason=sealed("Because"), notice=issued("TB-THBN", on))


def transfer(on: date = RECEIVED) -> c.TransferComplaint:
    slip = issued("PC-UBND", on)
    return c.TransferComplaint(by=MAI, at=at(on), to="Bảo hiểm xã hội (demo)", reason="Theirs", slip=slip)


def guide(on: date = RECEIVED) -> c.GuideComplainant:
    return c.GuideComplainant(by=MAI, at=at(on), guidance=sealed("How to go on"), paper=None)


def accept(on: date = ACCEPTED, *, today: date | None = None, remote: bool = False, **other: Any) -> c.AcceptComplaint:
    usual: dict[str, Any] = {
        "remote_reason": "Two hours on foot" if remote else "",
        "complexity": Complexity.NORMAL,
        "complexity_reason": "Many papers" if other.get("complexity") is Complexity.COMPLEX else "",
        "notice": issued("TB-THBN", on),
        "late_reason": "Typed later" if today and today > on else "",
    }
    day = today or on
    return c.AcceptComplaint(by=HOA, at=at(day), accepted_on=on, remote=remote, law=law(day), **usual | other)


def establish(
    on: date, *, remote: bool = False, complexity: Complexity = Complexity.NORMAL, reason: str = "More papers"
) -> c.EstablishCircumstances:
    return c.EstablishCircumstances(
        by=HOA, at=at(on), remote=remote, complexity=complexity, reason=reason, paper=None, law=law(on)
    )


def verify(*who: UUID, on: date = ACCEPTED, others: int = 3, alone_reason: str = "") -> c.AssignVerification:
    return c.AssignVerification(
        by=HOA,
        at=at(on),
        verifier_ids=who or (THU,),
        decision=issued("QĐ-THBN", on),
        resolver_account_id=HOA,
        others=others,
        alone_reason=alone_reason,
    )


def evidence(on: date = ACCEPTED) -> c.RecordEvidence:
    kind = Evidence.STATEMENT
    return c.RecordEvidence(by=THU, at=at(on), kind=kind, description=sealed("Says"), obtained_on=on, paper=None)


def report(on: date = date(2026, 4, 14), *, differs: bool = False) -> c.ReportVerification:
    return c.ReportVerification(
        by=THU, at=at(on), reported_on=on, differs=differs, summary=sealed("Found"), report=paper("report")
    )


def talk(on: date = date(2026, 4, 16)) -> c.HoldDialogue:
    return c.HoldDialogue(
        by=HOA,
        at=at(on),
        held_on=on,
        chair_id=HOA,
        chair="Hiệu trưởng",
        agreed=False,
        content=sealed("Talked"),
        minutes=paper("minutes"),
    )


def sections(*without: Section) -> tuple[DraftSection, ...]:
    """All parts of a decision but these."""
    return tuple(DraftSection(part, sealed(part.value)) for part in Section if part not in without)


PARTLY = ComplaintOutcome.PARTLY


def draft(on: date = date(2026, 4, 20), *without: Section, outcome: ComplaintOutcome = PARTLY) -> d.DraftDecision:
    return d.DraftDecision(by=THU, at=at(on), outcome=outcome, sections=sections(*without))


def submit(on: date = date(2026, 4, 20)) -> d.SubmitDraft:
    return d.SubmitDraft(by=THU, at=at(on))


def send_back(on: date = date(2026, 4, 21)) -> d.ReturnDraft:
    return d.ReturnDraft(by=HOA, at=at(on), reason=sealed("Say more"))


def approve(on: date = date(2026, 4, 22), by: UUID = HOA, *, others: int = 1, alone_reason: str = "") -> d.ApproveDraft:
    relied = Relied(version=9, papers=("sha",), rules=("KN-RESOLVE-1",), draft_number=1)
    return d.ApproveDraft(
        by=by,
        at=at(on),
        post_id=None,
        delegation_id=None,
        relied=relied,
        others=others,
        alone_reason=alone_reason,
    )


def issue(on: date = date(2026, 4, 22), number: str = "15", today: date | None = None) -> d.IssueDecision:
    day = today or on
    return d.IssueDecision(by=NGA, at=at(day), decision=issued("QĐ-THBN", on, number), law=law(day))


def amend(on: date) -> d.AmendDecision:
    return d.AmendDecision(by=NGA, at=at(on), reason="A name", text=sealed("Read"), decision=issued("QĐ-THBN", on))


def send(on: date = date(2026, 4, 28)) -> d.SendDecision:
    return d.SendDecision(by=NGA, at=at(on), sent_on=on, way=Way.BY_HAND)


def prove(on: date = date(2026, 4, 28), today: date | None = None, corrects: str = "") -> d.ProveReceipt:
    day = today or on
    return d.ProveReceipt(
        by=NGA,
        at=at(day),
        received_on=on,
        proof=Proof.HANDOVER_NOTE,
        paper=paper("handover"),
        law=law(day),
        corrects=corrects,
    )


def in_force(on: date, against_window: str = "") -> d.FindInForce:
    return d.FindInForce(by=HOA, at=at(on), effective_on=on, against_window=against_window)


def publish(on: date, form: Publication = Publication.ONLINE, *, chosen: bool = False) -> d.PublishDecision:
    return d.PublishDecision(
        by=SON,
        at=at(on),
        form=form,
        from_day=on,
        where="Cổng thông tin (demo)",
        redactor_id=MAI,
        redacted=paper("covered"),
        chosen=chosen,
        law=law(on),
    )


def end_publication(on: date, reason: str = "The time is over") -> d.EndPublication:
    return d.EndPublication(by=SON, at=at(on), reason=reason)


def execute(on: date) -> d.ExecuteDecision:
    return d.ExecuteDecision(by=HOA, at=at(on), executed_on=on, report=sealed("Done"), paper=None)


def close(on: date) -> d.CloseComplaint:
    return d.CloseComplaint(by=HOA, at=at(on), reason="Carried out")


def go_on(on: date) -> d.NoteSecondComplaint:
    return d.NoteSecondComplaint(by=MAI, at=at(on), second_id=someone("second"), lodged_on=on)


def court(on: date) -> d.NoteCourt:
    return d.NoteCourt(by=MAI, at=at(on), taken_on=on, note=None)


def suspend_execution(on: date = ACCEPTED) -> c.SuspendExecution:
    return c.SuspendExecution(by=HOA, at=at(on), reason=sealed("Not to be undone"), decision=issued("QĐ-THBN", on))


def lift_suspension(on: date = ACCEPTED) -> c.LiftExecutionSuspension:
    return c.LiftExecutionSuspension(by=HOA, at=at(on), reason=sealed("Gone"), decision=issued("QĐ-THBN", on))


def suspend(on: date, awaited: str = "A judgment") -> c.SuspendComplaint:
    return c.SuspendComplaint(by=HOA, at=at(on), from_day=on, awaited=awaited, decision=issued("QĐ-THBN", on))


def resume(on: date) -> c.ResumeComplaint:
    return c.ResumeComplaint(by=HOA, at=at(on), resumed_on=on, law=law(on))


def withdraw(on: date = ACCEPTED) -> c.WithdrawComplaint:
    return c.WithdrawComplaint(by=MAI, at=at(on), withdrawn_on=on, paper=paper("withdrawal"))


def terminate(on: date = ACCEPTED) -> c.TerminateComplaint:
    return c.TerminateComplaint(by=HOA, at=at(on), notice=issued("TB-THBN", on))


def involve(official: UUID = THU, on: date = ACCEPTED) -> c.DeclareInvolvement:
    return c.DeclareInvolvement(by=official, at=at(on), official_id=official, reason="My sister")


def reassign(regime: str, on: date) -> c.ReassignRegime:
    return c.ReassignRegime(by=HOA, at=at(on), regime=regime, reason="The ministry said so")


def rederive(on: date, by_law: Law | None = None) -> c.RederiveTerms:
    return c.RederiveTerms(by=MAI, at=at(on), law=by_law or law(on), reason="A day off was added")
