"""Facts for a read model to be made of: legal histories of cases, appended as many offices would, some at a time."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid4

from adapters.postgres.recorder import PostgresEventStore
from application.identifiers import register_book_id
from application.ports import Envelope
from domain.kernel import Fact
from domain.registers.events import CaseEntered
from tests.support import feedback_walk

WALKS, STEPS, TOGETHER = 150, 40, 100
"""Different histories, steps of each at most, and how many cases move on in turns."""
_AUTHORITY = uuid4()


def histories(seed: int = 1) -> list[list[Fact]]:
    """Walks of all lengths through the rules of feedback, the same each time."""
    random = Random(seed)  # noqa: S311 - a story that comes out the same each time
    return [list(feedback_walk.facts_of(feedback_walk.wander(random.choice, STEPS))) for _ in range(WALKS)]


async def fill(store: PostgresEventStore, least: int) -> int:
    """At least so many facts, each case with its place in the register; how many there are."""
    known, done, entered = histories(), 0, 0
    while done < least:
        cases = [(uuid4(), known[number % len(known)]) for number in range(TOGETHER)]
        for batch in _turns(cases, entered):
            await store.append(batch, b"")
            done += len(batch)
        entered += len(cases)
    return done


def _turns(cases: list[tuple[UUID, list[Fact]]], entered: int) -> Iterator[list[Envelope]]:
    """All openings, their register entries, then one fact of each case after the other."""
    book = register_book_id(_AUTHORITY, "feedback", 2026)
    for version in range(1, max(len(facts) for _, facts in cases) + 1):
        command_id = uuid4()
        on = [(case, facts[version - 1]) for case, facts in cases if len(facts) >= version]
        yield [_envelope(case, version, fact, command_id) for case, fact in on]
        if version == 1:
            command_id = uuid4()
            entries = (
                CaseEntered(case_id=case, kind="feedback", authority_code="demo", year=2026) for case, _ in cases
            )
            yield [_envelope(book, entered + n, entry, command_id) for n, entry in enumerate(entries, 1)]


def _envelope(stream_id: UUID, version: int, fact: Fact, command_id: UUID) -> Envelope:
    return appended(stream_id, version, fact, command_id, datetime.now(UTC), _AUTHORITY)


def appended(
    stream_id: UUID, version: int, fact: Fact, command_id: UUID, occurred_at: datetime, authority_id: UUID
) -> Envelope:
    """A fact as an official's act of that authority."""
    return Envelope(
        originator_id=stream_id,
        originator_version=version,
        fact=fact,
        event_id=uuid4(),
        occurred_at=occurred_at,
        actor_kind="official",
        actor_id=authority_id,
        post_id=authority_id,
        unit_id=None,
        authority_id=authority_id,
        command_id=command_id,
        blinding=secrets.token_bytes(32),
    )
