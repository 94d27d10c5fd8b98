"""The smallest case kind, for tests of the store itself."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from application.ports import Envelope
from domain.kernel import Command, Decider, Fact, Internal

AT = datetime(2026, 9, 3, 2, 3, 4, tzinfo=UTC)
BODY = b"a fingerprint of the request...."


class NoteTaken(Fact, frozen=True):
    TOPIC = "store_test.note_taken.v1"

    text: Internal[str]


class Notes(msgspec.Struct, frozen=True):
    """All that was noted."""

    texts: tuple[str, ...] = ()


def evolve(state: Notes | None, fact: NoteTaken) -> Notes:
    return Notes((state.texts if state else ()) + (fact.text,))


def decide(state: Notes | None, command: Command) -> Sequence[NoteTaken]:
    return (NoteTaken(text=command.at.isoformat()),)


NOTES = Decider[Notes, Command, NoteTaken](name="store_test", decide=decide, evolve=evolve)


def envelope(stream_id: UUID, version: int = 1, command_id: UUID | None = None, text: str = "noted") -> Envelope:
    return Envelope(
        originator_id=stream_id,
        originator_version=version,
        fact=NoteTaken(text=text),
        event_id=uuid4(),
        occurred_at=AT + timedelta(seconds=version),
        actor_kind="official",
        actor_id=uuid4(),
        post_id=uuid4(),
        unit_id=None,
        authority_id=uuid4(),
        command_id=command_id or uuid4(),
        correlation_id=uuid4(),
        causation_id=None,
        blinding=secrets.token_bytes(32),
    )


def envelopes(
    stream_id: UUID, first: int, count: int, command_id: UUID | None = None, text: str = "noted"
) -> list[Envelope]:
    command_id = command_id or uuid4()
    return [envelope(stream_id, first + n, command_id, text) for n in range(count)]
