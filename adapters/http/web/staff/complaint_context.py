"""What the page of a complaint shows: where it stands, what comes next, its dates, and everything that was found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from adapters.http.complaints import paper_meta
from adapters.http.web import i18n
from adapters.http.web.staff.complaint_dossier import PATH, ComplaintDossier
from adapters.http.web.staff.complaint_drafts import decision_of, drafts_of
from adapters.http.web.staff.complaint_sections import accepted, examined, petition_rows, verified
from adapters.http.web.staff.history import timeline
from adapters.http.web.staff.room import Context
from adapters.http.web.terms import days_left, met, term_words
from application.access import Actor
from application.complaint_access import SCHOOL_STAFF, receives_complaints
from domain.calendar import Calendar
from domain.complaints.state import Complaint
from domain.complaints.terms import NEW_LAW, REGIMES
from domain.complaints.vocabulary import Level, Stage, Target
from projections.complaint_view import PaperLine
from projections.complaints import OVER, step_of
from projections.feedback_view import TermLine

ORDER = ("accept", "resolve", "send", "publish", "window", "effect", "posted", "limit")
MAIN: dict[Stage, tuple[str, ...]] = {
    Stage.FORWARDED: ("resolver-receipts", "forwardings"),
    Stage.RECEIVED: ("examinations", "assignments"),
    Stage.EXAMINED: ("acceptances", "refusals", "readings"),
    Stage.ACCEPTED: ("verifications",),
    Stage.UNDER_VERIFICATION: ("drafts", "dialogues", "reports"),
    Stage.DRAFTED: ("signature-requests",),
    Stage.FOR_SIGNING: ("approvals",),
    Stage.SIGNED: ("issues",),
    Stage.DECIDED: ("receipt-proofs", "sendings"),
    Stage.DELIVERED: ("effects",),
    Stage.IN_FORCE: ("executions",),
    Stage.EXECUTED: ("closures",),
    Stage.WITHDRAWN: ("terminations",),
    Stage.SUSPENDED: ("resumptions",),
}
"""What is usually done next, the first that this person may do."""
LAST = ("involvements", "court-notes", "withdrawals", "regimes", "assignments")
"""What is seldom done stands last in the list of acts."""


def complaint_context(dossier: ComplaintDossier, calendar: Calendar, actor: Actor) -> Context:
    """For `staff/complaint.html`."""
    answer = dossier.answer
    return {
        "case": _head(dossier),
        "next": _next(dossier, calendar) if answer.moment.live else None,
        "terms": [_term(dossier, line, calendar) for line in _standing(answer.view.terms)],
        "old_terms": [_term(dossier, line, calendar) for line in answer.view.terms if line.replaced],
        "notes": notes_of(dossier),
        "petition": petition_rows(dossier),
        "content": dossier.text(answer.view.opened.content),
        "remedy": dossier.text(answer.view.opened.remedy),
        "sections": [section for section in (examined(dossier), accepted(dossier), verified(dossier)) if section],
        "drafts": drafts_of(dossier),
        "decision": decision_of(dossier),
        "papers": [paper_row(dossier, line) for line in answer.view.papers],
        "people": _people(dossier),
        "acts": _acts(dossier),
        "second": _second(dossier, actor),
        "history": timeline(dossier),
    }


def _head(dossier: ComplaintDossier) -> Context:
    state = dossier.answer.view.state
    signs = [dossier.words.gettext("Execution suspended")] if state.execution_suspended else []
    signs += [dossier.words.gettext("In court")] if state.court else []
    signs += [dossier.words.gettext("Remote area")] if state.remote else []
    signs += [dossier.word("complexity", state.complexity)] if state.complexity.value == "complex" else []
    return {
        **dossier.head(),
        "kind": dossier.word("level", state.level),
        "unit": dossier.name(state.place_id),
        "state": dossier.word("stage", state.stage),
        "holder": dossier.name(state.holder_id),
        "signs": signs,
        "first": _linked(dossier, state.first_id, dossier.words.gettext("First complaint")),
        "second": _linked(dossier, state.second_id, dossier.words.gettext("Second complaint")),
    }


def _linked(dossier: ComplaintDossier, case_id: Any, text: str) -> Context | None:
    if case_id is None:
        return None
    number = dossier.numbers.get(case_id) or dossier.words.gettext("no number yet")
    return {"href": f"{PATH}/{case_id}", "text": f"{text}: {number}"}


def next_words(dossier: ComplaintDossier) -> tuple[str, str]:
    """The next step and who has to take it, in words."""
    words, (step, waits) = dossier.words, step_of(dossier.answer.view.state)
    return words.known("complaint-next", step), words.known("complaint-waits", waits) if waits else ""


def _next(dossier: ComplaintDossier, calendar: Calendar) -> Context | None:
    text, who = next_words(dossier)
    if not text:
        return None
    state, actions = dossier.answer.state, dossier.answer.actions
    main = next((act for act in _usual(state) if act in actions), None)
    duties = [line for line in dossier.answer.view.terms if line.runs and line.term.purpose in ORDER[:4]]
    first = min(duties, key=lambda line: line.term.due_on, default=None)
    action = {"href": f"{dossier.href}/{main}", "text": dossier.words.label("complaint-act", main)} if main else None
    return {
        "text": text,
        "who": who,
        "term": _term(dossier, first, calendar) if first else None,
        "action": action,
        "more": [],
    }


def _usual(state: Complaint) -> tuple[str, ...]:
    """What is usually done next: first of all how an unclear law is read, and of what went on only the closing."""
    if step_of(state)[0] == "went-on":
        return ("closures",)
    unclear = state.reading is None and state.target is Target.DISCIPLINE
    return (*(("readings",) if unclear else ()), *MAIN.get(state.stage, ()))


def _standing(lines: Iterable[TermLine]) -> list[TermLine]:
    found = [line for line in lines if not line.replaced and not line.stopped]
    return sorted(found, key=lambda line: (line.met_on is not None, ORDER.index(line.term.purpose)))


def _term(dossier: ComplaintDossier, line: TermLine, calendar: Calendar) -> Context:
    left = days_left(line.term.due_on, dossier.answer.moment.day, calendar)
    told = {**term_words(line.term, dossier.words.language), **met(line.term, line.met_on), **left}
    # The end of a right is nobody's duty: who acts after it is not late.
    return {**told, "late": told["late"] and not told["window"]}


def notes_of(dossier: ComplaintDossier) -> list[str]:
    """What a person has to know before deciding: two days that differ, a law that is unclear, a proof that lacks."""
    return [text for text in (_collision(dossier), _unproven(dossier), _reading(dossier), _new_law(dossier)) if text]


def _collision(dossier: ComplaintDossier) -> str:
    view = dossier.answer.view
    state, windows = view.state, view.running("window")
    if state.effect is None or not windows or state.in_force_on or state.second_id:
        return ""
    last = max(term.due_on for term in windows)
    if last <= state.effect.due_on:
        return ""
    text = dossier.words.gettext(
        "30 days from issue end on %(effect)s, but a second complaint can be lodged until the end of %(window)s: these"
        " two days differ. Whether the decision is in force is found by a person, not by the software."
    )
    return text % {"effect": i18n.short_day(state.effect.due_on), "window": i18n.short_day(last)}


def _unproven(dossier: ComplaintDossier) -> str:
    state = dossier.answer.view.state
    if state.sent_on is None or state.received_decision_on is not None or state.level is Level.SECOND:
        return ""
    return dossier.words.gettext(
        "There is no proof yet of the day of receipt: nobody can be refused as late at the second level."
    )


def _reading(dossier: ComplaintDossier) -> str:
    view = dossier.answer.view
    if view.opened.target is not Target.DISCIPLINE or view.state.reading is not None:
        return ""
    limits = view.running("limit")
    if len(limits) < 2:  # noqa: PLR2004 - two readings
        return ""
    text = dossier.words.gettext(
        "Law unclear for public employees: 15 days (until the end of %(short)s) if Chapter IV applies, 90 days (until"
        " the end of %(long)s) if not. A person decides, with a reason."
    )
    days = sorted(term.due_on for term in limits)
    return text % {"short": i18n.short_day(days[0]), "long": i18n.short_day(days[-1])}


def _new_law(dossier: ComplaintDossier) -> str:
    answer = dossier.answer
    if answer.view.state.regime != REGIMES[0] or answer.moment.day < NEW_LAW or answer.view.state.stage in OVER:
        return ""
    return dossier.words.gettext(
        "Law 136/2025 is in force since 01/07/2026; this case keeps regime KN-1; no transitional rule is known."
    )


def paper_row(dossier: ComplaintDossier, line: PaperLine) -> Context:
    """A line of the table of papers."""
    meta = paper_meta(line.paper, dossier.answer.disclose)
    what = dossier.words.label("complaint-field", line.field)
    issued = line.issued
    return {
        "href": f"{dossier.href}/files/{line.paper.id}",
        "what": f"{dossier.words.label('topic', line.topic)}: {what}",
        "name": meta.name if meta else dossier.words.gettext("Erased"),
        "official": f"{issued.number}/{issued.symbol}, {i18n.short_day(issued.day)}" if issued else "",
        "on": line.recorded_at,
        "sha256": meta.sha256 if meta else "",
    }


def _people(dossier: ComplaintDossier) -> list[Context]:
    state, _ = dossier.answer.view.state, dossier.words.gettext
    found = [(dossier.name(state.resolver_id), dossier.word("resolver", state.resolver))]
    if state.holder_id:
        found.append((dossier.name(state.holder_id), _("prepares it")))
    found += [(dossier.name(one), _("verifies")) for one in sorted(state.verifiers)]
    found += [(dossier.name(one), _("involved: reads nothing of it")) for one in sorted(state.involved)]
    return [{"name": name, "why": why} for name, why in found]


def _acts(dossier: ComplaintDossier) -> list[Context]:
    actions = [act for act in dossier.answer.actions if act != "second-complaints"]
    main = MAIN.get(dossier.answer.state.stage, ())
    ordered = sorted(actions, key=lambda act: (act not in main, act in LAST, act))
    return [{"href": f"{dossier.href}/{act}", "title": dossier.words.label("complaint-act", act)} for act in ordered]


def _second(dossier: ComplaintDossier, actor: Actor) -> str | None:
    """Where the second complaint is taken in, for who may: at the authority."""
    state = dossier.answer.state
    open_to = (
        possible_second(state, dossier.answer.moment.day)
        and receives_complaints(actor, None)
        and not actor.roles & SCHOOL_STAFF
    )
    return f"{PATH}/second?first={dossier.answer.number}" if open_to and dossier.answer.moment.live else None


def possible_second(state: Complaint, day: date) -> bool:
    """A first complaint that nobody has gone on with, decided or past the day by which it was due."""
    running = state.term("resolve")
    ripe = state.decided_on is not None or (running is not None and running.due_on < day)
    return state.level is Level.FIRST and state.second_id is None and ripe and not state.closed
