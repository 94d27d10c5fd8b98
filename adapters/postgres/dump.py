"""The database as one file: taken by pg_dump from one snapshot while the server runs, put into an empty database.

Sessions stay out: after a restore everybody signs in again. So do the throttle's buckets.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from adapters.postgres import migrate
from adapters.postgres.address import address_of
from adapters.postgres.binaries import binary
from adapters.postgres.cluster import environment
from adapters.postgres.connect import APP_ROLE, Database, Dsn, owner_connection
from adapters.postgres.history_digest import history_digest

NO_ROWS = ("public.session", "public.throttle")
OURS_TO_SAY = ("DEFAULT ACL", "ACL - SCHEMA public")
"""Entries that name the roles of the other server: said anew after a restore."""
GRANTS = (
    f"grant usage on schema public to {APP_ROLE}",
    f"alter default privileges in schema read_model grant select, insert, update, delete on tables to {APP_ROLE}",
)


class DumpFailedError(Exception):
    """pg_dump or pg_restore ended with an error. The message is what it said."""


class MissingProgramError(Exception):
    """A database that wants TLS needs PostgreSQL's own client programs on PATH: those of the wheel have no TLS."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} of PostgreSQL 18 is not on PATH, and the database wants TLS")


class NotEmptyError(Exception):
    """There is a store in the database already."""


class Dumped(msgspec.Struct, frozen=True):
    """What the snapshot held."""

    installation: UUID
    log_index: int
    history: str
    """`history_digest` up to `log_index`."""
    facts: int
    """Also those that had no place in the log yet."""
    migrations: tuple[str, ...]


async def dump(database: Database, target: Path, progress: Callable[[int], None] = lambda _done: None) -> Dumped:
    """Writes `target`. Raises DumpFailedError, MissingProgramError."""
    connection = await owner_connection(database)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            snapshot = await connection.fetchval("select pg_export_snapshot()")
            seen = await _look(connection, progress)
            options = [
                "--format=custom",
                "--compress=gzip:1",
                "--no-owner",
                f"--snapshot={snapshot}",
                f"--file={target}",
            ]
            left_out = [f"--exclude-table-data={table}" for table in NO_ROWS]
            await _run("pg_dump", database.owner, *options, *left_out)
    finally:
        await connection.close()
    return seen


async def load(database: Database, source: Path) -> None:
    """Puts a dump into an empty database, all of it or nothing. Raises DumpFailedError, NotEmptyError."""
    connection = await owner_connection(database)
    try:
        if await connection.fetchval("select to_regclass('public.event') is not null"):
            raise NotEmptyError
        await migrate.ensure_app_role(connection)
        entries = (await _output([_program("pg_restore", database.owner), "--list", str(source)])).splitlines()
        kept = [line for line in entries if not any(word in line for word in OURS_TO_SAY)]
        with tempfile.NamedTemporaryFile("w", suffix=".list") as chosen:
            chosen.write("\n".join(kept))
            chosen.flush()
            options = ["--no-owner", "--single-transaction", "--exit-on-error", f"--use-list={chosen.name}"]
            await _run("pg_restore", database.owner, *options, str(source))
        for statement in GRANTS:
            await connection.execute(statement)
        await connection.execute("select reset_pending()")
        await connection.execute("analyze")
    finally:
        await connection.close()


async def _look(connection: asyncpg.Connection[Any], progress: Callable[[int], None]) -> Dumped:
    installation = await connection.fetchval("select value from store_meta where key = 'installation'")
    log_index = await connection.fetchval("select coalesce(max(log_index), -1) from log")
    rows = await connection.fetch("select name from schema_migration order by name")
    return Dumped(
        installation=UUID(installation),
        log_index=log_index,
        history=await history_digest(connection, log_index, progress),
        facts=await connection.fetchval("select count(*) from event"),
        migrations=tuple(row["name"] for row in rows),
    )


async def _run(name: str, dsn: Dsn, *options: str) -> None:
    connection, secret = _login(dsn)
    await _output([_program(name, dsn), *connection, *options], secret)


async def _output(command: list[str], secret: dict[str, str] | None = None) -> str:
    """What it prints. The password travels in its surroundings, never on its command line. Raises DumpFailedError."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment() | (secret or {}),
    )
    try:
        out, said = await process.communicate()
    except BaseException:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        raise DumpFailedError(said.decode(errors="replace").strip())
    return out.decode()


def _program(name: str, dsn: Dsn) -> str:
    """Ours, or the machine's where ours could not connect. Raises MissingProgramError."""
    if "dsn" not in dsn or not address_of(dsn["dsn"], os.environ).wants_tls:
        return binary(name)
    found = shutil.which(name)
    if found is None:
        raise MissingProgramError(name)
    return found


def _login(dsn: Dsn) -> tuple[list[str], dict[str, str]]:
    if "dsn" in dsn:
        address = address_of(dsn["dsn"], os.environ)
        given = {name: value for name, value in os.environ.items() if name.startswith("PG")}
        secret = {"PGPASSWORD": address.password} if address.password else {}
        return [f"--dbname={address.bare}"], given | secret
    login = [f"--host={dsn['host']}", f"--username={dsn['user']}", f"--dbname={dsn['database']}"]
    return login, {"PGPASSWORD": dsn["password"]}
