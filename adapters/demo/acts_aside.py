"""The acts by which a case leaves the usual way, each waiting for its turn."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import date
from uuid import UUID

from adapters.demo.turn import Act, Turn
from application.people import account_id_of
from domain.feedback.vocabulary import AssessedAs, GuidedTo, IneligibleGround, Outcome
from domain.privacy.vocabulary import ErasureGround
from domain.protection.vocabulary import Whom


async def nothing(_turn: Turn) -> None:
    """What another case brought with it: the ledger says so, nobody acts."""


def report_worse_treatment(whom: Whom, since: date, text: str) -> Act:
    """By the sender, with the code."""
    return lambda turn: turn.desks.protection.report(
        turn.actor, turn.request, turn.case_id, whom=whom, since=since, text=text
    )


def split(parts: Sequence[Sequence[int]], reason: str) -> Act:
    """Numbers of the pieces of the text for each part."""
    return lambda turn: turn.desks.feedback.split(turn.actor, turn.request, turn.case_id, parts, reason)


def link_duplicate(of: UUID, reason: str) -> Act:
    """The other case goes on."""
    return lambda turn: turn.desks.feedback.link_duplicate(turn.actor, turn.request, turn.case_id, of, reason)


def transfer(receiver: str, where_to_ask: str, document: str, reason: str, to_authority: UUID | None = None) -> Act:
    """With its slip."""
    return lambda turn: turn.desks.feedback.transfer(
        turn.actor,
        turn.request,
        turn.case_id,
        receiver=receiver,
        where_to_ask=where_to_ask,
        document=document,
        reason=reason,
        to_authority=to_authority,
    )


def guide(to: GuidedTo, guidance: str, document: str) -> Act:
    """With its slip."""
    return lambda turn: turn.desks.feedback.guide(turn.actor, turn.request, turn.case_id, to, guidance, document)


def find_ineligible(ground: IneligibleGround, reason: str) -> Act:
    """The sender reads the reason."""
    return lambda turn: turn.desks.feedback.find_ineligible(turn.actor, turn.request, turn.case_id, ground, reason)


def purge(document: str) -> Act:
    """After the kept year."""
    return lambda turn: turn.desks.feedback.purge(turn.actor, turn.request, turn.case_id, document)


def propose_spam(reason: str) -> Act:
    """The first of two."""
    return lambda turn: turn.desks.feedback.propose_spam(turn.actor, turn.request, turn.case_id, reason)


def agree_on_spam(turn: Turn) -> Awaitable[object]:
    """The second."""
    return turn.desks.feedback.agree_on_spam(turn.actor, turn.request, turn.case_id)


def withdraw(reason: str) -> Act:
    """By the sender."""
    return lambda turn: turn.desks.feedback.withdraw(turn.actor, turn.request, turn.case_id, reason)


def open_information(readers: Sequence[str], guidance: str, reason: str) -> Act:
    """From here on named people only."""
    named = [account_id_of(reader) for reader in readers]
    return lambda turn: turn.desks.feedback.open_information(
        turn.actor, turn.request, turn.case_id, named, guidance, reason
    )


def assess_information(result: AssessedAs, assessment: str) -> Act:
    """What is done with it."""
    return lambda turn: turn.desks.feedback.assess_information(
        turn.actor, turn.request, turn.case_id, result, assessment
    )


def draft_correction(outcome: Outcome, parts: dict[int, str], reason: str) -> Act:
    """How the answer should have read."""
    return lambda turn: turn.desks.feedback.draft_correction(
        turn.actor, turn.request, turn.case_id, outcome, parts, reason
    )


def release_correction(turn: Turn) -> Awaitable[object]:
    """By a head."""
    return turn.desks.feedback.release_correction(turn.actor, turn.request, turn.case_id)


def ask_for_erasure(document: str) -> Act:
    """Entered for the sender; a second person says yes."""
    return lambda turn: turn.desks.privacy.request_erasure(
        turn.actor, turn.request, turn.case_id, ground=ErasureGround.SUBJECT_ASKED, document=document
    )
