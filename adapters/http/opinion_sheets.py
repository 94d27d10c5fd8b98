"""Rows of opinions out of what somebody sends: pasted cells, or a workbook of a spreadsheet."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Literal
from uuid import UUID, uuid5
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from application.dialogue_rows import Row
from application.dialogue_sheet import MOST_ROWS, MOST_SIGNS, Grid, pasted, rows_of

MOST_BYTES, MOST_UNPACKED, MOST_PARTS, MOST_COLUMNS = 2 * 1024 * 1024, 30 * 1024 * 1024, 300, 30
"""Of a workbook, packed and unpacked; columns that are looked at."""
_LINES = MOST_ROWS + 2
"""Enough to see that there are too many: one of them may be the heads."""
SheetFault = Literal["not-a-workbook", "too-large", "too-many-rows"]


class SheetRefusedError(Exception):
    """A sheet that is taken neither whole nor in part. `code` says why."""

    def __init__(self, code: SheetFault) -> None:
        super().__init__(code)
        self.code: SheetFault = code


async def grid_of(workbook: bytes, text: str) -> Grid:
    """The workbook where one was sent, otherwise what was pasted. Raises SheetRefusedError."""
    if workbook:
        return await asyncio.to_thread(_unpacked, workbook)
    if len(text) > MOST_SIGNS:
        raise SheetRefusedError("too-large")
    return pasted(text)


def numbered_rows(grid: Grid, first_number: int, wish: UUID) -> list[Row]:
    """Each with an id that is the same when the same is sent again. Raises SheetRefusedError, UnknownColumnError."""
    cells = rows_of(grid, first_number)
    if len(cells) > MOST_ROWS:
        raise SheetRefusedError("too-many-rows")
    return [Row(id=row_id(wish, place), cells=one) for place, one in enumerate(cells)]


def row_id(wish: UUID, place: int) -> UUID:
    """Of the row at a place of what was sent with a wish."""
    return uuid5(wish, f"row/{place}")


def _unpacked(workbook: bytes) -> Grid:
    if len(workbook) > MOST_BYTES:
        raise SheetRefusedError("too-large")
    try:
        with ZipFile(BytesIO(workbook)) as packed:
            parts = packed.infolist()
    except BadZipFile:
        raise SheetRefusedError("not-a-workbook") from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise SheetRefusedError("too-large")
    try:
        return _first_sheet(workbook)
    except Exception:  # noqa: BLE001 - a broken workbook makes the library raise whatever its parts raise
        raise SheetRefusedError("not-a-workbook") from None


def _first_sheet(workbook: bytes) -> Grid:
    book: Any = load_workbook(BytesIO(workbook), read_only=True, data_only=True, keep_links=False)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # some programs write a wrong size, by which rows would be missed
        lines = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        filled = (_trimmed([_text(value) for value in line]) for line in lines)
        found = list[list[str]]()
        for line in filled:
            if line:
                found.append(line)
            if len(found) > _LINES:
                break
        return found
    finally:
        book.close()


def _trimmed(line: list[str]) -> list[str]:
    """Without the empty cells at its end."""
    while line and not line[-1]:
        line.pop()
    return line


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value).strip()
