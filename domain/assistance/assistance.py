"""What was looked up for senders of one case: a record, without rules of its own."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from domain.assistance.events import AssistanceFact, TrackingLookedUp
from domain.feedback.vocabulary import Channel
from domain.kernel import Command, Decider, RefusalError


class NotSpokenToError(RefusalError):
    """Help is given to somebody who calls or stands at the counter."""

    code = "look-up-without-caller"


SPOKEN = (Channel.HOTLINE, Channel.IN_PERSON)
"""Ways in which somebody can read out a code."""


class Assistance(msgspec.Struct, frozen=True):
    """How often."""

    times: int = 0


class LookUpTracking(Command, frozen=True):
    """For a caller or a visitor who read out the code of this case."""

    case_id: UUID
    channel: Channel


def evolve(state: Assistance | None, _fact: AssistanceFact) -> Assistance:
    """Total."""
    return Assistance(times=(state or Assistance()).times + 1)


def decide(_state: Assistance | None, command: LookUpTracking) -> Sequence[AssistanceFact]:
    """Each look-up is a fact."""
    if command.channel not in SPOKEN:
        raise NotSpokenToError(field="channel")
    return (TrackingLookedUp(case_id=command.case_id, channel=command.channel),)


ASSISTANCE: Decider[Assistance, LookUpTracking, AssistanceFact] = Decider("assistance", decide, evolve)
