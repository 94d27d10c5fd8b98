"""The page of one day of reception, and the sheet on which an oral complaint is signed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from adapters.http.api.reception_json import ids_of
from adapters.http.receptions import DayAnswer, paper_names
from adapters.http.web.staff.moments import Asked, address, band, look_back
from adapters.http.web.staff.reception_acts import OF_DAY, OF_VISIT
from adapters.http.web.staff.room import RECEPTION_PATH, Context, Desk
from application.ports import Recorded
from domain.calendar import legal_date
from domain.kernel import Sealed
from domain.reception.events import Receiver, Visit
from domain.reception.vocabulary import LinkedKind
from projections.reception_visits import VisitRow

Names = Mapping[UUID, str]
COMPLAINT = "/complaints/new"
"""Where a complaint grows from a visit: the form reads `reception` and `entry`."""


async def day_context(desk: Desk, seen: DayAnswer, asked: Asked) -> Context:
    """Everything but the shell."""
    row, words = seen.row, desk.words
    names = await desk.room.naming.names(ids_of(seen))
    where = f"{RECEPTION_PATH}/{row.id}"
    return {
        "where": where,
        "back": RECEPTION_PATH,
        "day": row.day,
        "place": row.place,
        "kind": words.label("reception-day-kind", row.kind.value),
        "receiver": received_by(desk, seen, row.receiver, names),
        "late_days": row.late_days,
        "late_reason": row.late_reason,
        "state": words.label("reception-state", "closed" if row.closed_at else "open"),
        "reopened_because": "" if row.closed_at else row.reopened_because,
        "acts": [
            {"href": f"{where}/{act}", "text": words.label("reception-act", act)}
            for act in OF_DAY
            if act in seen.actions
        ],
        "visits": [_visit(desk, seen, one, names, where) for one in seen.visits],
        "history": [_event(desk, seen, one, names) for one in reversed(seen.history)],
        "look_back": look_back(where, asked, marks=[], happened=False),
        "past": band(where, asked, {}),
    }


def received_by(desk: Desk, seen: DayAnswer, receiver: Receiver, names: Names) -> str:
    """Name and post, as far as they were written down."""
    return receiver_words(desk, receiver, seen.words.of_day(receiver.name), names)


def receiver_words(desk: Desk, receiver: Receiver, written: Any, names: Names) -> str:
    """`written`: the name as opened."""
    unnamed = desk.words.gettext("An account without a name")
    name = names.get(receiver.official_id, unnamed) if receiver.official_id else shown_text(desk, written)
    return ", ".join(filter(None, (name, receiver.post)))


def shown_text(desk: Desk, text: Any) -> str:
    """The plaintext; what was erased says so, what is not there is empty."""
    return text if isinstance(text, str) else "" if text is None else desk.words.gettext("Erased")


def _visit(desk: Desk, seen: DayAnswer, row: VisitRow, names: Names, where: str) -> Context:
    words, withheld = desk.words, seen.words.withheld(row)
    acts = [act for act in OF_VISIT if act in seen.actions and not (withheld and act != "links")]
    return {
        "number": row.number,
        "withheld": withheld,
        **told(desk, seen, row, row.visit, names),
        "by": names.get(row.recorded_by) or words.gettext("An account without a name"),
        "late_days": row.late_days,
        "late_reason": row.late_reason,
        "owes": row.owes_minutes,
        "signing": words.label("visit-signing", row.signing.value) if row.signing else "",
        "files": _files(desk, seen, row, where),
        "case": _case(row),
        "link_reason": row.link_reason,
        "print": None if withheld else f"{where}/sheets/{row.number}",
        "complaint": address(COMPLAINT, {"reception": str(row.day_id), "entry": row.number})
        if row.may_become_complaint and seen.actions and not withheld
        else None,
        "acts": [
            {"href": f"{where}/{act}?visit={row.number}", "text": words.label("reception-act", act)} for act in acts
        ],
        "corrections": [
            {
                "at": one.at,
                "by": names.get(one.by) or words.gettext("An account without a name"),
                "reason": shown_text(desk, seen.words.text(row, one.reason)),
                **told(desk, seen, row, one.visit, names),
            }
            for one in row.corrections
        ],
    }


def told(desk: Desk, seen: DayAnswer, row: VisitRow, visit: Visit, names: Names) -> Context:
    """What was written of a visit, first or as it stands."""

    def said(value: Sealed | None) -> str:
        return shown_text(desk, seen.words.text(row, value))

    label = desk.words.label
    return {
        "people": said(visit.people),
        "people_count": visit.people_count,
        "contact": said(visit.contact),
        "content": said(visit.content),
        "wanted": said(visit.wanted),
        "kind": label("visit-kind", visit.kind.value),
        "unit": names.get(visit.place_id, "") if visit.place_id else "",
        "result": label("visit-result", visit.result.value),
        "result_text": said(visit.result_text),
    }


def _files(desk: Desk, seen: DayAnswer, row: VisitRow, where: str) -> list[Context]:
    if seen.words.withheld(row):
        return []
    files = paper_names(row, seen.words)
    gone = desk.words.gettext("Erased")
    return [{"href": f"{where}/files/{file.id}", "name": files.get(file.id, gone)} for file in row.papers]


def _case(row: VisitRow) -> Context | None:
    if row.case_id is None:
        return None
    folder = "complaints" if row.case_kind is LinkedKind.COMPLAINT else "cases"
    return {"href": f"/{folder}/{row.case_id}", "number": row.case_number}


def _event(desk: Desk, seen: DayAnswer, one: Recorded, names: Names) -> Context:
    words, number = desk.words, getattr(one.fact, "number", None)
    text = words.gettext("Visit %(number)s") % {"number": number} if number else getattr(one.fact, "reason", "")
    return {
        "title": words.label("topic", one.fact.TOPIC),
        "by": names.get(one.actor_id) or words.gettext("An account without a name"),
        "at": one.recorded_at,
        "late_days": max((legal_date(one.recorded_at) - legal_date(one.occurred_at)).days, 0),
        "text": text or None,
        "href": None,
    }


async def minutes_context(desk: Desk, seen: DayAnswer, number: int) -> Context:
    """Biên bản with what was recorded, to be read to the person and signed by hand."""
    row = seen.visit(number)
    names = await desk.room.naming.names([*ids_of(seen), seen.row.authority_id])
    oral = row.owes_minutes or row.result.value == "oral-complaint-recorded"
    return {
        "where": f"{RECEPTION_PATH}/{row.day_id}",
        "authority": names.get(seen.row.authority_id, ""),
        "oral": oral,
        "number": number,
        "day": seen.row.day,
        "place": seen.row.place,
        "receiver": received_by(desk, seen, seen.row.receiver, names),
        **told(desk, seen, row, row.visit, names),
    }
