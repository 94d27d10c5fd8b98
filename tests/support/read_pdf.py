"""What a reader finds in a PDF, by poppler."""

from __future__ import annotations

import re
import subprocess
from typing import NamedTuple

MM = 72 / 25.4
"""Points of a millimetre."""


class Word(NamedTuple):
    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def text_of(pdf: bytes) -> str:
    """In the order in which it was written."""
    return _pdftotext(pdf, "-raw")


def body_of(pdf: bytes) -> str:
    """The same without the numbers of the pages."""
    pages = text_of(pdf).split("\x0c")
    return "".join(page.partition("\n")[2] if number > 1 else page for number, page in enumerate(pages, 1))


def words_of(pdf: bytes) -> list[Word]:
    """Each word with its place, in millimetres from the upper left corner."""
    found: list[Word] = []
    page = 0
    for line in _pdftotext(pdf, "-bbox").splitlines():
        page += "<page " in line
        if match := re.search(r'xMin="(.+)" yMin="(.+)" xMax="(.+)" yMax="(.+)">(.*)</word>', line):
            left, top, right, bottom = (float(match[number]) / MM for number in range(1, 5))
            found.append(Word(page, left, top, right, bottom, match[5]))
    return found


def _pdftotext(pdf: bytes, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode()
