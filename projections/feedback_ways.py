"""The other ways that a case went: endings, mistakes taken back, explanations, information; folded beside its view."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Recorded
from domain.feedback import events as f
from domain.feedback.vocabulary import Ending
from domain.kernel import Sealed
from domain.law.term import Term


class Transfer(msgspec.Struct, frozen=True):
    """Where it went, and where the sender can ask."""

    receiver: str
    where_to_ask: str
    document: str
    opened_case_id: UUID | None
    to_authority_id: UUID | None


class Guidance(msgspec.Struct, frozen=True):
    """What the sender was told to do instead. `to` is empty for what goes with an information case."""

    to: str
    text: Sealed
    document: str = ""


class Ineligibility(msgspec.Struct, frozen=True):
    """Why it cannot be handled, and for how long it is kept."""

    ground: str
    reason: Sealed
    keep_term: Term


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A request to the unit concerned, by its own number."""

    id: UUID
    number: str
    asked_at: datetime
    received_at: datetime | None = None
    recalled_at: datetime | None = None


class Assessment(msgspec.Struct, frozen=True):
    """What became of information."""

    result: str
    text: Sealed
    receiver: str
    at: datetime


class Ways(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that did not go straight from the submission to the answer."""

    ending: str = ""
    ended_at: datetime | None = None
    ending_reason: str = ""
    parts: tuple[f.SplitPart, ...] = ()
    duplicate_of: UUID | None = None
    transfer: Transfer | None = None
    guidance: Guidance | None = None
    ineligibility: Ineligibility | None = None
    purged: bool = False
    withdrawal_reason: Sealed | None = None
    spam_proposed_by: UUID | None = None
    spam_reason: str = ""
    explanations: tuple[Explanation, ...] = ()
    information: bool = False
    assessment: Assessment | None = None
    superior_id: UUID | None = None
    superior_reason: str = ""

    @property
    def unit_asked(self) -> bool:
        """Whether an explanation is waited for."""
        return any(one.received_at is None and one.recalled_at is None for one in self.explanations)


_BACK: dict[str, Any] = {
    "ending": "",
    "ended_at": None,
    "ending_reason": "",
    "duplicate_of": None,
    "transfer": None,
    "guidance": None,
    "ineligibility": None,
    "withdrawal_reason": None,
    "spam_proposed_by": None,
    "spam_reason": "",
}


def went(ways: Ways, recorded: Recorded) -> Ways:
    """After one more fact; facts of the straight way change little here."""
    fact: Any = recorded.fact
    if isinstance(fact, f.EndingFact):
        return replace(ways, **_ended(fact, recorded))
    if isinstance(fact, f.MendingFact):
        return replace(ways, **_mended(ways, fact, recorded))
    if isinstance(fact, f.FeedbackReopened):
        return replace(ways, **_BACK)
    if isinstance(fact, f.FeedbackHandedOver):
        return replace(ways, superior_id=None, superior_reason="")
    return ways


def _over(ending: Ending, recorded: Recorded, reason: str = "", **more: Any) -> dict[str, Any]:
    return {"ending": ending.value, "ended_at": recorded.occurred_at, "ending_reason": reason, **more}


def _ended(fact: f.EndingFact, recorded: Recorded) -> dict[str, Any]:  # noqa: PLR0911 - one arm per fact
    match fact:
        case f.FeedbackSplit():
            return _over(Ending.SPLIT, recorded, fact.reason, parts=fact.parts)
        case f.DuplicateLinked():
            return _over(Ending.DUPLICATE, recorded, fact.reason, duplicate_of=fact.of_case_id)
        case f.FeedbackTransferred():
            there = Transfer(fact.receiver, fact.where_to_ask, fact.document, fact.opened_case_id, fact.to_authority_id)
            return _over(Ending.TRANSFERRED, recorded, fact.reason, transfer=there)
        case f.SenderGuided():
            told = Guidance(fact.to.value, fact.guidance, fact.document)
            return _over(Ending.GUIDED, recorded, guidance=told)
        case f.FeedbackFoundIneligible():
            found = Ineligibility(fact.ground.value, fact.reason, fact.keep_term)
            return _over(Ending.INELIGIBLE, recorded, ineligibility=found)
        case f.FeedbackWithdrawn():
            return _over(Ending.WITHDRAWN, recorded, withdrawal_reason=fact.reason)
        case f.IncomingTransferRecalled():
            return _over(Ending.RECALLED, recorded, fact.reason)
        case _:
            return _spam(fact, recorded)


def _spam(fact: f.EndingFact, recorded: Recorded) -> dict[str, Any]:
    match fact:
        case f.SpamProposed():
            return {"spam_proposed_by": fact.proposer_id, "spam_reason": fact.reason}
        case f.SpamDoubted():
            return {"spam_proposed_by": None, "spam_reason": ""}
        case f.SpamConfirmed():
            return _over(Ending.SPAM, recorded)
        case f.PetitionPurged():
            return {"purged": True}
        case _:
            return _BACK


def _mended(ways: Ways, fact: f.MendingFact, recorded: Recorded) -> dict[str, Any]:  # noqa: PLR0911 - one arm per fact
    match fact:
        case f.ExplanationAsked():
            asked = Explanation(id=fact.explanation_id, number=fact.number, asked_at=recorded.occurred_at)
            return {"explanations": (*ways.explanations, asked)}
        case f.ExplanationReceived():
            return {"explanations": _marked(ways, fact.explanation_id, received_at=recorded.occurred_at)}
        case f.ExplanationRecalled():
            return {"explanations": _marked(ways, fact.explanation_id, recalled_at=recorded.occurred_at)}
        case f.InformationCaseOpened():
            return {"information": True, "guidance": Guidance("", fact.guidance)}
        case f.InformationAssessed():
            said = Assessment(fact.result.value, fact.assessment, fact.receiver, recorded.occurred_at)
            return {"assessment": said}
        case f.ReferredToSuperior():
            return {"superior_id": fact.superior_id, "superior_reason": fact.reason}
    return {}


def _marked(ways: Ways, which: UUID, **changes: Any) -> tuple[Explanation, ...]:
    return tuple(replace(one, **changes) if one.id == which else one for one in ways.explanations)


def continued_in(ways: Ways) -> tuple[UUID, ...]:
    """The cases that hold the sender's words now, after a split or a transfer within the store."""
    if ways.ending == Ending.SPLIT:
        return tuple(part.case_id for part in ways.parts)
    there = ways.transfer.opened_case_id if ways.transfer and ways.ending == Ending.TRANSFERRED else None
    return (there,) if there else ()
