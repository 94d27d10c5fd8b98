"""A mail server on a port of this machine: it refuses as often as it is told, then takes what comes and keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default


class MailServer:
    """`refusals` are answers to whole letters (`451 …`), used up one by one."""

    def __init__(self, refusals: list[str]) -> None:
        self.refusals = refusals
        self.port = 0
        self.taken: list[Message] = []
        self.refused = 0

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """As much of RFC 5321 as a client needs."""

        async def say(text: str) -> None:
            writer.write(f"{text}\r\n".encode())
            await writer.drain()

        await say("220 mau.vn")
        while line := (await reader.readline()).decode().strip():
            match line.split(":")[0].split()[0].upper():
                case "DATA":
                    await say("354 go on")
                    letter = await reader.readuntil(b"\r\n.\r\n")
                    await say(self._answer(letter.removesuffix(b".\r\n")))
                case "QUIT":
                    await say("221 bye")
                    break
                case _:
                    await say("250 well")
        writer.close()

    def _answer(self, letter: bytes) -> str:
        if self.refusals:
            self.refused += 1
            return self.refusals.pop(0)
        self.taken.append(message_from_bytes(letter.replace(b"\r\n..", b"\r\n."), policy=default))
        return "250 taken"


@asynccontextmanager
async def mail_server(*refusals: str) -> AsyncIterator[MailServer]:
    """For as long as the context lasts."""
    server = MailServer(list(refusals))
    listening = await asyncio.start_server(server.speak, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield server
