"""`hoso run`, `hoso serve`, `hoso worker`."""

from __future__ import annotations

import os
from pathlib import Path

import click
from rich.console import Console

from adapters.bootstrap import World, database_of, open_world, prepare_schema
from adapters.commands.stores import DEMO_FILE, DemoFile, ensure_demo, has_keys, read_demo_file
from adapters.postgres.binaries import ClosedFolderError
from adapters.postgres.supervisor import ServerInUseError
from adapters.running import serve, stopped_by_signals, work
from adapters.settings import Settings, unsafe_in_production
from application.store_kind import StoreKind, kind_of

MOST_SHOWN = 12


async def run_all(settings: Settings, version: str) -> None:
    """Database, server and workers in one process; an empty store becomes a demo first."""
    console = Console(stderr=False, highlight=False)
    make_data_folder(settings)
    try:
        async with database_of(settings) as database:
            await prepare_schema(database)
            kind = await ensure_demo(settings, database, console)
            demo = kind is StoreKind.DEMO
            if not demo:
                refuse_unsafe(settings)
            async with open_world(settings, database) as world, stopped_by_signals() as stop:

                async def ready() -> None:
                    greet(console, settings, read_demo_file(settings) if demo else None)

                await serve(world, version, stop, demo=demo, works=True, ready=ready)
    except (ServerInUseError, ClosedFolderError) as error:
        raise click.ClickException(str(error)) from None
    console.print("hoso has stopped, its PostgreSQL too.")


async def serve_store(settings: Settings, version: str, *, works: bool) -> None:
    """A store that `hoso init` made, or a demo; with or without the workers."""
    need_store(settings)
    async with database_of(settings) as database:
        await prepare_schema(database)
        async with open_world(settings, database) as world, stopped_by_signals() as stop:
            demo = await checked_kind(world) is StoreKind.DEMO
            await serve(world, version, stop, demo=demo, works=works)


async def work_on_store(settings: Settings) -> None:
    """The workers alone; the database is reached by address."""
    need_store(settings)
    if settings.database_url is None:
        raise click.ClickException("HOSO_DATABASE_URL: a worker of its own needs a database that others reach too")
    async with database_of(settings) as database:
        await prepare_schema(database)
        async with open_world(settings, database) as world, stopped_by_signals() as stop:
            await checked_kind(world)
            await work(world, stop)


async def checked_kind(world: World) -> StoreKind:
    """Demo or real. A real one refuses each unsafe setting by name; an empty one was never set up."""
    kind = await kind_of(world.log)
    if kind is StoreKind.EMPTY:
        raise click.ClickException("This store is empty: make one with `hoso init`, or a demo with `hoso run`.")
    if kind is StoreKind.REAL:
        refuse_unsafe(world.settings)
    return kind


def refuse_unsafe(settings: Settings) -> None:
    """Raises ClickException naming every setting at fault."""
    if faults := unsafe_in_production(settings):
        raise click.ClickException("Refused in production:\n" + "\n".join(f"  {fault}" for fault in faults))


def need_store(settings: Settings) -> None:
    """Raises ClickException where no key store lies in the data folder."""
    if not has_keys(settings):
        raise click.ClickException(f"No key store in {settings.keys}: make a store with `hoso init`.")


def make_data_folder(settings: Settings) -> None:
    """PostgreSQL does not run as root, so that then others must be able to pass through the folder, not to read it."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)


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
