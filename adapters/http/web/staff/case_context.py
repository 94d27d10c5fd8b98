"""The context of the case page (glossary 3.2), from a dossier."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from adapters.http.refusals import refusal_text
from adapters.http.web.staff.acts import ACTS, MAIN
from adapters.http.web.staff.dossier import Colleague, Dossier
from adapters.http.web.staff.forms import new_command
from adapters.http.web.staff.history import timeline
from adapters.http.web.staff.listing import HANDLED, signs
from adapters.http.web.staff.moments import address
from adapters.http.web.staff.paper_trail import paper_context
from adapters.http.web.staff.room import Context
from adapters.http.web.staff.terms import running_for
from application.access import Role
from domain.feedback.categories import CATEGORIES
from domain.feedback.events import Attachment
from domain.feedback.vocabulary import Sensitivity, Stage
from projections.feedback_view import Draft

ONE_CLICK = frozenset({"acknowledgements"})
"""Acts that the main button does at once: they need no words and can be put right."""
SECOND = ("questions", "drafts", "returns", "assignments")
"""What is offered beside the main button."""


def case_context(dossier: Dossier, terms: list[Context], readers: list[Colleague]) -> Context:
    """Everything but the shell and the line into the past."""
    return {
        "case": _case(dossier),
        "next": _next(dossier, terms),
        "terms": terms,
        "requests": _requests(dossier),
        "acts": _acts(dossier),
        "contact": _contact(dossier),
        "draft": _draft(dossier),
        "messages": _messages(dossier),
        "explanations": [],
        "documents": [],
        "notes": [
            {"by": dossier.name(note.by), "text": dossier.text(note.note), "at": note.at, "files": []}
            for note in dossier.answer.view.notes
        ],
        "history": timeline(dossier),
        "history_href": address(f"{dossier.href}/history", dossier.asked.query()),
        "readers": [{"name": reader.name, "post": reader.post, "why": None} for reader in readers],
        "everyone": _everyone(dossier),
        "behind": False,
    }


def _case(dossier: Dossier) -> Context:
    view, row, words = dossier.answer.view, dossier.answer.row, dossier.words
    opened = view.opened
    return {
        **dossier.head(),
        "id": str(view.case_id),
        "kind": words.label("case-kind", "feedback") if not view.kind else words.label("feedback-kind", view.kind),
        "unit": dossier.names.get(opened.place_id, ""),
        "place": dossier.names.get(opened.area_id),
        "state": words.label("state", view.status),
        # The row of "what had happened" is of the whole log: it knows acts that came after the moment.
        "signs": signs(row, words, lasting=dossier.answer.moment.clock == "happened") if row else [],
        "received": view.opened_at,
        "channel": words.label("channel", opened.channel.value) if dossier.answer.disclose.sees("informant") else None,
        "late_reason": opened.late_reason,
        "summary": view.title or None,
        "content": dossier.text(opened.content),
        "files": files(dossier, opened.attachments),
        "paper": paper_context(dossier),
        "handler": dossier.name(view.holder_id) if view.holder_id else None,
        "category": category_name(dossier),
    }


def category_name(dossier: Dossier) -> str | None:
    """Category and finer word, in the reader's language."""
    view, words = dossier.answer.view, dossier.words
    category = CATEGORIES.get(view.category)
    if category is None:
        return None
    name = category.en if words.language == "en" else category.vi
    if not view.sub_category:
        return name
    return f"{name} – {words.label('sub-category', f'{category.code}/{view.sub_category}')}"


def files(dossier: Dossier, attachments: tuple[Attachment, ...]) -> list[Context]:
    """Pictures with a small view, papers by name."""
    if not dossier.answer.disclose.sees("personal"):
        return []
    shown = []
    for number, item in enumerate(attachments, start=1):
        href, picture = f"{dossier.href}/files/{item.id}", item.media_type.startswith("image/")
        name = dossier.words.gettext("Photo %(number)s") if picture else dossier.words.gettext("Paper %(number)s")
        shown.append({"href": href, "name": name % {"number": number}, "thumb": href if picture else None})
    return shown


def next_key(dossier: Dossier) -> str:  # noqa: PLR0911 - one way out for each next step
    """What has to be done next: a key of the labels `next`, as in lists."""
    view = dossier.answer.view
    if view.correction_waits:
        return "correction"
    if not view.owes and not view.ways.information:
        return view.status
    if view.ways.spam_proposed_by:
        return "spam-proposed"
    if view.holder_id is None:
        return "assign" if view.category else "submitted"
    if view.status not in HANDLED:
        return view.status
    draft = dossier.draft
    if draft is None or draft.released_at:
        return Stage.IN_HANDLING
    if draft.returned_at:
        return "returned"
    covered = {part.request for part in draft.parts} >= {item.number for item in view.requests}
    return "drafted" if covered else Stage.IN_HANDLING


def _next(dossier: Dossier, terms: list[Context]) -> Context:
    view, words, actions = dossier.answer.view, dossier.words, dossier.answer.actions
    key = next_key(dossier)
    wanted = MAIN[view.status]
    if key == "drafted":
        wanted = ("release-requests", *wanted)
    elif key == "correction":
        wanted = ("corrections",)
    elif key == "spam-proposed":
        wanted = ("spam-confirmations", *wanted)
    elif key == "assign":
        wanted = ("assignments", *wanted)
    main = next((name for name in wanted if name in actions), None)
    more = [name for name in SECOND if name in actions and name != main][:3]
    return {
        "text": words.label("next", key),
        "who": _who(dossier, key),
        "term": running_for(terms, key),
        "action": _main(dossier, main) if main else None,
        "more": [{"href": f"{dossier.href}/{name}", "text": words.label("act", name)} for name in more],
    }


