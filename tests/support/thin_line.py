"""A line to the server that breaks in the middle of what is being sent."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

CHUNK = 4_096


class ThinLine:
    """While `breaking`, a connection ends when `marker` went through it `times` times. `broken` counts them."""

    def __init__(self, marker: bytes, times: int) -> None:
        self._marker, self._times = marker, times
        self.breaking, self.broken = False, 0
        self.port = self.upstream = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        back = asyncio.create_task(self._pass(up_reader, writer))
        with contextlib.suppress(ConnectionError):
            await self._send(reader, writer, up_writer)
        up_writer.close()
        await asyncio.gather(back, return_exceptions=True)
        writer.close()

    async def _send(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, up: asyncio.StreamWriter) -> None:
        seen = b""
        while data := await reader.read(CHUNK):
            seen += data
            if self.breaking and seen.count(self._marker) >= self._times:
                self.broken += 1
                writer.transport.abort()
                up.transport.abort()
                return
            up.write(data)
            await up.drain()

    @staticmethod
    async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65_536):
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
