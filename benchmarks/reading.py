"""Figure 6: pages and lists over 10,000 and 100,000 cases of one authority: time in the server, without the network."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
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
TIMES, WARM = 120, 12
GROWTH = 1.5
ONE_CASE = "case page"
AIMS: Mapping[str, float | None] = {
    ONE_CASE: None,
    "register": 50,
    "search, many found": 80,
    "search, few found": 80,
    "register as of a moment": 150,
    "dashboard": None,
}
"""Milliseconds that 95 of 100 answers should not take longer than."""


class Took(msgspec.Struct, frozen=True):
    """Milliseconds of each answer, and who used the processors."""

    answers: list[float]
    cpu: Cpu
    seconds: float

    @property
    def work(self) -> str:
        """Processor time of an answer, which others on the machine change little."""
        each = {name: cores * self.seconds * 1000 / len(self.answers) for name, cores in self.cpu.groups.items()}
        return ", ".join(f"{name} {ms:.1f}" for name, ms in each.items()) + " ms of processor an answer"

    @property
    def median(self) -> float:
        return percentile(self.answers, 0.5)

    @property
    def most(self) -> float:
        return percentile(self.answers, 0.95)


async def figures(ground: Ground, folder: Path, sizes: tuple[int, int], times: int = TIMES) -> list[Figure]:
    """Two authorities of the same age, one with ten times the cases of the other."""
    few, many = sizes
    first, _ = await _among(ground, folder, few, times)
    second, rate = await _among(ground, folder, many, times)
    lines = [line for name in AIMS for line in _lines(name, first[name], second[name], few, many)]
    return [*lines, Figure(name=f"{many:,} cases loaded with all their facts", value=rate, unit="cases/s")]


async def _among(ground: Ground, folder: Path, cases: int, times: int) -> tuple[dict[str, Took], float]:
    """What each page took among so many cases, and how many of them were loaded in a second."""
    name = f"reading_{cases}"
    database, home = await ground.fresh(name), folder / name
    await town.found(database, home)
    began = time.perf_counter()
    await loading.load(database, home, cases)
    rate = cases / (time.perf_counter() - began)
    return await measure(ground, database, home, times), rate


def _lines(name: str, few: Took, many: Took, count: int, more: int) -> list[Figure]:
    grown = many.most / few.most
    return [
        Figure(
            name=f"{name}, {more:,} cases: p95",
            value=many.most,
            unit="ms",
            aim=AIMS[name],
            at_most=True,
            limit=f"p50 {many.median:.1f} ms; {many.work}; {many.cpu.words('hoso')}",
            others=many.cpu.others,
        ),
        Figure(
            name=f"{name}: growth of p95 from {count:,} cases",
            value=grown,
            unit="times",
            aim=GROWTH,
            at_most=True,
            limit=f"{count:,} cases: p50 {few.median:.1f}, p95 {few.most:.1f} ms; {few.work};"
            f" growth of p50 {many.median / few.median:.2f}",
        ),
    ]


async def measure(ground: Ground, database: Database, folder: Path, times: int = TIMES) -> dict[str, Took]:
    """Each kind of page, one request after the other, as the head of the authority, who may see every case."""
    async with open_world(Settings(data_dir=folder), database) as world:
        app: Any = build_app(world, "0", demo=True)  # litestar's types of ASGI are narrower than httpx's
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=world.settings.origin) as client:
            known = {"username": town.USER, "password": town.PASSWORD}
            answer = await client.post("/api/session", json=known)
            client.headers["authorization"] = f"Bearer {answer.raise_for_status().json()['token']}"
            asked = await _asked(world, client, times + WARM)
            return {name: await _took(ground, client, paths) for name, paths in asked.items()}


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


async def _took(ground: Ground, client: httpx.AsyncClient, paths: Sequence[str]) -> Took:
    watch, answers = Watch({"PostgreSQL": ground.server_pid}, own="hoso"), list[float]()
    for path in paths[:WARM]:
        (await client.get(path)).raise_for_status()
    start = time.perf_counter()
    with watch:
        for path in paths[WARM:]:
            began = time.perf_counter()
            answer = await client.get(path)
            answers.append((time.perf_counter() - began) * 1000)
            answer.raise_for_status()
            await asyncio.sleep(0)
    return Took(answers, watch.cpu, time.perf_counter() - start)
