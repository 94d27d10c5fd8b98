"""Forward-only, numbered, with checksums, one at a time: how the schema comes to be what this release expects."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from adapters.postgres.connect import APP_ROLE

SCHEMA = Path(__file__).parent / "schema"
LOCK = 7_301_001
NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


class NewerSchemaError(Exception):
    """The database was changed by a release that knows more migrations than this one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the database has migration {name}, which this release does not know: use a newer release")
        self.name = name


class ChangedMigrationError(Exception):
    """A migration that was applied reads differently today."""

    def __init__(self, name: str) -> None:
        super().__init__(f"migration {name} was applied with another content")
        self.name = name


class SchemaBehindError(Exception):
    """Migrations of this release are not applied yet."""

    def __init__(self, name: str) -> None:
        super().__init__(f"migration {name} is not applied: run `hoso migrate`")
        self.name = name


class Migration(msgspec.Struct, frozen=True):
    """One file."""

    name: str
    sql: str

    @property
    def checksum(self) -> bytes:
        """SHA-256 of the text."""
        return hashlib.sha256(self.sql.encode()).digest()


def migrations(folder: Path = SCHEMA) -> list[Migration]:
    """All that this release knows, in order."""
    files = sorted(file for file in folder.iterdir() if NAME.fullmatch(file.name))
    return [Migration(file.stem, file.read_text()) for file in files]


async def migrate(connection: asyncpg.Connection[Any], folder: Path = SCHEMA) -> list[str]:
    """Applies what is missing, each in its own transaction; the names applied. Several may run at once: one works.

    `connection` is the owner's. Raises NewerSchemaError, ChangedMigrationError.
    """
    await connection.execute("select pg_advisory_lock($1)", LOCK)
    try:
        await connection.execute(
            "create table if not exists schema_migration"
            " (name text primary key, checksum bytea not null, applied_at timestamptz not null default now())"
        )
        await ensure_app_role(connection)
        missing = _missing(await _applied(connection), migrations(folder))
        for migration in missing:
            async with connection.transaction():
                await connection.execute(migration.sql)
                await connection.execute(
                    "insert into schema_migration (name, checksum) values ($1, $2)", migration.name, migration.checksum
                )
        return [migration.name for migration in missing]
    finally:
        await connection.execute("select pg_advisory_unlock($1)", LOCK)


async def check(connection: asyncpg.Connection[Any], folder: Path = SCHEMA) -> None:
    """Changes nothing. Raises SchemaBehindError, NewerSchemaError, ChangedMigrationError."""
    known = migrations(folder)
    exists = await connection.fetchval("select to_regclass('schema_migration') is not null")
    applied = await _applied(connection) if exists else {}
    if missing := _missing(applied, known):
        raise SchemaBehindError(missing[0].name)


async def _applied(connection: asyncpg.Connection[Any]) -> dict[str, bytes]:
    rows = await connection.fetch("select name, checksum from schema_migration order by name")
    return {row["name"]: row["checksum"] for row in rows}


def _missing(applied: dict[str, bytes], known: list[Migration]) -> list[Migration]:
    by_name = {migration.name: migration for migration in known}
    for name, checksum in applied.items():
        if name not in by_name:
            raise NewerSchemaError(name)
        if by_name[name].checksum != checksum:
            raise ChangedMigrationError(name)
    return [migration for migration in known if migration.name not in applied]


async def ensure_app_role(connection: asyncpg.Connection[Any]) -> None:
    """Grants in the migrations name the role; where the owner may not create roles, an administrator made it before."""
    if await connection.fetchval("select exists (select from pg_roles where rolname = $1)", APP_ROLE):
        return
    await connection.execute(f"create role {APP_ROLE} nologin")
    await connection.execute(f"grant {APP_ROLE} to current_user with set true, inherit false")
