"""The page of one report of worse treatment, and what a case page says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from adapters.http.api.protection_json import ids_of_task
from adapters.http.protection import TaskAnswer
from adapters.http.web.staff.dossier import Dossier
from adapters.http.web.staff.forms import Typed, new_command
from adapters.http.web.staff.protection_acts import ACTS, fields_of
from adapters.http.web.staff.room import PROTECTION_PATH, Context, Desk
from adapters.http.web.terms import term_words
from application.ports import Recorded
from domain.alerts.stages import target_at


async def task_context(desk: Desk, seen: TaskAnswer, opened: str, typed: Typed) -> Context:
    """Everything but the shell; `opened`: the act that was refused, with what was typed."""
    row, words = seen.row, desk.words
    names = await desk.room.naming.names(ids_of_task(seen))
    take_by, where = target_at(row.term), f"{PROTECTION_PATH}/{row.id}"
    return {
        "where": where,
        "back": PROTECTION_PATH,
        "unit": names.get(seen.case.place_id, ""),
        "number": seen.case.number or words.gettext("(no number yet)"),
        "case": f"/cases/{row.case_id}" if seen.case_seen else None,
        "state": words.label("protection-state", row.status),
        "reported_at": row.reported_at,
        "whom": words.label("protection-whom-staff", row.whom.value),
        "since": row.since,
        "text": _said(seen, row.text, desk),
        "holder": _name(names, row.holder_id, desk) if row.holder_id else None,
        "take_by": take_by if row.status == "new" else None,
        "late": row.status == "new" and desk.room.clock.now() > take_by,
        "term": term_words(row.term, words.language),
        "measures": [
            {"by": _name(names, one.by, desk), "text": _said(seen, one.note, desk), "at": one.at, "files": []}
            for one in row.measures
        ],
        "closed": _closed(seen, names, desk),
        "history": [_event(one, names, desk) for one in reversed(seen.history)],
        "acts": [await _act(desk, seen, act, opened, typed) for act in ACTS if act in seen.actions],
    }


async def _act(desk: Desk, seen: TaskAnswer, act: str, opened: str, typed: Typed) -> Context:
    fields = await fields_of(desk, seen.row.id, act, typed if act == opened else Typed({}))
    return {
        "id": act,
        "title": desk.words.label("protection-act", act),
        "do": desk.words.label("protection-do", act),
        "action": f"{PROTECTION_PATH}/{seen.row.id}/{act}",
        "command_id": new_command(),
        "version": seen.row.version,
        "open": act == opened,
        "fields": [field.context() for field in fields],
    }


def _closed(seen: TaskAnswer, names: Mapping[UUID, str], desk: Desk) -> Context | None:
    row = seen.row
    if row.closed_at is None or row.outcome is None:
        return None
    return {
        "at": row.closed_at,
        "by": _name(names, row.closed_by, desk),
        "outcome": desk.words.label("protection-outcome", row.outcome.value),
        "referred_to": row.referred_to,
        "reason": _said(seen, row.reason, desk) if row.reason else None,
        "words": _said(seen, row.words, desk),
    }


def _event(one: Recorded, names: Mapping[UUID, str], desk: Desk) -> Context:
    words, told = desk.words, list(getattr(one.fact, "told", ()))
    handed = getattr(one.fact, "official_id", None)
    text = None
    if handed is not None and handed != one.actor_id:
        text = words.gettext("To: %(name)s") % {"name": _name(names, handed, desk)}
    elif hasattr(one.fact, "told"):
        people = ", ".join(_name(names, person, desk) for person in told)
        text = words.gettext("Told: %(people)s") % {"people": people or words.gettext("nobody could be told")}
    who = "" if one.actor_kind == "official" else words.label("actor", one.actor_kind)
    return {
        "title": words.label("topic", one.fact.TOPIC),
        "by": who or _name(names, one.actor_id, desk),
        "at": one.occurred_at,
        "late_days": 0,
        "text": text,
        "href": None,
    }


def _said(seen: TaskAnswer, sealed: Any, desk: Desk) -> str:
    """The plaintext; what was erased, or could not be kept any more, says so."""
    text = seen.shown.text(sealed)
    return text if isinstance(text, str) else desk.words.gettext("Erased")


def _name(names: Mapping[UUID, str], identifier: UUID | None, desk: Desk) -> str:
    known = names.get(identifier) if identifier else None
    return known or desk.words.gettext("An account without a name")


async def case_protection(desk: Desk, dossier: Dossier) -> Context | None:
    """Links for the few who may; for who has the case in hand that there is one. Never in a view of the past."""
    view, reader = dossier.answer.view, desk.room.protection_reader
    if not dossier.answer.moment.live:
        return None
    tasks = await reader.of_case(desk.actor, view.case_id)
    if tasks:
        return {
            "sign": "",
            "links": [
                {
                    "href": f"{PROTECTION_PATH}/{task.row.id}",
                    "state": desk.words.label("protection-state", task.row.status),
                    "at": task.row.reported_at,
                }
                for task in tasks
            ],
        }
    sign = await reader.sign(desk.actor, view.case_id, view.holder_id)
    return {"sign": desk.words.label("protection-sign", sign), "links": []} if sign else None
