"""Erasure of a subject: a request, a second person, no legal hold; then the key goes and a certificate stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.calendar import legal_date
from domain.kernel import Decider
from domain.law.rules import RuleNotInForceError, UnknownRuleError
from domain.law.term import Term
from domain.privacy import commands as c
from domain.privacy import events as f
from domain.privacy import refusals as r
from domain.privacy.vocabulary import RefusalGround

ANSWER_RULES = ("PD-RESPOND", "PD-OLD-72H")
"""By when a subject's request must be answered: the law in force from 2026, and the decree before it."""


class Erasure(msgspec.Struct, frozen=True):
    """Only what the rules below read. `request_id` is the request that is not answered yet."""

    subject_id: UUID | None = None
    request_id: UUID | None = None
    requested_by: UUID | None = None
    holds: frozenset[UUID] = frozenset()
    approved: bool = False
    erased: bool = False


def evolve(state: Erasure | None, fact: f.PrivacyFact) -> Erasure:
    """Rule-free and total."""
    state = state or Erasure()
    match fact:
        case f.ErasureRequested():
            return replace(
                state, subject_id=fact.subject_id, request_id=fact.request_id, requested_by=fact.requested_by
            )
        case f.ErasureRefused():
            return replace(state, request_id=None, requested_by=None)
        case f.LegalHoldPlaced():
            return replace(state, subject_id=fact.subject_id, holds=state.holds | {fact.hold_id})
        case f.LegalHoldLifted():
            return replace(state, holds=state.holds - {fact.hold_id})
        case f.ErasureApproved():
            return replace(state, subject_id=fact.subject_id, request_id=fact.request_id, approved=True)
        case f.SubjectErased():
            return replace(state, subject_id=fact.subject_id, erased=True)
        case _:
            assert_never(fact)


def decide(state: Erasure | None, command: c.PrivacyCommand) -> Sequence[f.PrivacyFact]:
    """A subject of whom nothing was decided yet has no facts: that is where requests and holds begin."""
    state = state or Erasure()
    if state.erased:
        raise r.SubjectAlreadyErasedError
    match command:
        case c.RequestErasure():
            return request(state, command)
        case c.RefuseErasure():
            return refuse(state, command)
        case c.PlaceLegalHold():
            return place_hold(state, command)
        case c.LiftLegalHold():
            return lift_hold(state, command)
        case c.ApproveErasure():
            return approve(state, command)
        case c.CertifyErasure():
            return certify(state, command)
        case _:
            assert_never(command)


def request(state: Erasure, cmd: c.RequestErasure) -> Sequence[f.PrivacyFact]:
    """May be asked under a legal hold too: then the answer is a refusal with that ground."""
    _undecided(state)
    if state.request_id is not None:
        raise r.ErasureAlreadyRequestedError
    _paper(cmd.document)
    received = cmd.happened_at()
    if received > cmd.at:
        raise r.ErasureReceivedInFutureError(field="received_at")
    if legal_date(received) < legal_date(cmd.at) and not cmd.late_reason:
        raise r.ErasureLateReasonMissingError(field="late_reason")
    return (
        f.ErasureRequested(
            subject_id=cmd.subject_id,
            request_id=cmd.request_id,
            case_id=cmd.case_id,
            authority_id=cmd.authority_id,
            requested_by=cmd.by,
            ground=cmd.ground,
            document=cmd.document,
            requested_on=legal_date(received),
            note=cmd.note,
            late_reason=cmd.late_reason,
            term=_answer_term(cmd, received),
        ),
    )


def refuse(state: Erasure, cmd: c.RefuseErasure) -> Sequence[f.PrivacyFact]:
    """A refusal for a legal hold needs one that is in force."""
    request_id = _requested(state)
    _undecided(state)
    if cmd.ground is RefusalGround.LEGAL_HOLD and not state.holds:
        raise r.NoLegalHoldError(field="ground")
    _paper(cmd.document)
    _reason(cmd.reason)
    return (f.ErasureRefused(request_id=request_id, ground=cmd.ground, reason=cmd.reason, document=cmd.document),)


