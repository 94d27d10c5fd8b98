"""Very many facts at once: what append, sequencer and read models would have written, by COPY, in the order of the log.

The facts are sealed by the product's mapper and folded by its read models, batch after batch; what is left out are
round trips, and rows that are written twice because they end later. Indexes are made when all rows are there.
A test makes the read models again from the facts, by the product's own way, and finds no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
from msgspec.structs import asdict

from adapters.bootstrap import READ_MODELS, open_world
from adapters.postgres.connect import Database, owner_connection
from adapters.postgres.folding import Rows, fold, touches
from adapters.postgres.mapper import EnvelopeMapper
from adapters.postgres.tables import SCHEMA, Table
from adapters.settings import Settings
from application.ports import Recorded
from benchmarks.annals import Annals, Entry
from projections.base import OPEN, Projection

TOGETHER = 5_000
_INDEXES = """
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index join pg_class c on c.oid = indrelid
    where c.relnamespace = $1::regnamespace and not indisprimary"""


async def load(database: Database, folder: Path, cases: int) -> int:
    """So many cases, in the log and in every read model; how many facts they have. The reactions are left out."""
    async with open_world(Settings(data_dir=folder), database) as world:
        annals = Annals(world.vault, cases, datetime.now(UTC))
    owner = await owner_connection(database)
    try:
        indexes = await owner.fetch(_INDEXES, SCHEMA)
        for index in indexes:
            await owner.execute(f"drop index {index['name']}")
        await _write(owner, annals)
        for index in indexes:
            await owner.execute(index["definition"])
        await owner.execute("vacuum analyze")
    finally:
        await owner.close()
    return len(annals)


async def _write(owner: asyncpg.Connection[Any], annals: Annals) -> None:
    writer = _Writer(owner, await owner.fetchval("select max(log_index) + 1 from log"))
    for batch in _batches(annals):
        await writer.write(batch)
    await writer.finish(annals)


def _batches(annals: Annals) -> Iterator[list[Entry]]:
    """What has one stamp is of one tick, and no command is torn apart."""
    batch: list[Entry] = []
    for entry in annals:
        if len(batch) >= TOGETHER and batch[-1].recorded_at != entry.recorded_at:
            yield batch
            batch = []
        batch.append(entry)
    yield batch


class _Writer:
    def __init__(self, owner: asyncpg.Connection[Any], start: int) -> None:
        self._owner, self._next = owner, start
        self._mapper = EnvelopeMapper()
        self._folded = [_Folded(projection) for projection in READ_MODELS]
        self._pos = 0
        self._heads: dict[UUID | str, tuple[str, int]] = {}

    async def write(self, batch: list[Entry]) -> None:
        """The next facts of the log, in one transaction."""
        sealed = [self._mapper.seal(entry.envelope) for entry in batch]
        places = range(self._next, self._next + len(batch))
        self._next += len(batch)
        recorded = [
            Recorded(**asdict(entry.envelope), log_index=place, recorded_at=entry.recorded_at)
            for place, entry in zip(places, batch, strict=True)
        ]
        ended = {entry.case_id for entry in batch if entry.last}
        for row, _ in sealed:
            self._heads[row.originator_id] = row.topic.partition(".")[0], row.originator_version
        async with self._owner.transaction():
            first = self._pos or await self._owner.fetchval("select max(pos) + 1 from event")
            self._pos = first + len(batch)
            positions = range(first, self._pos)
            await self._copy("event", "pos stream_id version topic state digest", [
                (pos, row.originator_id, row.originator_version, row.topic, row.state, digest)
                for pos, (row, digest) in zip(positions, sealed, strict=True)
            ])  # fmt: skip
            await self._copy("log", "log_index pos recorded_at", [
                (place, pos, entry.recorded_at) for place, pos, entry in zip(places, positions, batch, strict=True)
            ])  # fmt: skip
            await self._copy("command", "id fingerprint stream_id version at", list(_commands(batch)))
            for folded in self._folded:
                await folded.take_in(self._owner, recorded, ended)

    async def finish(self, annals: Annals) -> None:
        """Heads of streams, cursors, and where the next append goes on."""
        assert all(self._heads[book][1] == version for book, version in annals.books.items())
        heads = [(stream_id, kind, version) for stream_id, (kind, version) in self._heads.items()]
        async with self._owner.transaction():
            await self._copy("stream", "id kind version", heads)
            for folded in self._folded:
                await folded.finish(self._owner)
            await self._owner.execute("select setval(pg_get_serial_sequence('event', 'pos'), $1)", self._pos - 1)
            await self._owner.execute("update consumer set log_index = $1", self._next - 1)

    async def _copy(self, table: str, columns: str, records: list[tuple[Any, ...]]) -> None:
        await self._owner.copy_records_to_table(table, columns=columns.split(), records=records)


def _commands(batch: list[Entry]) -> Iterator[tuple[Any, ...]]:
    """Each with its last fact."""
    last = {entry.envelope.command_id: entry for entry in batch}
    for command_id, entry in last.items():
        yield command_id, b"", entry.envelope.originator_id, entry.envelope.originator_version, entry.recorded_at


class _Folded:
    """The rows of one read model. What ended is written when it ends; what is still true, when nothing more comes."""

    def __init__(self, projection: Projection[Any]) -> None:
        self._projection, self._table = projection, Table(projection)
        self._listens = frozenset[type](projection.facts)
        self._rows: Rows = {}
        self._columns = ["key", "valid_from", "valid_to", "doc", *(column.field for column in projection.columns)]

    async def take_in(self, owner: asyncpg.Connection[Any], recorded: list[Recorded], ended: set[UUID]) -> None:
        """The product's fold, over rows that are not stored yet."""
        found, poisoned = touches(self._projection, self._listens, recorded)
        for touch in found:
            self._rows.setdefault(touch.key, None)
        changes = fold(self._projection, self._rows, found, set())
        assert poisoned is None, poisoned
        assert not changes.closed, "a row that is stored already"
        assert not changes.poisoned, changes.poisoned
        written = [record for record in changes.rows if record[2] != OPEN]
        for key in {touch.key for touch in found}:
            if held := self._rows[key]:
                held.stored = False
        written += self._current([key for key in ended if key in self._rows])
        await self._write(owner, written)

    async def finish(self, owner: asyncpg.Connection[Any]) -> None:
        """What belongs to no case."""
        await self._write(owner, self._current(list(self._rows)))

    def _current(self, keys: list[UUID]) -> list[tuple[Any, ...]]:
        names, found = self._columns[4:], list[tuple[Any, ...]]()
        for key in keys:
            if held := self._rows.pop(key):
                found.append((key, held.valid_from, OPEN, held.doc, *(getattr(held.row, name) for name in names)))
        return found

    async def _write(self, owner: asyncpg.Connection[Any], records: list[tuple[Any, ...]]) -> None:
        if records:
            await owner.copy_records_to_table(
                self._table.bare, schema_name=SCHEMA, columns=self._columns, records=records
            )
