"""A line to the server that breaks in the middle of what is being sent."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

CHUNK = 4_096


class ThinLine:
    """While `breaking`, a connection ends when `marker` went through it `times` times.

    While `deaf`, what holds it so often arrives, and the connection ends when the answer comes. `broken` counts both.
    """

    def __init__(self, marker: bytes, times: int) -> None:
        self._marker, self._times = marker, times
        self.breaking = self.deaf = False
        self.broken = 0
        self.port = self.upstream = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        seen = bytearray()
        back = asyncio.create_task(self._pass(up_reader, writer, seen))
        with contextlib.suppress(ConnectionError):
            await self._send(reader, writer, up_writer, seen)
        up_writer.close()
        await asyncio.gather(back, return_exceptions=True)
        writer.close()

    def _enough(self, seen: bytearray) -> bool:
        return seen.count(self._marker) >= self._times

    async def _send(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, up: asyncio.StreamWriter, seen: bytearray
    ) -> None:
        while data := await reader.read(CHUNK):
            seen += data
            if self.breaking and self._enough(seen):
                self.broken += 1
                writer.transport.abort()
                up.transport.abort()
                return
            up.write(data)
            await up.drain()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seen: bytearray) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65_536):
                if self.deaf and self._enough(seen):
                    self.broken += 1
                    writer.transport.abort()
                    return
                writer.write(data)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def thin_line(marker: bytes, times: int) -> AsyncIterator[ThinLine]:
    """Open until the context ends; `upstream` is set by whoever has a server."""
    line = ThinLine(marker, times)
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
