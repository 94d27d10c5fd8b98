"""Complaints as JSON. The same moment gives the same bytes, whenever it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response

from adapters.http.api.case_json import Json, Names, day, named, of_moment, stamp, term_json
from adapters.http.cases import Moment
from adapters.http.complaints import ComplaintAnswer, paper_meta
from adapters.http.disclose import Discloser
from application.access import Actor
from domain.complaints.deciding_events import DecisionDrafted, DecisionIssued
from domain.complaints.parts import Paper
from projections.complaint_view import PaperLine
from projections.complaints import ComplaintRow


def moment_told(actor: Actor, moment: Moment) -> Json:
    """Which place in the log an answer shows. A school is not told: from it could be seen that something came in."""
    return {"log_index": None, "recorded_at": None} if actor.unit_id is not None else of_moment(moment)


def fact_told(actor: Actor, fact: Json) -> Json:
    """One line of the history, for a school without its place among the facts of all others."""
    return {**fact, "log_index": None} if actor.unit_id is not None else fact


def row_json(row: ComplaintRow, on: date, names: Names) -> Json:
    """One line of a list."""
    state = row.state
    return {
        "case_id": str(row.case_id),
        "number": row.number,
        "version": row.version,
        "level": row.level,
        "stage": row.stage,
        "target": state.target.value,
        "place": named(row.place_id, names),
        "resolver": state.resolver.value if state.resolver else None,
        "resolver_at": named(row.resolver_id, names),
        "holder": named(row.holder_id, names),
        "received_on": day(row.received_on),
        "accepted_on": day(state.accepted_on),
        "due_on": day(row.due_on),
        "due_purpose": row.due.purpose if row.due and row.due_on else "",
        "badge": row.due.kind if row.due and row.due_on else "",
        "overdue": row.due_on is not None and row.due_on < on,
        "waiting_for": row.waiting_for,
        "outcome": row.outcome,
        "decided_on": day(row.decided_on),
    }


def complaint_json(actor: Actor, answer: ComplaintAnswer, names: Names, numbers: Names) -> Json:
    """One complaint."""
    view, shown, moment = answer.view, answer.disclose, answer.moment
    opened, state = view.opened, view.state
    drafted, issued = view.last(DecisionDrafted), view.last(DecisionIssued)
    return {
        **moment_told(actor, moment),
        "case_id": str(view.case_id),
        "kind": "complaint",
        "clock": moment.clock,
        "version": view.version,
        "number": answer.number,
        "level": state.level.value,
        "stage": state.stage.value,
        "authority": named(state.authority_id, names),
        "place": named(state.place_id, names),
        "received_by": named(state.received_by_id, names),
        "resolver": state.resolver.value if state.resolver else None,
        "resolver_at": named(state.resolver_id, names),
        "competence": msgspec.to_builtins(opened.competence),
        "competence_reason": opened.competence_reason,
        "holder": named(state.holder_id, names),
        "verifiers": [named(person, names) for person in sorted(state.verifiers)],
        "regime": state.regime,
        "form": opened.form.value,
        "target": opened.target.value,
        "target_number": opened.target_number,
        "target_day": day(opened.target_day),
        "employment": opened.employment.value if opened.employment else None,
        "dismissal": opened.dismissal,
        "known_on": day(opened.known_on),
        "received_on": day(opened.received_on),
        "late_reason": opened.late_reason,
        "complainant": shown.text(opened.complainant),
        "contact": shown.text(opened.contact),
        "representation": opened.representation.value,
        "representative": shown.text(opened.representative),
        "content": shown.text(opened.content),
        "remedy": shown.text(opened.remedy),
        "happened_at": stamp(view.opened_at),
        "recorded_at_first": stamp(view.recorded_at),
        "examined": state.examined,
        "grounds_found": sorted(ground.value for ground in state.found),
        "timeliness": state.timeliness.value,
        "reading": state.reading.value if state.reading else None,
        "accepted_on": day(state.accepted_on),
        "remote": state.remote,
        "complexity": state.complexity.value,
        "reported_on": day(state.reported_on),
        "dialogue_on": day(state.dialogue_on),
        "execution_suspended": state.execution_suspended,
        "draft": _draft(drafted, shown),
        "decision": _issued(issued, shown),
        "sent_on": day(state.sent_on),
        "received_decision_on": day(state.received_decision_on),
        "in_force_on": day(state.in_force_on),
        "published_on": day(state.published_on),
        "publication_ended": state.publication_ended,
        "first": _linked(state.first_id, numbers),
        "second": _linked(state.second_id, numbers),
        "in_court": state.court,
        "papers": [paper_json(line, shown) for line in view.papers],
        "terms": [term_json(line, moment.day) for line in view.terms],
        "actions": list(answer.actions),
    }


def _draft(drafted: DecisionDrafted | None, shown: Discloser) -> Json | None:
    if drafted is None:
        return None
    return {
        "number": drafted.draft_number,
        "outcome": drafted.outcome.value,
        "drafter_id": str(drafted.drafter_id),
        "sections": [{"section": part.section.value, "text": shown.text(part.text)} for part in drafted.sections],
    }


def _issued(issued: DecisionIssued | None, shown: Discloser) -> Json | None:
    if issued is None:
        return None
    paper = issued.decision
    return {
        "outcome": issued.outcome.value,
        "number": paper.number,
        "symbol": paper.symbol,
        "day": day(paper.day),
        "signature": paper.signature,
        "paper": _paper(paper.paper, shown),
    }


def _linked(case_id: UUID | None, numbers: Names) -> Json | None:
    return None if case_id is None else {"id": str(case_id), "number": numbers.get(case_id, "")}


def paper_json(line: PaperLine, shown: Discloser) -> Json:
    """A paper with its digests."""
    found = {**_paper(line.paper, shown), "topic": line.topic, "field": line.field, "version": line.version}
    if line.issued is not None:
        issued = line.issued
        found |= {"number": issued.number, "symbol": issued.symbol, "day": day(issued.day)}
    return found


def _paper(paper: Paper, shown: Discloser) -> Json:
    meta = paper_meta(paper, shown)
    return {
        "id": str(paper.id),
        "media_type": paper.media_type,
        "size": paper.size,
        "address": paper.address,
        "name": meta.name if meta else None,
        "sha256": meta.sha256 if meta else None,
    }


def paper_answer(paper: Paper, content: bytes) -> Response[bytes]:
    """A download that runs nothing, under a name that says nothing."""
    suffix = paper.media_type.rsplit("/", 1)[-1].replace("jpeg", "jpg")
    headers = {
        "Content-Disposition": f'inline; filename="{paper.id}.{suffix}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=paper.media_type, headers=headers)


def names_wanted(rows: Iterable[ComplaintRow]) -> list[UUID | None]:
    """Everybody and every place that these lines name."""
    return [one for row in rows for one in (row.place_id, row.resolver_id, row.holder_id)]


def names_of_case(answer: ComplaintAnswer) -> list[Any]:
    """The same of one complaint."""
    state = answer.view.state
    bodies = [state.authority_id, state.place_id, state.received_by_id, state.resolver_id, state.holder_id]
    return [*bodies, *state.verifiers, *state.involved]
