"""What the runner promises of every reaction, shown on one that opens a counter's twin."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid5

import pytest

from adapters.postgres.log import PostgresLog
from adapters.postgres.reactions import ReactionRunner
from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.sequencer import Sequencer
from application.ports import Recorded
from application.reactions.base import request_for
from domain.kernel import Fact
from tests.support.counting import (
    CounterAdvanced,
    CounterOpened,
    CounterRetired,
    counter_id,
    envelopes,
    story,
    tell,
)
from tests.support.postgres import FreshDatabase

ONE, TWO = counter_id(1), counter_id(2)


def twin_of(counter: UUID) -> UUID:
    return uuid5(counter, "twin")


class OpenTwin:
    """Each opened counter gets one twin, however often the fact is brought. `fails` says how often it raises first."""

    name = "open-twin"
    facts: tuple[type[Fact], ...] = (CounterOpened,)

    def __init__(self, store: PostgresEventStore, fails: int = 0) -> None:
        self.store, self.fails = store, fails
        self.brought: list[int] = []

    async def react(self, recorded: Recorded) -> None:
        if recorded.originator_version > 1:
            return
        self.brought.append(recorded.log_index)
        if self.fails:
            self.fails -= 1
            raise ArithmeticError(recorded.originator_id)
        request = request_for(self, recorded)
        [twin] = envelopes(twin_of(recorded.originator_id), 0, CounterRetired())
        if not await self.store.receipt_of(request.id, request.fingerprint):
            await self.store.append([with_command(twin, request.id)], request.fingerprint)


def with_command(envelope: Any, command_id: UUID) -> Any:
    return type(envelope)(**{f: getattr(envelope, f) for f in envelope.__struct_fields__} | {"command_id": command_id})


@pytest.fixture
async def pool(database: FreshDatabase) -> Any:
    return await database.pool()


def runner_of(pool: Any, reaction: OpenTwin) -> ReactionRunner:
    return ReactionRunner(pool, PostgresLog(pool), [reaction], first_pause_s=0.001)


async def twins(pool: Any) -> int:
    count: int = await pool.fetchval("select count(*) from event where topic = 'toy.counter_retired.v1'")
    return count


async def test_every_fact_it_names_is_brought_in_order_and_once_remembered(pool: Any) -> None:
    await tell(pool, iter([envelopes(counter_id(n), 0, CounterOpened(name="a")) for n in range(5)]))
    reaction = OpenTwin(PostgresEventStore(pool))
    await runner_of(pool, reaction).catch_up()
    assert reaction.brought == [0, 1, 2, 3, 4]
    await runner_of(pool, reaction).catch_up()
    assert reaction.brought == [0, 1, 2, 3, 4]
    assert await twins(pool) == 5


async def test_a_cursor_that_was_lost_makes_no_second_effect(pool: Any) -> None:
    await tell(pool, iter([envelopes(counter_id(n), 0, CounterOpened(name="a")) for n in range(5)]))
    reaction = OpenTwin(PostgresEventStore(pool))
    await runner_of(pool, reaction).catch_up()
    await pool.execute("update consumer set log_index = 1")
    await runner_of(pool, reaction).catch_up()
    assert reaction.brought == [0, 1, 2, 3, 4, 2, 3, 4]
    assert await twins(pool) == 5


async def test_two_runners_at_once_have_one_effect_a_fact(pool: Any) -> None:
    await tell(pool, iter([envelopes(counter_id(n), 0, CounterOpened(name="a")) for n in range(40)]))
    runners = [runner_of(pool, OpenTwin(PostgresEventStore(pool))) for _ in range(2)]
    await asyncio.gather(*(runner.catch_up() for runner in runners))
    assert await twins(pool) == 40
    assert await pool.fetchval("select count(*) from parked") == 0


async def test_a_failure_that_passes_is_tried_again(pool: Any) -> None:
    await tell(pool, iter([envelopes(ONE, 0, CounterOpened(name="a"))]))
    reaction = OpenTwin(PostgresEventStore(pool), fails=3)
    runner = runner_of(pool, reaction)
    await runner.catch_up()
    [status] = await runner.status()
    assert (reaction.brought, status.parked, await twins(pool)) == ([0, 0, 0, 0], 0, 1)


async def test_a_failure_that_stays_parks_the_stream_and_the_others_go_on(pool: Any) -> None:
    await tell(pool, iter([envelopes(ONE, 0, CounterOpened(name="a")), envelopes(TWO, 0, CounterOpened(name="b"))]))
    reaction = OpenTwin(PostgresEventStore(pool), fails=6)
    runner = runner_of(pool, reaction)
    await runner.catch_up()
    [status] = await runner.status()
    assert (status.cursor, status.parked) == (status.head, 1)
    assert await twins(pool) == 1
    assert await runner.unpark("open-twin", ONE)
    [status] = await runner.status()
    assert (status.parked, await twins(pool)) == (0, 2)


async def test_in_the_background_it_is_woken_by_the_sequencer(pool: Any) -> None:
    runner, stop = runner_of(pool, OpenTwin(PostgresEventStore(pool))), asyncio.Event()
    task = asyncio.create_task(runner.run(stop))
    await tell(pool, iter([envelopes(ONE, 0, CounterOpened(name="a"), CounterAdvanced(by=1))]))
    async with asyncio.timeout(10):
        while not runner.cursors.have(["open-twin"], 1):
            await runner.cursors.next_move(1)
    stop.set()
    await task
    assert await twins(pool) == 1


async def test_a_long_story_leaves_one_twin_for_each_counter(pool: Any) -> None:
    await tell(pool, story(400, counters=20, seed=8))
    reaction = OpenTwin(PostgresEventStore(pool))
    retired = await twins(pool)
    await runner_of(pool, reaction).catch_up()
    await Sequencer(pool).tick()
    assert await twins(pool) - retired == len(reaction.brought) == 20
