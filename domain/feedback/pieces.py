"""A text cut into the pieces that a split deals out: its paragraphs, or its sentences where it has only one."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[.!?…;])\s+")


def pieces_of(text: str) -> tuple[str, ...]:
    """In their order, without blanks around; together they hold every word."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    if len(paragraphs) > 1:
        return tuple(paragraphs)
    return tuple(part for part in _SENTENCE.split(text.strip()) if part)
