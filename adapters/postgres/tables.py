"""The table of one version of a read model: its definition, its rows, its digest."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from adapters.postgres.folding import Changes, Held, Rows
from projections.base import OPEN, Projection, table_of

SCHEMA = "read_model"
_frame = struct.Struct(">16sqqII")


class TableDiffersError(Exception):
    """Columns or indexes of a read model changed without a new version number."""

    def __init__(self, table: str) -> None:
        super().__init__(f"the table {table} was made for other columns or indexes: raise the read model's version")


class Table:
    """Where rows are kept. `suffix` makes a shadow beside the one that is served."""

    def __init__(self, projection: Projection[Any], suffix: str = "") -> None:
        self.projection = projection
        self.bare = table_of(projection) + suffix
        self.name = f"{SCHEMA}.{self.bare}"
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(projection.row)
        self._columns = [column.field for column in projection.columns]
        ended = f"unnest($1::uuid[], $2::bigint[]) u(k, e) where t.key = u.k and t.valid_to = {OPEN}"
        self._closing = (
            f"update {self.name} t set valid_to = u.e from {ended}"
            if projection.versioned
            else f"delete from {self.name} t using {ended}"
        )

    async def create(self, owner: asyncpg.Connection[Any]) -> None:
        """Makes the table unless it is there. Raises TableDiffersError."""
        # A shadow bears the mark of the table whose place it takes.
        served = f"{SCHEMA}.{table_of(self.projection)}"
        mark = hashlib.sha256("\n".join(self._statements(served)).encode()).hexdigest()
        found = await owner.fetchrow(
            "select obj_description(c.oid) from pg_class c where c.oid = to_regclass($1)", self.name
        )
        if found is not None:
            if found[0] != mark:
                raise TableDiffersError(self.name)
            return
        async with owner.transaction():
            for statement in (*self._statements(self.name), f"comment on table {self.name} is '{mark}'"):
                await owner.execute(statement)

    def _statements(self, name: str) -> list[str]:
        columns = "".join(f", {column.field} {column.sql}" for column in self.projection.columns)
        # One index serves both questions: the current row of a key, and its row as of any index.
        definition = (
            f"create table {name} (key uuid not null, valid_from bigint not null, valid_to bigint not null,"
            f" doc bytea not null{columns}, primary key (key, valid_to))"
        )
        return [definition, *(f"create index on {name} {index}" for index in self.projection.indexes)]

    async def drop(self, owner: asyncpg.Connection[Any]) -> None:
        """Removes the table if it is there."""
        await owner.execute(f"drop table if exists {self.name}")

    async def load(self, connection: asyncpg.Connection[Any], keys: Collection[UUID], into: Rows) -> None:
        """Adds the current rows of these keys to `into`; None for those that have none."""
        found = await connection.fetch(
            f"select key, valid_from, doc from {self.name} where valid_to = {OPEN} and key = any($1::uuid[])",
            list(keys),
        )
        into.update(dict.fromkeys(keys))
        for key, valid_from, doc in found:
            into[key] = Held(self._decoder.decode(doc), doc, valid_from, stored=True)

    async def write(self, connection: asyncpg.Connection[Any], changes: Changes) -> None:
        """Closes (or, where only the present is kept, removes) the rows that ended and adds the new ones."""
        if changes.closed:
            keys, ends = zip(*changes.closed, strict=True)
            await connection.execute(self._closing, keys, ends)
        if changes.rows:
            await connection.copy_records_to_table(
                self.bare,
                schema_name=SCHEMA,
                columns=["key", "valid_from", "valid_to", "doc", *self._columns],
                records=changes.rows,
            )

    async def digest(self, connection: asyncpg.Connection[Any], at: int, *, present: bool = False) -> bytes:
        """SHA-256 over every row as it was once the facts up to `at` were taken in. Inside a transaction only.

        Where only the present is kept, `at` must be where the cursor stands. `present` says that it does: then a row
        that ends behind it is no later end to be looked past, but a difference.
        """
        end = "valid_to" if present else f"case when valid_to > $1 then {OPEN} else valid_to end"
        columns = f"row({', '.join(f't.{name}' for name in self._columns)})::text" if self._columns else "''"
        digest = hashlib.sha256()
        query = (
            f"select key, valid_from, {end}, doc, {columns}"
            f" from {self.name} t where valid_from <= $1 order by key, valid_from"
        )
        async for key, valid_from, valid_to, doc, text in connection.cursor(query, at, prefetch=2000):
            shown = text.encode()
            digest.update(_frame.pack(key.bytes, valid_from, valid_to, len(doc), len(shown)))
            digest.update(doc)
            digest.update(shown)
        return digest.digest()


async def ensure_tables(owner: asyncpg.Connection[Any], projections: Sequence[Projection[Any]]) -> None:
    """Tables and cursors of these read models, made with the migrations as the owner. Raises TableDiffersError."""
    for projection in projections:
        await Table(projection).create(owner)
        await owner.execute(
            "insert into consumer (name, version) values ($1, $2) on conflict do nothing",
            projection.name,
            projection.version,
        )
