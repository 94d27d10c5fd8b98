"""`hoso run`, `hoso serve`, `hoso worker`."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from adapters.bootstrap import World, database_of, open_world, prepare_schema
from adapters.commands.reaching import (
    in_one_sentence,
    make_data_folder,
    need_keys,
    reached,
    refuse_demo,
    refuse_unsafe,
    refuse_unsafe_server,
)
from adapters.commands.stores import DEMO_FILE, DemoFile, demo_clock, ensure_demo, read_demo_file
from adapters.postgres.connect import Database
from adapters.running import serve, stopped_by_signals, work
from adapters.settings import Settings
from application.store_kind import StoreKind, kind_of

MOST_SHOWN = 12


async def run_all(settings: Settings, version: str) -> None:
    """Database, server and workers in one process; an empty store becomes a demo first, unless this is production."""
    console = Console(stderr=False, highlight=False)
    make_data_folder(settings)
    with in_one_sentence():
        async with database_of(settings) as database:
            await prepare_schema(database)
            if settings.profile != "production":
                await ensure_demo(settings, database, console)
            clock = await demo_clock(settings, database)
            async with open_world(settings, database, clock=clock) as world, stopped_by_signals() as stop:
                demo = await checked_kind(world, database) is StoreKind.DEMO

                async def ready() -> None:
                    greet(console, settings, read_demo_file(settings) if demo else None)

                await serve(world, version, stop, demo=demo, works=True, ready=ready)
    console.print("hoso has stopped, its PostgreSQL too.")


async def serve_store(settings: Settings, version: str, *, works: bool) -> None:
    """A store that `hoso init` made, or a demo; with or without the workers."""
    need_keys(settings)
    console = Console(highlight=False)
    with in_one_sentence():
        # Pages alone may stand beside a worker that already runs the embedded database.
        async with database_of(settings) if works else reached(settings) as database:
            await prepare_schema(database)
            async with open_world(settings, database) as world, stopped_by_signals() as stop:
                demo = await checked_kind(world, database) is StoreKind.DEMO

                async def ready() -> None:
                    greet(console, settings, None)

                await serve(world, version, stop, demo=demo, works=works, ready=ready)


async def work_on_store(settings: Settings) -> None:
    """The workers alone; beside a server that runs on the same data folder they use its database."""
    need_keys(settings)
    with in_one_sentence():
        async with reached(settings) as database:
            await prepare_schema(database)
            async with open_world(settings, database) as world, stopped_by_signals() as stop:
                await checked_kind(world, database)
                await work(world, stop)


async def checked_kind(world: World, database: Database) -> StoreKind:
    """Demo or real. A real one refuses each unsafe setting by name; an empty one was never set up."""
    kind = await kind_of(world.log)
    if kind is StoreKind.EMPTY:
        raise click.ClickException("This store is empty: make one with `hoso init`, or a demo with `hoso run`.")
    if kind is StoreKind.DEMO:
        refuse_demo(world.settings)
    else:
        refuse_unsafe(world.settings)
        await refuse_unsafe_server(database)
    return kind


def greet(console: Console, settings: Settings, demo: DemoFile | None) -> None:
    """Where to go and as whom."""
    console.print(f"\nhoso runs at [bold]{settings.origin}[/bold]  (Ctrl-C stops it)")
    if demo is None:
        return
    console.print(f"  A school's QR code leads to  {settings.origin}/p/{demo.public_code}")
    console.print(f"  Accounts (all in {Path(settings.data_dir.name) / DEMO_FILE}):")
    for account in demo.accounts[:MOST_SHOWN]:
        line = f"    {account['user']:<22} {account['password']:<20} {account['role']:<18} {account['authority']}"
        console.print(line, soft_wrap=True)
