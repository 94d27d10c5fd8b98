"""Opinions out of a sheet: what was pasted or uploaded, and the rows that wait until somebody mends them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from litestar.datastructures import UploadFile

from adapters.http.api.dialogue_json import cells_json
from adapters.http.dialogues import DialogueAnswer
from adapters.http.opinion_sheets import MOST_BYTES, SheetRefusedError, grid_of, numbered_rows
from adapters.http.web.staff.forms import Errors, Typed, new_command
from adapters.http.web.staff.room import DIALOGUES_PATH, Context, Desk
from adapters.http.web.staff.words import Words
from application.dialogue_rows import MOST_TEXT, Row, level_of
from application.dialogue_sheet import MOST_ROWS, MOST_SIGNS, Cells, Grid, UnknownColumnError, cells_of, written
from application.ports import Receipt, Request
from domain.dialogues.parts import RowAside
from domain.dialogues.vocabulary import Addressed, RowFaultCode, RowField

SHEET, WORKBOOK, FIRST, ROW_ID = "sheet", "workbook", "first_number", "row"
MOST_SHOWN = 50
"""Rows that are mended at a time; the others come when these are done."""


class Sent:
    """What a form sent: rows that are mended, or a new sheet. `typed` is what it shows again."""

    def __init__(self, typed: Typed, workbook: bytes) -> None:
        self.typed, self._workbook = typed, workbook
        self.grid: Grid | None = None

    @classmethod
    async def of(cls, desk: Desk, typed: Typed) -> Sent:
        """With the workbook, if one was chosen."""
        form = await desk.request.form()
        for name, value in form.multi_items():
            if name == WORKBOOK and isinstance(value, UploadFile) and (data := await value.read()):
                await value.seek(0)
                return cls(typed, data)
        return cls(typed, b"")

    @property
    def mends(self) -> bool:
        """Rows that waited come back."""
        return bool(self.typed.all(ROW_ID))

    @property
    def empty(self) -> bool:
        """Nothing was typed or chosen."""
        return not self.mends and not self._workbook and not self.typed.one(SHEET)

    async def rows(self, wish: UUID) -> list[Row]:
        """Raises SheetRefusedError, UnknownColumnError."""
        if self.mends:
            return [Row(id=UUID(one), cells=typed_cells(self.typed, one), again=_again(self.typed, one))
                    for one in self.typed.all(ROW_ID) if _is_id(one)]  # fmt: skip
        self.grid = await grid_of(self._workbook, self.typed.raw(SHEET))
        first = self.typed.one(FIRST)
        return numbered_rows(self.grid, int(first) if first.isascii() and first.isdigit() else 1, wish)

    def sheet(self) -> str:
        """What the field shows again: a workbook cannot be put back into its field, so its cells stand here."""
        return written(self.grid) if self._workbook and self.grid is not None else self.typed.raw(SHEET)


async def take_in(desk: Desk, wish: Request, dialogue_id: UUID, sent: Sent) -> Receipt:
    """Raises SheetRefusedError, UnknownColumnError, and what the desk raises."""
    rows = await sent.rows(wish.id)
    mended = [row.id for row in rows] if sent.mends else []
    return await desk.room.dialogues.take_in(desk.actor, wish, dialogue_id, rows, mended)


def sheet_fault(error: SheetRefusedError | UnknownColumnError, words: Words) -> Errors:
    """The sentence at the field; what was sent stands there again."""
    _ = words.gettext
    if isinstance(error, UnknownColumnError):
        sentence = _("No opinion has a column “%(name)s”, or it stands there twice. Rename it or leave it out.")
        return {SHEET: sentence % {"name": error.name[:100]}}
    if error.code == "too-many-rows":
        return {SHEET: _("At most %(most)s rows at a time. Send it in parts; nothing was taken.") % {"most": MOST_ROWS}}
    if error.code == "too-large":
        sentence = _("Too large: a workbook has at most %(megabytes)s MB, pasted text %(signs)s characters.")
        return {SHEET: sentence % {"megabytes": MOST_BYTES // 1024**2, "signs": MOST_SIGNS}}
    return {WORKBOOK: _("This is no XLSX workbook that can be read. Save it anew, or paste the cells.")}


def typed_cells(typed: Typed, row: str) -> Cells:
    """The cells of one mended row."""
    return cells_of([typed.one(f"{field.value}-{row}") for field in RowField])


def _again(typed: Typed, row: str) -> bool:
    return typed.one(f"again-{row}") == "yes"


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def rows_context(desk: Desk, seen: DialogueAnswer, sent: Sent | None) -> tuple[Context, Errors]:
    """The form for a sheet and the rows that wait, each with its reasons; and these for the head of the page."""
    view, where = seen.view, f"{DIALOGUES_PATH}/{seen.view.row.id}"
    waiting = sorted(view.aside.values(), key=lambda row: (int(row.number) if row.number.isdigit() else 0, str(row.id)))
    errors, shown = Errors(), list[Context]()
    for row in waiting[:MOST_SHOWN]:
        context = _row(desk, seen, row, sent)
        errors |= context["errors"]
        shown.append(context)
    open_ = "opinions" in seen.actions
    context = {
        "rows": shown,
        "waiting": len(waiting),
        "taken": len(view.opinions),
        "action": f"{where}/acts/opinions" if open_ else None,
        "dismiss": f"{where}/acts/row-dismissals" if "row-dismissals" in seen.actions else None,
        "command_id": new_command(),
        "sheet_command_id": new_command(),
        "version": view.row.version,
        "first_number": (sent.typed.one(FIRST) if sent else "") or str(seen.state.next_number),
        "sheet": sent.sheet() if sent else "",
        "most": {"rows": MOST_ROWS, "text": MOST_TEXT, "megabytes": MOST_BYTES // 1024**2},
        "levels": _levels(desk.words, ""),
        "columns": [desk.words.label("dialogue-field", field.value) for field in RowField],
    }
    return context, errors


def _row(desk: Desk, seen: DialogueAnswer, row: RowAside, sent: Sent | None) -> Context:
    words, key = desk.words, str(row.id)
    again = sent is not None and key in sent.typed.all(ROW_ID)
    kept: Mapping[str, str] | None = cells_json(row, seen.shown)
    cells = _typed(sent.typed, key) if again and sent else dict(kept or {})
    if level := level_of(cells.get("level", "")):
        cells["level"] = level.value
    codes = {fault.code for fault in row.faults}
    return {
        "id": key,
        "number": row.number or cells.get("number", ""),
        "erased": kept is None,
        "cells": cells,
        "levels": _levels(words, cells.get("level", "")),
        "same_words": RowFaultCode.SAME_WORDS in codes,
        "again": again and sent is not None and _again(sent.typed, key),
        "errors": _reasons(row, key, words),
        "dismiss_command_id": new_command(),
    }


def _typed(typed: Typed, key: str) -> dict[str, str]:
    return {field.value: typed.one(f"{field.value}-{key}") for field in RowField}


def _reasons(row: RowAside, key: str, words: Words) -> Errors:
    found = Errors()
    for fault in row.faults:
        sentence = words.label("dialogue-row-fault", fault.code.value)
        place = f"{fault.field.value}-{key}"
        told = found.get(place)
        head = words.gettext("Row %(number)s: %(fault)s") % {"number": row.number or "?", "fault": sentence}
        found[place] = f"{told} {sentence}" if told else head
    return found


def _levels(words: Words, chosen: str) -> list[Context]:
    """The level as the sheet has it stays a choice, also where it is none."""
    labels = {one.value: words.label("dialogue-level", one.value) for one in Addressed}
    items: list[Context] = [{"value": "", "text": words.gettext("Not said")}]
    items += [{"value": code, "text": text} for code, text in labels.items()]
    if chosen and level_of(chosen) is None:
        items.append({"value": chosen, "text": chosen})
    return items
