"""`hoso projections`: where the read models stand, whether they are what the facts say, and making them anew."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import click
import msgspec
from rich.console import Console
from rich.table import Table

from adapters.bootstrap import READ_MODELS
from adapters.commands.reaching import in_one_sentence, reached
from adapters.commands.terminal import bar
from adapters.postgres.connect import app_pool, owner_pool
from adapters.postgres.consumers import CursorMovedError
from adapters.postgres.log import PostgresLog
from adapters.postgres.rebuild import NotReplacedError, Rebuilder, RebuildHaltedError
from adapters.postgres.runner import ProjectionRunner
from adapters.settings import Settings
from projections.base import Projection

NAMES = tuple(projection.name for projection in READ_MODELS)
SHOWN_SIGNS = 16
_STATUS = """select c.name, c.version, c.log_index, coalesce(c.halted, '') as halted,
    (select count(*) from parked p where p.consumer = c.name and p.version = c.version) as parked,
    (select coalesce(max(log_index), -1) from log) as head from consumer c order by c.name, c.version"""
_PARKED = "select consumer, version, key, log_index, error from parked order by consumer, version, log_index"


class Tools(msgspec.Struct, frozen=True):
    """What the subcommands work with."""

    pool: Any
    rebuilder: Rebuilder
    runner: ProjectionRunner


def of(name: str) -> Projection[Any]:
    """The read model of this release."""
    return next(projection for projection in READ_MODELS if projection.name == name)


async def show_status(settings: Settings, out: Console) -> None:
    """Every consumer of the log, other versions and reactions too. Exit code 1 when one stands still or keys wait."""
    async with _tools(settings) as tools:
        rows, parked = await tools.pool.fetch(_STATUS), await tools.pool.fetch(_PARKED)
    table = Table("name", "version", "at", "head", "parked", "halted", box=None)
    served = {(projection.name, projection.version) for projection in READ_MODELS}
    for row in rows:
        version = f"{row['version']}" + (" served" if (row["name"], row["version"]) in served else "")
        cells = (row["name"], version, row["log_index"], row["head"], row["parked"], row["halted"])
        table.add_row(*(str(cell) for cell in cells))
    out.print(table)
    for row in parked:
        out.print(f"parked {row['consumer']} {row['key']} from log index {row['log_index']}: {row['error']}")
    if parked or any(row["halted"] for row in rows):
        sys.exit(1)


async def show_digests(settings: Settings, out: Console, *, compare: bool) -> None:
    """With `compare` each is made again beside the served one. Exit code 1 when one differs."""
    different = 0
    async with _tools(settings) as tools:
        for projection in READ_MODELS:
            if not compare:
                at, digest = await tools.rebuilder.digest(projection)
                out.print(f"{projection.name} v{projection.version} at {at}: {digest.hex()}")
                continue
            with bar(out, projection.name) as moved:
                result = await tools.rebuilder.rebuild(projection, moved)
            verdict = "equal" if result.equal else f"DIFFERS from its facts ({result.rebuilt.hex()[:SHOWN_SIGNS]}…)"
            out.print(
                f"{result.name} v{result.version} at {result.log_index}, {result.rows} rows: "
                f"{result.live.hex()[:SHOWN_SIGNS]}… {verdict}"
            )
            different += not result.equal
    if different:
        sys.exit(1)


async def rebuild(settings: Settings, out: Console, name: str) -> None:
    """Made again from the facts and put in the place of the served one, while it is served."""
    async with _tools(settings) as tools:
        with bar(out, name) as moved:
            result = await tools.rebuilder.rebuild(of(name), moved, replace=True)
    before = "was what the facts say" if result.equal else "DIFFERED from its facts and was replaced"
    out.print(f"{name} v{result.version}: {result.rows} rows at {result.log_index}; it {before}.")
    if result.parked:
        out.print(f"{result.parked} keys could not be folded: see `hoso projections status`.")
        sys.exit(1)


async def prepare(settings: Settings, out: Console, name: str) -> None:
    """Fills this release's version while an older release still serves its own. May be broken off and repeated."""
    async with _tools(settings) as tools:
        with bar(out, name) as moved:
            cursor = await tools.rebuilder.prepare(of(name), moved)
    out.print(f"{name} v{of(name).version} is filled up to log index {cursor}.")


async def unpark(settings: Settings, out: Console, name: str, key: UUID) -> None:
    """Folds what waits for the key. Exit code 1 when it fails again."""
    async with _tools(settings) as tools:
        try:
            done = await tools.runner.unpark(name, key)
        except KeyError:
            raise click.ClickException(f"{key} is not parked in {name}") from None
    out.print(f"{name} {key}: {'current again' if done else 'failed again, it stays parked'}.")
    if not done:
        sys.exit(1)


async def resume(settings: Settings, out: Console, name: str) -> None:
    """Lets a halted read model try again; it catches up here. Exit code 1 when it halts again."""
    async with _tools(settings) as tools:
        await tools.runner.resume(name)
        await tools.runner.catch_up()
        status = next(one for one in await tools.runner.status() if one.name == name)
    out.print(f"{name} v{status.version}: at {status.cursor} of {status.head}. {status.halted or ''}".rstrip())
    if status.halted:
        sys.exit(1)


@asynccontextmanager
async def _tools(settings: Settings) -> AsyncIterator[Tools]:
    with in_one_sentence():
        async with (
            reached(settings) as database,
            await app_pool(database, max_size=4) as pool,
            await owner_pool(database, max_size=4) as owner,
        ):
            log = PostgresLog(pool)
            try:
                yield Tools(pool, Rebuilder(owner, log), ProjectionRunner(pool, log, READ_MODELS))
            except RebuildHaltedError as error:
                raise click.ClickException(f"A fact cannot be taken in: {error}") from None
            except (NotReplacedError, CursorMovedError):
                raise click.ClickException("Somebody else works on this read model: try again.") from None
            except LookupError as error:
                raise click.ClickException(f"{error} has no table in this database: run `hoso migrate`") from None
