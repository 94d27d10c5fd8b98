"""A PostgreSQL for the tests: one server for the whole run, a fresh migrated database for each test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from adapters.postgres.connect import Database, Dsn, app_pool, owner_connection, owner_pool
from adapters.postgres.migrate import migrate
from adapters.postgres.supervisor import Supervisor

FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "64MB"}
TEMPLATE = "hoso_template"
_numbers = count(1)


class FreshDatabase:
    """An empty migrated database. Pools taken from it are closed at the end of the test."""

    def __init__(self, server: Supervisor, name: str) -> None:
        self.name = name
        self.database: Database = server.database(name)
        self.superuser_dsn: Dsn = server.superuser(name)
        self._pools: list[asyncpg.Pool[Any]] = []

    @property
    def owner_dsn(self) -> Dsn:
        """Keywords of asyncpg of the role that owns everything."""
        return self.database.owner

    @property
    def app_dsn(self) -> Dsn:
        """Keywords of asyncpg of the role that the server uses."""
        return self.database.app

    async def pool(self, max_size: int = 20) -> asyncpg.Pool[Any]:
        """A pool as the app."""
        return self._keep(await app_pool(self.database, max_size=max_size))

    async def owner_pool(self) -> asyncpg.Pool[Any]:
        """A pool as the owner."""
        return self._keep(await owner_pool(self.database))

    def _keep(self, pool: asyncpg.Pool[Any]) -> asyncpg.Pool[Any]:
        self._pools.append(pool)
        return pool

    async def close(self) -> None:
        """Ends what the test left open."""
        for pool in self._pools:
            pool.terminate()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Supervisor]:
    """The server of this test run, without fsync."""
    with server_folder() as folder, Supervisor(folder, overrides=FAST) as server:
        yield server


@contextmanager
def server_folder() -> Iterator[Path]:
    """A private folder for a server's data, gone afterwards: pytest would keep those of the last three runs."""
    folder = Path(tempfile.mkdtemp(prefix="hoso-test-"))
    try:
        yield folder / "postgres"
    finally:
        shutil.rmtree(folder)


@pytest.fixture
async def database(postgres_server: Supervisor) -> AsyncIterator[FreshDatabase]:
    """A fresh database for one test."""
    async with fresh_database(postgres_server) as fresh:
        yield fresh


@asynccontextmanager
async def fresh_database(server: Supervisor) -> AsyncIterator[FreshDatabase]:
    """Cloned from a template that was migrated once; dropped afterwards."""
    administrator = await asyncpg.connect(**server.superuser())
    try:
        await _ensure_template(server, administrator)
        fresh = FreshDatabase(server, f"test_{next(_numbers)}")
        await administrator.execute(f"create database {fresh.name} template {TEMPLATE} owner hoso_owner")
        yield fresh
        await fresh.close()
        await administrator.execute(f"drop database {fresh.name} with (force)")
    finally:
        await administrator.close()


async def _ensure_template(server: Supervisor, administrator: asyncpg.Connection[Any]) -> None:
    if await administrator.fetchval("select exists (select from pg_database where datname = $1)", TEMPLATE):
        return
    draft = f"{TEMPLATE}_draft"
    await administrator.execute(f"drop database if exists {draft} with (force)")
    await administrator.execute(f"create database {draft} owner hoso_owner")
    owner = await owner_connection(server.database(draft))
    try:
        await migrate(owner)
    finally:
        await owner.close()
    await administrator.execute(f"alter database {draft} rename to {TEMPLATE}")
