"""Protection tasks as JSON."""

from __future__ import annotations

from uuid import UUID

from adapters.http.api.case_json import Json, Names, day, explanation, named, stamp
from adapters.http.protection import TaskAnswer
from domain.alerts.stages import target_at
from projections.protection import Task


def task_row_json(task: Task, names: Names) -> Json:
    """One line of the list: no word of the sender."""
    row, case = task.row, task.case
    return {
        "id": str(row.id),
        "version": row.version,
        "status": row.status,
        "reported_at": stamp(row.reported_at),
        "whom": row.whom.value,
        "since": day(row.since),
        "case_id": str(row.case_id),
        "case_number": case.number,
        "place": named(case.place_id, names),
        "holder": named(row.holder_id, names),
        "take_by": stamp(target_at(row.term)),
        "badge": row.term.kind,
        "escalations": row.escalations,
        "closed_at": stamp(row.closed_at),
        "outcome": row.outcome.value if row.outcome else None,
    }


def task_json(seen: TaskAnswer, names: Names) -> Json:
    """One task with the sender's words and all that was written about it."""
    row, shown = seen.row, seen.shown
    return {
        **task_row_json(Task(row, seen.case), names),
        "text": shown.text(row.text),
        "explanation": explanation(row.term),
        "measures": [
            {"at": stamp(one.at), "by": named(one.by, names), "note": shown.text(one.note)} for one in row.measures
        ],
        "referred_to": row.referred_to,
        "reason": shown.text(row.reason),
        "words": shown.text(row.words),
        "history": [
            {
                "topic": one.fact.TOPIC,
                "occurred_at": stamp(one.occurred_at),
                "recorded_at": stamp(one.recorded_at),
                "by": named(one.actor_id, names) if one.actor_kind == "official" else None,
                "told": [str(person) for person in getattr(one.fact, "told", ())],
            }
            for one in seen.history
        ],
        "actions": list(seen.actions),
    }


def ids_of_row(task: Task) -> list[UUID | None]:
    """Whose names a line shows."""
    return [task.case.place_id, task.row.holder_id]


def ids_of_task(seen: TaskAnswer) -> list[UUID | None]:
    """Whose names a task shows."""
    acted = [one.actor_id for one in seen.history if one.actor_kind == "official"]
    told = [person for one in seen.history for person in getattr(one.fact, "told", ())]
    handed = [getattr(one.fact, "official_id", None) for one in seen.history]
    return [*ids_of_row(Task(seen.row, seen.case)), *acted, *told, *handed]
