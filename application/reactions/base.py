"""A reaction answers a fact with a command: one policy a file. It is brought every fact it names, in log order."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID, uuid5

from application.ports import Recorded, Request
from domain.kernel import Fact


class Reaction(Protocol):
    """Attributes are the contract between a policy and the runner. A fact may be brought more than once."""

    name: str
    facts: tuple[type[Fact], ...]

    async def react(self, recorded: Recorded) -> None:
        """Does what follows from the fact, under `request_for`, so that a repetition finds the first answer again.

        A refusal that is a proper outcome is caught here. What is raised is tried again; then the stream of the fact is
        parked for this reaction.
        """
        ...


def command_id_for(reaction: Reaction, recorded: Recorded) -> UUID:
    """The same for the same fact and reaction, for ever."""
    return uuid5(recorded.event_id, reaction.name)


def request_for(reaction: Reaction, recorded: Recorded) -> Request:
    """The reaction's wish: caused by the fact, in the same correlation."""
    command_id = command_id_for(reaction, recorded)
    return Request(
        id=command_id,
        fingerprint=command_id.bytes,
        correlation_id=recorded.correlation_id,
        causation_id=recorded.event_id,
    )
