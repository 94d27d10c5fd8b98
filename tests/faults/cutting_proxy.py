"""A way to the server that loses answers: what was asked is done there, and nobody hears of it here."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import Any, Self

READY = b"Z\x00\x00\x00\x05I"
"""ReadyForQuery, idle: whatever came before it is committed."""


class CuttingProxy:
    """While `cutting`, the answer to everything that contains `marker` is lost together with its connection."""

    def __init__(self, folder: Path, upstream: str, marker: bytes) -> None:
        self.dsn_host = str(folder)
        self.cutting, self.cut = True, 0
        self._path, self._upstream, self._marker = folder / ".s.PGSQL.5432", upstream, marker
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_unix_server(self._serve, self._path)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        up_reader, up_writer = await asyncio.open_unix_connection(self._upstream)
        state = {"doomed": False}
        asking = asyncio.create_task(self._ask(reader, up_writer, state))
        with contextlib.suppress(ConnectionError):
            await self._answer(up_reader, writer, state)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        for end in (writer, up_writer):
            end.close()
            with contextlib.suppress(ConnectionError):
                await end.wait_closed()

    async def _ask(self, reader: Any, up: Any, state: dict[str, bool]) -> None:
        while data := await reader.read(65536):
            if self.cutting and self._marker in data:
                state["doomed"] = True
            up.write(data)
            await up.drain()
        up.close()

    async def _answer(self, up: Any, writer: Any, state: dict[str, bool]) -> None:
        held = b""
        while data := await up.read(65536):
            if state["doomed"]:
                held += data
                if READY in held:
                    self.cut += 1
                    return
            else:
                writer.write(data)
                await writer.drain()
