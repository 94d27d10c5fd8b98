"""Taking a submission in: acknowledge, classify, assign."""

from __future__ import annotations

from adapters.http.problems import FieldFault, InvalidInputError
from adapters.http.web.staff.act_kinds import Doing, Setting, reason_field
from adapters.http.web.staff.forms import LINE, TEXT, Field
from adapters.http.web.staff.words import Words
from application.ports import Receipt
from domain.feedback.categories import CATEGORIES
from domain.feedback.vocabulary import Kind


async def acknowledge(doing: Doing) -> Receipt:
    """Whoever does it holds the case."""
    return await doing.desk.room.feedback.acknowledge(doing.actor, doing.wish, doing.case_id)


def classify_fields(setting: Setting) -> tuple[Field, ...]:
    """Prefilled with the present classification when it is put right."""
    _, view, dossier = setting.words.gettext, setting.dossier.answer.view, setting.dossier
    subject = f"{view.category}/{view.sub_category}".rstrip("/")
    wanted = "\n".join(dossier.said(item.text) for item in view.requests)
    fields = (
        Field(
            id="kind",
            kind="radios",
            label=_("Kind"),
            value=setting.value("kind", view.kind or Kind.FEEDBACK.value),
            items=setting.choices("feedback-kind", [kind.value for kind in Kind]),
        ),
        Field(
            id="category",
            kind="select",
            label=_("Category"),
            value=setting.value("category", subject),
            items=(("", _("Choose …")), *categories(setting.words)),
            hint=_("By the content, not by what the paper is called."),
        ),
        Field(
            id="title",
            kind="text",
            label=_("Summary in one line"),
            value=setting.value("title", view.title),
            most=LINE,
            hint=_("Shown in lists and found by search. Do not write names of persons here."),
        ),
        Field(
            id="requests",
            kind="area",
            label=_("What the sender asks for"),
            value=setting.value("requests", wanted),
            most=TEXT,
            rows=5,
            hint=_("One request on each line. Every one of them needs an answer later."),
        ),
    )
    return (*fields, reason_field(setting)) if view.category else fields


def categories(words: Words) -> tuple[tuple[str, str], ...]:
    """Categories, each followed by its finer words."""
    found: list[tuple[str, str]] = []
    for category in CATEGORIES.values():
        name = category.en if words.language == "en" else category.vi
        found.append((category.code, name))
        for sub in category.sub:
            finer = words.label("sub-category", f"{category.code}/{sub.code}")
            found.append((f"{category.code}/{sub.code}", f"{name} – {finer}"))
    return tuple(found)


async def classify(doing: Doing) -> Receipt:
    """Each line of the requests is one request."""
    category, _, sub = doing.typed.one("category").partition("/")
    return await doing.desk.room.feedback.classify(
        doing.actor,
        doing.wish,
        doing.case_id,
        kind=Kind(doing.typed.one("kind")),
        category=category,
        sub_category=sub,
        title=doing.typed.one("title"),
        requests=[line.strip() for line in doing.typed.one("requests").split("\n") if line.strip()],
        reason=doing.typed.one("reason"),
    )


def assign_fields(setting: Setting) -> tuple[Field, ...]:
    """To a colleague who is not involved."""
    _, view = setting.words.gettext, setting.dossier.answer.view
    people = [(str(other.id), other.text) for other in setting.colleagues if other.id not in view.involved]
    handler = Field(
        id="handler_id",
        kind="select",
        label=_("Handler"),
        value=setting.value("handler_id"),
        items=(("", _("Choose …")), *people),
    )
    return (handler, reason_field(setting, required=view.assigned))


async def assign(doing: Doing) -> Receipt:
    """Raises InvalidInputError for somebody who is no colleague."""
    chosen = doing.typed.identifier("handler_id")
    handler = await doing.desk.room.officials.colleague(doing.actor, chosen) if chosen else None
    if handler is None:
        raise InvalidInputError(FieldFault("handler_id", "no such colleague"))
    return await doing.desk.room.feedback.assign(
        doing.actor, doing.wish, doing.case_id, handler, doing.typed.one("reason")
    )
