"""Figure 6. 5,000 junk posts in ten minutes: nothing lost, nothing valid held, lists usable, others answered how fast.

python -m benchmarks.junk [--posts 5000] [--minutes 10]      the whole; `make bench` takes a minute at the same rate
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import click
import httpx
import msgspec
from rich.console import Console

from benchmarks import product
from benchmarks.figures import Figure
from benchmarks.ground import data_folder

POSTS, MINUTES = 5_000, 10.0
IN_BENCH = 1.0
"""Minutes of `make bench`, at the same rate."""
SHARE_VALID = 100
"""One valid message to so many junk ones."""
FAMILIES = 20
"""Networks that valid messages come from: other ones than the junk."""
OTHERS_PER_S = 2.0
"""Of each sort."""
AIM = 2.0
WORDS = ("xem", "ngay", "khuyến", "mãi", "giảm", "giá", "mua", "hàng", "nhận", "quà", "trúng", "thưởng", "bấm", "đây")
PERSON = (
    *("cổng", "trường", "sân", "nước", "lớp", "học", "sinh", "phòng", "bếp", "xe", "cơm", "thầy", "cô", "giáo"),
    *("buổi", "chiều", "sáng", "tuần", "hỏng", "bẩn", "muộn", "thiếu"),
)


class Run(msgspec.Struct):
    """What was counted. Times in seconds; `lists` are those of the pages that an official works with."""

    before: list[float] = []
    during: list[float] = []
    lists_before: list[float] = []
    lists: list[float] = []
    refused: int = 0
    junk_codes: list[str] = []
    valid_codes: list[str] = []
    lost: int = 0
    held: int = 0
    """More than before the flood."""
    in_work: int = 0
    """More than before the flood."""

    @property
    def junk(self) -> int:
        """How many were sent and answered."""
        return len(self.junk_codes) + self.refused

    @property
    def valid_held(self) -> int:
        """Valid ones that wait to be screened, or junk that does not: both are zero where all is well."""
        return abs(self.held - len(self.junk_codes)) + abs(self.in_work - len(self.valid_codes))


def p95(times: list[float]) -> float:
    """Of at least twenty measured answers."""
    return sorted(times)[int(len(times) * 0.95)]


async def flood(port: int, told: product.Demo, posts: int, seconds: float) -> Run:
    """The same questions of others before and during; then what became of every post."""
    run, base = Run(), f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:

        async def client_at(address: str) -> httpx.AsyncClient:
            transport = httpx.AsyncHTTPTransport(local_address=address)
            return await stack.enter_async_context(httpx.AsyncClient(base_url=base, transport=transport, timeout=60))

        client, robots = await client_at("127.0.0.1"), await client_at("127.0.200.1")
        families = [await client_at(f"127.0.{100 + number}.1") for number in range(FAMILIES)]
        answer = await client.post("/api/session", json={"username": told.user, "password": told.password})
        head = {"authorization": f"Bearer {answer.raise_for_status().json()['token']}"}
        others, lists = _others(client, told.public_code), _lists(client, head)
        for ask in (*others, *lists) * 5:
            await ask()  # warm
        held, work = [await _total(client, head, word) for word in ("true", "false")]
        calm = min(60.0, max(15.0, seconds / 5))
        await asyncio.gather(_ask(others, run.before, calm), _ask(lists, run.lists_before, calm))
        asking = [
            asyncio.create_task(_ask(ask, times, seconds)) for ask, times in ((others, run.during), (lists, run.lists))
        ]
        await _send(robots, families, told.public_code, run, posts, seconds)
        await asyncio.gather(*asking)
        await _settled(client, head, run, held + work)
        run.held = await _total(client, head, "true") - held
        run.in_work = await _total(client, head, "false") - work
        run.lost = await _lost(families, run)
    return run


async def _settled(client: httpx.AsyncClient, head: dict[str, str], run: Run, before: int) -> None:
    """Until the lists hold every post that was answered."""
    wanted = before + len(run.junk_codes) + len(run.valid_codes)
    async with asyncio.timeout(60):
        while sum([await _total(client, head, word) for word in ("true", "false")]) < wanted:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.2)


async def _lost(families: list[httpx.AsyncClient], run: Run) -> int:
    """Every valid code and some of the junk's, asked as their senders would; each from a place of its own."""
    codes = [*run.valid_codes, *run.junk_codes[::50]]
    answers = [await families[n % len(families)].get(f"/api/track/{code}") for n, code in enumerate(codes)]
    return sum(one.status_code != httpx.codes.OK for one in answers)


async def _total(client: httpx.AsyncClient, head: dict[str, str], held: str) -> int:
    answer = await client.get("/api/cases", params={"held": held, "limit": "1"}, headers=head)
    total: int = answer.raise_for_status().json()["total"]
    return total


Asking = list[Callable[[], Coroutine[Any, Any, httpx.Response]]]


def _others(client: httpx.AsyncClient, unit: str) -> Asking:
    """What other senders ask for."""
    html = {"accept": "text/html"}
    return [lambda: client.get(f"/p/{unit}", headers=html), lambda: client.get(f"/p/{unit}/form", headers=html)]


