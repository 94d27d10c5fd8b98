"""Requests for explanation as JSON: the school's part says days, and nothing that leads to the case."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from litestar import Response

from adapters.http.api.case_json import Json, Names, day, explanation, named, stamp
from adapters.http.disclose import Discloser
from adapters.http.explanations import SchoolRequest, StaffRequest, file_names
from domain.calendar import legal_date
from domain.explanations.events import ExplanationFile
from projections.explanations import ExplanationRow

SCHOOL_STATES = {"sent": "new", "opened": "opened", "more-time-asked": "more-time-asked", "given": "given"}


def on(at: datetime | None) -> str | None:
    """The legal day of a moment: schools are told no hour."""
    return None if at is None else legal_date(at).isoformat()


def school_row_json(row: ExplanationRow, today: date) -> Json:
    """One line of what a school has to do."""
    return {
        "id": str(row.id),
        "version": row.version,
        "number": row.number,
        "status": SCHOOL_STATES[row.status],
        "asked_on": on(row.asked_at),
        "due_on": day(row.due_on),
        "badge": row.term.kind,
        "overdue": row.waits and row.due_on < today,
        "given_on": on(row.given_at),
    }


def school_json(seen: SchoolRequest, today: date, names: Names) -> Json:
    """All that the school may read: what it was asked, by whom, until when, and its own answer."""
    row, shown = seen.row, seen.shown
    answers = {part.question: shown.text(part.text) for part in row.parts}
    return {
        **school_row_json(row, today),
        "authority": names.get(row.authority_id),
        "date_reason": row.date_reason,
        "explanation": explanation(row.term, public=True),
        "questions": [
            {"number": item.number, "text": shown.text(item.text), "answer": answers.get(item.number)}
            for item in row.questions
        ],
        "attachments": [file_json(file, {}) for file in row.attachments],
        "given_files": [file_json(file, file_names(row.given_files, shown)) for file in row.given_files],
        "more_time": _more_time(row, shown),
        "actions": list(seen.actions),
    }


def _more_time(row: ExplanationRow, shown: Discloser) -> Json | None:
    if row.time_asked_at is None:
        return None
    return {
        "until": day(row.time_wanted),
        "reason": shown.text(row.time_reason),
        "asked_on": on(row.time_asked_at),
        "moved_from": day(row.moved_from),
        "refusal": shown.text(row.time_refused),
    }


def staff_row_json(row: ExplanationRow, today: date, names: Names) -> Json:
    """One line of an official's list."""
    return {
        "id": str(row.id),
        "version": row.version,
        "number": row.number,
        "status": row.status,
        "case_id": str(row.case_id),
        "place": named(row.place_id, names),
        "asked_at": stamp(row.asked_at),
        "asked_by": named(row.asked_by, names),
        "opened_at": stamp(row.opened_at),
        "due_on": day(row.due_on),
        "badge": row.term.kind,
        "overdue": row.waits and row.due_on < today,
        "given_at": stamp(row.given_at),
    }


def staff_json(row: ExplanationRow, shown: Discloser, today: date, names: Names) -> Json:
    """All of it."""
    answers = {part.question: shown.text(part.text) for part in row.parts}
    return {
        **staff_row_json(row, today, names),
        "date_reason": row.date_reason,
        "explanation": explanation(row.term),
        "could_know": shown.text(row.could_know) if shown.sees("informant") else None,
        "few_reason": shown.text(row.few_reason) if shown.sees("informant") else None,
        "questions": [
            {"number": item.number, "text": shown.text(item.text), "answer": answers.get(item.number)}
            for item in row.questions
        ],
        "attachments": [file_json(file, {}) for file in row.attachments],
        "given_files": [file_json(file, file_names(row.given_files, shown)) for file in row.given_files],
        "more_time": None
        if row.time_asked_at is None
        else {
            "until": day(row.time_wanted),
            "reason": shown.text(row.time_reason),
            "asked_at": stamp(row.time_asked_at),
            "moved_from": day(row.moved_from),
            "refusal": shown.text(row.time_refused),
        },
        "recalled_at": stamp(row.recalled_at),
        "recall_reason": row.recall_reason,
    }


def staff_request_json(seen: StaffRequest, today: date, names: Names) -> Json:
    """One request with what may be done to it."""
    return {**staff_json(seen.row, seen.shown, today, names), "actions": list(seen.actions)}


def file_json(file: ExplanationFile, names: Names) -> Json:
    """A file; only what a school sent has a name."""
    named_so = {"name": names[file.id]} if file.id in names else {}
    return {"id": str(file.id), "media_type": file.media_type, "size": file.size, **named_so}


class KeptFile(Protocol):
    """What an answer says of a file."""

    @property
    def id(self) -> UUID: ...

    @property
    def media_type(self) -> str: ...


def file_answer(file: KeptFile, content: bytes) -> Response[bytes]:
    """A download that runs nothing, under a name that says nothing."""
    suffix = file.media_type.rsplit("/", 1)[-1].replace("jpeg", "jpg")
    headers = {
        "Content-Disposition": f'inline; filename="{file.id}.{suffix}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=file.media_type, headers=headers)
