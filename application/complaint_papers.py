"""Papers of complaints: kept byte for byte under the complaint's own key, before the fact that names them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

import msgspec

from application.ports import FileRefusedError, Files
from domain.complaints.parts import Issued, Paper


class Scan(msgspec.Struct, frozen=True):
    """A file that an official brings, with its name."""

    name: str
    data: bytes


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """An official document as the registry gave it out, as typed, and its signed paper."""

    number: str
    symbol: str
    day: date
    scan: Scan


class Papers:
    """Keeps what came with a request. Raises FileRefusedError."""

    def __init__(self, files: Files) -> None:
        self._files = files

    async def keep(self, subject: UUID, context: str, scan: Scan, position: int = 0) -> Paper:
        """One scan. `context`: topic and field of the fact that will name it."""
        try:
            kept = await self._files.keep_evidence(subject, context, scan.name, scan.data)
        except FileRefusedError as error:
            raise FileRefusedError(error.code, position) from None
        return Paper(uuid4(), kept.address, kept.media_type, kept.size, kept.meta)

    async def keep_if(self, subject: UUID, context: str, scan: Scan | None) -> Paper | None:
        """None stays None."""
        return None if scan is None else await self.keep(subject, context, scan)

    async def issued(self, subject: UUID, context: str, document: Document) -> Issued:
        """A document with number and day; what can be said of a digital signature is said by who checks it."""
        paper = await self.keep(subject, context, document.scan)
        return Issued(number=document.number.strip(), symbol=document.symbol.strip(), day=document.day, paper=paper)

    async def issued_if(self, subject: UUID, context: str, document: Document | None) -> Issued | None:
        """None stays None."""
        return None if document is None else await self.issued(subject, context, document)


def addresses(papers: Sequence[Paper | None]) -> tuple[str, ...]:
    """Where they lie: what a decision says that it relied on."""
    return tuple(paper.address for paper in papers if paper is not None)
