"""The history of a case: the short one on its page, and every fact with both clocks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, Protocol
from uuid import UUID

import msgspec

from adapters.http.disclose import Discloser, classes_of
from adapters.http.web import i18n
from adapters.http.web.staff.moments import Asked, address, query_of
from adapters.http.web.staff.room import Context
from adapters.http.web.staff.words import Words
from application.ports import Recorded
from domain.calendar import legal_date
from domain.complaints.competence import Competence
from domain.complaints.parts import DraftSection, Issued
from domain.feedback.categories import CATEGORIES
from domain.kernel import Sealed
from domain.law.term import Term

_HIDDEN = frozenset(
    {
        "subject_id",
        "identity_ref",
        "code_hash",
        "reason",
        "late_reason",
        "consent_version",
        "handler_post_id",
        "holder_post_id",
    }
)
_LABELLED = {
    "channel": "channel",
    "topic": "topic-choice",
    "kind": "feedback-kind",
    "outcome": "outcome",
    "sensitivity": "sensitivity",
    "submitter_role": "submitter-role",
    "contact": "contact",
    "asked_by": "actor",
    "language": "language",
    "sub_category": "sub-category",
}
_NAMED = frozenset({"authority_id", "place_id", "area_id", "handler_id", "holder_id", "official_id", "drafter_id"})
_NAMED |= {"from_authority_id", "to_authority_id"}
_NAMED |= {"verifier_ids", "signer_id", "chair_id", "redactor_id", "resolver_id", "received_by_id"}
_SHORT = frozenset({"category", "handler_id", "to_authority_id", "official_id", "outcome", "title"})
"""What the short history tells of a fact besides its reason."""


class Answer(Protocol):
    """The facts of the moment, and what the reader may see of them."""

    @property
    def history(self) -> tuple[Recorded, ...]: ...
    @property
    def disclose(self) -> Discloser: ...


class Told(Protocol):
    """A case of any kind as its history needs it."""

    @property
    def answer(self) -> Answer: ...
    @property
    def asked(self) -> Asked: ...
    @property
    def names(self) -> Mapping[UUID, str]: ...
    @property
    def posts(self) -> Mapping[UUID, str]: ...
    @property
    def words(self) -> Words: ...
    @property
    def anonymous(self) -> str: ...
    @property
    def href(self) -> str: ...
    def said(self, sealed: object) -> str: ...
    def actor(self, recorded: Recorded) -> str: ...


def late_days(recorded: Recorded) -> int:
    """Whole legal days from when it happened to when it was recorded."""
    return (legal_date(recorded.recorded_at) - legal_date(recorded.occurred_at)).days


def after(dossier: Told, recorded: Recorded) -> str:
    """The case right after this fact, by the clock that is chosen."""
    happened = dossier.asked.clock == "happened" and dossier.asked.at is not None
    at = recorded.occurred_at if happened else recorded.recorded_at
    return address(dossier.href, query_of(at, "happened" if happened else "known"))


def change(dossier: Told, recorded: Recorded) -> str | None:
    """What this fact changed: the case just before it beside the case right after it. None for the first."""
    if recorded.originator_version == 1:
        return None
    happened = dossier.asked.clock == "happened" and dossier.asked.at is not None
    at = recorded.occurred_at if happened else recorded.recorded_at
    before, then = query_of(at - timedelta(microseconds=1), "known"), query_of(at, "known")
    more = {"clock": "happened"} if happened else {}
    return address(f"{dossier.href}/compare", {**before, **more, "with": then["as_of"]})


def timeline(dossier: Told, facts: tuple[Recorded, ...] | None = None) -> list[Context]:
    """The newest on top, for `_timeline.html`."""
    chosen = dossier.answer.history if facts is None else facts
    return [
        {
            "title": dossier.words.label("topic", type(recorded.fact).TOPIC),
            "by": dossier.actor(recorded),
            "at": recorded.occurred_at,
            "recorded_at": recorded.recorded_at,
            "late_days": late_days(recorded),
            "text": _short(dossier, recorded) or None,
            "href": after(dossier, recorded),
        }
        for recorded in reversed(chosen)
    ]


def _short(dossier: Told, recorded: Recorded) -> str:
    told = [f"{label}: {value}" for name, label, value in _details(dossier, recorded) if name in _SHORT]
    reason = reason_of(dossier, recorded)
    return "\n".join([*told, *([f"{dossier.words.gettext('Reason')}: {reason}"] if reason else [])])


def reason_of(dossier: Told, recorded: Recorded) -> str:
    """Why it was done or recorded late, where the fact says so."""
    fact: Any = recorded.fact
    found = getattr(fact, "reason", None) or getattr(fact, "late_reason", None) or ""
    return dossier.said(found) if isinstance(found, Sealed) else str(found)


def rows(dossier: Told) -> list[Context]:
    """Every fact, for `history.html`."""
    return [
        {
            "version": recorded.originator_version,
            "title": dossier.words.label("topic", type(recorded.fact).TOPIC),
            "topic": type(recorded.fact).TOPIC,
            "by": dossier.actor(recorded),
            "post": dossier.posts.get(recorded.post_id) if recorded.post_id else None,
            "unit": dossier.names.get(recorded.authority_id) if recorded.authority_id else None,
            "occurred_at": recorded.occurred_at,
            "recorded_at": recorded.recorded_at,
            "late_days": late_days(recorded),
            "reason": reason_of(dossier, recorded) or None,
            "details": [(label, value) for _name, label, value in _details(dossier, recorded)],
            "href": after(dossier, recorded),
            "change": change(dossier, recorded),
            "correction": False,
        }
        for recorded in dossier.answer.history
    ]


def table(dossier: Told) -> list[list[str]]:
    """The same for a spreadsheet; the texts of people stay in the case."""
    words = dossier.words
    keys = ("version", "what", "topic", "who", "post", "authority", "occurred", "recorded", "late", "reason")
    found = [[words.label("column", key) for key in keys]]
    for row in rows(dossier):
        clocks = [i18n.local(row[key]).isoformat() for key in ("occurred_at", "recorded_at")]
        people = [row["by"], row["post"] or "", row["unit"] or ""]
        found.append(
            [
                str(row["version"]),
                row["title"],
                row["topic"],
                *people,
                *clocks,
                str(row["late_days"]),
                row["reason"] or "",
            ]
        )
    return found


def _details(dossier: Told, recorded: Recorded) -> list[tuple[str, str, str]]:
    """Field, label and value of what this reader may see of a fact."""
    found = []
    for name, privacy in classes_of(type(recorded.fact)).items():
        value = getattr(recorded.fact, name)
        if name in _HIDDEN or value in (None, "", ()) or (privacy and not dossier.answer.disclose.sees(privacy)):
            continue
        key = f"{recorded.fact.category}/{value}" if name == "sub_category" else value  # type: ignore[attr-defined]
        found.append((name, dossier.words.label("fact-field", name), _value(dossier, name, key)))
    return found


def _value(dossier: Told, name: str, value: Any) -> str:  # noqa: C901, PLR0911, PLR0912 - one for each kind of value
    words = dossier.words
    if name in _LABELLED:
        code = value.value if isinstance(value, Enum) else str(value)
        if said := words.known(_LABELLED[name], code):
            return said
    if name == "category":
        category = CATEGORIES.get(value)
        return value if category is None else category.en if words.language == "en" else category.vi
    if name in _NAMED and isinstance(value, UUID):
        return dossier.names.get(value, dossier.anonymous)
    if name in _NAMED and isinstance(value, frozenset | tuple):
        return ", ".join(dossier.names.get(one, dossier.anonymous) for one in value)
    match value:
        case bool():
            return words.gettext("yes") if value else words.gettext("no")
        case Sealed():
            return dossier.said(value)
        case Term():
            return f"{words.label('term', value.purpose)}: {i18n.day(value.due_on, words.language)}"
        case datetime():
            return i18n.moment(value, words.language)
        case date():
            return i18n.day(value, words.language)
        case tuple():
            return "; ".join(_value(dossier, name, item) for item in value)
        case msgspec.Struct():
            return _item(dossier, value)
    if isinstance(value, Enum):
        return words.known("complaint-word", f"{name}/{value.value}") or str(value.value)
    return str(value)


def _item(dossier: Told, value: msgspec.Struct) -> str:
    """A request, a part of an answer, a paper, an attachment."""
    if isinstance(value, Issued):
        said = dossier.words.gettext("No. %(number)s/%(symbol)s of %(day)s")
        return said % {"number": value.number, "symbol": value.symbol, "day": i18n.short_day(value.day)}
    if isinstance(value, DraftSection):
        part = dossier.words.label("complaint-word", f"section/{value.section.value}")
        return f"{part}: {dossier.said(value.text)}"
    if isinstance(value, Competence):
        return f"{value.basis} ({value.status})"
    if (text := getattr(value, "text", None)) is not None:
        number = getattr(value, "number", None) or getattr(value, "request", "")
        return f"{number}. {dossier.said(text)}"
    return str(getattr(value, "media_type", ""))
