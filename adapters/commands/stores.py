"""What kind of store lies in the data folder, and making one: a demo told from its beginning, or one in earnest."""

from __future__ import annotations

import os
import secrets as random
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from adapters.bootstrap import World, open_world
from adapters.clock import SetClock, ShiftedClock
from adapters.commands.reaching import has_keys
from adapters.demo.load import Loaded, fresh_password, load
from adapters.demo.wiring import demo_world, hastened, read_old_notices, store_desk
from adapters.postgres.connect import Database
from adapters.settings import Settings
from application.ports import Clock
from application.store_kind import ClockBehindLogError, StoreKind, kind_of, require_demo

DEMO_FILE, PASSWORD_FILE = "demo.json", "demo-password"
SHOWN_UNIT, SHOWN_CASE = "DEMO-TH-binh-nguyen", "vi-du-may-chieu"


class DemoFile(msgspec.Struct, frozen=True):
    """`var/demo.json`: how to walk into a demo."""

    base_url: str
    accounts: list[dict[str, str]]
    public_code: str
    tracking_code: str


async def ensure_demo(settings: Settings, database: Database, console: Console) -> StoreKind:
    """The kind of the store. An empty one becomes a demo; a telling that broke off is taken up again."""
    new_keys = not has_keys(settings)
    clock = SetClock(datetime(2024, 1, 1, tzinfo=UTC))
    async with open_world(settings, hastened(database), clock=clock, new_keys=new_keys) as world:
        kind = await kind_of(world.log)
        if kind is StoreKind.REAL:
            return kind
        teller = demo_world(world, clock)
        state = await teller.store.state()
        if kind is StoreKind.DEMO and state is not None and state.told:
            return kind
        await _tell(world, settings, clock, console)
    return StoreKind.DEMO


async def demo_clock(settings: Settings, database: Database) -> Clock | None:
    """Simulated where HOSO_DEMO_NOW sets the day, None for the real one; the log says from where to where it was.

    Raises ClockBehindLogError for a day before the last stamp, StoreInEarnestError where real facts are kept.
    """
    clock = ShiftedClock(settings.demo_now) if settings.demo_now is not None else None
    async with open_world(settings, database, clock=clock) as world:
        if clock is not None:
            await require_demo(world.log)
            last = (await world.log.head()).recorded_at
            if last is not None and clock.now() < last:
                raise ClockBehindLogError(last=last.isoformat())
        desk = store_desk(world)
        state = await desk.state()
        if state is not None and state.demo and state.simulated is not (clock is not None):
            await (desk.start_simulated_clock() if clock is not None else desk.end_simulated_clock())
    return clock


async def _tell(world: World, settings: Settings, clock: SetClock, console: Console) -> None:
    today, stays = settings.demo_now or datetime.now(UTC), settings.demo_now is not None
    password = _password(settings.data_dir / PASSWORD_FILE)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=not console.is_terminal) as bar:
        task = bar.add_task("Demo", total=None)

        def told(done: int, total: int, label: str) -> None:
            bar.update(task, completed=done, total=total, description=f"Demo {label}")

        loaded = await load(
            demo_world(world, clock), today=today, password=password, progress=told, keep_simulating=stays
        )
        bar.update(task, description="Demo: read models")
        await world.settle()
        await read_old_notices(world)
    write_demo_file(settings, loaded)
    console.print(f"Demo data: {len(loaded.case_ids)} cases, {loaded.facts} facts.")


def _password(path: Path) -> str:
    """The same when a broken telling is taken up again."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        password = fresh_password()
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as file:
            file.write(password)
        return password


def write_demo_file(settings: Settings, loaded: Loaded) -> None:
    """Replaces the file in one step; only its owner reads it."""
    accounts = [
        {
            "user": account.username,
            "password": account.password,
            "role": ", ".join(account.roles),
            "area": account.area,
            "name": account.name,
            "authority": account.authority,
        }
        for account in loaded.accounts
    ]
    content = DemoFile(
        settings.origin,
        accounts,
        loaded.public_codes[SHOWN_UNIT],
        loaded.tracking_codes.get(SHOWN_CASE) or next(reversed(loaded.tracking_codes.values()), ""),
    )
    path = settings.data_dir / DEMO_FILE
    draft = path.with_name(f".{DEMO_FILE}.{random.token_hex(4)}")
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(content), indent=1))
    draft.replace(path)


def read_demo_file(settings: Settings) -> DemoFile | None:
    """What the loader left, with the address that the server has now; None: no demo was loaded here."""
    try:
        content = msgspec.json.decode((settings.data_dir / DEMO_FILE).read_bytes(), type=DemoFile)
    except FileNotFoundError:
        return None
    return msgspec.structs.replace(content, base_url=settings.origin)
