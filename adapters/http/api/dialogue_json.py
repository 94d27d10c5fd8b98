"""Dialogue meetings as JSON."""

from __future__ import annotations

from uuid import UUID

import msgspec
from litestar import Response

from adapters.http.api.case_json import Json, Names, day, named, of_moment, stamp
from adapters.http.dialogues import DialogueAnswer
from adapters.http.disclose import Discloser
from application.ports import Recorded
from domain.dialogues import events as f
from domain.dialogues.parts import DialoguePaper, RowAside, RowFault
from domain.dialogues.vocabulary import RowField
from projections.dialogue_view import OpinionView
from projections.dialogues import LATEST, DialogueRow


def dialogue_row_json(row: DialogueRow) -> Json:
    """One line of the list: no word that anybody said."""
    return {
        "id": str(row.id),
        "version": row.version,
        "title": row.title,
        "day": day(row.day),
        "stage": row.stage,
        "opinions": len(row.opinions),
        "settled": row.settled,
        "by_state": {status.value: count for status, count in row.states().items()},
        "rows_waiting": len(row.aside),
        "next_due": None if row.next_due == LATEST else day(row.next_due),
        "closed_at": stamp(row.closed_at),
        "published": row.published,
    }


def dialogue_json(seen: DialogueAnswer, names: Names) -> Json:
    """One meeting with everything that was said, at its moment."""
    view, shown = seen.view, seen.shown
    planned, held, minutes = view.planned, view.held, view.minutes
    return {
        **of_moment(seen.moment),
        **dialogue_row_json(view.row),
        "authority": named(planned.authority_id, names),
        "matter": planned.matter,
        "planned_on": day(planned.planned_on),
        "place": planned.place,
        "chair_post": planned.chair_post,
        "chair_name": shown.text(planned.chair_name),
        "invited": planned.invited,
        "announcements": [{"announced_on": day(one.on), "how": one.how} for one in view.announcements],
        "held_on": day(held.held_on) if held else None,
        "participants": held.participants if held else None,
        "minutes": None if minutes is None else {"media_type": minutes.media_type, "size": minutes.size},
        "summary": shown.text(view.summary),
        "published_at": stamp(view.published.at) if view.published else None,
        "opinion_list": [opinion_json(one, shown) for one in view.in_order],
        "rows_aside": [aside_json(row, shown) for row in view.aside.values()],
        "history": [_fact_json(one, names) for one in seen.history],
        "actions": list(seen.actions),
    }


def opinion_json(one: OpinionView, shown: Discloser) -> Json:
    """One opinion. `due_on` is a day that a person set; no law sets one."""
    said = one.said
    return {
        "number": one.number,
        "status": one.status.value,
        "speaker": said.speaker.value,
        "speaker_words": shown.text(said.speaker_words),
        "text": shown.text(said.text),
        "level": one.level.value if one.level else None,
        "body": one.body,
        "due_on": day(one.due_on),
        "due_reason": one.due_reason,
        "answer": shown.text(one.answer),
        "answered_on": day(one.answered_on),
        "receiver": one.receiver,
        "transferred_on": day(one.transferred_on),
        "document": one.document,
    }


def aside_json(row: RowAside, shown: Discloser) -> Json:
    """A row that waits, word for word, and what is wrong with it."""
    return {"id": str(row.id), "number": row.number, "cells": cells_json(row, shown), "faults": _faults(row.faults)}


def cells_json(row: RowAside, shown: Discloser) -> Json | None:
    """Its cells by name; None where they were erased or this reader does not see them."""
    text = shown.text(row.cells)
    if not isinstance(text, str):
        return None
    return dict(zip((field.value for field in RowField), msgspec.json.decode(text, type=list[str]), strict=False))


def taken_json(facts: list[Recorded]) -> Json:
    """What a wish to take in rows came to: the numbers taken, and the rows kept with what is wrong with them."""
    taken = [one.number for fact in facts if isinstance(fact.fact, f.OpinionsRecorded) for one in fact.fact.opinions]
    aside = [row for fact in facts if isinstance(fact.fact, f.RowsKeptBack) for row in fact.fact.rows]
    return {
        "taken": taken,
        "set_aside": [{"id": str(row.id), "number": row.number, "faults": _faults(row.faults)} for row in aside],
    }


def _faults(faults: tuple[RowFault, ...]) -> list[Json]:
    return [{"field": fault.field.value, "code": fault.code.value} for fault in faults]


def _fact_json(one: Recorded, names: Names) -> Json:
    return {
        "version": one.originator_version,
        "topic": one.fact.TOPIC,
        "occurred_at": stamp(one.occurred_at),
        "recorded_at": stamp(one.recorded_at),
        "by": named(one.actor_id, names) if one.actor_kind == "official" else None,
    }


def ids_of(seen: DialogueAnswer) -> list[UUID | None]:
    """Whose names a meeting shows."""
    acted = [one.actor_id for one in seen.history if one.actor_kind == "official"]
    return [seen.view.planned.authority_id, *acted]


def paper_answer(paper: DialoguePaper, content: bytes) -> Response[bytes]:
    """A download that runs nothing, under a name that says nothing."""
    suffix = paper.media_type.rsplit("/", 1)[-1].replace("jpeg", "jpg")
    headers = {
        "Content-Disposition": f'inline; filename="{paper.id}.{suffix}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=paper.media_type, headers=headers)
