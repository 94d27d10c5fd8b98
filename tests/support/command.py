"""The real command `hoso` in a process of its own: run to its end, or a server that is asked over HTTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec

ROOT = Path(__file__).parents[2]
LIMIT_S = 90
PASSWORD = "Suối reo giữa rừng 27"
FOUNDING = {
    "username": "quan.tri",
    "name": "Quản trị thử (demo)",
    "authority-code": "phuong-doi-thong",
    "authority-name": "UBND phường Đồi Thông (demo)",
    "province": "Tỉnh thử (demo)",
    "since": "2026-01-01",
}


class Said(msgspec.Struct, frozen=True):
    """How a command ended."""

    code: int
    out: str


def environment(data: Path, **more: str) -> dict[str, str]:
    """Nothing of the surroundings of the test but what a process needs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", "COLUMNS": "200", "HOSO_DATA_DIR": str(data), **more}


def hoso(data: Path, *arguments: str | Path, **environ: str) -> Said:
    """Runs it to its end. `environ` are further variables."""
    ended = subprocess.run(
        [sys.executable, "-m", "adapters.cli", *map(str, arguments)],
        cwd=ROOT,
        env=environment(data, **environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    return Said(ended.returncode, ended.stdout + ended.stderr)


def init(data: Path, **environ: str) -> Said:
    """`hoso init` with a password from the surroundings."""
    return init_as(FOUNDING, data, **environ)


def init_as(founding: Mapping[str, str], data: Path, **environ: str) -> Said:
    """The same with other words."""
    words = [word for name, value in founding.items() for word in (f"--{name}", value)]
    return hoso(data, "init", *words, **{"HOSO_ADMIN_PASSWORD": PASSWORD, **environ})


@contextmanager
def started(data: Path, *command: str, says: str, **environ: str) -> Iterator[None]:
    """A process that runs until it is told to stop, from the moment that it `says` something; it ends well."""
    process = subprocess.Popen(
        [sys.executable, "-m", "adapters.cli", *command],
        cwd=ROOT,
        env=environment(data, **environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watch = threading.Timer(LIMIT_S, process.kill)  # one that never says it
    watch.start()
    try:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        while says not in lines[-1]:
            assert lines[-1], "".join(lines)
            lines.append(process.stdout.readline())
        watch.cancel()
        reading = threading.Thread(target=process.stdout.read, daemon=True)  # it must not wait for a reader
        reading.start()
        yield
        process.send_signal(signal.SIGINT)
        assert process.wait(LIMIT_S) == 0
        reading.join()
    finally:
        watch.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def serving(data: Path, *options: str, **environ: str) -> Iterator[httpx.Client]:
    """A server on a free port, with a client that speaks to it; stopped as by Ctrl-C."""
    port = str(free_port())
    with (
        started(data, "serve", *options, says="hoso runs at", HOSO_PORT=port, **environ),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client,
    ):
        yield client


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
