"""What the sender's page shows, from the sender's view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from adapters.http.protection import SenderTask
from adapters.http.sender_view import SenderView, ShownText
from adapters.http.web.i18n import Language, label
from adapters.http.web.terms import public_term

LONGEST = 20_000
"""Characters of a reply or a reason."""


def tracking_context(
    seen: SenderView, language: Language, today: date, names: Mapping[UUID, str], values: Mapping[str, str]
) -> dict[str, Any]:
    """Everything but the code. `values`: what was typed, where something was at fault."""
    authority = names.get(UUID(seen.authority_id), "")
    following = None
    if seen.next_term is not None:
        term = public_term(seen.next_term, language, today)
        text = label(language, "sender-next", seen.next_term.purpose) % {"authority": authority}
        following = {"text": text, "term": term}
    question = seen.questions[0] if seen.questions else None
    return {
        "status": label(language, "sender-state", seen.state),
        "with_it": label(language, "sender-state-more", seen.state) % {"authority": authority},
        "next": following,
        "question": question
        and {
            "text": _words(question.question, language),
            "number": question.number,
            "asked_on": question.asked_on,
            "action": "/p/track/reply",
            "command_id": str(uuid4()),
            "value": values.get("reply", ""),
            "max": LONGEST,
        },
        "requests": [
            {
                "text": _words(answer.request, language),
                "answer": _words(answer.answer, language),
                "answered_on": seen.answered_on,
            }
            for answer in seen.answers
        ],
        "answer": None,
        "outcome": label(language, "outcome", seen.outcome) if seen.outcome and seen.answers else None,
        "messages": _messages(seen, language),
        "days": [{"on": day.on, "text": label(language, "sender-day", day.what)} for day in seen.days],
        "review": {
            "action": "/p/track/review",
            "until": seen.review_until,
            "term": public_term(seen.review_term, language, today) if seen.review_term else None,
            "command_id": str(uuid4()),
            "value": values.get("reason", ""),
        }
        if seen.may_ask_review
        else None,
        "withdraw": _withdraw(seen, values),
        "part": seen.part,
        "parts": [_part(part, language, names) for part in seen.parts],
        "ending": _ending(seen, language, names),
        "guidance": _words(seen.guidance, language) if seen.guidance is not None else None,
        "corrected_on": seen.corrected_on,
    }


def protection_context(seen: SenderView, tasks: Sequence[SenderTask], language: Language) -> dict[str, Any]:
    """What the sender reported of worse treatment, and where more is reported. Only on the sender's own page.

    Where the sender's words were erased no more can be kept of them.
    """
    return {
        "action": "/p/track/worse" if isinstance(seen.text, str) else None,
        "tasks": [
            {
                "reported_on": task.reported_on,
                "state": label(language, "sender-protection", task.state),
                "on": task.on,
                "words": _words(task.words, language) if task.words is not None else None,
            }
            for task in tasks
        ],
    }


def _part(part: SenderView, language: Language, names: Mapping[UUID, str]) -> dict[str, Any]:
    """One matter that the submission became: its own words, and where it stands."""
    authority = names.get(UUID(part.authority_id), "")
    return {
        "number": part.part,
        "text": _words(part.text, language),
        "status": label(language, "sender-state", part.state),
        "with_it": label(language, "sender-state-more", part.state) % {"authority": authority},
    }


def _ending(seen: SenderView, language: Language, names: Mapping[UUID, str]) -> dict[str, Any] | None:
    ending = seen.ending
    if ending is None:
        return None
    kind = {"guided": "guided-to", "ineligible": "ineligible-ground"}.get(ending.how)
    why = label(language, kind, ending.why) if kind and ending.why else ""
    if ending.how in ("duplicate", "spam"):
        why = label(language, "sender-why", ending.how)
    return {
        "on": ending.on,
        "why": why,
        "text": _words(ending.text, language) if ending.text is not None else None,
        "receiver": ending.receiver or (names.get(UUID(ending.receiver_id)) if ending.receiver_id else ""),
        "where_to_ask": ending.where_to_ask,
    }


def _withdraw(seen: SenderView, values: Mapping[str, str]) -> dict[str, Any] | None:
    """The form that withdraws, for whom the sender's view says that it may be done."""
    if not seen.may_withdraw:
        return None
    return {"action": "/p/track/withdraw", "command_id": str(uuid4()), "value": values.get("reason", "")}


def _messages(seen: SenderView, language: Language) -> list[dict[str, Any]]:
    sent = {"mine": True, "text": _words(seen.text, language), "on": seen.received_on, "sent_files": seen.photos}
    messages = [sent]
    for exchange in seen.exchanges:
        asked = {"mine": False, "text": _words(exchange.question, language), "on": exchange.asked_on}
        messages.append(asked)
        if exchange.reply is not None:
            text = _words(exchange.reply, language)
            messages.append({"mine": True, "text": text, "on": exchange.replied_on})
    return messages


def _words(text: ShownText, language: Language) -> str:
    return text if isinstance(text, str) else label(language, "public", "erased")
