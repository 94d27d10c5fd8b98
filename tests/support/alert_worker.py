"""The worker in a process of its own at a moment of one's choice, which may kill itself at a chosen point.

It works until nothing is left to do, and says so; or it dies by SIGKILL, as after `kill -9`, without any farewell.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

from adapters.bootstrap import World, open_world
from adapters.clock import SetClock
from adapters.http.web.catalogue import compile_catalogues
from adapters.postgres.connect import Database
from adapters.settings import Settings
from application.reactions.write_mails import morning
from domain.calendar import legal_date
from projections.complaint_watch import due_complaints
from projections.term_watch import due_rows
from tests.support.postgres import FreshDatabase
from tests.support.world import quiet_log

QUIET = b"quiet"
LOOK_S = 0.05
LIMIT_S = 90


async def started(database: FreshDatabase, folder: Path, now: datetime, point: str = "") -> asyncio.subprocess.Process:
    """`point`: "module:Class.method:before" or ":after", and which call of it: ":3"."""
    dsn = json.dumps([database.database.owner, database.database.app])
    command = [sys.executable, "-m", "tests.support.alert_worker", dsn, str(folder), now.isoformat(), point]
    return await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)


async def worked(database: FreshDatabase, folder: Path, now: datetime, point: str = "") -> int:
    """Runs it to its end; how it ended: 0, or -9."""
    process = await started(database, folder, now, point)
    out, _ = await asyncio.wait_for(process.communicate(), LIMIT_S)
    assert process.returncode is not None
    assert (process.returncode == 0) == (QUIET in out)
    return process.returncode


def die(point: str) -> None:
    """From the so-many-th call of this method on there is no process any more."""
    module, method, when, number = point.split(":")
    owner_name, _, name = method.partition(".")
    owner = getattr(importlib.import_module(module), owner_name)
    setattr(owner, name, _deadly(getattr(owner, name), when, int(number)))


def _deadly(whole: Callable[..., Any], when: str, number: int) -> Callable[..., Any]:
    calls = 0

    def reached(at: str) -> None:
        nonlocal calls
        calls += at == "before"
        if at == when and calls >= number:
            os.kill(os.getpid(), signal.SIGKILL)

    @wraps(whole)
    def called(*given: Any, **named: Any) -> Any:
        reached("before")
        result = whole(*given, **named)
        reached("after")
        return result

    @wraps(whole)
    async def awaited(*given: Any, **named: Any) -> Any:
        reached("before")
        result = await whole(*given, **named)
        reached("after")
        return result

    return awaited if asyncio.iscoroutinefunction(whole) else called


async def quiet(world: World) -> bool:
    """Whether log, read models, reactions, alerts and outbox have nothing to do at this moment."""
    now, head = world.clock.now(), (await world.log.head()).log_index
    waiting = await world.pool.fetchval(
        "select (select count(*) from event_pending)"
        " + (select count(*) from outbox where done_at is null and send_after <= $1)",
        now,
    )
    behind = [one for one in (*await world.projections.status(), *await world.reactions.status()) if one.cursor < head]
    told = world.alerting._digest_on == legal_date(now) or now < morning(now, world.settings.digest_at)
    due = await due_rows(world.db, now, None, 1) or await due_complaints(world.db, now, None, 1)
    return not waiting and not behind and told and not due


async def _run(dsn: str, folder: str, now: str, point: str) -> None:
    if point:
        die(point)
    clock = SetClock(datetime.fromisoformat(now))
    settings = Settings(data_dir=Path(folder))
    async with open_world(settings, Database(*json.loads(dsn)), clock=clock) as world:
        world.alerting._first_look_s = world.alerting._look_s = LOOK_S
        stop = asyncio.Event()
        working = asyncio.create_task(world.work(stop))
        still = 0
        while still < 3 and not working.done():
            still = still + 1 if await quiet(world) else 0
            await asyncio.sleep(LOOK_S)
        stop.set()
        await working
    print(QUIET.decode(), flush=True)


if __name__ == "__main__":
    compile_catalogues()
    with quiet_log():
        asyncio.run(_run(*sys.argv[1:]))