def _who(dossier: Dossier, key: str) -> str:
    view, words = dossier.answer.view, dossier.words
    if view.status == Stage.AWAITING_SENDER:
        return words.label("waits-for", "sender")
    if view.status == Stage.AWAITING_UNIT:
        return words.label("waits-for", "unit")
    if view.status == Stage.AWAITING_RELEASE or view.correction_waits:
        return words.label("waits-for", "head")
    if view.answered or view.closed or view.ways.ending:
        return words.gettext("Nobody is waited for.")
    if view.holder_id is None:
        return words.label("waits-for", "head" if key == "assign" else "intake")
    return dossier.name(view.holder_id)


def _main(dossier: Dossier, name: str) -> Context:
    text = dossier.words.label("act", name)
    if name in ONE_CLICK:
        form = {"action": f"{dossier.href}/{name}", "command_id": new_command()}
        return {"href": None, "text": text, "form": form}
    return {"href": f"{dossier.href}/{name}", "text": text, "form": None}


def _acts(dossier: Dossier) -> list[Context]:
    """In the order in which cases go, each with its own page."""
    return [
        {"href": f"{dossier.href}/{name}", "title": dossier.words.label("act", name)}
        for name in ACTS
        if name in dossier.answer.actions
    ]


def _contact(dossier: Dossier) -> Context | None:
    if "identity-disclosures" not in dossier.answer.actions:
        return None
    return {"href": f"{dossier.href}/contact", "text": dossier.words.gettext("Look up the contact of the sender")}


def _requests(dossier: Dossier) -> list[Context]:
    """Each request, with the answer of the last draft, or of what was released unless it was opened again."""
    view, draft = dossier.answer.view, dossier.draft
    if draft and draft.released_at and not (view.answered or view.closed):
        draft = None  # opened again: every request needs an answer anew
    parts = {part.request: part.text for part in draft.parts} if draft else {}
    return [
        {
            "number": item.number,
            "text": dossier.said(item.text),
            "answered": item.number in parts,
            "answer": dossier.said(parts[item.number]) if item.number in parts else None,
        }
        for item in view.requests
    ]


def answer_text(dossier: Dossier, draft: Draft) -> str:
    """The answer as the sender will read it: outcome, then request by request."""
    words = dossier.words
    texts = {item.number: item.text for item in dossier.answer.view.requests}
    blocks = [words.gettext("Outcome: %(outcome)s") % {"outcome": words.label("outcome", draft.outcome)}]
    blocks += [
        f"{part.request}. {dossier.said(texts.get(part.request))}\n→ {dossier.said(part.text)}" for part in draft.parts
    ]
    return "\n\n".join(blocks)


def _draft(dossier: Dossier) -> Context | None:
    draft = dossier.draft
    if draft is None or not dossier.answer.disclose.sees("personal"):
        return None
    returned = None
    if draft.returned_at:
        by = returned_by(dossier, draft)
        returned = {"by": by, "at": draft.returned_at, "reason": dossier.said(draft.return_reason)}
    return {
        "text": answer_text(dossier, draft),
        "by": dossier.name(draft.drafter_id),
        "at": draft.drafted_at,
        "returned": returned,
        "lacks": _lacks(dossier, draft),
        "released": {"by": dossier.name(draft.releaser_id), "at": draft.released_at} if draft.released_at else None,
    }


def _lacks(dossier: Dossier, draft: Draft) -> str | None:
    """Why it cannot be submitted yet, for whoever goes on drafting."""
    missing = sorted({item.number for item in dossier.answer.view.requests} - {part.request for part in draft.parts})
    if not missing or draft.released_at or "drafts" not in dossier.answer.actions:
        return None
    return refusal_text("request-unanswered", {"request": missing[0], "count": len(missing)}, dossier.words.language)


def returned_by(dossier: Dossier, draft: Draft) -> str:
    """Who gave it back: the actor of that fact."""
    for recorded in reversed(dossier.answer.history):
        fact: Any = recorded.fact
        if type(fact).TOPIC == "feedback.answer_returned.v1" and fact.draft_number == draft.number:
            return dossier.actor(recorded)
    return ""


def _messages(dossier: Dossier) -> list[Context]:
    words, shown = dossier.words, list[Context]()
    for message in dossier.answer.view.messages:
        asked = {"by": words.gettext("Question of the authority"), "at": message.asked_at, "files": []}
        shown.append({**asked, "text": dossier.text(message.question)})
        if message.replied_at:
            reply = {"by": words.gettext("The sender’s reply"), "at": message.replied_at}
            shown.append({**reply, "text": dossier.text(message.reply), "files": files(dossier, message.attachments)})
        elif message.lapsed:
            shown[-1]["by"] += " – " + words.gettext("answered without waiting for the reply")
    for again in dossier.answer.view.reopenings:
        if again.asked_by == "sender":
            by = words.gettext("The sender asks for a review")
            shown.append({"by": by, "at": again.at, "text": dossier.text(again.reason), "files": []})
    return sorted(shown, key=_at)


def _at(message: Context) -> datetime:
    at: datetime = message["at"]
    return at


def _everyone(dossier: Dossier) -> str | None:
    """Who else reads a case that is not narrow."""
    if Sensitivity(dossier.answer.view.sensitivity).narrow:
        return None
    return dossier.words.gettext("Intake officers and handlers of this area, and auditors with a stated purpose.")


def readers_of(dossier: Dossier, people: list[Colleague]) -> list[Colleague]:
    """Handler, heads and those who were named, at the moment that is shown; involved people left out."""
    view = dossier.answer.view
    return [
        person
        for person in people
        if person.id not in view.involved
        and (person.id == view.holder_id or person.id in view.readers or Role.HEAD in person.roles)
    ]
