"""Dates of a case for `_term.html`: what is left, which badge, and why it is that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from adapters.http.web.staff.room import Context
from adapters.http.web.staff.words import Words
from adapters.http.web.terms import days_left, met, term_words
from domain.calendar import Calendar, legal_date
from domain.law.explain import question_does_not_stop
from projections.case_index import CaseRow
from projections.feedback_view import FeedbackView, TermLine

ORDER = ("reply", "acknowledge", "triage", "review")


def row_term(row: CaseRow, day: date, calendar: Calendar) -> Context | None:
    """The due date of a line of a list."""
    if row.due_on is None:
        return None
    left = days_left(row.due_on, day, calendar)
    return {"due": row.due_on, "done": None, "late": False, "badge": row.due_kind, **left}


def case_terms(view: FeedbackView, day: date, calendar: Calendar, words: Words) -> list[Context]:
    """Those that run or were met, the answer first. The window for a review is there while an answer stands."""
    there = (line for line in view.terms if not line.replaced and not line.stopped)
    lines = [line for line in there if view.answered or line.term.purpose != "review"]
    lines.sort(key=lambda line: (line.met_on is not None, _rank(line), -line.term.due_on.toordinal()))
    asked = [legal_date(message.asked_at) for message in view.messages]
    return [_line(line, day, calendar, words, asked) for line in lines]


def _rank(line: TermLine) -> int:
    purpose = line.term.purpose
    return ORDER.index(purpose) if purpose in ORDER else len(ORDER)


def _line(line: TermLine, day: date, calendar: Calendar, words: Words, asked: Iterable[date]) -> Context:
    term = line.term
    asked = [on for on in asked if term.purpose == "reply" and term.started_on <= on <= term.due_on]
    more = [question_does_not_stop(on) for on in asked]
    left = days_left(term.due_on, day, calendar)
    return {**term_words(term, words.language, more=more), **met(term, line.met_on), **left}


STEP_PURPOSE = {"submitted": "acknowledge", "acknowledged": "triage"}
"""Next steps that have a due date of their own; the others serve the answer."""


def running_for(terms: list[Context], step: str) -> Context | None:
    """The date by which the next step is owed, if it is."""
    wanted = STEP_PURPOSE.get(step)
    own = next((term for term in terms if term["purpose"] == wanted and term["done"] is None), None)
    return own or running_reply(terms)


def running_reply(terms: list[Context]) -> Context | None:
    """The date by which the answer is owed, if it is."""
    return next((term for term in terms if term["purpose"] == "reply" and term["done"] is None), None)
