"""A toy case kind, counters, with read models of every sort; and a story of many counters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any, ClassVar
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace

from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.sequencer import Sequencer
from application.identifiers import event_id_of
from application.ports import Envelope, Receipt, Recorded
from domain.kernel import Fact, Internal
from projections.base import Column

NAMESPACE = UUID("5b0c1d7e-0000-5000-8000-00000000c0de")
MOMENT = datetime(2026, 3, 2, 2, tzinfo=UTC)


class CounterOpened(Fact, frozen=True):
    TOPIC = "toy.counter_opened.v1"
    name: Internal[str]


class CounterAdvanced(Fact, frozen=True):
    TOPIC = "toy.counter_advanced.v1"
    by: Internal[int]


class CounterRetired(Fact, frozen=True):
    TOPIC = "toy.counter_retired.v1"


class CounterJammed(Fact, frozen=True):
    """No read model of the first release can fold it."""

    TOPIC = "toy.counter_jammed.v1"


ALL = (CounterOpened, CounterAdvanced, CounterRetired, CounterJammed)


class CounterRow(msgspec.Struct, frozen=True):
    name: str
    total: int
    seen: frozenset[str] = frozenset()


class CounterIndex:
    """Every counter with every state that it was in."""

    name: ClassVar[str] = "counter_index"
    version: ClassVar[int] = 1
    versioned: ClassVar[bool] = True
    row: type[CounterRow] = CounterRow
    facts: ClassVar[tuple[type[Fact], ...]] = ALL
    columns: ClassVar[tuple[Column, ...]] = (Column("name", "text"), Column("total", "bigint"))
    indexes: ClassVar[tuple[str, ...]] = ("(total) where valid_to = 9223372036854775807",)
    understands_jams = False

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:  # noqa: ARG002  # as the protocol says
        return envelope.originator_id

    def fold(self, row: CounterRow | None, fact: Fact, envelope: Recorded) -> CounterRow | None:
        match fact:
            case CounterOpened():
                return CounterRow(fact.name, 0)
            case CounterAdvanced() if row:
                return replace(row, total=row.total + fact.by, seen=row.seen | {f"n{fact.by}"})
            case CounterRetired():
                return None
            case CounterJammed() if not self.understands_jams:
                raise ArithmeticError(envelope.originator_id)
        return row


class CounterIndexTwo(CounterIndex):
    """The release that understands."""

    version: ClassVar[int] = 2
    understands_jams = True


class CounterNow(CounterIndex):
    """Only the present state of each counter."""

    name: ClassVar[str] = "counter_now"
    versioned: ClassVar[bool] = False


class CounterSum(CounterIndex):
    """One row that mixes all counters."""

    name: ClassVar[str] = "counter_sum"
    mixes_keys = True

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:  # noqa: ARG002  # as the protocol says
        return NAMESPACE

    def fold(self, row: CounterRow | None, fact: Fact, envelope: Recorded) -> CounterRow | None:
        if isinstance(fact, CounterOpened):
            return row or CounterRow("all", 0)
        return super().fold(row, fact, envelope) if not isinstance(fact, CounterRetired) else row


def read_models() -> list[Any]:
    """What a release with these read models runs."""
    return [CounterIndex(), CounterNow(), CounterSum()]


def counter_id(number: int) -> UUID:
    return uuid5(NAMESPACE, f"counter/{number}")


def envelopes(stream: UUID, version: int, *facts: Fact) -> list[Envelope]:
    """One append behind `version`."""
    command_id = uuid5(stream, f"command/{version}")
    return [
        Envelope(
            originator_id=stream,
            originator_version=version + n,
            fact=fact,
            event_id=event_id_of(command_id, stream, n),
            occurred_at=MOMENT,
            actor_kind="system",
            actor_id=NAMESPACE,
            post_id=None,
            unit_id=None,
            authority_id=None,
            command_id=command_id,
            blinding=bytes(32),
        )
        for n, fact in enumerate(facts, start=1)
    ]


def story(facts: int, counters: int, seed: int) -> Iterator[list[Envelope]]:
    """Appends that add up to at least so many facts: counters open, advance by one or several, retire, open again."""
    random = Random(seed)
    versions: dict[UUID, int] = {}
    told = 0
    while told < facts:
        stream = counter_id(random.randrange(counters))
        version = versions.get(stream, 0)
        new: list[Fact] = [CounterAdvanced(by=random.randrange(3)) for _ in range(random.randrange(1, 6))]
        if version == 0 or random.random() < 0.05:
            new.insert(0, CounterOpened(name=f"counter {version}"))
        if random.random() < 0.1:
            new.append(CounterRetired())
        yield envelopes(stream, version, *new)
        versions[stream] = version + len(new)
        told += len(new)


async def tell(pool: Any, appends: Iterator[list[Envelope]], *, per_tick: int = 20) -> Receipt:
    """Appends, and gives places in ticks of a few appends each. The last receipt."""
    store, sequencer = PostgresEventStore(pool), Sequencer(pool)
    receipt: Receipt | None = None
    for number, append in enumerate(appends):
        receipt = await store.append(append, b"told")
        if number % per_tick == per_tick - 1:
            await sequencer.tick()
    await sequencer.tick()
    assert receipt is not None
    return receipt