def place_hold(state: Erasure, cmd: c.PlaceLegalHold) -> Sequence[f.PrivacyFact]:
    """Several may stand at once, each by its own paper."""
    _undecided(state)
    _paper(cmd.document)
    _reason(cmd.reason)
    return (
        f.LegalHoldPlaced(subject_id=cmd.subject_id, hold_id=cmd.hold_id, reason=cmd.reason, document=cmd.document),
    )


def lift_hold(state: Erasure, cmd: c.LiftLegalHold) -> Sequence[f.PrivacyFact]:
    """One hold; the others stay."""
    if cmd.hold_id not in state.holds:
        raise r.NoLegalHoldError(field="hold_id")
    _paper(cmd.document)
    _reason(cmd.reason)
    return (f.LegalHoldLifted(hold_id=cmd.hold_id, reason=cmd.reason, document=cmd.document),)


def approve(state: Erasure, cmd: c.ApproveErasure) -> Sequence[f.PrivacyFact]:
    """By somebody other than who entered the request, with no hold in force."""
    request_id = _requested(state)
    _undecided(state)
    if cmd.by == state.requested_by:
        raise r.SecondPersonRequiredError
    if state.holds:
        raise r.LegalHoldInForceError
    _paper(cmd.document)
    if state.subject_id is None:
        raise r.ErasureNotRequestedError
    return (
        f.ErasureApproved(
            subject_id=state.subject_id, request_id=request_id, approved_by=cmd.by, document=cmd.document
        ),
    )


def certify(state: Erasure, cmd: c.CertifyErasure) -> Sequence[f.PrivacyFact]:
    """After the destruction; says also when the last backup that may hold the key expires."""
    if not state.approved or state.subject_id is None or state.request_id is None:
        raise r.ErasureNotApprovedError
    return (
        f.SubjectErased(
            subject_id=state.subject_id,
            request_id=state.request_id,
            destroyed_at=cmd.at,
            keys=cmd.things.keys,
            identities=cmd.things.identities,
            index_entries=cmd.things.index_entries,
            files=cmd.things.files,
            last_key_backup_expires_on=legal_date(cmd.at) + timedelta(days=cmd.key_backup_days),
        ),
    )


def possible_actions(state: Erasure | None) -> frozenset[str]:
    """What the rules allow now, whoever asks; who may is the policy's question. Names are those of the API's paths."""
    state = state or Erasure()
    if state.erased or state.approved:
        return frozenset()
    actions = {"legal-holds"}
    actions |= {"legal-hold-liftings"} if state.holds else set()
    if state.request_id is None:
        return frozenset(actions | {"erasure-requests"})
    return frozenset(actions | {"erasure-refusals"} | (set() if state.holds else {"erasure-approvals"}))


def _answer_term(cmd: c.RequestErasure, received: datetime) -> Term | None:
    """None where no rule was in force, or the caller brought no law."""
    if cmd.law is None:
        return None
    for rule_id in ANSWER_RULES:
        try:
            return cmd.law.term("respond", rule_id, trigger_at=received, trigger="ErasureRequested")
        except (UnknownRuleError, RuleNotInForceError):  # by the knowledge of that day, or on that day
            continue
    return None


def _requested(state: Erasure) -> UUID:
    if state.request_id is None:
        raise r.ErasureNotRequestedError
    return state.request_id


def _undecided(state: Erasure) -> None:
    if state.approved:
        raise r.ErasureAlreadyApprovedError


def _paper(document: str) -> None:
    if not document:
        raise r.ErasureDocumentMissingError(field="document")


def _reason(reason: str) -> None:
    if not reason:
        raise r.ErasureReasonMissingError(field="reason")


ERASURE: Decider[Erasure, c.PrivacyCommand, f.PrivacyFact] = Decider("privacy", decide, evolve)
