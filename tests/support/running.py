"""Read models in a test: their tables, a runner in this process, or one in a process of its own that can be killed."""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
from collections.abc import Sequence
from random import Random
from typing import Any

from adapters.postgres.connect import Database, app_pool, owner_connection
from adapters.postgres.log import PostgresLog
from adapters.postgres.rebuild import Rebuilder, Rebuilt
from adapters.postgres.runner import ProjectionRunner
from adapters.postgres.tables import ensure_tables
from adapters.postgres.visibility import Cursors
from projections.base import Projection
from tests.support.postgres import FreshDatabase

CURSOR = b"cursor "


async def make_tables(database: FreshDatabase, projections: Sequence[Projection[Any]]) -> None:
    owner = await owner_connection(database.database)
    try:
        await ensure_tables(owner, projections)
    finally:
        await owner.close()


async def rebuilt(database: FreshDatabase, projections: Sequence[Projection[Any]]) -> list[Rebuilt]:
    """Each read model compared with what its facts say."""
    rebuilder = Rebuilder(await database.owner_pool(), PostgresLog(await database.pool()))
    return [await rebuilder.rebuild(projection) for projection in projections]


async def kill_runner_at_random_points(
    database: FreshDatabase, projections: str, *, kills: int, batch: int, seed: int = 1, most_moves: int = 12
) -> list[int]:
    """Runs the read models named "module:function" in a process, and kills it with -9 again and again.

    Each time after fewer than `most_moves` moves of a cursor, and a moment later.

    The cursors at which it was killed, as the process had last told them.
    """
    random, killed_at = Random(seed), list[int]()
    dsn = json.dumps([database.database.owner, database.database.app])
    for _ in range(kills):
        command = [sys.executable, "-m", "tests.support.running", dsn, projections, str(batch)]
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        assert process.stdout is not None
        lines = [await asyncio.wait_for(process.stdout.readline(), 30) for _ in range(random.randrange(1, most_moves))]
        try:  # somewhere inside the next batches
            async with asyncio.timeout(random.uniform(0, 0.02)):
                while line := await process.stdout.readline():
                    lines.append(line)
        except TimeoutError:
            process.kill()
        rest, _ = await process.communicate()
        assert process.returncode == -9
        told = [line for line in [*lines, *rest.splitlines()] if line.startswith(CURSOR)]
        killed_at.append(int(told[-1].removeprefix(CURSOR)))
    return killed_at


class TellingCursors(Cursors):
    """Says each move aloud."""

    def reached(self, name: str, log_index: int) -> None:
        super().reached(name, log_index)
        print(CURSOR.decode() + str(log_index), flush=True)


async def _run(dsn: str, projections: str, batch: str) -> None:
    module, _, function = projections.partition(":")
    pool = await app_pool(Database(*json.loads(dsn)), min_size=1, max_size=3)
    models = getattr(importlib.import_module(module), function)()
    runner = ProjectionRunner(pool, PostgresLog(pool), models, cursors=TellingCursors(), batch=int(batch))
    await runner.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(_run(*sys.argv[1:]))
