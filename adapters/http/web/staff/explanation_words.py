"""Requests for explanation in words, for pages of officials and of schools alike."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from adapters.http.disclose import Discloser
from adapters.http.explanations import file_names
from adapters.http.web import i18n
from adapters.http.web.staff.words import Words
from adapters.http.web.terms import days_left, term_words
from adapters.law_words import said as law_words_said
from domain.calendar import Calendar, legal_date
from domain.explanations.events import ExplanationFile
from domain.law.explain import badge
from domain.law.term import Term
from projections.explanations import ExplanationRow

Context = dict[str, Any]


def request_term(row: ExplanationRow, day: date, calendar: Calendar, words: Words, *, school: bool = False) -> Context:
    """Its due day with badge and reasons. A day set by hand, or moved, says so after the rule's own count."""
    given_on = legal_date(row.given_at) if row.given_at else None
    shown = due_words(row.term, row.due_on, row.date_reason, words, school=school, moved=_moved(row, words))
    left = days_left(row.due_on, day, calendar)
    return {**shown, **left, "done": given_on, "late": given_on is not None and given_on > row.due_on}


def due_words(term: Term, due_on: date, date_reason: str, words: Words, *, school: bool, moved: str = "") -> Context:
    """The words of a due day, before it is asked and after."""
    shown = term_words(term, words.language, public=school)
    more = [sentence for sentence in (_by_hand(term, date_reason, words), moved) if sentence]
    text: str | None = None if school else shown["badge_text"]
    if due_on != term.due_on:
        text = law_words_said(badge(term, public=True), words.language)
    return {**shown, "due": due_on, "badge_text": text, "why": [*shown["why"], *more]}


def _by_hand(term: Term, reason: str, words: Words) -> str:
    if not reason:
        return ""
    text = words.gettext("For this request the authority set another day than the rule’s (%(day)s): %(reason)s")
    return text % {"day": i18n.day(term.due_on, words.language), "reason": reason}


def _moved(row: ExplanationRow, words: Words) -> str:
    if row.moved_from is None or row.moved_at is None:
        return ""
    on, day = (i18n.day(at, words.language) for at in (legal_date(row.moved_at), row.moved_from))
    if row.moved_because:
        text = words.gettext("Days off changed (%(paper)s): before %(on)s it was due by the end of %(day)s.")
        return text % {"paper": row.moved_because, "on": on, "day": day}
    text = words.gettext("More time was given on %(on)s; before that it was due by the end of %(day)s.")
    return text % {"on": on, "day": day}


def questions(row: ExplanationRow, shown: Discloser, words: Words) -> list[Context]:
    """Each question with its answer, or None while there is none."""
    answers = {part.question: part.text for part in row.parts}
    return [
        {
            "number": item.number,
            "text": said(shown, item.text, words),
            "answer": said(shown, answers[item.number], words) if item.number in answers else None,
        }
        for item in row.questions
    ]


def said(shown: Discloser, sealed: Any, words: Words) -> str:
    """The plaintext; what was erased says so."""
    text = shown.text(sealed)
    return words.gettext("Erased") if isinstance(text, dict) else text or ""


def files(where: str, kept: Collection[ExplanationFile], shown: Discloser, words: Words) -> list[Context]:
    """Pictures with a small view; papers by the name that the school gave them, copies by a number."""
    names, found = file_names(kept, shown), []
    for number, item in enumerate(kept, start=1):
        href, picture = f"{where}/files/{item.id}", item.media_type.startswith("image/")
        general = words.gettext("Photo %(number)s") if picture else words.gettext("Paper %(number)s")
        name = names.get(item.id, general % {"number": number})
        found.append({"href": href, "name": name, "thumb": href if picture else None})
    return found
