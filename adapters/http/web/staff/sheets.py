"""Workbooks for spreadsheets: text is written as text, whatever it begins with; days are days."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import msgspec
import xlsxwriter

Cell = str | int | date | None
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
"""What a sheet's name may not hold."""
MOST_NAME, NARROW, WIDE = 31, 12, 60


class Sheet(msgspec.Struct, frozen=True):
    """One table. `chart`: a native chart of it, "line", "bar" or "bars"; `series`: the columns it draws."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    chart: str = ""
    series: Collection[int] = ()


def workbook(about: str, lines: Sequence[Sequence[str]], sheets: Sequence[Sheet]) -> bytes:
    """The first sheet is called `about` and holds `lines`."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        first = book.add_worksheet(_name(about, 0))
        first.set_column(0, 0, 24)
        first.set_column(1, 1, WIDE)
        for place, line in enumerate(lines):
            for column, text in enumerate(line):
                first.write_string(place, column, text, bold if column == 0 else None)
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(_name(sheet.name, number))
            _fill(page, sheet, bold, day)
            if sheet.chart and sheet.rows:
                _draw(book, page, sheet)
    return file.getvalue()


def _fill(page: Any, sheet: Sheet, bold: Any, day: Any) -> None:
    page.freeze_panes(1, 0)
    for column, head in enumerate(sheet.heads):
        page.write_string(0, column, head, bold)
        longest = max((len(str(row[column])) for row in sheet.rows), default=0)
        page.set_column(column, column, min(max(NARROW, len(head), longest) + 1, WIDE))
    for place, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(place, column, cell, day)
            elif isinstance(cell, int):
                page.write_number(place, column, cell)
            elif cell:
                page.write_string(place, column, cell)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.heads) - 1)


def _draw(book: Any, page: Any, sheet: Sheet) -> None:
    """Beside the table, from its own cells: who changes a number there sees the picture follow."""
    chart = book.add_chart({"type": "line" if sheet.chart == "line" else "bar"})
    last = len(sheet.rows)
    for column in sorted(sheet.series):
        chart.add_series(
            {
                "name": [page.get_name(), 0, column + 1],
                "categories": [page.get_name(), 1, 0, last, 0],
                "values": [page.get_name(), 1, column + 1, last, column + 1],
            }
        )
    chart.set_title({"name": sheet.name, "overlay": False})
    if sheet.chart != "line":
        chart.set_y_axis({"reverse": True})
    page.insert_chart(1, len(sheet.heads) + 1, chart)


def _name(text: str, number: int) -> str:
    """Unique, since its number is part of it where it had to be cut."""
    plain = _NO_NAME.sub(" ", text).strip()
    return plain if len(plain) <= MOST_NAME else f"{plain[: MOST_NAME - 3].strip()} {number}"
