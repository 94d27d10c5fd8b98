"""What the pages of one dialogue meeting show: the meeting, its opinions, one opinion with its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from adapters.http.api.dialogue_json import ids_of
from adapters.http.dialogues import DialogueAnswer
from adapters.http.web.staff.dialogue_acts import PAGES, Where, fields_of
from adapters.http.web.staff.exports import exports_of
from adapters.http.web.staff.forms import Typed, new_command
from adapters.http.web.staff.moments import Asked, address
from adapters.http.web.staff.room import DIALOGUES_PATH, Context, Desk
from application.ports import Recorded
from domain.dialogues import events as f
from domain.dialogues.vocabulary import SETTLED, Addressed, OpinionStatus
from projections.dialogue_view import OpinionView, of_opinion
from projections.dialogues import LATEST

OPINIONS_PER_PAGE = 100
STATES = (OpinionStatus.RECORDED, OpinionStatus.ROUTED, OpinionStatus.ANSWERED, OpinionStatus.TRANSFERRED)
PUBLIC = "/p/dialogues"


async def meeting_context(desk: Desk, seen: DialogueAnswer, asked: Asked, opened: str, typed: Typed) -> Context:
    """The meeting: what is known of it, how far its opinions are, what may be done."""
    view, shown = seen.view, seen.shown
    row, planned = view.row, view.planned
    names = await desk.room.naming.names(ids_of(seen))
    where = f"{DIALOGUES_PATH}/{row.id}"
    return {
        **_head(desk, seen, asked),
        "matter": planned.matter,
        "planned_on": planned.planned_on,
        "place": planned.place,
        "chair": ", ".join(filter(None, (planned.chair_post, said(seen, planned.chair_name, desk)))),
        "invited": planned.invited,
        "announcements": [{"on": one.on, "how": one.how} for one in view.announcements],
        "held": {"on": view.held.held_on, "participants": view.held.participants} if view.held else None,
        "minutes": f"{where}/minutes" if view.minutes and shown.sees("personal") else None,
        "minutes_missing": view.held is not None and view.minutes is None,
        "opinions_href": address(f"{where}/opinions", asked.query()),
        "rows_href": f"{where}/rows" if "opinions" in seen.actions else None,
        "summary": said(seen, view.summary, desk) if view.summary else None,
        "closed_at": row.closed_at,
        "published": {"at": view.published.at, "href": f"{PUBLIC}/{row.id}"} if view.published else None,
        "history": [event(one, names, desk) for one in reversed(seen.history)],
        "acts": _acts(desk, seen, "meeting", opened, typed),
    }


def opinions_context(
    desk: Desk, seen: DialogueAnswer, asked: Asked, typed: Typed, opened: str = "", chosen: Sequence[int] = ()
) -> Context:
    """Every opinion of the chosen state and level, to route or pass on several at once."""
    query, where = desk.request.query_params, f"{DIALOGUES_PATH}/{seen.view.row.id}"
    state, level = query.get("state", ""), query.get("level", "")
    found = [one for one in seen.view.in_order if _matches(one, state, level)]
    number = query.get("page", "1")
    at = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 6 else 1  # noqa: PLR2004 - no list has so many pages
    start = (at - 1) * OPINIONS_PER_PAGE
    kept = {"state": state, "level": level, **asked.query()}
    more = len(found) > start + OPINIONS_PER_PAGE
    return {
        **_head(desk, seen, asked),
        "rows": [_opinion_row(one, desk, seen, asked, chosen) for one in found[start : start + OPINIONS_PER_PAGE]],
        "found": len(found),
        "filters": _filters(desk, where, kept),
        "previous_page": address(f"{where}/opinions", {**kept, "page": at - 1}) if at > 1 else None,
        "next_page": address(f"{where}/opinions", {**kept, "page": at + 1}) if more else None,
        "bulk": _acts(desk, seen, "opinions", opened, typed),
        "range": typed.one("range"),
        "command_id": new_command(),
        "version": seen.view.row.version,
        "keep": {"state": state, "level": level},
        "exports": exports_of(f"{where}/export", kept),
        "rows_href": f"{where}/rows" if "opinions" in seen.actions else None,
    }


async def opinion_context(
    desk: Desk, seen: DialogueAnswer, one: OpinionView, asked: Asked, opened: str, typed: Typed
) -> Context:
    """What was said, what became of it, step by step."""
    history = of_opinion(seen.history, one.number)
    names = await desk.room.naming.names([fact.actor_id for fact in history if fact.actor_kind == "official"])
    allowed = {"answers", "transfers", "routings"} if one.status not in SETTLED else {"reopenings"}
    return {
        **_head(desk, seen, asked),
        **_opinion_row(one, desk, seen, asked, ()),
        "text": said(seen, one.said.text, desk),
        "due_reason": one.due_reason,
        "answer": {"text": said(seen, one.answer, desk), "on": one.answered_on} if one.answer else None,
        "transfer": {"to": one.receiver, "on": one.transferred_on, "document": one.document} if one.receiver else None,
        "history": [event(fact, names, desk, seen, one.number) for fact in reversed(history)],
        "acts": [act for act in _acts(desk, seen, "opinion", opened, typed) if act["id"] in allowed],
        "back": address(f"{DIALOGUES_PATH}/{seen.view.row.id}/opinions", asked.query()),
    }


def _head(desk: Desk, seen: DialogueAnswer, asked: Asked) -> Context:
    """What every page of the meeting begins with."""
    row, words = seen.view.row, desk.words
    counts, total = row.states(), len(row.opinions)
    return {
        "title": row.title,
        "where": f"{DIALOGUES_PATH}/{row.id}",
        "meeting_href": address(f"{DIALOGUES_PATH}/{row.id}", asked.query()),
        "stage": words.label("dialogue-stage", row.stage),
        "total": total,
        "settled": row.settled,
        "waiting": len(row.aside),
        "next_due": None if row.next_due == LATEST else row.next_due,
        "late": row.next_due < seen.moment.day,
        "counts": [
            {"text": words.label("dialogue-opinion-state", state.value), "count": counts[state], "code": state.value}
            for state in STATES
        ],
        "by_level": _by_level(seen, desk),
    }


def _by_level(seen: DialogueAnswer, desk: Desk) -> list[Context]:
    """Lines of the table of levels by states; sums are right by counting the same opinions once."""
    counts = Counter((one.level, one.status) for one in seen.view.row.opinions)
    levels: list[Addressed | None] = [*Addressed, None]
    lines = []
    for level in levels:
        cells = [counts[level, state] for state in STATES]
        if any(cells):
            code = level.value if level else ""
            text = desk.words.label("dialogue-level", code) if code else desk.words.gettext("No level yet")
            lines.append({"text": text, "cells": cells, "total": sum(cells)})
    return lines


def _filters(desk: Desk, where: str, kept: Mapping[str, Any]) -> Context:
    words = desk.words
    states = [("", words.gettext("All states")), ("open", words.gettext("Open ones"))]
    states += [(state.value, words.label("dialogue-opinion-state", state.value)) for state in STATES]
    levels = [("", words.gettext("All levels")), ("none", words.gettext("No level yet"))]
    levels += [(one.value, words.label("dialogue-level", one.value)) for one in Addressed]
    return {
        "action": f"{where}/opinions",
        "state": kept["state"],
        "level": kept["level"],
        "states": [{"value": value, "text": text} for value, text in states],
        "levels": [{"value": value, "text": text} for value, text in levels],
        "keep": {name: value for name, value in kept.items() if name not in {"state", "level"}},
    }


def _matches(one: OpinionView, state: str, level: str) -> bool:
    by_state = not state or one.status.value == state or (state == "open" and one.status not in SETTLED)
    code = one.level.value if one.level else "none"
    return by_state and (not level or code == level)


def chosen_opinions(desk: Desk, seen: DialogueAnswer) -> list[OpinionView]:
    """Those that the address asks for."""
    query = desk.request.query_params
    return [one for one in seen.view.in_order if _matches(one, query.get("state", ""), query.get("level", ""))]


def _opinion_row(one: OpinionView, desk: Desk, seen: DialogueAnswer, asked: Asked, chosen: Sequence[int]) -> Context:
    words = desk.words
    level = words.label("dialogue-level", one.level.value) if one.level else ""
    return {
        "href": address(f"{DIALOGUES_PATH}/{seen.view.row.id}/opinions/{one.number}", asked.query()),
        "number": one.number,
        "speaker": speaker(one, desk, seen),
        "text": said(seen, one.said.text, desk),
        "level": f"{level}: {one.body}" if level and one.body else level,
        "due_on": one.due_on,
        "overdue": bool(one.due_on and one.due_on < seen.moment.day and one.status not in SETTLED),
        "state": words.label("dialogue-opinion-state", one.status.value),
        "open": one.status not in SETTLED,
        "chosen": one.number in chosen,
    }


def speaker(one: OpinionView, desk: Desk, seen: DialogueAnswer) -> str:
    """As the list has it, or in the words of the sheet."""
    own = said(seen, one.said.speaker_words, desk) if one.said.speaker_words else ""
    return own or desk.words.label("dialogue-speaker", one.said.speaker.value)


def _acts(desk: Desk, seen: DialogueAnswer, where: Where, opened: str, typed: Typed) -> list[Context]:
    found = []
    for act, place in PAGES.items():
        if place != where or act not in seen.actions:
            continue
        fields = fields_of(desk, act, typed if act == opened else Typed({}), seen)
        found.append(
            {
                "id": act,
                "title": desk.words.label("dialogue-act", act),
                "do": desk.words.label("dialogue-do", act),
                "action": f"{DIALOGUES_PATH}/{seen.view.row.id}/acts/{act}",
                "command_id": new_command(),
                "version": seen.view.row.version,
                "open": act == opened,
                "file": any(field.kind == "file" for field in fields),
                "fields": [field.context() for field in fields],
            }
        )
    return found


def event(
    one: Recorded, names: Mapping[UUID, str], desk: Desk, seen: DialogueAnswer | None = None, number: int = 0
) -> Context:
    """One line of a history; of one opinion with what was said in it."""
    words = desk.words
    by = names.get(one.actor_id) if one.actor_kind == "official" else words.label("actor", one.actor_kind)
    return {
        "title": words.label("topic", one.fact.TOPIC),
        "by": by or words.gettext("An account without a name"),
        "at": one.occurred_at,
        "late_days": 0,
        "text": _told(one.fact, desk, seen, number),
        "href": None,
    }


def _told(fact: Any, desk: Desk, seen: DialogueAnswer | None, number: int) -> str | None:  # noqa: PLR0911 - one arm per fact
    _, label = desk.words.gettext, desk.words.label
    match fact:
        case f.OpinionsRecorded() if number:
            return None
        case f.OpinionsRecorded():
            return _("Opinions: %(numbers)s") % {"numbers": ranges(one.number for one in fact.opinions)}
        case f.RowsKeptBack():
            return _("Rows: %(numbers)s") % {"numbers": ", ".join(row.number or "?" for row in fact.rows)}
        case f.OpinionsRouted():
            level = label("dialogue-level", fact.level.value)
            told = _("%(level)s, until %(day)s: %(reason)s") % {
                "level": f"{level} ({fact.body})" if fact.body else level,
                "day": fact.due_on.strftime("%d/%m/%Y"),
                "reason": fact.due_reason,
            }
            return told if number else f"{ranges(fact.numbers)} · {told}"
        case f.OpinionsTransferred():
            told = ", ".join(filter(None, (fact.body, fact.document)))
            return told if number else f"{ranges(fact.numbers)} · {told}"
        case f.OpinionAnswered():
            return said(seen, fact.answer, desk) if seen and number else str(fact.number)
        case f.OpinionReopened():
            return fact.reason if number else f"{fact.number}: {fact.reason}"
        case f.DialogueAnnounced():
            return fact.how
    reason = getattr(fact, "reason", "")
    return reason or None


def ranges(numbers: Any) -> str:
    """`1–11, 13, 15–68`."""
    parts, run = list[str](), list[int]()
    for number in [*sorted(numbers), None]:
        if run and (number is None or number != run[-1] + 1):
            parts.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
            run = []
        if number is not None:
            run.append(number)
    return ", ".join(parts)


def said(seen: DialogueAnswer, sealed: Any, desk: Desk) -> str:
    """The plaintext; empty where there is none, and what was erased says so."""
    text = seen.shown.text(sealed)
    return text if isinstance(text, str) else "" if text is None else desk.words.gettext("Erased")
