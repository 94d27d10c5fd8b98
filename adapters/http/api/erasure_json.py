"""The erasure of a sender's data as JSON: what was asked, what holds it back, and the certificate of destruction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from adapters.http.api.case_json import Json, Names, day, explanation, named, stamp
from application.ports import Recorded
from domain.law.term import Term
from domain.privacy import events as f
from domain.privacy.erasure import Erasure

ErasureState = Literal["none", "requested", "held", "approved", "erased"]


def erasure_json(case_id: UUID, version: int, state: Erasure | None, history: Sequence[Recorded], names: Names) -> Json:
    """How it stands. No id of the subject appears: the case is what it is found by."""
    return {
        "case_id": str(case_id),
        "version": version,
        "state": state_of(state),
        "request": _request_json(history, state),
        "holds": _holds_json(history, state, names),
        "certificate": _certificate_json(history),
    }


def state_of(state: Erasure | None) -> ErasureState:
    """One word for how it stands. A hold goes before a request: it says why the request waits."""
    if state is None:
        return "none"
    if state.erased or state.approved:
        return "erased" if state.erased else "approved"
    if state.holds:
        return "held"
    return "requested" if state.request_id else "none"


def _holds_json(history: Sequence[Recorded], state: Erasure | None, names: Names) -> list[Json]:
    """Those in force."""
    return [
        {
            "hold_id": str(item.fact.hold_id),
            "reason": item.fact.reason,
            "document": item.fact.document,
            "placed_by": named(item.actor_id, names),
            "placed_at": stamp(item.occurred_at),
        }
        for item in history
        if isinstance(item.fact, f.LegalHoldPlaced) and state is not None and item.fact.hold_id in state.holds
    ]


def _request_json(history: Sequence[Recorded], state: Erasure | None) -> Json | None:
    """The request that waits, or that was met."""
    for item in history:
        fact = item.fact
        if isinstance(fact, f.ErasureRequested) and state is not None and fact.request_id == state.request_id:
            return {
                "ground": fact.ground.value,
                "document": fact.document,
                "requested_on": day(fact.requested_on),
                "late_reason": fact.late_reason,
                "term": _term_json(fact.term),
            }
    return None


def _term_json(term: Term | None) -> Json | None:
    if term is None:
        return None
    return {
        "rule_id": term.rule_id,
        "badge": term.kind,
        "basis": term.basis,
        "due_on": day(term.due_on),
        "latest_arguable_on": day(term.latest_arguable_on),
        "explanation": explanation(term),
    }


def _certificate_json(history: Sequence[Recorded]) -> Json | None:
    for item in history:
        fact = item.fact
        if isinstance(fact, f.SubjectErased):
            return {
                "destroyed_at": stamp(fact.destroyed_at),
                "keys": fact.keys,
                "identities": fact.identities,
                "index_entries": fact.index_entries,
                "files": fact.files,
                "last_key_backup_expires_on": day(fact.last_key_backup_expires_on),
            }
    return None
