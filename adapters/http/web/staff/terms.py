"""Dates of a case for `_term.html`: what is left, which badge, and why it is that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from adapters.http.web.staff.room import Context
from adapters.http.web.staff.words import Words
from adapters.law_words import said
from domain.calendar import Calendar, CalendarEndError, legal_date
from domain.law.explain import badge, explain, grounds, question_does_not_stop
from projections.case_index import CaseRow
from projections.feedback_view import FeedbackView, TermLine

ORDER = ("reply", "acknowledge", "triage", "review")


def row_term(row: CaseRow, day: date, calendar: Calendar) -> Context | None:
    """The due date of a line of a list."""
    if row.due_on is None:
        return None
    return {"due": row.due_on, "done": None, "late": False, "badge": row.due_kind, **_left(row.due_on, day, calendar)}


def case_terms(view: FeedbackView, day: date, calendar: Calendar, words: Words) -> list[Context]:
    """Those that run or were met, the answer first. The window for a review is there while an answer stands."""
    lines = [line for line in view.terms if not line.replaced and (view.answered or line.term.purpose != "review")]
    lines.sort(key=lambda line: (line.met_on is not None, _rank(line), -line.term.due_on.toordinal()))
    asked = [legal_date(message.asked_at) for message in view.messages]
    return [_line(line, day, calendar, words, asked) for line in lines]


def _rank(line: TermLine) -> int:
    purpose = line.term.purpose
    return ORDER.index(purpose) if purpose in ORDER else len(ORDER)


def _line(line: TermLine, day: date, calendar: Calendar, words: Words, asked: Iterable[date]) -> Context:
    term = line.term
    why = list(explain(term))
    if term.purpose == "reply":
        why += [question_does_not_stop(on) for on in asked if term.started_on <= on <= term.due_on]
    return {
        "label": words.label("term", term.purpose),
        "purpose": term.purpose,
        "due": term.due_on,
        "done": line.met_on,
        "late": line.met_on is not None and line.met_on > term.due_on,
        "badge": term.kind,
        "badge_text": said(badge(term), words.language),
        "why": [said(sentence, words.language) for sentence in why],
        "grounds": [said(sentence, words.language) for sentence in grounds(term)],
        **_left(term.due_on, day, calendar),
    }


def _left(due: date, day: date, calendar: Calendar) -> Context:
    try:
        working = abs(calendar.working_days_between(day, due))
    except CalendarEndError:
        return {"days": (due - day).days, "working_days": None}
    return {"days": (due - day).days, "working_days": working}


def running_reply(terms: list[Context]) -> Context | None:
    """The date by which the answer is owed, if it is."""
    return next((term for term in terms if term["purpose"] == "reply" and term["done"] is None), None)
