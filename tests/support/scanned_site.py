"""A whole installation in one folder and a process of its own, to be searched for words that it was told.

    python -m tests.support.scanned_site <folder> <port> <how> <descriptor>

Its database is as in earnest, but nothing is compressed. `sealed` is the product; `open` is the control: values rest as
they were told, files are not remade, and the logs tell everything; `restored` serves the database "older" beside the
keys of today. What handlers, framework and server write to their outputs goes to a log file in the folder.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, Self
from uuid import UUID, uuid4

import asyncpg
import httpx
import msgspec
import structlog
from litestar import Litestar
from litestar.routes import HTTPRoute
from msgspec.structs import replace

from adapters import running
from adapters.bootstrap import World, open_world, prepare_schema
from adapters.http.compose import build_app
from adapters.postgres.supervisor import Supervisor
from adapters.settings import Settings
from adapters.vault.keyring import KeyRing
from adapters.vault.sanitiser import Sanitiser
from domain.kernel import Sealed
from tests.support.office import PASSWORD, command
from tests.support.postgres import FreshDatabase
from tests.support.world import SCHOOL, open_town

How = Literal["sealed", "open", "restored"]
ROOT = Path(__file__).parents[2]
LIMIT_S = 60
OLDER = "older"
AS_IN_EARNEST = {"wal_compression": "off"}
TELLING = {
    "log_statement": "all",
    "log_min_error_statement": "error",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_error_verbosity": "default",
}
"""A server log that tells everything, to show what ours would hold without its settings."""
_UNCOMPRESSED = """
select format('alter table %s alter column %I set storage external', a.attrelid::regclass, a.attname)
from pg_attribute a join pg_class c on c.oid = a.attrelid
where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('public', 'read_model')
  and a.attnum > 0 and not a.attisdropped and a.attstorage in ('x', 'm')
union all
select format('alter table %s set (toast_tuple_target = 8160)', c.oid::regclass)
from pg_class c where c.relkind = 'r' and c.relnamespace::regnamespace::text in ('public', 'read_model')
"""
"""Values lie in one piece: neither compressed nor, below the size of a page, cut into chunks."""


class Told(msgspec.Struct, frozen=True):
    """What the process says when it is ready."""

    unit: str
    pages: tuple[str, ...]
    """Address of every GET route."""


class Site:
    """One such process, from here. Clients are real, over the loopback."""

    def __init__(self, folder: Path, how: How) -> None:
        self.folder, self.server = folder, Supervisor(folder / "postgres")
        self.address = f"http://127.0.0.1:{(port := _free_port())}"
        self._clients: dict[str, httpx.Client] = {}
        for name in ("tmp", "home"):
            (folder / name).mkdir(exist_ok=True)
        heard, said = os.pipe()
        with (folder / f"{how}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.scanned_site", str(folder), str(port), how, str(said)],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                pass_fds=(said,),
                cwd=ROOT,
                env={**os.environ, "TMPDIR": str(folder / "tmp"), "HOME": str(folder / "home")},
            )
        os.close(said)
        with os.fdopen(heard, "rb") as pipe:
            line = pipe.read()
        if not line:
            raise RuntimeError((folder / f"{how}.log").read_text()[-4000:])
        self.told = msgspec.json.decode(line, type=Told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for client in self._clients.values():
            client.close()
        self._process.send_signal(signal.SIGTERM)
        assert self._process.wait(LIMIT_S) == 0

    def of(self, username: str) -> httpx.Client:
        """That person's program; "" is nobody's."""
        if username not in self._clients:
            client = httpx.Client(base_url=self.address, timeout=LIMIT_S)
            if username:
                signed = client.post("/api/session", json={"username": username, "password": PASSWORD})
                client.headers["authorization"] = f"Bearer {signed.json()['token']}"
            self._clients[username] = client
        return self._clients[username]

    def do(self, username: str, path: str, body: Mapping[str, Any], version: int | None = None) -> Any:
        """One intention; the answer must be a yes."""
        answer = self.of(username).post(path, json=body, headers=command(version))
        assert answer.status_code == 201, (path, answer.status_code, answer.text)
        return answer.json()

    async def superuser(self, database: str = "hoso") -> asyncpg.Connection[Any]:
        """For looking at what lies there."""
        return await asyncpg.connect(**self.server.superuser(database))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def pages_of(app: Litestar) -> tuple[str, ...]:
    """The address of every GET route but of pictures, styles and scripts."""
    routes = [route for route in app.routes if isinstance(route, HTTPRoute) and "GET" in route.methods]
    return tuple(sorted({route.path_format for route in routes if not route.path_format.startswith("/static")}))


def switch_sealing_off() -> None:
    """The control: in this process nothing is sealed or remade, and every request is told to the log."""

    def seal(_ring: KeyRing, subject: UUID, context: str, text: str) -> Sealed:
        return Sealed(subject, uuid4(), context, bytes(12), text.encode(), bytes(32))

    def same(_ring: KeyRing, _subject: UUID, data: bytes) -> bytes:
        return data

    async def remake(_sanitiser: Sanitiser, _kind: str, data: bytes) -> bytes:
        return data

    twins: dict[str, Callable[..., Any]] = {
        "seal": seal,
        "open": lambda _ring, value: value.ciphertext.decode(),
        "encrypt_file": same,
        "decrypt_file": same,
    }
    for name, twin in twins.items():
        setattr(KeyRing, name, twin)
    for holder, name, careless in ((Sanitiser, "remake", remake), (running, "build_app", _telling_app)):
        setattr(holder, name, careless)


def _telling_app(world: World, version: str, *, demo: bool) -> Any:
    app = build_app(world, version, demo=demo)

    async def telling(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            print(scope["client"], scope["path"], scope["query_string"], flush=True)
            for header in scope["headers"]:
                os.write(1, b"%s: %s\n" % header)

        async def heard() -> Any:
            message = await receive()
            os.write(1, message.get("body", b""))
            return message

        await app(scope, heard, send)

    return telling


async def _serve(folder: Path, port: int, how: How, descriptor: int) -> None:
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(0),
        processors=[structlog.processors.add_log_level, structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    if how == "open":
        switch_sealing_off()
    server = Supervisor(folder / "postgres", overrides=AS_IN_EARNEST | (TELLING if how == "open" else {}))
    settings = Settings(data_dir=folder, port=port)
    if how == "restored":
        async with open_world(settings, server.database(OLDER)) as world, running.stopped_by_signals() as stop:
            await _open_to_all(world, stop, descriptor, works=True)
        return
    await asyncio.to_thread(server.start)
    try:
        database = FreshDatabase(server, "hoso")
        await prepare_schema(database.database)
        await _leave_uncompressed(server)
        async with open_town(database, folder, quiet=False) as town, running.stopped_by_signals() as stop:
            await _open_to_all(replace(town.world, settings=settings), stop, descriptor, works=False)
    finally:
        await asyncio.to_thread(server.stop)


async def _open_to_all(world: World, stop: asyncio.Event, descriptor: int, *, works: bool) -> None:
    async def ready() -> None:
        place = await world.places.by_id(SCHOOL)
        assert place is not None
        told = Told(place.code, pages_of(build_app(world, "0", demo=True)))
        os.write(descriptor, msgspec.json.encode(told))
        os.close(descriptor)

    await running.serve(world, "0", stop, demo=True, works=works, ready=ready)


async def _leave_uncompressed(server: Supervisor) -> None:
    connection = await asyncpg.connect(**server.superuser("hoso"))
    for (statement,) in await connection.fetch(_UNCOMPRESSED):
        await connection.execute(statement)
    await connection.close()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])))  # type: ignore[arg-type]
