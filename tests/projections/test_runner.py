"""What the runner promises of every read model, shown on toy ones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, ClassVar

import msgspec
import pytest

from adapters.postgres.log import PostgresLog
from adapters.postgres.reader import PostgresReader
from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.runner import ProjectionRunner
from adapters.postgres.sequencer import Sequencer
from adapters.postgres.tables import TableDiffersError
from adapters.postgres.taking import Consumer
from adapters.postgres.visibility import Cursors, PostgresVisibility, follow
from application.ports import Receipt, Recorded
from projections.base import OPEN, Column
from tests.support.counting import (
    CounterAdvanced,
    CounterIndex,
    CounterNow,
    CounterOpened,
    CounterRetired,
    CounterRow,
    counter_id,
    envelopes,
    read_models,
    story,
    tell,
)
from tests.support.postgres import FreshDatabase
from tests.support.running import make_tables, rebuilt

ONE = counter_id(1)


@pytest.fixture
async def pool(database: FreshDatabase) -> Any:
    await make_tables(database, read_models())
    return await database.pool()


@pytest.fixture
async def running(pool: Any) -> AsyncIterator[ProjectionRunner]:
    """A runner that works in the background."""
    runner, stop = ProjectionRunner(pool, PostgresLog(pool), read_models()), asyncio.Event()
    task = asyncio.create_task(runner.run(stop))
    yield runner
    stop.set()
    await task


async def versions_of(pool: Any, table: str) -> list[tuple[int, int, CounterRow]]:
    rows = await pool.fetch(f"select valid_from, valid_to, doc from read_model.{table} order by valid_from")
    return [(row[0], row[1], msgspec.json.decode(row[2], type=CounterRow)) for row in rows]


async def test_every_state_that_a_key_was_in_is_kept_with_its_place_in_the_log(pool: Any) -> None:
    facts = (CounterOpened(name="a"), CounterAdvanced(by=1), CounterAdvanced(by=2), CounterRetired())
    await tell(pool, iter([envelopes(ONE, 0, *facts)]))
    await ProjectionRunner(pool, PostgresLog(pool), read_models()).catch_up()
    assert await versions_of(pool, "counter_index_v1") == [
        (0, 1, CounterRow("a", 0)),
        (1, 2, CounterRow("a", 1, frozenset({"n1"}))),
        (2, 3, CounterRow("a", 3, frozenset({"n1", "n2"}))),
    ]


async def test_the_same_states_are_kept_when_each_fact_is_a_batch_of_its_own(pool: Any) -> None:
    runner = ProjectionRunner(pool, PostgresLog(pool), read_models(), batch=1)
    facts = (CounterOpened(name="a"), CounterAdvanced(by=1), CounterAdvanced(by=2), CounterRetired())
    for version, fact in enumerate(facts):
        await tell(pool, iter([envelopes(ONE, version, fact)]))
        await runner.catch_up()
    assert [(a, b) for a, b, _ in await versions_of(pool, "counter_index_v1")] == [(0, 1), (1, 2), (2, 3)]


async def test_a_fact_that_changes_nothing_makes_no_version(pool: Any) -> None:
    same = envelopes(ONE, 0, CounterOpened(name="a"), CounterOpened(name="a"))
    await tell(pool, iter([same]))
    await ProjectionRunner(pool, PostgresLog(pool), read_models()).catch_up()
    assert await versions_of(pool, "counter_index_v1") == [(0, OPEN, CounterRow("a", 0))]


async def test_a_read_model_without_versions_keeps_the_present_only(pool: Any) -> None:
    runner = ProjectionRunner(pool, PostgresLog(pool), read_models())
    await tell(pool, iter([envelopes(ONE, 0, CounterOpened(name="a"), CounterAdvanced(by=1))]))
    await runner.catch_up()
    await tell(pool, iter([envelopes(ONE, 2, CounterAdvanced(by=2))]))
    await runner.catch_up()
    assert await versions_of(pool, "counter_now_v1") == [(2, OPEN, CounterRow("a", 3, frozenset({"n1", "n2"})))]


async def test_fields_named_as_columns_can_be_asked_for(pool: Any) -> None:
    await tell(pool, iter([envelopes(ONE, 0, CounterOpened(name="a"), CounterAdvanced(by=5))]))
    await ProjectionRunner(pool, PostgresLog(pool), read_models()).catch_up()
    found = await pool.fetch(
        "select key, name, total from read_model.counter_index_v1 where valid_from <= 0 and valid_to > 0"
    )
    assert [tuple(row) for row in found] == [(ONE, "a", 0)]


async def test_live_equals_rebuild_whatever_the_batches(database: FreshDatabase, pool: Any) -> None:
    await tell(pool, story(1500, counters=60, seed=3))
    await ProjectionRunner(pool, PostgresLog(pool), read_models(), batch=37).catch_up()
    for result in await rebuilt(database, read_models()):
        assert result.rows > 0
        assert result.equal, result.name


@pytest.mark.parametrize("change", ["doc = doc || ' '", "total = total + 1", "valid_from = valid_from - 1"])
async def test_one_altered_row_changes_the_digest(database: FreshDatabase, pool: Any, change: str) -> None:
    await tell(pool, story(200, counters=10, seed=4))
    await ProjectionRunner(pool, PostgresLog(pool), read_models()).catch_up()
    await pool.execute(
        f"update read_model.counter_index_v1 set {change} where (key, valid_to) ="
        " (select key, valid_to from read_model.counter_index_v1 where valid_from > 0 limit 1)"
    )
    [result] = await rebuilt(database, [CounterIndex()])
    assert not result.equal


async def test_two_runners_at_once_take_each_fact_in_once(database: FreshDatabase, pool: Any) -> None:
    await tell(pool, story(1000, counters=30, seed=5))
    runners = [ProjectionRunner(pool, PostgresLog(pool), read_models(), batch=25) for _ in range(2)]
    await asyncio.gather(*(runner.catch_up() for runner in runners))
    assert {status.cursor == status.head for status in await runners[0].status()} == {True}
    assert all(result.equal for result in await rebuilt(database, read_models()))


class Slow(PostgresLog):
    """Answers as late as on a machine that others use too: a little later each time, in turn."""

    times = 0

    async def after(self, log_index: int, limit: int) -> list[Recorded]:
        found = await super().after(log_index, limit)
        Slow.times += 1
        await asyncio.sleep(0.004 * (Slow.times % 5))
        return found


async def test_two_tasks_of_one_runner_take_each_fact_in_once(
    database: FreshDatabase, pool: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[Exception] = []
    monkeypatch.setattr(Consumer, "put_off", lambda _self, error: refused.append(error))
    await tell(pool, story(400, counters=20, seed=3), per_tick=20)
    runner = ProjectionRunner(pool, Slow(pool), read_models(), batch=5)
    await asyncio.gather(*(runner.catch_up() for _ in range(4)))
    assert refused == []
    assert all(result.equal for result in await rebuilt(database, read_models()))


async def test_a_read_model_that_lags_catches_up_while_the_others_stay_at_the_head(
    database: FreshDatabase, pool: Any
) -> None:
    await tell(pool, story(500, counters=30, seed=6))
    await ProjectionRunner(pool, PostgresLog(pool), [CounterIndex()]).catch_up()
    runner, stop = ProjectionRunner(pool, PostgresLog(pool), read_models(), batch=20), asyncio.Event()
    task = asyncio.create_task(runner.run(stop))
    head = (await PostgresLog(pool).head()).log_index
    async with asyncio.timeout(10):
        while not runner.cursors.have(["counter_index", "counter_now", "counter_sum"], head):
            await runner.cursors.next_move(1)
    stop.set()
    await task
    assert all(result.equal for result in await rebuilt(database, read_models()))


async def test_ones_own_write_becomes_visible_without_polling(pool: Any, running: ProjectionRunner) -> None:
    sequencer = Sequencer(pool)
    sequencer.listen(lambda _mark: running.wake())
    store = PostgresEventStore(pool)
    visibility = PostgresVisibility(pool, running.cursors)
    for version in range(5):
        receipt = await store.append(envelopes(ONE, version, CounterAdvanced(by=1)), b"")
        await sequencer.tick()
        assert await visibility.visible(receipt, ["counter_index", "counter_now"], timeout_s=5)


async def test_what_is_not_in_the_log_yet_is_waited_for_and_then_given_up(pool: Any, running: ProjectionRunner) -> None:
    receipt = await PostgresEventStore(pool).append(envelopes(ONE, 0, CounterOpened(name="a")), b"")
    assert not await PostgresVisibility(pool, running.cursors).visible(receipt, ["counter_index"], timeout_s=0.1)


async def test_a_receipt_of_nothing_is_visible_at_once(pool: Any) -> None:
    assert await PostgresVisibility(pool, Cursors()).visible(Receipt(ONE, 0), ["counter_index"], timeout_s=0.1)


async def test_another_process_learns_where_the_cursors_are(pool: Any, running: ProjectionRunner) -> None:
    elsewhere, stop = Cursors(), asyncio.Event()
    task = asyncio.create_task(follow(pool, elsewhere, {"counter_index": 1}, stop))
    receipt = await tell(pool, iter([envelopes(ONE, 0, CounterOpened(name="a"))]))
    assert await PostgresVisibility(pool, elsewhere).visible(receipt, ["counter_index"], timeout_s=5)
    stop.set()
    await task


async def test_a_snapshot_shows_cursor_and_rows_of_one_moment(pool: Any) -> None:
    runner = ProjectionRunner(pool, PostgresLog(pool), read_models())
    await tell(pool, iter([envelopes(ONE, 0, CounterOpened(name="a"))]))
    await runner.catch_up()
    reader = PostgresReader(pool, {"counter_index": 1})
    async with reader.snapshot() as snapshot:
        assert await snapshot.cursor_of(["counter_index"]) == 0
        await tell(pool, iter([envelopes(ONE, 1, CounterAdvanced(by=1))]))
        await runner.catch_up()
        assert await snapshot.cursor_of(["counter_index"]) == 0
        assert await snapshot.fetchval("select count(*) from read_model.counter_index_v1") == 1
    assert await reader.cursor_of(["counter_index", "counter_now"]) == 1
    assert await reader.cursor_of(["counter_index", "no such read model"]) == -1


async def test_new_columns_without_a_new_version_are_refused(database: FreshDatabase, pool: Any) -> None:
    class Wider(CounterNow):
        columns: ClassVar[tuple[Column, ...]] = (Column("name", "text"),)

    with pytest.raises(TableDiffersError, match="counter_now_v1"):
        await make_tables(database, [Wider()])
