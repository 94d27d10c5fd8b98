"""The stores that are held to the contract: in memory, and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import msgspec
import pytest

from adapters.memory import MemoryStore
from adapters.postgres.log import PostgresLog
from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.sequencer import Sequencer
from application.ports import Clock, EventStore, Log
from tests.support.postgres import FreshDatabase


class Bench(msgspec.Struct, frozen=True):
    """A store, its log and what gives facts their places."""

    store: EventStore
    log: Log
    tick: Callable[[], Awaitable[int]]
    listen: Callable[[Callable[[int], None]], None]


MakeBench = Callable[..., Awaitable[Bench]]


@pytest.fixture(params=["memory", "postgres"])
def which(request: pytest.FixtureRequest) -> str:
    """Every test of the contract runs on each."""
    return str(request.param)


@pytest.fixture
def database_of_bench(which: str, request: pytest.FixtureRequest) -> FreshDatabase | None:
    """A database only where one is needed."""
    return request.getfixturevalue("database") if which == "postgres" else None


@pytest.fixture
async def make_bench(database_of_bench: FreshDatabase | None) -> AsyncIterator[MakeBench]:
    """Makes a bench, on a clock where one is given."""
    stores: list[PostgresEventStore] = []

    async def make(clock: Clock | None = None) -> Bench:
        if database_of_bench is None:
            memory = MemoryStore(clock, at_once=False)
            return Bench(memory, memory, memory.tick, memory.listen)
        pool = await database_of_bench.pool()
        stores.append(PostgresEventStore(pool))
        sequencer = Sequencer(pool, clock)
        return Bench(stores[-1], PostgresLog(pool, clock=clock), sequencer.tick, sequencer.listen)

    yield make
    for store in stores:
        await store.drain()


@pytest.fixture
async def bench(make_bench: MakeBench) -> Bench:
    """A bench on the real time."""
    return await make_bench()
