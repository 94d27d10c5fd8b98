"""5,000 junk posts in ten minutes: none valid lost, the handlers' lists usable, others answered how much slower.

python -m benchmarks.junk [--posts 5000] [--minutes 10]      prints p95 before and during, and their ratio
"""

from __future__ import annotations

import asyncio
import random
import re
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
from benchmarks.ground import data_folder

POSTS, MINUTES = 5_000, 10.0
SHARE_VALID = 100
"""One valid message to so many junk ones."""
FAMILIES = 20
"""Networks that valid messages come from: other ones than the junk."""
OTHERS_PER_S = 4.0
AIM = 2.0
WORDS = ("xem", "ngay", "khuyến", "mãi", "giảm", "giá", "mua", "hàng", "nhận", "quà", "trúng", "thưởng", "bấm", "đây")
PERSON = (
    *("cổng", "trường", "sân", "nước", "lớp", "học", "sinh", "phòng", "bếp", "xe", "cơm", "thầy", "cô", "giáo"),
    *("buổi", "chiều", "sáng", "tuần", "hỏng", "bẩn", "muộn", "thiếu"),
)


class Run(msgspec.Struct):
    """What was counted. Times in seconds."""

    before: list[float] = []
    during: list[float] = []
    refused: int = 0
    junk: int = 0
    valid_codes: list[str] = []


def p95(times: list[float]) -> float:
    """Of at least twenty measured answers."""
    return sorted(times)[int(len(times) * 0.95)]


async def flood(port: int, told: product.Demo, posts: int, seconds: float) -> tuple[Run, dict[str, int]]:
    """The same questions of others before and during; then the lists of an official."""
    run, base = Run(), f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:

        async def client_at(address: str) -> httpx.AsyncClient:
            transport = httpx.AsyncHTTPTransport(local_address=address)
            return await stack.enter_async_context(httpx.AsyncClient(base_url=base, transport=transport, timeout=60))

        client, robots = await client_at("127.0.0.1"), await client_at("127.0.200.1")
        families = [await client_at(f"127.0.{100 + number}.1") for number in range(FAMILIES)]
        answer = await client.post("/api/session", json={"username": told.user, "password": told.password})
        head = {"authorization": f"Bearer {answer.raise_for_status().json()['token']}"}
        others = _others(client, told.public_code, head)
        for ask in others * 5:
            await ask()  # warm
        calm = min(60.0, max(15.0, seconds / 5))
        await _ask(others, run.before, calm)
        stop = asyncio.create_task(_ask(others, run.during, seconds))
        await _send(robots, families, told.public_code, run, posts, seconds)
        await stop
        tracked = [await client.get(f"/api/track/{code}") for code in run.valid_codes[:200]]
        lost = sum(one.status_code != httpx.codes.OK for one in tracked)
        held, work = [await _total(client, head, word) for word in ("true", "false")]
    return run, {"lost": lost, "held": held, "in work": work}


async def _total(client: httpx.AsyncClient, head: dict[str, str], held: str) -> int:
    answer = await client.get("/api/cases", params={"held": held, "limit": "1"}, headers=head)
    total: int = answer.raise_for_status().json()["total"]
    return total


def _others(
    client: httpx.AsyncClient, unit: str, head: dict[str, str]
) -> list[Callable[[], Coroutine[Any, Any, httpx.Response]]]:
    html = {"accept": "text/html"}
    return [
        lambda: client.get(f"/p/{unit}", headers=html),
        lambda: client.get(f"/p/{unit}/form", headers=html),
        lambda: client.get("/api/cases", params={"held": "false"}, headers=head),
    ]


async def _ask(others: list[Any], times: list[float], seconds: float) -> None:
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
    run.junk += 1
    run.refused += answer.status_code != httpx.codes.CREATED


async def _valid(client: httpx.AsyncClient, unit: str, run: Run, luck: random.Random) -> None:
    page = (await client.get(f"/p/{unit}/form", headers={"accept": "text/html"})).text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    await asyncio.sleep(12)  # a person writes
    words = luck.sample(PERSON, k=14)
    form = hidden | {"category": "food", "danger": "no", "contact": "none", "story": " ".join(words), "go": "send"}
    answer = await client.post(f"/p/{unit}/form", data=form, headers={"accept": "text/html"})
    found = re.search(r'id="code">([^<]+)<', answer.text)
    run.valid_codes.append(found[1] if found else "none")


@click.command()
@click.option("--posts", default=POSTS, show_default=True)
@click.option("--minutes", default=MINUTES, show_default=True)
def main(posts: int, minutes: float) -> None:
    """Starts hoso with demo data in a process of its own and floods it from this one."""
    console = Console()
    with data_folder() as folder, product.running(Path(folder)) as (process, port):
        product.first_answer(process, port)
        told = product.demo_of(Path(folder))
        product.first_answer(process, port, f"/p/{told.public_code}")
        run, counts = asyncio.run(flood(port, told, posts, minutes * 60))
    before, during = p95(run.before) * 1000, p95(run.during) * 1000
    console.print(f"{run.junk} junk posts in {minutes:g} minutes, {run.refused} refused; {len(run.valid_codes)} valid")
    console.print(f"lost: {counts['lost']}; waiting to be screened: {counts['held']}; in the work: {counts['in work']}")
    console.print(f"others, p95: {before:.1f} ms before ({len(run.before)} answers)")
    console.print(f"others, p95: {during:.1f} ms during ({len(run.during)} answers)")
    console.print(f"ratio {during / before:.2f} (aim: at most {AIM:g})")


if __name__ == "__main__":
    main()
