"""A document as PDF/A-2a and PDF/UA-1, by typst. The same document gives the same bytes, whenever and wherever."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import typst

from adapters.papers.layout import layout
from adapters.papers.letters import FONTS
from adapters.papers.model import Document

STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
EDITIONS = Path(__file__).with_name("editions")


class UnknownEditionError(LookupError):
    """A document names an edition of the look that this release does not have."""


def pdf(document: Document) -> bytes:
    """The paper as one file. Raises UnknownEditionError.

    Nothing but the document goes in: letters of the package and none of the system; the day of the file is `made_on`,
    and what the engine would take from a clock is noon of that day.
    """
    made: bytes = typst.compile(
        str(edition(document.edition)),
        root=str(EDITIONS),
        font_paths=letters(),
        format="pdf",
        sys_inputs={"data": data(document)},
        pdf_standards=[*STANDARDS],
        timestamp=_noon(document.made_on),
    )
    return made


async def pdf_of(document: Document) -> bytes:
    """The same beside the loop of the server. Raises UnknownEditionError."""
    return await asyncio.to_thread(pdf, document)


def pictures(document: Document, dots_per_inch: int = 96) -> list[bytes]:
    """Each page as PNG, for a look before it is made."""
    made: Any = typst.compile(
        str(edition(document.edition)),
        root=str(EDITIONS),
        font_paths=letters(),
        format="png",
        ppi=float(dots_per_inch),
        sys_inputs={"data": data(document)},
    )
    return made if isinstance(made, list) else [made]


def edition(name: str) -> Path:
    """The file of the look. A published one is never edited."""
    path = EDITIONS / f"{name}.typ"
    if not re.fullmatch(r"\d{4}-\d{2}[a-z]?", name) or not path.exists():
        raise UnknownEditionError(name)
    return path


@cache
def letters() -> typst.Fonts:
    """Only those of the package: what a machine has installed changes nothing."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def data(document: Document) -> str:
    """What goes into the look: JSON, so that every text stays text."""
    words = msgspec.to_builtins(layout(document))
    return msgspec.json.encode({**words, "made": _parts(document.made_on)}, order="sorted").decode()


def _parts(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _noon(day: date) -> int:
    return int(datetime.combine(day, time(12), UTC).timestamp())
