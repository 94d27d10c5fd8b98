"""The product itself, started as people start it, and open cases in its demo store to work on."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
from eventsourcing.persistence import StoredEvent

from adapters.bootstrap import World, open_world
from adapters.commands.stores import DEMO_FILE
from adapters.http.compose import build_app
from adapters.postgres.connect import Database
from adapters.postgres.stored import APPEND, Batch
from adapters.settings import Settings
from application.access import ANYONE, Actor
from application.feedback_intake import Submission
from application.ports import PlaceInfo, Receipt, Request
from benchmarks.bare import Statement, statement
from benchmarks.client import Target
from benchmarks.ground import ROOT, url

CASES, TOGETHER = 1_280, 16
"""So many that no case grows longer than cases do: about ten facts."""
START_LIMIT_S = 120.0
BODY = b'{"note": "\xc4\x90\xc3\xa3 g\xe1\xbb\x8di l\xe1\xba\xa1i cho ng\xc6\xb0\xe1\xbb\x9di g\xe1\xbb\xadi (demo)."}'
OF_THE_DRIVER = ("pg_advisory_unlock_all()", "typeinfo_tree", "set_config('jit'")
"""What asyncpg asks by itself, of the peer's connections too: when one goes back to the pool, when a type is new."""
PATH = "/api/feedback/{case_id}/notes"
WORDS = "Nội dung để đo tốc độ của hệ thống, không phải việc có thật (demo)."


class Office(msgspec.Struct, frozen=True):
    """A signed-in head with open cases, and what the product asks its database for one command of his."""

    token: str
    targets: list[Target]
    statements: list[Statement]


class Demo(msgspec.Struct, frozen=True):
    """What `hoso run` leaves in demo.json, as far as it is needed here."""

    user: str
    password: str
    public_code: str


def demo_of(folder: Path) -> Demo:
    """A head who sees every case of the authority that the shown unit belongs to."""
    told = json.loads((folder / DEMO_FILE).read_bytes())
    account = next(one for one in told["accounts"] if one["role"] == "head" and "Đồi Thông" in one["authority"])
    return Demo(account["user"], account["password"], told["public_code"])


@contextmanager
def running(
    folder: Path, database: Database | None = None, *arguments: str
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`hoso run`, or with other `arguments`, in a process of its own; with its own PostgreSQL if no `database`."""
    port = free_port()
    command = [sys.executable, "-m", "adapters.cli", *(arguments or ("run",))]
    with (folder / "hoso.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=_surroundings(folder, port, database), stdout=log, stderr=log)
    try:
        yield process, port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _surroundings(folder: Path, port: int, database: Database | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOSO_")}
    own = {"HOSO_DATA_DIR": str(folder), "HOSO_PORT": str(port), "HOSO_LOG_LEVEL": "warning"}
    if database is not None:
        own |= {"HOSO_DATABASE_URL": url(database.owner), "HOSO_APP_DATABASE_URL": url(database.app)}
    return kept | own


def free_port() -> int:
    """One that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def first_answer(process: subprocess.Popen[bytes] | None, port: int, path: str = "/health/live") -> float:
    """Waits until an address answers; the seconds since the call. Raises RuntimeError when the process ended."""
    began = time.monotonic()
    while time.monotonic() - began < START_LIMIT_S:
        if process is not None and process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5):
                return time.monotonic() - began
        except urllib.error.HTTPError:
            if path == "/":  # somebody answers
                return time.monotonic() - began
            time.sleep(0.02)
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"no answer from {path}")


async def open_office(folder: Path, database: Database) -> Office:
    """Cases to write to, made by the real desk in this process; one command of the API, listened to."""
    demo = demo_of(folder)
    async with open_world(Settings(data_dir=folder), database) as world:
        place = await world.places.by_code(demo.public_code)
        assert place is not None
        targets = []
        for _ in range(CASES // TOGETHER):
            made = await asyncio.gather(*(_submit(world, place) for _ in range(TOGETHER)))
            targets += [Target(case_id, 1) for case_id in made]
        office = await _one_command(world, demo, targets[0])
        await world.settle()
    return msgspec.structs.replace(office, targets=targets)


async def _submit(world: World, place: PlaceInfo) -> UUID:
    citizen = Actor(kind="citizen", id=ANYONE)
    submitted = await world.feedback.submit(citizen, Request(uuid4(), b""), place, Submission(text=WORDS))
    return submitted.receipt.case_id


async def _one_command(world: World, demo: Demo, target: Target) -> Office:
    """Two of them: the first also fills what the product keeps in memory."""
    app: Any = build_app(world, "0", demo=True)  # litestar's types of ASGI are narrower than httpx's
    seen: list[tuple[str, tuple[Any, ...]]] = []
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=world.settings.origin) as client:
        answer = await client.post("/api/session", json={"username": demo.user, "password": demo.password})
        token = answer.raise_for_status().json()["token"]
        for _ in range(2):
            client.headers["Authorization"] = f"Bearer {token}"
            client.headers["Content-Type"] = "application/json"
            client.headers["Idempotency-Key"] = str(uuid4())
            client.headers["If-Match"] = f'"{target.version}"'
            async with _overheard(world, seen):
                answer = await client.post(PATH.format(case_id=target.case_id), content=BODY)
            target.version = answer.raise_for_status().json()["version"]
    append = await _append_of(world, target)
    sent = [*seen, (APPEND, append)]
    return Office(token, [], [statement(*one, case_id=target.case_id, command_id=append[4]) for one in sent])


@asynccontextmanager
async def _overheard(world: World, seen: list[tuple[str, tuple[Any, ...]]]) -> AsyncIterator[None]:
    """`seen` becomes the queries of this while, in their order. The append, being prepared, is not among them."""
    seen.clear()

    def note(logged: Any) -> None:
        if not any(mark in logged.query for mark in OF_THE_DRIVER):
            seen.append((logged.query, tuple(logged.args)))

    async with AsyncExitStack() as stack:
        for _ in range(world.pool.get_max_size()):
            connection = await stack.enter_async_context(world.pool.acquire())
            connection.add_query_logger(note)
    try:
        yield
    finally:
        for _ in range(world.pool.get_max_size()):
            connection = await stack.enter_async_context(world.pool.acquire())
            connection.remove_query_logger(note)
        await stack.aclose()


async def _append_of(world: World, target: Target) -> tuple[Any, ...]:
    """The parameters with which the last fact of the case was appended."""
    row = await world.pool.fetchrow(
        "select e.topic, e.state, e.digest, c.id, c.fingerprint from event e"
        " join command c on (c.stream_id, c.version) = (e.stream_id, e.version)"
        " where e.stream_id = $1 and e.version = $2",
        target.case_id,
        target.version,
    )
    stored = StoredEvent(target.case_id, target.version, row["topic"], row["state"])
    receipt = Receipt(target.case_id, target.version)
    return Batch(row["id"], row["fingerprint"], receipt, [stored], [row["digest"]]).arguments()
