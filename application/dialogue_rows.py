"""Looks at the rows of a sheet one by one: what can be taken, and what is wrong with the others, at which cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import msgspec

from application.dialogue_sheet import Cells
from domain.dialogues.parts import RowFault
from domain.dialogues.state import Dialogue
from domain.dialogues.vocabulary import Addressed, RowFaultCode, RowField, Speaker
from domain.searching import search_key

MOST_TEXT, MOST_WORDS, MOST_REASON = 5_000, 200, 2_000
"""Characters of an opinion, of a speaker or body, of a reason."""
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_SPEAKERS: Mapping[Speaker, tuple[str, ...]] = {
    Speaker.PARENT: ("phu huynh", "cha me hoc sinh", "cmhs", "phhs", "phu huynh hoc sinh"),
    Speaker.PUPIL: ("hoc sinh", "hs"),
    Speaker.TEACHER: ("giao vien", "gv", "nha giao"),
    Speaker.STAFF: ("nhan vien", "nv"),
    Speaker.MANAGER: ("can bo quan ly", "cbql", "hieu truong", "pho hieu truong"),
    Speaker.RESIDENT: ("nguoi dan", "nhan dan", "cu tri", "cong dan"),
    Speaker.BODY: ("to chuc", "co quan", "don vi", "to chuc, co quan"),
    Speaker.OTHER: ("khac", ""),
}
_LEVELS: Mapping[Addressed, tuple[str, ...]] = {
    Addressed.SCHOOL: ("truong", "nha truong", "cap truong"),
    Addressed.COMMUNE: ("xa", "phuong", "cap xa", "ubnd xa", "ubnd phuong", "cap xa, phuong", "xa, phuong"),
    Addressed.DEPARTMENT: ("so", "so gd&dt", "so giao duc va dao tao", "cap so"),
    Addressed.PROVINCE: ("tinh", "thanh pho", "cap tinh", "ubnd tinh", "ubnd thanh pho", "tinh, thanh pho"),
    Addressed.OTHER: ("khac", "co quan khac"),
}
_SPEAKER_OF = {word: one for one, words in _SPEAKERS.items() for word in (*words, one.value)}
_LEVEL_OF = {word: one for one, words in _LEVELS.items() for word in (*words, one.value)}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row with its id. `again`: somebody says that another speaker used the same words."""

    id: UUID
    cells: Cells
    again: bool = False


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says, as far as it can be understood. Without faults it can be taken."""

    row: Row
    number: int | None
    speaker: Speaker
    speaker_words: str
    level: Addressed | None
    due_on: date | None
    faults: tuple[RowFault, ...]


def look(rows: Sequence[Row], state: Dialogue) -> list[Looked]:
    """Each for itself, but that a number is there once: in the meeting and in what comes together."""
    numbers = Counter(row.cells.number for row in rows)
    return [_look(row, state, twice=numbers[row.cells.number] > 1) for row in rows]


def _look(row: Row, state: Dialogue, *, twice: bool) -> Looked:
    cells = row.cells
    number = int(cells.number) if cells.number.isascii() and cells.number.isdigit() and int(cells.number) > 0 else None
    speaker = _SPEAKER_OF.get(search_key(cells.speaker), Speaker.OTHER)
    known = search_key(cells.speaker) in _SPEAKER_OF
    level, due_on = level_of(cells.level), day_of(cells.due_on)
    faults = [
        *_of_number(number, state, twice=twice),
        *_of_words(cells, level),
        *_of_day(cells, due_on, state.held_on),
        *([RowFault(RowField.TEXT, RowFaultCode.EXTRA_CELLS)] if cells.extra else []),
    ]
    return Looked(
        row=row,
        number=number,
        speaker=speaker,
        speaker_words="" if known else cells.speaker,
        level=level,
        due_on=due_on,
        faults=tuple(faults),
    )


def _of_number(number: int | None, state: Dialogue, *, twice: bool) -> list[RowFault]:
    code = None
    if number is None:
        code = RowFaultCode.NUMBER_WRONG
    elif number in state.opinions:
        code = RowFaultCode.NUMBER_TAKEN
    elif twice:
        code = RowFaultCode.NUMBER_TWICE
    return [RowFault(RowField.NUMBER, code)] if code else []


def _of_words(cells: Cells, level: Addressed | None) -> list[RowFault]:
    wrong = {
        (RowField.TEXT, RowFaultCode.TEXT_MISSING): not cells.text,
        (RowField.TEXT, RowFaultCode.TEXT_TOO_LONG): len(cells.text) > MOST_TEXT,
        (RowField.SPEAKER, RowFaultCode.SPEAKER_TOO_LONG): len(cells.speaker) > MOST_WORDS,
        (RowField.LEVEL, RowFaultCode.LEVEL_UNKNOWN): bool(cells.level) and level is None,
        (RowField.BODY, RowFaultCode.BODY_MISSING): level is Addressed.OTHER and not cells.body,
        (RowField.BODY, RowFaultCode.BODY_TOO_LONG): len(cells.body) > MOST_WORDS,
    }
    return [RowFault(*place) for place, so in wrong.items() if so]


def _of_day(cells: Cells, due_on: date | None, held_on: date | None) -> list[RowFault]:
    wrong = {
        (RowField.DUE_ON, RowFaultCode.DUE_WRONG): bool(cells.due_on) and due_on is None,
        (RowField.DUE_ON, RowFaultCode.DUE_BEFORE_MEETING): bool(due_on and held_on and due_on < held_on),
        (RowField.DUE_REASON, RowFaultCode.DUE_REASON_MISSING): bool(cells.due_on) and not cells.due_reason,
        (RowField.DUE_REASON, RowFaultCode.DUE_REASON_TOO_LONG): len(cells.due_reason) > MOST_REASON,
    }
    return [RowFault(*place) for place, so in wrong.items() if so]


def level_of(text: str) -> Addressed | None:
    """By its code or what people call it; None for what is no level."""
    return _LEVEL_OF.get(search_key(text))


def day_of(text: str) -> date | None:
    """`25/08/2026` or `2026-08-25`; None for what is no day."""
    try:
        if match := _DAY.fullmatch(text.strip()):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
