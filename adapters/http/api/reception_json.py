"""Days of reception and their visits as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from adapters.http.api.case_json import Json, Names, named, of_moment, stamp
from adapters.http.receptions import DayAnswer, Words, paper_names
from domain.reception.events import Receiver, Visit
from projections.reception_days import DayRow
from projections.reception_visits import Line, VisitRow


def day_row_json(row: DayRow, words: Words, names: Names) -> Json:
    """One line of the list of days."""
    return {
        "id": str(row.id),
        "version": row.version,
        "day": row.day.isoformat(),
        "place": row.place,
        "kind": row.kind.value,
        "receiver": _receiver(row.receiver, words, names),
        "visits": row.visits,
        "closed_at": stamp(row.closed_at),
        "entered_at": stamp(row.recorded_at),
        "late_days": row.late_days,
        "late_reason": row.late_reason,
    }


def day_json(seen: DayAnswer, names: Names) -> Json:
    """One day with its visits and what may be done now."""
    row, words = seen.row, seen.words
    return {
        **of_moment(seen.moment),
        **day_row_json(row, words, names),
        "opened_by": named(row.opened_by, names),
        "reopened_because": row.reopened_because,
        "corrections": [
            {
                "at": stamp(one.at),
                "by": named(one.by, names),
                "reason": one.reason,
                "before": {
                    "day": one.day.isoformat(),
                    "place": one.place,
                    "kind": one.kind.value,
                    "receiver": _receiver(one.receiver, words, names),
                },
            }
            for one in row.corrections
        ],
        "entries": [visit_json(visit, words, names) for visit in seen.visits],
        "actions": list(seen.actions),
    }


def visit_json(row: VisitRow, words: Words, names: Names) -> Json:
    """One visit. `withheld`: who came and what was said is not shown to this reader."""
    files = paper_names(row, words)
    return {
        "number": row.number,
        **_told(row, row.visit, words, names),
        "withheld": words.withheld(row),
        "recorded_by": named(row.recorded_by, names),
        "recorded_at": stamp(row.recorded_at),
        "late_days": row.late_days,
        "late_reason": row.late_reason,
        "signing": row.signing.value if row.signing else None,
        "minutes": [
            {"id": str(file.id), "media_type": file.media_type, "size": file.size, "name": files.get(file.id, "")}
            for file in row.papers
        ],
        "owes_minutes": row.owes_minutes,
        "may_become_complaint": row.may_become_complaint,
        "case": None
        if row.case_id is None or row.case_kind is None
        else {"id": str(row.case_id), "kind": row.case_kind.value, "number": row.case_number},
        "link_reason": row.link_reason,
        "corrections": [
            {
                "at": stamp(one.at),
                "by": named(one.by, names),
                "reason": words.text(row, one.reason),
                "before": _told(row, one.visit, words, names),
            }
            for one in row.corrections
        ],
    }


def line_json(line: Line, words: Words, names: Names) -> Json:
    """One line of the register: the visit with its day."""
    day = line.day
    return {
        "day_id": str(day.id),
        "day": day.day.isoformat(),
        "place_of_reception": day.place,
        "receiver": _receiver(day.receiver, words, names),
        **visit_json(line.visit, words, names),
    }


def _told(row: VisitRow, visit: Visit, words: Words, names: Names) -> Json:
    return {
        "people": words.text(row, visit.people),
        "people_count": visit.people_count,
        "contact": words.text(row, visit.contact),
        "content": words.text(row, visit.content),
        "wanted": words.text(row, visit.wanted),
        "kind": visit.kind.value,
        "unit": named(visit.place_id, names),
        "result": visit.result.value,
        "result_text": words.text(row, visit.result_text),
    }


def _receiver(receiver: Receiver, words: Words, names: Names) -> Json:
    return {
        "official": named(receiver.official_id, names),
        "name": words.of_day(receiver.name),
        "post": receiver.post,
    }


def ids_of_day(row: DayRow) -> list[UUID | None]:
    """Whose names a day shows."""
    before = [one for was in row.corrections for one in (was.by, was.receiver.official_id)]
    return [row.receiver.official_id, row.opened_by, *before]


def ids_of_visit(row: VisitRow) -> list[UUID | None]:
    """Whose names a visit shows."""
    before = [one for was in row.corrections for one in (was.by, was.visit.place_id)]
    return [row.visit.place_id, row.recorded_by, *before]


def ids_of_lines(lines: Iterable[Line]) -> list[UUID | None]:
    """Whose names these lines show."""
    return [one for line in lines for one in (*ids_of_day(line.day), *ids_of_visit(line.visit))]


def ids_of(seen: DayAnswer) -> list[Any]:
    """Whose names a day with its visits and its history shows."""
    acted = [one.actor_id for one in seen.history if one.actor_kind == "official"]
    return [*ids_of_day(seen.row), *(one for row in seen.visits for one in ids_of_visit(row)), *acted]
