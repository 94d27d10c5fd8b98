"""Figure 4: from an acknowledged command to its row in the register, while commands come at a steady pace."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from adapters.postgres.connect import Database
from benchmarks import client
from benchmarks.client import Outcome
from benchmarks.command import Side, tree_of
from benchmarks.figures import Figure
from benchmarks.ground import Ground
from benchmarks.measure import Cpu, Watch, percentile
from projections.base import OPEN, table_of
from projections.case_index import CaseIndex

PER_SECOND, SECONDS, CONNECTIONS = 100, 20.0, 64
AIM_P99_MS = 250.0
LOOK_AGAIN_S, LIMIT_S = 0.002, 30.0
_NEW = f"select key, valid_from, doc from read_model.{table_of(CaseIndex)} where valid_from > $1"
_LAST = f"select coalesce(max(valid_from), -1) from read_model.{table_of(CaseIndex)} where valid_to = {OPEN}"


class _Versioned(msgspec.Struct):
    version: int


class NeverSeenError(Exception):
    """An acknowledged command has no row in the register."""


class Register:
    """Somebody who looks at the table again and again, on a connection of his own: a row's time is when he saw it."""

    def __init__(self, connection: asyncpg.Connection[Any]) -> None:
        self._connection = connection
        self.seen: dict[tuple[UUID, int], float] = {}

    async def watch(self, last: int) -> None:
        """Until cancelled."""
        decode = msgspec.json.Decoder(_Versioned).decode
        while True:
            rows = await self._connection.fetch(_NEW, last)
            now = time.monotonic()
            for key, valid_from, doc in rows:
                self.seen.setdefault((key, decode(doc).version), now)
                last = max(last, valid_from)
            await asyncio.sleep(LOOK_AGAIN_S)

    async def has_all(self, outcome: Outcome) -> None:
        """Raises NeverSeenError after a long time."""
        wanted = {(one.case_id, one.version) for one in outcome.answered}
        ends = time.monotonic() + LIMIT_S
        while not wanted <= self.seen.keys():
            if time.monotonic() > ends:
                raise NeverSeenError(len(wanted - self.seen.keys()))
            await asyncio.sleep(LOOK_AGAIN_S)


async def figures(ground: Ground, database: Database, side: Side, clients: ProcessPoolExecutor) -> list[Figure]:
    """The server that took the load before, with all its workers in one process."""
    connection = await asyncpg.connect(**database.app)
    register = Register(connection)
    watching = asyncio.create_task(register.watch(await connection.fetchval(_LAST)))
    load = msgspec.structs.replace(side.load, seconds=SECONDS, clients=CONNECTIONS)
    try:
        with Watch({"hoso": side.pid, "PostgreSQL": ground.server_pid, "clients": tree_of(clients)}) as watch:
            loop = asyncio.get_running_loop()
            outcome = await loop.run_in_executor(clients, client.open_loop, load, PER_SECOND)
        await register.has_all(outcome)
    finally:
        watching.cancel()
        await asyncio.wait([watching])
        await connection.close()
    side.keep(outcome)
    return _lines(outcome, register, watch.cpu)


def _lines(outcome: Outcome, register: Register, cpu: Cpu) -> list[Figure]:
    waits = [1000 * (register.seen[one.case_id, one.version] - one.acknowledged_at) for one in outcome.answered]
    answers = [1000 * (one.acknowledged_at - one.due_at) for one in outcome.answered]
    pace = f"at {PER_SECOND} commands/s"
    return [
        Figure(name=f"command to register, p50 {pace}", value=max(0.0, percentile(waits, 0.5)), unit="ms"),
        Figure(
            name=f"command to register, p99 {pace}",
            value=percentile(waits, 0.99),
            unit="ms",
            aim=AIM_P99_MS,
            at_most=True,
            limit=cpu.words("hoso"),
            others=cpu.others,
        ),
        Figure(name=f"command answered, p50 {pace}", value=percentile(answers, 0.5), unit="ms"),
        Figure(name=f"command answered, p99 {pace}", value=percentile(answers, 0.99), unit="ms"),
    ]