def _lists(client: httpx.AsyncClient, head: dict[str, str]) -> Asking:
    """What an official works with."""
    html = {**head, "accept": "text/html"}
    return [
        lambda: client.get("/api/cases", params={"held": "false"}, headers=head),
        lambda: client.get("/work", headers=html),
        lambda: client.get("/cases", headers=html),
    ]


async def _ask(others: Asking, times: list[float], seconds: float) -> None:
    ends = time.monotonic() + seconds
    number = 0
    while time.monotonic() < ends:
        began = time.monotonic()
        answer = await others[number % len(others)]()
        times.append(time.monotonic() - began)
        answer.raise_for_status()
        number += 1
        await asyncio.sleep(max(0.0, 1 / OTHERS_PER_S - (time.monotonic() - began)))


async def _send(
    robots: httpx.AsyncClient, families: list[httpx.AsyncClient], unit: str, run: Run, posts: int, seconds: float
) -> None:
    luck, began = random.Random(7), time.monotonic()  # noqa: S311 - the same junk every time
    async with asyncio.TaskGroup() as tasks:
        for number in range(posts):
            await asyncio.sleep(max(0.0, began + number * seconds / posts - time.monotonic()))
            tasks.create_task(_junk(robots, unit, run, luck))
            if number % SHARE_VALID == 0:
                family = families[number // SHARE_VALID % FAMILIES]
                tasks.create_task(_valid(family, unit, run, luck))


async def _junk(client: httpx.AsyncClient, unit: str, run: Run, luck: random.Random) -> None:
    """A robot takes the form, fills in every field it finds and sends it at once."""
    form = {"command_id": f"{luck.getrandbits(128):032x}", "category": "other", "danger": "no", "contact": "none"}
    form |= {"story": " ".join(luck.choices(WORDS, k=25)), "subject_line": "http://example.org", "go": "send"}
    answer = await client.post(f"/p/{unit}/form", data=form, headers={"accept": "text/html"})
    _keep(answer, run.junk_codes, run)


async def _valid(client: httpx.AsyncClient, unit: str, run: Run, luck: random.Random) -> None:
    page = (await client.get(f"/p/{unit}/form", headers={"accept": "text/html"})).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    await asyncio.sleep(12)  # a person writes
    words = luck.sample(PERSON, k=14)
    form = hidden | {"category": "food", "danger": "no", "contact": "none", "story": " ".join(words), "go": "send"}
    answer = await client.post(f"/p/{unit}/form", data=form, headers={"accept": "text/html"})
    _keep(answer, run.valid_codes, run)


def _keep(answer: httpx.Response, codes: list[str], run: Run) -> None:
    found = re.search(r'id="code">([^<]+)<', answer.text)
    if found is None or answer.status_code != httpx.codes.CREATED:
        run.refused += 1
    else:
        codes.append(found[1])


def figures(run: Run, minutes: float) -> list[Figure]:
    """With the limits that hold for each."""
    what = f"{run.junk:,} junk posts in {minutes:g} minutes"
    bad = run.lost + run.refused
    return [
        Figure(name=f"{what}: lost or refused", value=bad, unit="posts", aim=0, at_most=True),
        Figure(name=f"{what}: wrongly held or let through", value=run.valid_held, unit="posts", aim=0, at_most=True),
        _slower(f"{what}: pages of other senders, p95", run.before, run.during),
        _slower(f"{what}: lists of officials, p95", run.lists_before, run.lists),
    ]


def _slower(name: str, before: list[float], during: list[float]) -> Figure:
    calm, flooded = p95(before) * 1000, p95(during) * 1000
    limit = f"{calm:.1f} ms before ({len(before)} answers), {flooded:.1f} ms during ({len(during)} answers)"
    return Figure(name=f"{name}, times that before", value=flooded / calm, unit="", aim=AIM, at_most=True, limit=limit)


def measure(folder: Path, posts: int, minutes: float) -> list[Figure]:
    """Starts hoso with demo data in a process of its own and floods it from this one."""
    with product.running(folder) as (process, port):
        product.first_answer(process, port)
        told = product.demo_of(folder)
        product.first_answer(process, port, f"/p/{told.public_code}")
        run = asyncio.run(flood(port, told, posts, minutes * 60))
    return figures(run, minutes)


@click.command()
@click.option("--posts", default=POSTS, show_default=True)
@click.option("--minutes", default=MINUTES, show_default=True)
def main(posts: int, minutes: float) -> None:
    """Floods, prints each figure with its limit, and fails where one is not kept."""
    console = Console()
    with data_folder() as folder:
        found = measure(Path(folder), posts, minutes)
    for figure in found:
        kept = "kept" if figure.met else "NOT kept"
        value = f"{figure.value:.2f}".removesuffix(".00")
        console.print(
            f"{figure.name}: {value} (limit {figure.aim:g}: {kept}) {figure.limit}", highlight=False, soft_wrap=True
        )
    sys.exit(not all(figure.met for figure in found))


if __name__ == "__main__":
    main()
