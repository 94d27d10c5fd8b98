"""One case in the past: short cuts, the band with law and rights of that time, and then beside now."""

from __future__ import annotations

from adapters.http.web.staff.case_context import readers_of
from adapters.http.web.staff.dossier import Colleague, Dossier
from adapters.http.web.staff.moments import address, band, look_back, query_of
from adapters.http.web.staff.room import Context
from application.ports import Recorded
from domain.calendar import DAY, legal_midnight
from domain.feedback import events as f
from domain.kernel import Fact

MARKS: tuple[tuple[str, tuple[type[Fact], ...]], ...] = (
    ("acknowledged", (f.FeedbackAcknowledged,)),
    ("assigned", (f.FeedbackAssigned,)),
    ("submitted", (f.AnswerSubmittedForRelease,)),
    ("released", (f.AnswerReleased,)),
)


def marks(dossier: Dossier, everything: tuple[Recorded, ...]) -> list[Context]:
    """Short cuts to the first fact of each kind, by the chosen clock, and to the end of the term for the answer."""
    clock, words, found = dossier.asked.clock, dossier.words, list[Context]()
    for key, kinds in MARKS:
        fact = next((recorded for recorded in everything if isinstance(recorded.fact, kinds)), None)
        if fact is not None:
            at = fact.occurred_at if clock == "happened" else fact.recorded_at
            found.append({"href": address(dossier.href, query_of(at, clock)), "text": words.label("mark", key)})
    reply = next((line.term for line in dossier.answer.view.terms if line.term.purpose == "reply"), None)
    if reply is not None and (end := legal_midnight(reply.due_on + DAY)) <= dossier.answer.moment.at:
        found.append({"href": address(dossier.href, query_of(end, clock)), "text": words.label("mark", "due")})
    return found


def case_look_back(dossier: Dossier, everything: tuple[Recorded, ...]) -> Context:
    """The line under the title."""
    return look_back(dossier.href, dossier.asked, marks=marks(dossier, everything), happened=True)


def case_band(dossier: Dossier, people: list[Colleague]) -> Context | None:
    """The band on top; `people` worked in the authority on that day."""
    if dossier.asked.at is None:
        return None
    compare = address(f"{dossier.href}/compare", dossier.asked.query())
    readers = ", ".join(person.name for person in readers_of(dossier, people))
    return band(
        dossier.href,
        dossier.asked,
        {},
        since=dossier.answer.later,
        compare=compare,
        law=_law(dossier),
        readers=readers or None,
    )


def _law(dossier: Dossier) -> str | None:
    """Rules and editions of the calendar that the dates of that time rest on."""
    terms = [line.term for line in dossier.answer.view.terms]
    rules = sorted({term.rule_id for term in terms})
    editions = sorted({term.calendar_edition for term in terms})
    if not rules:
        return None
    text = dossier.words.gettext("rules %(rules)s; calendar of days off %(editions)s")
    return text % {"rules": ", ".join(rules), "editions": ", ".join(editions)}
