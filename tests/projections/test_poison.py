"""A fact that a read model cannot fold: its key waits, the rest goes on, and nothing is skipped silently."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.postgres.log import PostgresLog
from adapters.postgres.rebuild import Rebuilder
from adapters.postgres.runner import ProjectionRunner
from projections.base import OPEN
from tests.support.counting import (
    CounterAdvanced,
    CounterIndex,
    CounterIndexTwo,
    CounterJammed,
    CounterOpened,
    CounterRow,
    CounterSum,
    counter_id,
    envelopes,
    read_models,
    tell,
)
from tests.support.postgres import FreshDatabase
from tests.support.running import make_tables, rebuilt

ONE, TWO = counter_id(1), counter_id(2)
STORY = [
    envelopes(ONE, 0, CounterOpened(name="a"), CounterAdvanced(by=1)),
    envelopes(TWO, 0, CounterOpened(name="b")),
    envelopes(ONE, 2, CounterJammed(), CounterAdvanced(by=1)),
    envelopes(TWO, 1, CounterAdvanced(by=1)),
]


class Repaired(CounterIndex):
    understands_jams = True


class RepairedSum(CounterSum):
    understands_jams = True


@pytest.fixture
async def pool(database: FreshDatabase) -> Any:
    await make_tables(database, read_models())
    pool = await database.pool()
    await tell(pool, iter(STORY), per_tick=1)
    return pool


async def totals(pool: Any, table: str = "counter_index_v1") -> dict[str, int]:
    return dict(await pool.fetch(f"select name, total from read_model.{table} where valid_to = {OPEN}"))


async def test_only_the_key_of_the_fact_waits(pool: Any) -> None:
    runner = ProjectionRunner(pool, PostgresLog(pool), [CounterIndex()])
    await runner.catch_up()
    [status] = await runner.status()
    assert (status.cursor, status.parked, status.halted) == (status.head, 1, None)
    assert await totals(pool) == {"a": 1, "b": 1}
    parked = await pool.fetchrow("select key, log_index, error from parked")
    assert (parked["key"], parked["log_index"]) == (ONE, 3)
    assert parked["error"].startswith("ArithmeticError at tests.support.counting:")
    assert str(ONE) not in parked["error"]


async def test_later_facts_of_the_key_wait_in_later_batches_too(pool: Any) -> None:
    runner = ProjectionRunner(pool, PostgresLog(pool), [CounterIndex()], batch=1)
    await runner.catch_up()
    await tell(pool, iter([envelopes(ONE, 4, CounterAdvanced(by=7))]))
    await runner.catch_up()
    assert await totals(pool) == {"a": 1, "b": 1}


async def test_a_released_key_takes_in_all_that_waited(database: FreshDatabase, pool: Any) -> None:
    await ProjectionRunner(pool, PostgresLog(pool), [CounterIndex()]).catch_up()
    repaired = ProjectionRunner(pool, PostgresLog(pool), [Repaired()])
    await tell(pool, iter([envelopes(ONE, 4, CounterAdvanced(by=7))]))
    await repaired.catch_up()
    assert await repaired.unpark("counter_index", ONE)
    assert await totals(pool) == {"a": 9, "b": 1}
    [status] = await repaired.status()
    assert status.parked == 0
    [result] = await rebuilt(database, [Repaired()])
    assert result.equal


async def test_a_key_that_still_cannot_be_folded_stays_parked(pool: Any) -> None:
    runner = ProjectionRunner(pool, PostgresLog(pool), [CounterIndex()])
    await runner.catch_up()
    assert not await runner.unpark("counter_index", ONE)
    assert await totals(pool) == {"a": 1, "b": 1}
    with pytest.raises(KeyError):
        await runner.unpark("counter_index", TWO)


async def test_a_read_model_that_mixes_keys_halts_before_the_fact(pool: Any) -> None:
    runner = ProjectionRunner(pool, PostgresLog(pool), read_models())
    await runner.catch_up()
    index, now, mixed = await runner.status()
    assert index.cursor == now.cursor == index.head
    assert (mixed.name, mixed.cursor, mixed.parked) == ("counter_sum", 2, 0)
    assert (mixed.halted or "").endswith("(fact 3)")
    assert await totals(pool, "counter_sum_v1") == {"all": 1}


async def test_a_halted_read_model_goes_on_where_it_stopped_once_it_can(database: FreshDatabase, pool: Any) -> None:
    await ProjectionRunner(pool, PostgresLog(pool), read_models()).catch_up()
    repaired = ProjectionRunner(pool, PostgresLog(pool), [CounterIndex(), RepairedSum()])
    await repaired.resume("counter_sum")
    await repaired.catch_up()
    assert await totals(pool, "counter_sum_v1") == {"all": 3}
    [result] = await rebuilt(database, [RepairedSum()])
    assert result.equal


async def test_a_read_model_that_cannot_tell_the_key_halts_alone(pool: Any) -> None:
    class Lost(CounterIndex):
        name = "counter_now"
        versioned = False

        def key(self, fact: Any, envelope: Any) -> Any:
            if type(fact) is CounterJammed:
                raise LookupError
            return envelope.originator_id

    runner = ProjectionRunner(pool, PostgresLog(pool), [CounterIndex(), Lost()])
    await runner.catch_up()
    index, lost = await runner.status()
    assert index.cursor == index.head
    assert (lost.cursor, (lost.halted or "").split(" ")[0]) == (2, "LookupError")


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (CounterRow("nul \x00 is no text", 1), "CharacterNotInRepertoireError"),
        (CounterRow("too large", 2**70), "OverflowError"),
        (CounterRow("no number", "many"), "TypeError"),  # type: ignore[arg-type]
    ],
)
async def test_a_row_that_cannot_be_written_holds_up_its_own_read_model_only(
    pool: Any, row: CounterRow, error: str
) -> None:
    class Refused(CounterIndex):
        name = "counter_now"
        versioned = False

        def fold(self, *_: Any) -> Any:
            return row

    runner = ProjectionRunner(pool, PostgresLog(pool), [CounterIndex(), Refused()])
    await runner.catch_up()
    index, refused = await runner.status()
    assert index.cursor == index.head
    assert (refused.cursor, refused.halted) == (-1, error)


async def test_a_rebuild_replaces_rows_that_somebody_spoiled(database: FreshDatabase, pool: Any) -> None:
    await ProjectionRunner(pool, PostgresLog(pool), [Repaired()]).catch_up()
    await pool.execute("update read_model.counter_index_v1 set total = 99")
    rebuilder = Rebuilder(await database.owner_pool(), PostgresLog(pool))
    assert not (await rebuilder.rebuild(Repaired(), replace=True)).equal
    assert (await rebuilder.rebuild(Repaired())).equal
    assert await totals(pool) == {"a": 2, "b": 1}


async def test_a_new_version_is_filled_beside_the_one_that_is_served(database: FreshDatabase, pool: Any) -> None:
    await ProjectionRunner(pool, PostgresLog(pool), [CounterIndex()]).catch_up()
    seen: list[tuple[int, int]] = []
    rebuilder = Rebuilder(await database.owner_pool(), PostgresLog(pool))
    assert await rebuilder.prepare(CounterIndexTwo(), lambda done, total: seen.append((done, total))) == 5
    assert seen[-1] == (6, 6)
    assert await totals(pool) == {"a": 1, "b": 1}
    assert await totals(pool, "counter_index_v2") == {"a": 2, "b": 1}
    await tell(pool, iter([envelopes(ONE, 4, CounterAdvanced(by=7))]))
    assert await rebuilder.prepare(CounterIndexTwo()) == 6
    assert await totals(pool, "counter_index_v2") == {"a": 9, "b": 1}
