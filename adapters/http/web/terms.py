"""A stored term as the macro of `_term.html` wants it: date, badge and reasons, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import Any

from adapters.http.web.i18n import Language, label, short_day, translations
from adapters.law_words import said
from domain.law.explain import explain, grounds
from domain.law.rules import ALMANAC
from domain.law.steps import EarlierDerivation
from domain.law.term import Term


def term_context(
    term: Term, language: Language, today: date, *, met_on: date | None = None, public: bool = False
) -> dict[str, Any]:
    """`today` is the day from which days are counted: of now, or of the moment looked at.

    Public pages and those of schools say no hour.
    """
    return {
        "label": label(language, "term", term.purpose),
        "due": term.due_on,
        "days": (term.due_on - today).days,
        "working_days": _working_days(term, today),
        "done": met_on,
        "late": met_on is not None and met_on > term.due_on,
        "badge": term.kind,
        "source": _source(term, language),
        "why": [said(sentence, language) for sentence in explain(term, with_time=not public)],
        "basis": said(grounds(term)[0], language),
        "latest": term.latest_arguable_on,
        "rule": {"id": term.rule_id, "status": term.status},
        "calendar": {"edition": term.calendar_edition, "noted": term.calendar_published_on},
        "earlier": [
            {"due": step.due_on, "at": step.derived_at, "reason": label(language, "term-cause", step.cause)}
            for step in term.steps
            if isinstance(step, EarlierDerivation)
        ],
    }


def _working_days(term: Term, today: date) -> int | None:
    if term.due_on < today:
        return None
    return ALMANAC.known_at(term.derived_at).working_days_between(today, term.due_on)


def _source(term: Term, language: Language) -> str | None:
    if term.kind == "statutory":
        return term.basis
    if term.kind == "policy" and term.document is not None:
        words = translations(language).gettext("no. %(number)s, from %(day)s")
        return words % {"number": term.document.number, "day": short_day(term.document.from_day)}
    return None
