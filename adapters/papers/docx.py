"""A document as DOCX, for editing: the same words as the PDF. The same document gives the same bytes."""

from __future__ import annotations

import asyncio
import io
import re
from datetime import datetime, time
from functools import cache
from typing import Any

import msgspec
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from adapters.papers.docx_package import packed, parts_of, template
from adapters.papers.layout import Layout, layout
from adapters.papers.model import Document
from adapters.papers.pdf import edition

_WIDTH = 9185
"""Of the text, in twentieths of a point."""
_LONGEST = 255
"""More the format does not take in what it says about a file."""
_GUARD = "\ue000"
"""No text has it (`letters.shown`). It keeps apart what the template engine would read as escapes of its own."""
_ESCAPE = re.compile(r"(?<=[{}%])_(?=[{}%])")


def docx(document: Document) -> bytes:
    """The paper for a word processor. Raises UnknownEditionError."""
    words = layout(document)
    filled = DocxTemplate(io.BytesIO(_template(document.edition)))
    filled.render(_context(words), Environment(autoescape=True, undefined=StrictUndefined))
    about = filled.core_properties
    about.title, about.author = words.title[:_LONGEST], words.author[:_LONGEST]
    about.created = about.modified = datetime.combine(document.made_on, time(12))
    made = io.BytesIO()
    filled.save(made)
    return packed({name: part.replace(_GUARD.encode(), b"") for name, part in parts_of(made.getvalue()).items()})


async def docx_of(document: Document) -> bytes:
    """The same beside the loop of the server. Raises UnknownEditionError."""
    return await asyncio.to_thread(docx, document)


@cache
def _template(name: str) -> bytes:
    return template(edition(name))


def _context(words: Layout) -> dict[str, Any]:
    paper = _guarded(msgspec.to_builtins(words))
    before, after = paper["number"]
    return {
        "paper": paper,
        "pieces": [{**piece, "columns": _columns(piece["widths"])} for piece in paper["pieces"]],
        "number": f"{before}{' ' * 12}{after}" if after else before,
        "mark": " · ".join(mark for mark in (paper["draft"], paper["copy_note"]) if mark),
        "part": 2 if paper["type"] else 1,
    }


def _guarded(value: Any) -> Any:
    if isinstance(value, str):
        return _ESCAPE.sub(f"_{_GUARD}", value)
    if isinstance(value, dict):
        return {key: _guarded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_guarded(inner) for inner in value]
    return value


def _columns(widths: list[int]) -> list[int]:
    return [_WIDTH * width // sum(widths) for width in widths]
