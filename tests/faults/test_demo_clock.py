"""Simulated time and invented data stay out of a store that holds one real fact, and a demo store says what it is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.bootstrap import World, open_world, prepare_schema
from adapters.clock import SetClock
from adapters.demo import days
from adapters.demo.plan import FIRST_DAY, OPENING
from adapters.demo.wiring import store_desk
from adapters.settings import Settings
from application.access import SYSTEM
from application.ports import Request
from application.store_kind import ClockBehindLogError, StoreKind, kind_of, require_demo
from domain.authorities.levels import Level
from domain.store.events import DemoStoreOpened, SimulatedClockEnded, SimulatedClockStarted, StoreOpened
from domain.store.store import (
    ClockAlreadySimulatedError,
    ClockNotSimulatedError,
    StoreAlreadyOpenedError,
    StoreInEarnestError,
    StoreNotEmptyError,
    StoryAlreadyToldError,
)
from tests.support.demo_store import open_store
from tests.support.postgres import FreshDatabase

TODAY = days.moment(date(2026, 11, 22), 11)
FIRST_EVENING = days.moment(FIRST_DAY, 23)


async def establish(world: World, code: str = "ubnd") -> None:
    """A fact that has nothing to do with what the store is."""
    await world.authorities.establish(
        SYSTEM,
        Request(uuid4(), b""),
        code=code,
        name="UBND phường",
        level=Level.COMMUNE,
        province="tỉnh",
        valid_from=date(2024, 9, 1),
    )


async def test_a_store_with_a_real_fact_refuses_demo_data(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_store(database, tmp_path) as store:
        await establish(store.world)
        with pytest.raises(StoreInEarnestError):
            await store.load(TODAY, FIRST_EVENING)
        head = await store.world.log.head()
        assert head.log_index == 0
        assert await kind_of(store.world.log) is StoreKind.REAL


async def test_a_real_fact_that_waits_for_its_number_counts_too(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_store(database, tmp_path) as store:
        await establish(store.world)
        assert await kind_of(store.world.log) is StoreKind.EMPTY  # nothing has a number yet
        with pytest.raises(StoreInEarnestError):
            await store.demo.store.open_demo(FIRST_DAY, TODAY)


async def test_a_store_opened_in_earnest_refuses_demo_data_and_simulated_time(
    database: FreshDatabase, tmp_path: Path
) -> None:
    async with open_store(database, tmp_path) as store:
        await store.demo.store.open_in_earnest()
        with pytest.raises(StoreInEarnestError):
            await store.load(TODAY, FIRST_EVENING)
        with pytest.raises(StoreInEarnestError):
            await require_demo(store.world.log)
        with pytest.raises(StoreInEarnestError):
            await store.demo.store.start_simulated_clock()
        first = (await store.world.log.after(-1, 10))[0]
        assert isinstance(first.fact, StoreOpened)


async def test_what_a_store_is_is_said_first_and_once(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_store(database, tmp_path) as store:
        await establish(store.world)
        with pytest.raises(StoreNotEmptyError):
            await store.demo.store.open_in_earnest()
    async with open_world(Settings(data_dir=tmp_path), database.database) as world:
        with pytest.raises(StoreNotEmptyError):
            await store_desk(world).open_in_earnest()


async def test_a_demo_store_says_so_in_its_first_fact_and_up_to_where_its_clock_was_simulated(
    database: FreshDatabase, tmp_path: Path
) -> None:
    async with open_store(database, tmp_path) as store:
        loaded = await store.load(TODAY, FIRST_EVENING)
        facts = await store.world.log.after(-1, 10_000)
        first, last = facts[0], facts[-1]
        assert isinstance(first.fact, DemoStoreOpened)
        assert (first.log_index, first.recorded_at, first.fact.leads_to) == (0, OPENING, TODAY)
        assert isinstance(last.fact, SimulatedClockEnded)
        assert last.fact.log_index == last.log_index == loaded.simulated_up_to == loaded.facts - 1
        assert await kind_of(store.world.log) is StoreKind.DEMO
        await require_demo(store.world.log)


async def test_a_told_story_is_not_told_again(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_store(database, tmp_path) as store:
        await store.load(TODAY, FIRST_EVENING)
        with pytest.raises(StoryAlreadyToldError):
            await store.load(TODAY, FIRST_EVENING)
        with pytest.raises(StoreAlreadyOpenedError):
            await store.demo.store.open_in_earnest()


async def test_after_the_story_the_real_clock_stamps(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_store(database, tmp_path) as store:
        loaded = await store.load(TODAY, FIRST_EVENING)
    async with open_world(Settings(data_dir=tmp_path), database.database) as world:
        await establish(world, "sau-do")
        await world.sequencer.tick()
        later = await world.log.after(loaded.facts - 1, 10)
        assert [fact.recorded_at > FIRST_EVENING + timedelta(days=1) for fact in later] == [True]


async def test_a_demo_may_go_back_to_simulated_time_but_not_behind_its_log(
    database: FreshDatabase, tmp_path: Path
) -> None:
    async with open_store(database, tmp_path) as store:
        await store.load(TODAY, FIRST_EVENING)
        with pytest.raises(ClockNotSimulatedError):
            await store.demo.store.end_simulated_clock()
        last = (await store.world.log.head()).log_index
        store.clock.move_to(TODAY)
        assert await store.demo.store.start_simulated_clock() == last
        with pytest.raises(ClockAlreadySimulatedError):
            await store.demo.store.start_simulated_clock()
        started = (await store.world.log.after(last, 10))[0]
        assert isinstance(started.fact, SimulatedClockStarted)
        assert started.recorded_at == TODAY
        await store.demo.store.end_simulated_clock()
    async with open_world(Settings(data_dir=tmp_path), database.database, clock=SetClock(OPENING)) as world:
        with pytest.raises(ClockBehindLogError):
            await store_desk(world).start_simulated_clock()


async def test_a_demo_that_stands_on_another_day_goes_on_by_the_simulated_clock(
    database: FreshDatabase, tmp_path: Path
) -> None:
    async with open_store(database, tmp_path) as store:
        loaded = await store.load(TODAY, FIRST_EVENING, keep=True)
        state = await store.demo.store.state()
        assert loaded.simulated_up_to is None
        assert state is not None
        assert (state.told, state.simulated, state.leads_to) == (True, True, TODAY)


async def test_an_empty_store_is_neither(database: FreshDatabase, tmp_path: Path) -> None:
    await prepare_schema(database.database)
    async with open_world(Settings(data_dir=tmp_path), database.database, new_keys=True) as world:
        assert await kind_of(world.log) is StoreKind.EMPTY
        await require_demo(world.log)
        assert await store_desk(world).state() is None
