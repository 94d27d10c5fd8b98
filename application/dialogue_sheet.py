"""A sheet of opinions as pasted: cells, columns, numbers. Nothing of it is lost, whatever is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from domain.dialogues.vocabulary import RowField
from domain.searching import search_key

MOST_ROWS, MOST_SIGNS = 500, 1_000_000
"""Rows and characters of one sheet (policy of the system)."""
ORDER = tuple(RowField)
Grid = Sequence[Sequence[str]]

_HEADS: dict[RowField, tuple[str, ...]] = {
    RowField.NUMBER: ("stt", "so", "tt", "so thu tu", "so tt", "no", "no.", "number"),
    RowField.SPEAKER: ("vai tro", "nguoi phat bieu", "vai tro nguoi phat bieu", "doi tuong", "speaker", "role"),
    RowField.TEXT: ("noi dung", "y kien", "noi dung y kien", "opinion", "text"),
    RowField.LEVEL: ("cap", "cap giai quyet", "cap duoc kien nghi", "level"),
    RowField.BODY: ("co quan", "co quan giai quyet", "don vi", "body"),
    RowField.DUE_ON: ("han", "han giai quyet", "han tra loi", "due", "due date", "due_on"),
    RowField.DUE_REASON: ("ly do", "ly do han", "ly do dat han", "reason", "due_reason"),
}
_FIELD_OF = {word: field for field, words in _HEADS.items() for word in words}
_FEWEST_HEADS = 2
_NUMBER = re.compile(r"(\d{1,6})(?:[.)]|[.,]0+)?")
"""`12`, `12.`, `12)`, and `12.0` as some programs write whole numbers."""


class Cells(msgspec.Struct, frozen=True, kw_only=True):
    """One row, as it is typed. `extra`: it had more cells than the sheet has columns; they stand behind the text.

    `numbered` False: it had no number and got the one of its place.
    """

    number: str = ""
    speaker: str = ""
    text: str = ""
    level: str = ""
    body: str = ""
    due_on: str = ""
    due_reason: str = ""
    extra: bool = False
    numbered: bool = True

    def texts(self) -> tuple[str, ...]:
        """In the order of the columns."""
        return tuple(str(getattr(self, field.value)) for field in ORDER)


class UnknownColumnError(Exception):
    """The first line names a column that no opinion has. `name`: as it stands there."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def cells_of(texts: Sequence[str]) -> Cells:
    """The same from their texts."""
    told: dict[str, Any] = {field.value: text for field, text in zip(ORDER, texts, strict=False)}
    return Cells(**told)


def pasted(text: str) -> list[list[str]]:
    """Cells between tabs, or where there is none between semicolons; quoted as spreadsheets do."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    sign = "\t" if "\t" in text else ";"
    rows, row, at = list[list[str]](), list[str](), 0
    while at < len(text):
        cell, at = _cell(text, at, sign)
        row.append(cell)
        if at >= len(text) or text[at] == "\n":
            rows.append(row)
            row = []
        elif at == len(text) - 1:  # the sign ends the text: one more cell, an empty one
            rows.append([*row, ""])
            row = []
        at += 1
    return rows


def _cell(text: str, at: int, sign: str) -> tuple[str, int]:
    """The cell that begins here, and where it ends."""
    if text[at] == '"' and (quoted := _quoted(text, at, sign)) is not None:
        return quoted
    end = min((place for place in (text.find(sign, at), text.find("\n", at)) if place >= 0), default=len(text))
    return text[at:end].strip(), end


def _quoted(text: str, at: int, sign: str) -> tuple[str, int] | None:
    """None for a quotation mark that belongs to the words: copied cells are quoted only where they have to be."""
    end = at + 1
    while (end := text.find('"', end)) >= 0 and text[end : end + 2] == '""':
        end += 2
    if end < 0 or text[end + 1 : end + 2] not in {"", "\n", sign}:
        return None
    inner = text[at + 1 : end]
    if sign == "\t" and not any(mark in inner for mark in ("\n", "\t", '""')):
        return None
    return inner.replace('""', '"').strip(), end + 1


def written(grid: Grid) -> str:
    """The sheet as it could be pasted again."""
    return "\n".join("\t".join(map(_written, row)) for row in grid)


def _written(cell: str) -> str:
    quoted = any(mark in cell for mark in ("\n", "\t")) or cell.startswith('"')
    return '"' + cell.replace('"', '""') + '"' if quoted else cell


def rows_of(grid: Grid, first_number: int) -> list[Cells]:
    """Every row that says something. A row without a number gets the one of its place, counted from `first_number`.

    Raises UnknownColumnError.
    """
    lines = [row for row in grid if any(cell.strip() for cell in row)]
    columns = _columns(lines[0]) if lines else None
    if columns is not None:
        lines = lines[1:]
    return [_row(line, columns or list(ORDER), first_number + place) for place, line in enumerate(lines)]


def _columns(line: Sequence[str]) -> list[RowField | None] | None:
    """None where the first line is a row like the others."""
    found = [_FIELD_OF.get(search_key(cell).strip(" :*")) for cell in line]
    if sum(field is not None for field in found) < _FEWEST_HEADS or RowField.TEXT not in found:
        return None
    for cell, field in zip(line, found, strict=True):
        if (field is None and cell.strip()) or (field is not None and found.count(field) > 1):
            raise UnknownColumnError(cell.strip())
    return found


def _row(line: Sequence[str], columns: Sequence[RowField | None], place: int) -> Cells:
    told, extra = dict[str, str](), list[str]()
    for number, cell in enumerate(line):
        field = columns[number] if number < len(columns) else None
        if field is not None:
            told[field.value] = cell.strip()
        elif cell.strip():
            extra.append(cell.strip())
    numbered = bool(told.get("number"))
    told["number"] = _number(told["number"]) if numbered else str(place)
    told["text"] = "\n".join([told.get("text", ""), *extra]).strip()
    return Cells(**told, extra=bool(extra), numbered=numbered)


def _number(text: str) -> str:
    """Without the sign of a list; what is no number stays as it is."""
    match = _NUMBER.fullmatch(text.strip())
    return match.group(1).lstrip("0") or "0" if match else text.strip()
