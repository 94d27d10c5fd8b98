"""One case at two moments: what differs, in words, and which facts only one of them has."""

from __future__ import annotations

from typing import Any

from adapters.http.web import i18n
from adapters.http.web.staff.case_context import category_name, next_key
from adapters.http.web.staff.dossier import Dossier
from adapters.http.web.staff.history import timeline
from adapters.http.web.staff.moments import address
from adapters.http.web.staff.room import Context
from domain.law.term import Term
from projections.feedback_view import Draft

Lines = dict[tuple[str, str], str]
"""Kind of label and its key → what stands there at one moment."""


def compared(before: Dossier, after: Dossier) -> list[Context]:
    """What a reader asks of both: label, then, now, whether they differ."""
    first, second = _lines(before), _lines(after)
    return [
        {
            "label": before.words.label(*key),
            "then": first.get(key) or "–",
            "now": second.get(key) or "–",
            "changed": (first.get(key) or "") != (second.get(key) or ""),
        }
        for key in {**first, **second}
    ]


def compared_moment(dossier: Dossier) -> Context:
    """Which moment, by which clock; `at` None: the present. `href` leads to the case then."""
    asked = dossier.asked
    return {
        "at": asked.at,
        "clock": asked.clock,
        "value": asked.at.astimezone(i18n.ZONE).strftime("%Y-%m-%dT%H:%M") if asked.at else "",
        "href": address(dossier.href, asked.query()),
    }


def only_in(one: Dossier, other: Dossier) -> list[Context]:
    """The facts of one moment that the other does not have."""
    known = {recorded.originator_version for recorded in other.answer.history}
    return timeline(one, tuple(r for r in one.answer.history if r.originator_version not in known))


def _lines(dossier: Dossier) -> Lines:
    view, words = dossier.answer.view, dossier.words
    released = view.released
    plain = {
        "state": words.label("state", view.status),
        "next": words.label("next", next_key(dossier)),
        "title": view.title,
        "category": category_name(dossier) or "",
        "sensitivity": words.label("sensitivity", view.sensitivity),
        "handler": dossier.name(view.holder_id),
        "requests": "\n".join(f"{item.number}. {dossier.said(item.text)}" for item in view.requests),
    }
    more = {
        "messages": "\n".join(_messages(dossier)),
        "drafts": "\n".join(_draft(dossier, draft) for draft in view.drafts),
        "answered": i18n.moment(released.released_at, words.language) if released and released.released_at else "",
        "review": i18n.day(view.review_until, words.language) if view.review_until else "",
        "notes": str(len(view.notes) or ""),
        "files": str(len(files_of(dossier)) or ""),
        "readers": ", ".join(dossier.name(person) for person in view.readers),
        "involved": ", ".join(dossier.name(person) for person in view.involved),
        "closed": view.close_reason,
    }
    return {
        **{("compare", key): text for key, text in plain.items()},
        **_terms(dossier),
        **{("compare", key): text for key, text in more.items()},
    }


def _terms(dossier: Dossier) -> Lines:
    found: Lines = {}
    for line in dossier.answer.view.terms:
        if not line.replaced:
            met = (
                f" – {dossier.words.gettext('done %(day)s')}" % {"day": i18n.short_day(line.met_on)}
                if line.met_on
                else ""
            )
            found["term", line.term.purpose] = _due(dossier, line.term) + met
    return found


def _due(dossier: Dossier, term: Term) -> str:
    return i18n.day(term.due_on, dossier.words.language)


def _messages(dossier: Dossier) -> list[str]:
    words = dossier.words
    return [
        f"{message.number}. {dossier.said(message.question)} → "
        + (dossier.said(message.reply) if message.reply else words.gettext("no reply yet"))
        for message in dossier.answer.view.messages
    ]


def _draft(dossier: Dossier, draft: Draft) -> str:
    words = dossier.words
    steps = (
        ("released", draft.released_at),
        ("returned", draft.returned_at),
        ("submitted", draft.submitted_at),
        ("drafted", draft.drafted_at),
    )
    step, at = next((key, at) for key, at in steps if at is not None)
    return f"{draft.number}. {words.label('draft-step', step)}, {i18n.moment(at, words.language)}"


def files_of(dossier: Dossier) -> list[Any]:
    """Photos and papers of the submission and of the replies."""
    view = dossier.answer.view
    return [*view.opened.attachments, *(item for message in view.messages for item in message.attachments)]
