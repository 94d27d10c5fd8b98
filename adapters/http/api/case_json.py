"""Cases as JSON. The same moment gives the same bytes, whenever it is asked for: nothing of today enters here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from adapters.http.cases import FeedbackAnswer, Moment
from adapters.http.disclose import Discloser
from adapters.http.web.i18n import LANGUAGES
from adapters.law_words import said
from application.ports import Recorded
from domain.feedback.events import Attachment
from domain.law.explain import explain
from domain.law.term import Term
from projections.case_index import CaseRow
from projections.feedback_view import Draft, FeedbackView, Message, TermLine

Json = dict[str, Any]
Names = Mapping[UUID, str]
"""Display names of people, places and authorities by id."""


def of_moment(moment: Moment) -> Json:
    """Which place in the log an answer shows."""
    stamp = moment.mark.recorded_at
    return {"log_index": moment.up_to, "recorded_at": stamp.isoformat() if stamp else None}


def case_json(answer: FeedbackAnswer, names: Names) -> Json:
    """One feedback."""
    view, shown, moment = answer.view, answer.disclose, answer.moment
    opened = view.opened
    return {
        **of_moment(moment),
        "case_id": str(view.case_id),
        "kind": "feedback",
        "clock": moment.clock,
        "version": view.version,
        "number": answer.row.number if answer.row else "",
        "status": view.status,
        "authority": named(view.authority_id, names),
        "area": named(opened.area_id, names),
        "place": named(opened.place_id, names),
        "holder": named(view.holder_id, names),
        "received_on": opened.received_on.isoformat(),
        "happened_at": stamp(view.opened_at),
        "recorded_at_first": stamp(view.recorded_at),
        "late_reason": opened.late_reason,
        "topic": opened.topic.value,
        "danger": opened.danger,
        **_informant(view, shown),
        "content": shown.text(opened.content),
        "attachments": [_attachment(item) for item in opened.attachments],
        "classification": _classification(view, shown),
        "messages": [_message(message, shown) for message in view.messages],
        "drafts": [_draft(draft, shown, names) for draft in view.drafts],
        "notes": [
            {"note": shown.text(note.note), "by": named(note.by, names), "at": stamp(note.at)} for note in view.notes
        ],
        "reopenings": [
            {"asked_by": again.asked_by, "reason": shown.text(again.reason), "at": stamp(again.at)}
            for again in view.reopenings
        ],
        "readers": [named(person, names) for person in view.readers],
        "review_until": day(view.review_until),
        "close_reason": view.close_reason,
        "terms": [term_json(line, moment.day) for line in view.terms],
        "overdue": overdue(view, moment.day),
        "actions": list(answer.actions),
    }


def overdue(view: FeedbackView, on: date) -> bool:
    """Whether the answer is owed and its day is past."""
    replies = [line.term for line in view.terms if line.term.purpose == "reply" and line.runs]
    return view.owes and any(term.due_on < on for term in replies)


def term_json(line: TermLine, on: date) -> Json:
    """A date with its badge and why it is that day. `on_time` is told by both clocks."""
    term = line.term
    return {
        "purpose": term.purpose,
        "rule_id": term.rule_id,
        "badge": term.kind,
        "basis": term.basis,
        "status": term.status,
        "started_on": day(term.started_on),
        "due_on": day(term.due_on),
        "latest_arguable_on": day(term.latest_arguable_on),
        "calendar_edition": term.calendar_edition,
        "met_on": day(line.met_on),
        "met_recorded_on": day(line.met_recorded_on),
        "on_time_happened": None if line.met_on is None else line.met_on <= term.due_on,
        "on_time_recorded": None if line.met_recorded_on is None else line.met_recorded_on <= term.due_on,
        "replaced": line.replaced,
        "stopped": line.stopped,
        "overdue": line.runs and term.due_on < on,
        "explanation": explanation(term),
    }


def explanation(term: Term, *, public: bool = False) -> list[Json]:
    """The sentences that lead to the date, in both languages. Public answers say no hour."""
    sentences = explain(term, with_time=not public)
    return [{language: said(sentence, language) for language in LANGUAGES} for sentence in sentences]


def row_json(row: CaseRow, on: date, names: Names) -> Json:
    """One line of a list."""
    return {
        "case_id": str(row.case_id),
        "kind": row.kind,
        "number": row.number,
        "version": row.version,
        "title": row.title,
        "status": row.status,
        "category": row.category,
        "sensitivity": row.sensitivity,
        "danger": row.danger,
        "place": named(row.place_id, names),
        "area": named(row.area_id, names),
        "holder": named(row.holder_id, names),
        "received_on": day(row.received_on),
        "entered_late_days": row.entered_late_days,
        "due_on": day(row.due_on),
        "badge": row.due_kind,
        "latest_arguable_on": day(row.latest_arguable_on),
        "overdue": row.due_on is not None and row.due_on < on,
        "waiting_for": row.waiting_for,
        "waiting_since": stamp(row.waiting_since),
        "new_reply": row.new_reply,
        "reopened": row.reopened,
        "held_signs": list(row.held_signs),
    }


def fact_json(recorded: Recorded, shown: Discloser, names: Names, posts: Names) -> Json:
    """One line of the history: who, in which post, when by both clocks, what and why."""
    citizen = recorded.actor_kind == "citizen"
    return {
        "version": recorded.originator_version,
        "log_index": recorded.log_index,
        "topic": type(recorded.fact).TOPIC,
        "occurred_at": stamp(recorded.occurred_at),
        "recorded_at": stamp(recorded.recorded_at),
        "actor": {"kind": recorded.actor_kind} | ({} if citizen else _person(recorded.actor_id, names)),
        "post": named(recorded.post_id, posts),
        "authority": named(recorded.authority_id, names),
        "reason": reason_of(recorded, shown),
        "data": shown.struct(recorded.fact),
    }


def reason_of(recorded: Recorded, shown: Discloser) -> Any:
    """Why it was done, where the fact says so."""
    fact = recorded.fact
    reason = getattr(fact, "reason", None) or getattr(fact, "late_reason", None) or ""
    return reason if isinstance(reason, str) else shown.text(reason)


def named(identifier: UUID | None, names: Names) -> Json | None:
    """An id with what it is called."""
    return None if identifier is None else _person(identifier, names)


def _person(identifier: UUID, names: Names) -> Json:
    return {"id": str(identifier), "name": names.get(identifier)}


def stamp(at: datetime | None) -> str | None:
    """RFC 3339 with offset."""
    return None if at is None else at.isoformat()


def day(on: date | None) -> str | None:
    """ISO day."""
    return None if on is None else on.isoformat()


def _informant(view: FeedbackView, shown: Discloser) -> Json:
    if not shown.sees("informant"):
        return {}
    opened = view.opened
    return {
        "channel": opened.channel.value,
        "submitter_role": opened.submitter_role.value,
        "contact": opened.contact.value,
        "left_identity": opened.identity_ref is not None,
        "paper": {
            "received_at_place": shown.text(opened.received_at_place),
            "paper_day": day(opened.paper_day),
            "sent_by": shown.text(opened.sent_by),
            "document_number": shown.text(opened.document_number),
            "document_day": day(opened.document_day),
            "collected_by": shown.text(opened.collected_by),
            "originals": [str(item.attachment_id) for item in opened.originals],
        },
    }


def _classification(view: FeedbackView, shown: Discloser) -> Json | None:
    if not view.category:
        return None
    return {
        "kind": view.kind,
        "category": view.category,
        "sub_category": view.sub_category,
        "title": view.title,
        "sensitivity": view.sensitivity,
        "requests": [{"number": item.number, "text": shown.text(item.text)} for item in view.requests],
    }


def _attachment(item: Attachment) -> Json:
    return {"id": str(item.id), "media_type": item.media_type, "size": item.size}


def _message(message: Message, shown: Discloser) -> Json:
    return {
        "number": message.number,
        "question": shown.text(message.question),
        "asked_at": stamp(message.asked_at),
        "reply": shown.text(message.reply),
        "replied_at": stamp(message.replied_at),
        "attachments": [_attachment(item) for item in message.attachments],
    }


def _draft(draft: Draft, shown: Discloser, names: Names) -> Json:
    return {
        "number": draft.number,
        "outcome": draft.outcome,
        "parts": [{"request": part.request, "text": shown.text(part.text)} for part in draft.parts],
        "drafter": named(draft.drafter_id, names),
        "drafted_at": stamp(draft.drafted_at),
        "submitted_at": stamp(draft.submitted_at),
        "returned_at": stamp(draft.returned_at),
        "return_reason": shown.text(draft.return_reason),
        "released_at": stamp(draft.released_at),
        "releaser": named(draft.releaser_id, names),
    }
