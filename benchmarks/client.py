"""A client in a process of its own that costs little: HTTP/1.1 over kept connections, nothing but what is needed."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Coroutine
from typing import Any, TypeVar
from uuid import UUID, uuid4

import msgspec
import uvloop

T = TypeVar("T")
LIMIT_S = 30.0


class Target(msgspec.Struct):
    """A case to write to, and the version that it has."""

    case_id: UUID
    version: int


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """What to send where. `path` has a place for the case id."""

    port: int
    path: str
    token: str
    body: bytes
    targets: list[Target]
    seconds: float
    clients: int


class Answered(msgspec.Struct, frozen=True):
    """One acknowledged command. Instants are of the machine's monotonic clock, in seconds."""

    case_id: UUID
    version: int
    due_at: float
    """When it was to be sent; the same as when it was sent, unless the client was late."""
    acknowledged_at: float


class Outcome(msgspec.Struct, frozen=True):
    """What came of a load, and the versions that the cases have now."""

    seconds: float
    answered: list[Answered]
    targets: list[Target]


class NotAcceptedError(Exception):
    """A command was answered with something else than 201."""


class _Connection:
    def __init__(self, load: Load) -> None:
        self._load = load

    async def open(self) -> _Connection:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._load.port)
        return self

    async def command(self, target: Target, due_at: float) -> Answered:
        """Sends one command to the case and takes its new version over."""
        load = self._load
        head = (
            f"POST {load.path.format(case_id=target.case_id)} HTTP/1.1\r\nHost: 127.0.0.1:{load.port}\r\n"
            f'Authorization: Bearer {load.token}\r\nIdempotency-Key: {uuid4()}\r\nIf-Match: "{target.version}"\r\n'
            f"Content-Type: application/json\r\nContent-Length: {len(load.body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + load.body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = int(answer.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await self._reader.readexactly(length)
        if answer.split(b" ", 2)[1] != b"201":
            raise NotAcceptedError(answer.decode() + body.decode())
        target.version += 1
        return Answered(target.case_id, target.version, due_at, time.monotonic())

    def close(self) -> None:
        self._writer.close()


def closed_loop(load: Load) -> Outcome:
    """Every client sends its next command as soon as the last is answered. Raises NotAcceptedError."""
    return _run(_closed(load))


def open_loop(load: Load, per_second: float) -> Outcome:
    """Commands are sent at their time, whatever became of those before. Raises NotAcceptedError."""
    return _run(_open(load, per_second))


def _run(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


async def _closed(load: Load) -> Outcome:
    connections = [await _Connection(load).open() for _ in range(load.clients)]
    began = time.monotonic()
    ends = began + load.seconds

    async def client(number: int) -> list[Answered]:
        mine, done = deque(load.targets[number :: load.clients]), list[Answered]()
        while (now := time.monotonic()) < ends:
            done.append(await connections[number].command(mine[0], now))
            mine.rotate(-1)
        return done

    answered = await asyncio.gather(*(client(number) for number in range(load.clients)))
    seconds = time.monotonic() - began
    for connection in connections:
        connection.close()
    return Outcome(seconds, [one for done in answered for one in done], load.targets)


async def _open(load: Load, per_second: float) -> Outcome:
    free: asyncio.Queue[_Connection] = asyncio.Queue()
    for _ in range(load.clients):
        free.put_nowait(await _Connection(load).open())
    idle = deque(load.targets)
    began = time.monotonic()

    async def send(due_at: float) -> Answered:
        connection, target = await free.get(), idle.popleft()
        answered = await connection.command(target, due_at)
        idle.append(target)
        free.put_nowait(connection)
        return answered

    async with asyncio.TaskGroup() as tasks:
        sent = []
        for number in range(round(load.seconds * per_second)):
            due_at = began + number / per_second
            await asyncio.sleep(max(0.0, due_at - time.monotonic()))
            sent.append(tasks.create_task(send(due_at)))
    while not free.empty():
        free.get_nowait().close()
    return Outcome(time.monotonic() - began, [task.result() for task in sent], load.targets)
