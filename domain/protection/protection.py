"""Protection of a sender (bảo vệ người gửi): from the report of worse treatment to the words that the sender reads.

Several reports of one case are several tasks. Nothing in here decides whether the report is true (CMP-I12).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.calendar import legal_date
from domain.kernel import Decider, UnknownCaseError
from domain.protection import commands as c
from domain.protection import events as f
from domain.protection import refusals as r
from domain.protection.vocabulary import ProtectionOutcome

MOST_OPEN = 10
"""Reports of one sender that wait at the same time (policy of the system)."""


class Protection(msgspec.Struct, frozen=True):
    """Only what the rules below and the policies read."""

    case_id: UUID | None = None
    authority_id: UUID | None = None
    subject_id: UUID | None = None
    holder_id: UUID | None = None
    closed: bool = False


def evolve(state: Protection | None, fact: f.ProtectionFact) -> Protection:
    """Rule-free and total."""
    state = state or Protection()
    match fact:
        case f.ProtectionReported():
            return replace(state, case_id=fact.case_id, authority_id=fact.authority_id, subject_id=fact.subject_id)
        case f.ProtectionTaken() | f.ProtectionHandedOver():
            return replace(state, holder_id=fact.official_id)
        case f.ProtectionMeasureNoted():
            return state
        case f.ProtectionClosed():
            return replace(state, closed=True)
        case _:
            assert_never(fact)


def decide(state: Protection | None, command: c.ProtectionCommand) -> Sequence[f.ProtectionFact]:
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, c.ReportWorseTreatment):
        return report(state, command)
    if state is None or state.case_id is None:
        raise UnknownCaseError
    if state.closed:
        raise r.ProtectionClosedError
    match command:
        case c.TakeProtection():
            return take(state, command)
        case c.HandProtectionOver():
            return hand_over(state, command)
        case c.NoteMeasure():
            return note_measure(state, command)
        case c.CloseProtection():
            return close(state, command)
        case _:
            assert_never(command)


def report(state: Protection | None, cmd: c.ReportWorseTreatment) -> Sequence[f.ProtectionFact]:
    """Whatever the state of the case: worse treatment comes after the answer, too."""
    if state is not None:
        raise r.AlreadyReportedError
    if cmd.text is None:
        raise r.NothingToldError(field="text")
    if cmd.since is not None and cmd.since > legal_date(cmd.at):
        raise r.SinceAheadError(field="since")
    if cmd.open_already >= MOST_OPEN:
        raise r.TooManyOpenError(most=MOST_OPEN)
    return (
        f.ProtectionReported(
            case_id=cmd.case_id,
            authority_id=cmd.authority_id,
            subject_id=cmd.subject_id,
            whom=cmd.whom,
            since=cmd.since,
            text=cmd.text,
            term=cmd.law.term("protect", trigger_at=cmd.at),
        ),
    )


def take(state: Protection, cmd: c.TakeProtection) -> Sequence[f.ProtectionFact]:
    """The first one has it."""
    if state.holder_id is not None:
        raise r.AlreadyTakenError
    return (f.ProtectionTaken(official_id=cmd.by),)


def hand_over(state: Protection, cmd: c.HandProtectionOver) -> Sequence[f.ProtectionFact]:
    """To another of the few."""
    _held(state)
    if not cmd.permitted:
        raise r.NotPermittedError(field="official_id")
    if cmd.official_id == state.holder_id:
        raise r.SamePersonError(field="official_id")
    return (f.ProtectionHandedOver(official_id=cmd.official_id),)


def note_measure(state: Protection, cmd: c.NoteMeasure) -> Sequence[f.ProtectionFact]:
    """As many as there are."""
    _held(state)
    if cmd.note is None:
        raise r.NoteMissingError(field="note")
    return (f.ProtectionMeasureNoted(note=cmd.note),)


def close(state: Protection, cmd: c.CloseProtection) -> Sequence[f.ProtectionFact]:
    """With words for the sender; that nothing was found needs a reason, a referral a receiver."""
    _held(state)
    receiver = cmd.referred_to.strip() if cmd.outcome is ProtectionOutcome.REFERRED else ""
    if cmd.outcome is ProtectionOutcome.REFERRED and not receiver:
        raise r.ReceiverMissingError(field="referred_to")
    if cmd.outcome is ProtectionOutcome.NOTHING_FOUND and cmd.reason is None and not cmd.erased:
        raise r.ClosingReasonMissingError(field="reason")
    if cmd.words is None and not cmd.erased:
        raise r.WordsMissingError(field="words")
    return (f.ProtectionClosed(outcome=cmd.outcome, referred_to=receiver, reason=cmd.reason, words=cmd.words),)


def possible_actions(state: Protection) -> frozenset[str]:
    """What the rules allow now, whoever asks; who may is the policy's question. Names are those of the API's paths."""
    if state.case_id is None or state.closed:
        return frozenset()
    if state.holder_id is None:
        return frozenset({"takings"})
    return frozenset({"hand-overs", "measures", "closures"})


def _held(state: Protection) -> None:
    if state.holder_id is None:
        raise r.NotTakenError


PROTECTION: Decider[Protection, c.ProtectionCommand, f.ProtectionFact] = Decider("protection", decide, evolve)
