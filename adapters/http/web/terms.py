"""A stored term as the macro of `_term.html` wants it: date, badge and reasons, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from adapters.http.web.i18n import Language, label
from adapters.law_words import said
from domain.calendar import Calendar, CalendarEndError
from domain.law.explain import badge, explain, grounds
from domain.law.rules import ALMANAC
from domain.law.sentences import Sentence
from domain.law.term import Term

WINDOWS = frozenset({"review", "keep", "limit", "window", "effect", "posted"})
"""Purposes whose day ends a right or a duty to keep: when it is past, nobody is late."""


def term_words(
    term: Term, language: Language, *, public: bool = False, more: Iterable[Sentence] = ()
) -> dict[str, Any]:
    """All but the days that are left. Public pages and those of schools say no hour, and neither rule nor edition."""
    return {
        "label": label(language, "term", term.purpose),
        "purpose": term.purpose,
        "due": term.due_on,
        "window": term.purpose in WINDOWS,
        "badge": term.kind,
        "badge_text": said(badge(term, public=public), language),
        "why": [said(sentence, language) for sentence in (*explain(term, with_time=not public), *more)],
        "grounds": [said(sentence, language) for sentence in grounds(term, public=public)],
    }


def met(term: Term, met_on: date | None) -> dict[str, Any]:
    """Whether it was met, and in time."""
    return {"done": met_on, "late": met_on is not None and met_on > term.due_on}


def days_left(due: date, day: date, calendar: Calendar) -> dict[str, int | None]:
    """From a day, today or the one looked at, to the due day; below 0: overdue."""
    try:
        working = abs(calendar.working_days_between(day, due))
    except CalendarEndError:
        return {"days": (due - day).days, "working_days": None}
    return {"days": (due - day).days, "working_days": working}


def public_term(term: Term, language: Language, today: date) -> dict[str, Any]:
    """For senders."""
    left = days_left(term.due_on, today, ALMANAC.known_at(term.derived_at))
    return {**term_words(term, language, public=True), **met(term, None), **left}
