"""A store of every schema that was shipped comes up under this release, with the same history and read models."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from adapters.bootstrap import READ_MODELS, prepare_schema
from adapters.postgres.connect import Database, app_pool, owner_connection, owner_pool
from adapters.postgres.dump import load
from adapters.postgres.history_digest import history_digest
from adapters.postgres.log import PostgresLog
from adapters.postgres.migrate import check, migrations
from adapters.postgres.rebuild import Rebuilder
from adapters.postgres.runner import ProjectionRunner
from adapters.postgres.sequencer import Sequencer
from adapters.postgres.supervisor import Supervisor
from adapters.postgres.verify import verify
from tests.support.postgres import FreshDatabase
from tests.support.schema_dump import DUMPS, stored, told


@pytest.fixture
async def empty(postgres_server: Supervisor, database: FreshDatabase) -> AsyncIterator[Database]:
    """A database without anything."""
    administrator = await asyncpg.connect(**postgres_server.superuser())
    name = f"{database.name}_upgraded"
    await administrator.execute(f"create database {name} owner hoso_owner")
    yield postgres_server.database(name)
    await administrator.execute(f"drop database {name} with (force)")
    await administrator.close()


def test_there_is_a_dump_to_begin_with() -> None:
    assert stored()
    first = next(told(name).migrations for name in stored())
    assert list(first) == [migration.name for migration in migrations()][: len(first)]


@pytest.mark.parametrize("name", stored())
async def test_a_store_of_that_schema_is_upgraded(empty: Database, name: str) -> None:
    """Where a read model still has the version of then, its rows are those of then, to the byte."""
    then = told(name)
    await load(empty, DUMPS / f"{name}.dump")
    assert await prepare_schema(empty) == [m.name for m in migrations()][len(then.migrations) :]
    async with await app_pool(empty) as pool, await owner_pool(empty) as owner:
        connection = await owner_connection(empty)
        await check(connection)
        async with connection.transaction():
            assert await history_digest(connection, then.log_index) == then.history
        await connection.close()
        log = PostgresLog(pool)
        runner = ProjectionRunner(pool, log, READ_MODELS)
        await runner.catch_up()
        rebuilder = Rebuilder(owner, log)
        for model in READ_MODELS:
            result = await rebuilder.rebuild(model)
            assert result.equal, model.name
            before = then.digests.get(f"{model.name} v{model.version}")
            assert before in (None, result.live.hex()), f"{model.name}: other rows, but not another version"
        assert await Sequencer(pool).tick() == then.facts - then.log_index - 1  # what had no place then
        await runner.catch_up()
        assert {one.cursor for one in await runner.status()} == {then.facts - 1}
        assert await verify(pool) == []
