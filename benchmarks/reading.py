"""Figure 6: pages and lists over 10,000 and 100,000 cases of one authority: time in the server, without the network."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any

import httpx
import msgspec

from adapters.bootstrap import World, open_world
from adapters.http.compose import build_app
from adapters.postgres.connect import Database
from adapters.settings import Settings
from benchmarks import loading, town
from benchmarks.figures import Figure
from benchmarks.ground import Ground
from benchmarks.measure import Cpu, Watch, percentile

SIZES = "10000 100000"
"""Cases of the one authority and of the other; `HOSO_BENCH_CASES` names smaller ones for a trial."""
TIMES, WARM, BLOCK = 120, 12, 10
GROWTH = 1.5
ONE_CASE = "case page"
AIMS: Mapping[str, float | None] = {
    ONE_CASE: None,
    "register": 50,
    "search, many found": 80,
    "search, few found": 80,
    "register as of a moment": 150,
    "register as it had happened": None,
    "dashboard": None,
}
"""Milliseconds that 95 of 100 answers should not take longer than."""


class Took(msgspec.Struct):
    """Milliseconds of each answer, and the processor time that all of them took, of each group of processes."""

    answers: list[float] = []
    spent: dict[str, float] = {}
    others: list[float] = []
    """Cores that everybody else used, of each block."""

    def add(self, answers: list[float], cpu: Cpu, seconds: float) -> None:
        """A block of answers."""
        self.answers += answers
        for name, cores in cpu.groups.items():
            self.spent[name] = self.spent.get(name, 0.0) + cores * seconds * 1000
        self.others.append(cpu.others)

    @property
    def median(self) -> float:
        return percentile(self.answers, 0.5)

    @property
    def most(self) -> float:
        return percentile(self.answers, 0.95)

    @property
    def work(self) -> float:
        """Milliseconds of processor for an answer, which others on the machine change little."""
        return sum(self.spent.values()) / len(self.answers)

    @property
    def words(self) -> str:
        """Half of the answers, most of them, and the work."""
        each = ", ".join(f"{name} {ms / len(self.answers):.1f}" for name, ms in self.spent.items())
        return f"p50 {self.median:.1f}, p95 {self.most:.1f} ms; processor {self.work:.1f} ms an answer ({each})"


class Side(msgspec.Struct, frozen=True):
    """One authority whose pages are asked for."""

    client: httpx.AsyncClient
    asked: Mapping[str, Sequence[str]]
    took: Mapping[str, Took]


async def figures(ground: Ground, folder: Path, sizes: tuple[int, int], times: int = TIMES) -> list[Figure]:
    """Two authorities of the same age, one with ten times the cases of the other."""
    few, many = sizes
    rates = [await _grow(ground, folder, cases) for cases in sizes]
    first, second = await measure(
        ground, [(ground.database(_name(cases)), folder / _name(cases)) for cases in sizes], times
    )
    lines = [line for name in AIMS for line in _lines(name, first[name], second[name], few, many)]
    return [*lines, Figure(name=f"{many:,} cases loaded with all their facts", value=rates[-1], unit="cases/s")]


def _name(cases: int) -> str:
    return f"reading_{cases}"


async def _grow(ground: Ground, folder: Path, cases: int) -> float:
    """An authority with so many cases; how many of them were loaded in a second."""
    name = _name(cases)
    database, home = await ground.fresh(name), folder / name
    await town.found(database, home)
    began = time.perf_counter()
    await loading.load(database, home, cases)
    return cases / (time.perf_counter() - began)


def _lines(name: str, few: Took, many: Took, count: int, more: int) -> list[Figure]:
    return [
        Figure(
            name=f"{name}, {more:,} cases: p95",
            value=many.most,
            unit="ms",
            aim=AIMS[name],
            at_most=True,
            limit=many.words,
            others=fmean(many.others),
        ),
        Figure(
            name=f"{name}: growth of p95 from {count:,} cases",
            value=many.most / few.most,
            unit="times",
            aim=GROWTH,
            at_most=True,
            limit=f"of p50 {many.median / few.median:.2f}, of processor time {many.work / few.work:.2f};"
            f" {count:,} cases: {few.words}",
        ),
    ]


async def measure(
    ground: Ground, authorities: Sequence[tuple[Database, Path]], times: int = TIMES
) -> list[Mapping[str, Took]]:
    """Each kind of page, one request after the other, as the head of the authority, who may see every case.

    Blocks of requests to the authorities alternate: what else runs on the machine hits all of them.
    """
    async with AsyncExitStack() as stack:
        sides = [await _side(stack, database, folder, times) for database, folder in authorities]
        for name in AIMS:
            for side in sides:
                for path in side.asked[name][:WARM]:
                    (await side.client.get(path)).raise_for_status()
            for start in range(WARM, WARM + times, BLOCK):
                for side in sides:
                    await _block(ground, side, name, slice(start, start + BLOCK))
    return [side.took for side in sides]


async def _side(stack: AsyncExitStack, database: Database, folder: Path, times: int) -> Side:
    world = await stack.enter_async_context(open_world(Settings(data_dir=folder), database))
    app: Any = build_app(world, "0", demo=True)  # litestar's types of ASGI are narrower than httpx's
    client = await stack.enter_async_context(
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=world.settings.origin)
    )
    answer = await client.post("/api/session", json={"username": town.USER, "password": town.PASSWORD})
    client.headers["authorization"] = f"Bearer {answer.raise_for_status().json()['token']}"
    return Side(client, await _asked(world, client, times + WARM), {name: Took() for name in AIMS})


async def _block(ground: Ground, side: Side, name: str, which: slice) -> None:
    watch, answers = Watch({"PostgreSQL": ground.server_pid}, own="hoso"), list[float]()
    start = time.perf_counter()
    with watch:
        for path in side.asked[name][which]:
            began = time.perf_counter()
            answer = await side.client.get(path)
            answers.append((time.perf_counter() - began) * 1000)
            answer.raise_for_status()
    side.took[name].add(answers, watch.cpu, time.perf_counter() - start)


async def _asked(world: World, client: httpx.AsyncClient, times: int) -> dict[str, Sequence[str]]:
    random = Random(3)  # noqa: S311 - the same questions each time
    keys = await _cases(client)
    stamps = await world.pool.fetch("select recorded_at from log where log_index % 997 = 1 order by log_index")
    moments = [row[0].isoformat().replace("+", "%2B") for row in stamps[len(stamps) // 10 :]]
    areas = [f"area={town.area(number)}" for number in range(town.AREAS)]
    narrower = ["", "status=answered", "open=1", "sort=received", "category=over-collection", *areas]
    many = ["q=thu tien", "q=ban ghe", "q=nuoc uong&sort=received", "q=may chieu&open=1"]
    few = ["q=mai hien dot", "q=truong so 77", *(f"q={number}" for number in (311, 4070, 812))]
    return {
        ONE_CASE: [f"/cases/{random.choice(keys)}" for _ in range(times)],
        "register": [f"/cases?{random.choice(narrower)}" for _ in range(times)],
        "search, many found": [f"/cases?{random.choice(many)}" for _ in range(times)],
        "search, few found": [f"/cases?{random.choice(few)}" for _ in range(times)],
        "register as of a moment": [
            f"/cases?as_of={random.choice(moments)}&{random.choice(narrower)}" for _ in range(times)
        ],
        "register as it had happened": [
            f"/cases?clock=happened&as_of={random.choice(moments)}&{random.choice(narrower)}" for _ in range(times)
        ],
        "dashboard": [f"/dashboard?{random.choice(['', *areas])}" for _ in range(times)],
    }


async def _cases(client: httpx.AsyncClient) -> list[str]:
    """Some from all over the years."""
    found: list[str] = []
    for number in range(town.AREAS):
        answer = await client.get(
            "/api/cases", params={"area": str(town.area(number)), "order": "number", "limit": 200}
        )
        found += [case["case_id"] for case in answer.raise_for_status().json()["cases"]]
    return found
