"""Hands a stranger's file to the worker that decodes it, and takes back what it made."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

from adapters.vault.sanitise import REFUSALS
from adapters.vault.sniffing import MediaType
from application.ports import FileRefusedError

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 2
WALL_SECONDS = 20.0
MOST_BYTES_OUT = 40 * 2**20


class Sanitiser:
    """At most two files at a time are decoded, each in a fresh process that knows nothing of the installation."""

    def __init__(self, at_once: int = AT_ONCE, wall_seconds: float = WALL_SECONDS) -> None:
        self._places, self._wall_seconds = asyncio.Semaphore(at_once), wall_seconds

    async def remake(self, media_type: MediaType, data: bytes) -> bytes:
        """The clean remake. Raises FileRefusedError: file-unreadable, file-too-large."""
        async with self._places:
            code, clean = await self._run(media_type, data)
        if code:
            raise FileRefusedError(REFUSALS.get(code, "file-unreadable"))
        if len(clean) > MOST_BYTES_OUT:
            raise FileRefusedError("file-too-large")
        return clean

    async def _run(self, media_type: MediaType, data: bytes) -> tuple[int, bytes]:
        """The surroundings are not passed on: they may hold the installation key."""
        worker = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-P", "-s", "-W", "ignore", "-m", "adapters.vault.sanitise", media_type),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            cwd="/",
            env={"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        )
        try:
            clean, _ = await asyncio.wait_for(worker.communicate(data), self._wall_seconds)
        except TimeoutError:
            clean = b""
        finally:
            with contextlib.suppress(ProcessLookupError):
                worker.kill()
            code = await worker.wait()
        return code, clean
