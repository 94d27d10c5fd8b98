"""The schema grows forward, once, and never behind anybody's back."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from adapters.postgres.connect import owner_connection
from adapters.postgres.migrate import (
    SCHEMA,
    ChangedMigrationError,
    NewerSchemaError,
    SchemaBehindError,
    check,
    migrate,
    migrations,
)
from adapters.postgres.supervisor import Supervisor
from tests.support.postgres import FreshDatabase


@pytest.fixture
async def empty(postgres_server: Supervisor, database: FreshDatabase) -> AsyncIterator[Any]:
    """A connection as owner to a database without anything."""
    administrator = await asyncpg.connect(**postgres_server.superuser())
    name = f"{database.name}_empty"
    await administrator.execute(f"create database {name} owner hoso_owner")
    connection = await owner_connection(postgres_server.database(name))
    yield connection
    await connection.close()
    await administrator.execute(f"drop database {name} with (force)")
    await administrator.close()


async def test_from_nothing_to_this_release_and_the_second_time_nothing(empty: Any) -> None:
    assert await migrate(empty) == [migration.name for migration in migrations()]
    await check(empty)
    assert await migrate(empty) == []


async def test_two_at_once_apply_each_migration_once(postgres_server: Supervisor, empty: Any) -> None:
    other = await owner_connection(postgres_server.database(await empty.fetchval("select current_database()")))
    applied = await asyncio.gather(migrate(empty), migrate(other))
    assert sorted(name for names in applied for name in names) == [migration.name for migration in migrations()]
    await other.close()


async def test_a_release_that_is_ahead_says_what_is_missing(empty: Any) -> None:
    with pytest.raises(SchemaBehindError, match=migrations()[0].name):
        await check(empty)


async def test_a_newer_schema_is_refused_by_name(database: FreshDatabase) -> None:
    owner = await owner_connection(database.database)
    await owner.execute("insert into schema_migration (name, checksum) values ('9999_of_tomorrow', '')")
    for attempt in (migrate, check):
        with pytest.raises(NewerSchemaError, match="9999_of_tomorrow"):
            await attempt(owner)
    await owner.close()


async def test_a_migration_that_was_edited_afterwards_is_refused(database: FreshDatabase, tmp_path: Path) -> None:
    shutil.copytree(SCHEMA, tmp_path / "schema")
    edited = tmp_path / "schema" / "0002_consumers.sql"
    edited.write_text(edited.read_text() + "-- a second thought\n")
    owner = await owner_connection(database.database)
    for attempt in (migrate, check):
        with pytest.raises(ChangedMigrationError, match="0002_consumers"):
            await attempt(owner, tmp_path / "schema")
    await owner.close()


async def test_a_migration_that_fails_leaves_nothing_of_itself(database: FreshDatabase, tmp_path: Path) -> None:
    shutil.copytree(SCHEMA, tmp_path / "schema")
    (tmp_path / "schema" / "9000_half.sql").write_text("create table half (id int); select 1 / 0;")
    owner = await owner_connection(database.database)
    with pytest.raises(Exception, match="division by zero"):
        await migrate(owner, tmp_path / "schema")
    assert await owner.fetchval("select to_regclass('half')") is None
    assert await migrate(owner) == []
    await owner.close()
