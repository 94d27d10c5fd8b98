"""A PostgreSQL server as the product runs it (fsync on), with fresh databases; below one folder, gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import asyncpg

from adapters.bootstrap import prepare_schema
from adapters.postgres.connect import Database, Dsn
from adapters.postgres.supervisor import Supervisor

ROOT = Path(__file__).resolve().parents[1]


class Ground:
    """Databases on one running server."""

    def __init__(self, server: Supervisor) -> None:
        self._server = server

    @property
    def server_pid(self) -> int:
        """The root of all its processes."""
        pid = self._server.watchdog_pid
        assert pid is not None
        return pid

    def database(self, name: str = "hoso") -> Database:
        """One that exists."""
        return self._server.database(name)

    async def fresh(self, name: str) -> Database:
        """An empty one with schema and read models."""
        await self._administer(f"create database {name} owner hoso_owner")
        await prepare_schema(self.database(name))
        return self.database(name)

    async def clone(self, of: str, name: str) -> Database:
        """A copy of one that nobody is connected to."""
        await self._administer(f"create database {name} template {of} owner hoso_owner")
        return self.database(name)

    async def version(self) -> str:
        """Of the server."""
        connection = await asyncpg.connect(**self._server.superuser())
        try:
            return str(await connection.fetchval("show server_version"))
        finally:
            await connection.close()

    async def _administer(self, statement: str) -> None:
        connection = await asyncpg.connect(**self._server.superuser())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def data_folder() -> Iterator[Path]:
    """Beside the product's own data, so that the same disk is measured."""
    parent = Path(os.environ.get("HOSO_DATA_DIR") or ROOT / "var")
    parent.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=parent))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    """The server on `<folder>/postgres`, made if it is not there yet."""
    with Supervisor(folder / "postgres") as server:
        yield Ground(server)


def url(dsn: Dsn) -> str:
    """The address of a database, for processes that read it from their surroundings."""
    host = quote(str(dsn["host"]), safe="")
    return f"postgresql://{dsn['user']}:{dsn['password']}@/{dsn['database']}?host={host}"
