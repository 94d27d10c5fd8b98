"""From the facts of a complaint to what its papers say. Papers are Vietnamese, whatever the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

import msgspec

from adapters.http.web.i18n import label
from adapters.papers.complaint_paper import Cited, ComplaintPaper, Item, Party
from adapters.papers.complaint_words import GROUNDS, OUTCOMES, circumstances, with_term
from domain.calendar import legal_date
from domain.complaints import deciding_events as d
from domain.complaints import events as f
from domain.complaints.parts import Issued
from domain.complaints.state import Complaint
from domain.complaints.terms import REGIMES
from domain.complaints.vocabulary import Form, Level, Resolver, Section
from domain.kernel import Fact
from projections.complaint_view import ComplaintView, complaint_view

_WHEN: dict[str, Callable[[Complaint], bool]] = {
    "receipt": lambda _state: True,
    "oral": lambda state: state.form is Form.ORAL_MINUTES,
    "transfer": lambda state: state.received_by_id != state.resolver_id,
    "guidance": lambda state: state.accepted_on is None,
    "acceptance": lambda state: state.examined and not state.found,
    "refusal": lambda state: state.examined and bool(state.found),
    "term-decision": lambda state: state.accepted_on is not None,
    "verification": lambda state: state.accepted_on is not None,
    "dialogue": lambda state: state.accepted_on is not None,
    "report": lambda state: bool(state.verifiers),
    "execution-suspension": lambda state: state.accepted_on is not None,
    "execution-suspension-lifted": lambda state: state.execution_suspended,
    "resolving-suspension": lambda state: state.accepted_on is not None and state.regime == REGIMES[1],
    "termination": lambda state: state.withdrawn,
    "resolution": lambda state: state.drafts > 0,
    "handover": lambda state: state.decided_on is not None,
}
"""From when on each paper can be made."""
_OF: dict[str, tuple[type[Fact], str]] = {
    "transfer": (f.ComplaintForwarded, "slip"),
    "guidance": (f.ComplainantGuided, "paper"),
    "acceptance": (f.ComplaintAccepted, "notice"),
    "refusal": (f.ComplaintRefused, "notice"),
    "term-decision": (f.CircumstancesEstablished, "paper"),
    "verification": (f.VerificationAssigned, "decision"),
    "execution-suspension": (f.ExecutionSuspended, "decision"),
    "execution-suspension-lifted": (f.ExecutionSuspensionLifted, "decision"),
    "resolving-suspension": (f.ComplaintSuspended, "decision"),
    "termination": (f.ComplaintTerminated, "notice"),
    "resolution": (d.DecisionIssued, "decision"),
}
"""The fact that a paper is of, and where its number and day stand."""


_TOLD_IN: dict[str, type[Fact]] = {
    "receipt": f.ComplaintReceived,
    "oral": f.ComplaintReceived,
    "dialogue": f.DialogueHeld,
    "report": f.VerificationReported,
    "handover": d.DecisionReceived,
}
"""The fact that a paper without a number is of."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """One complaint at one moment, with what its ids are called and how its sealed texts are opened."""

    view: ComplaintView
    names: Mapping[UUID, str]
    said: Callable[[object], str]

    def name(self, identifier: UUID | None) -> str:
        """Empty for somebody without a name: dots on paper."""
        return self.names.get(identifier, "") if identifier else ""


def possible(state: Complaint) -> list[str]:
    """The codes of the papers that can be made now, in the order in which they are needed."""
    return [code for code, when in _WHEN.items() if when(state)]


def filled(known: Known, code: str) -> ComplaintPaper:
    """What the case knew when the paper was issued, or knows now where it was not yet.

    What happens afterwards changes no paper; the day of the file is that of the facts: it is made the same for ever.
    """
    known = _then(known, code)
    view, state = known.view, known.view.state
    area = known.name(state.area_id)
    at_school = state.resolver is Resolver.SCHOOL_HEAD
    opened = view.opened
    paper = ComplaintPaper(
        made_on=legal_date(view.facts[-1].occurred_at),
        issuer=known.name(state.resolver_id),
        superior=known.name(state.authority_id) if at_school else "",
        resolver=f"{_post(state)} {known.name(state.resolver_id)}",
        place=_place(area),
        level="first" if state.level is Level.FIRST else "second",
        regime=state.regime,
        complainant=Party(name=known.said(opened.complainant), contact=_said(known, opened.contact)),
        representative=Party(name=known.said(opened.representative)) if opened.representative else None,
        respondent=Party(name=known.name(state.place_id), title=""),
        oral=opened.form is Form.ORAL_MINUTES,
        received_on=state.at_resolver_on or opened.received_on,
        target=_target(known),
        content=known.said(opened.content),
        remedy=known.said(opened.remedy),
        accepted_on=state.accepted_on,
        circumstances=circumstances(state.complexity, remote=state.remote),
        verifiers=tuple(Party(name=known.name(one)) for one in sorted(state.verifiers)),
        withdrawn_on=next((fact.withdrawn_on for _r, fact in view.every(f.ComplaintWithdrawn)), None),
    )
    paper = _of_facts(known, paper)
    resolve = view.running("resolve")
    paper = with_term(paper, resolve[-1]) if resolve else paper
    if established := view.last(f.CircumstancesEstablished):
        paper = msgspec.structs.replace(paper, old_due_on=established.old.due_on)
    return _numbered(known, paper, code)


def _then(known: Known, code: str) -> Known:
    """The case up to the last fact that the paper is of."""
    kind = _OF[code][0] if code in _OF else _TOLD_IN.get(code)
    facts = known.view.facts
    last = max((n for n, one in enumerate(facts) if kind and isinstance(one.fact, kind)), default=None)
    then = None if last is None else complaint_view(facts[: last + 1])
    return msgspec.structs.replace(known, view=then) if then is not None else known


def _of_facts(known: Known, paper: ComplaintPaper) -> ComplaintPaper:
    """What was examined, verified, talked about and drafted."""
    view, more = known.view, dict[str, object]()
    if accepted := view.last(f.ComplaintAccepted):
        more["acceptance"] = _cited(accepted.notice)
    if refused := view.last(f.ComplaintRefused):
        more |= {"ground": GROUNDS[refused.ground], "reason": known.said(refused.reason)}
    elif view.state.found:
        more["ground"] = GROUNDS[min(view.state.found)]
    if guided := view.last(f.ComplainantGuided):
        more["guidance"] = known.said(guided.guidance)
    if assigned := view.last(f.VerificationAssigned):
        more["verification_order"] = _cited(assigned.decision) if assigned.decision else Cited()
    if report := view.last(f.VerificationReported):
        more["verification"] = known.said(report.summary)
    if talk := view.last(f.DialogueHeld):
        said = known.said(talk.content)
        more |= {"held_on": talk.held_on, "chair": Party(name=talk.chair), "said": said, "dialogue": said}
    if issued := view.last(d.DecisionIssued):
        cited = _cited(issued.decision)
        items = (Item(f"Quyết định số {cited.number}/{cited.symbol}", "01 bản chính"),)
        more |= {"decision": cited, "items": items}
    return msgspec.structs.replace(paper, **(more | _draft(known)))


_PARTS = {
    Section.CONTENT: "content",
    Section.VERIFICATION: "verification",
    Section.DIALOGUE: "dialogue",
    Section.LEGAL_BASIS: "legal_basis",
    Section.CONCLUSION: "conclusion",
    Section.RIGHTS: "rights",
}


def _draft(known: Known) -> dict[str, object]:
    drafted = known.view.last(d.DecisionDrafted)
    if drafted is None:
        return {}
    texts = {part.section: known.said(part.text) for part in drafted.sections}
    found: dict[str, object] = {name: texts[part] for part, name in _PARTS.items() if part in texts}
    found["outcome"] = OUTCOMES[drafted.outcome]
    for part, name in ((Section.ORDER, "order"), (Section.COMPENSATION, "compensation")):
        if part in texts:
            found[name] = tuple(line for line in texts[part].splitlines() if line.strip())
    return found


def _numbered(known: Known, paper: ComplaintPaper, code: str) -> ComplaintPaper:
    """Number, symbol and day as the registry gave them; before that dots, and a decision is a draft."""
    kind, field = _OF.get(code, (None, ""))
    recorded = next((one for one in reversed(known.view.facts) if kind and isinstance(one.fact, kind)), None)
    issued: Issued | None = getattr(recorded.fact, field) if recorded else None
    if issued is None:
        draft = code in ("resolution", "acceptance", "refusal", "term-decision", "verification", "termination")
        return msgspec.structs.replace(paper, draft=draft)
    return msgspec.structs.replace(
        paper, number=issued.number, symbol=issued.symbol, day=issued.day, made_on=issued.day
    )


def _cited(issued: Issued) -> Cited:
    return Cited(number=issued.number, symbol=issued.symbol, day=issued.day)


def _said(known: Known, sealed: object) -> str:
    return known.said(sealed) if sealed else ""


def _target(known: Known) -> str:
    opened = known.view.opened
    day: date | None = opened.target_day
    what = label("vi", "complaint-word", f"target/{opened.target.value}").lower()
    parts = [what, f"số {opened.target_number}" if opened.target_number else "", f"ngày {day:%d/%m/%Y}" if day else ""]
    return " ".join([*filter(None, parts), f"của {known.name(known.view.state.place_id)}"])


_POSTS = {
    Resolver.SCHOOL_HEAD: "Hiệu trưởng",
    Resolver.COMMUNE_CHAIR: "Chủ tịch",
    Resolver.DISTRICT_DIVISION_HEAD: "Trưởng phòng",
    Resolver.DISTRICT_CHAIR: "Chủ tịch",
    Resolver.DEPARTMENT_DIRECTOR: "Giám đốc",
    Resolver.PROVINCE_CHAIR: "Chủ tịch",
}


def _post(state: Complaint) -> str:
    return _POSTS[state.resolver] if state.resolver else ""


def _place(area: str) -> str:
    """The name alone, as it stands before the day: without phường or xã."""
    for kind in ("phường ", "xã ", "thị trấn ", "Phường ", "Xã "):
        area = area.removeprefix(kind)
    return area
