"""The read models of the product over thousands of real facts: killed, rebuilt, altered, prepared anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import asyncpg

from adapters.postgres.connect import owner_connection
from adapters.postgres.log import PostgresLog
from adapters.postgres.rebuild import Rebuilder
from adapters.postgres.runner import ProjectionRunner
from projections.base import OPEN, Projection, table_of
from projections.case_index import CaseIndex
from projections.feedback_index import FeedbackInIndex
from tests.support.demo_store import open_store
from tests.support.postgres import FreshDatabase
from tests.support.real_story import read_models, tell_at_least
from tests.support.running import kill_runner_at_random_points

FACTS, KILLS = 5000, 10
SERVED = "tests.support.real_story:read_models"


class CaseIndexToCome(CaseIndex):
    """The version of a later release."""

    version: ClassVar[int] = CaseIndex.version + 1


async def test_live_equals_rebuild_over_5000_real_facts_after_ten_kills(
    database: FreshDatabase, tmp_path: Path
) -> None:
    async with open_store(database, tmp_path) as store:
        head = await tell_at_least(store, FACTS)
    assert head >= FACTS
    killed_at = await kill_runner_at_random_points(database, SERVED, kills=KILLS, batch=70, most_moves=72)
    print(f"{head + 1} facts, killed at {killed_at}")
    assert max(killed_at) < head  # each time on its way; some before it had moved
    assert len(set(killed_at)) >= KILLS // 2
    pool = await database.pool()
    runner = ProjectionRunner(pool, PostgresLog(pool), read_models())
    await runner.catch_up()
    assert {(one.cursor, one.parked, one.halted) for one in await runner.status()} == {(head, 0, None)}
    rebuilder = Rebuilder(await database.owner_pool(), PostgresLog(pool))
    for model in read_models():
        result = await rebuilder.rebuild(model)
        assert result.rows > 0, model.name
        assert result.equal, model.name
    await a_later_version_fills_beside(database, rebuilder, head)
    await one_altered_row_changes_the_digest(database, rebuilder)


async def one_altered_row_changes_the_digest(database: FreshDatabase, rebuilder: Rebuilder) -> None:
    """A byte of a document, a column, a missing row, a span: each of them; and a rebuild mends it."""
    owner = await owner_connection(database.database)
    for model in read_models():
        table = f"read_model.{table_of(model)}"
        _, right = await rebuilder.digest(model)
        for change in changes_of(model):
            await alter_one(owner, table, change)
            assert (await rebuilder.digest(model))[1] != right, f"{model.name}: {change}"
            compared = await rebuilder.rebuild(model, replace=True)
            assert (compared.equal, compared.rebuilt) == (False, right), f"{model.name}: {change}"
            assert (await rebuilder.digest(model))[1] == right, model.name
    await owner.close()


def changes_of(model: Projection[Any]) -> list[str]:
    """Statements about one row, named by its place in the table."""
    columns = [column.field for column in model.columns if column.sql == "text"][:1]
    return [
        "update {table} set doc = set_byte(doc, length(doc) / 2, get_byte(doc, length(doc) / 2) # 1) where ctid = $1",
        "delete from {table} where ctid = $1",
        *(f"update {{table}} set {name} = {name} || ' ' where ctid = $1" for name in columns),
        "update {table} set valid_to = valid_to - 1 where ctid = $1",
    ]


async def alter_one(owner: asyncpg.Connection[Any], table: str, change: str) -> None:
    row = await owner.fetchval(
        f"select ctid from {table} where valid_to = {OPEN} order by key offset"
        f" (select count(*) / 2 from {table} where valid_to = {OPEN}) limit 1"
    )
    assert await owner.execute(change.format(table=table), row) in ("UPDATE 1", "DELETE 1")


async def a_later_version_fills_beside(database: FreshDatabase, rebuilder: Rebuilder, head: int) -> None:
    served = next(model for model in read_models() if isinstance(model, CaseIndex))
    to_come = CaseIndexToCome(FeedbackInIndex())
    before = await rebuilder.digest(served)
    seen: list[tuple[int, int]] = []
    assert await rebuilder.prepare(to_come, lambda done, total: seen.append((done, total))) == head
    assert seen[-1] == (head + 1, head + 1)
    assert await rebuilder.digest(served) == before
    assert await rebuilder.digest(to_come) == before  # the same fold: the same rows
    pool = await database.pool()
    cursors = await pool.fetch("select version, log_index from consumer where name = $1 order by version", served.name)
    assert [tuple(row) for row in cursors] == [(CaseIndex.version, head), (CaseIndexToCome.version, head)]
    assert await rebuilder.prepare(to_come) == head  # again: nothing left to do
