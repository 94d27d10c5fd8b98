"""Mails as files: what there is without a mail server, and where a demonstration can be looked at."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from adapters.mail.message import message_of
from application.ports import Letter, MailNotSentError


class FileMailbox:
    """A Mailer that writes `<id>.eml`; the same letter again writes the same file again."""

    def __init__(self, folder: Path, sender: str, domain: str) -> None:
        self._folder, self._sender, self._domain = folder, sender, domain

    async def send(self, letter: Letter) -> None:
        """Whole or not at all. Raises MailNotSentError."""
        try:
            await asyncio.to_thread(self._write, letter)
        except OSError as error:
            raise MailNotSentError(type(error).__name__) from error

    def _write(self, letter: Letter) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = self._folder / f".{letter.id}.new"
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(message_of(letter, self._sender, self._domain).as_bytes())
        beside.replace(self._folder / f"{letter.id}.eml")
