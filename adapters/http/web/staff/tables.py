"""Tables for spreadsheets: text that a program could take for a formula is made harmless."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from litestar import Response

BOM = b"\xef\xbb\xbf"
"""The byte order mark, by which Excel knows UTF-8."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """A leading apostrophe keeps spreadsheets from computing what somebody typed (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def csv_lines(rows: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """The whole file."""
    return BOM + csv_lines(rows)


def csv_answer(name: str, rows: Iterable[Sequence[str]]) -> Response[bytes]:
    """A download."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(csv_bytes(rows), media_type="text/csv; charset=utf-8", headers=headers)
