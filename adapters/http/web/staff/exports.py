"""Lists and figures as files: CSV told line by line, or XLSX with real dates; both say first what they are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import date
from typing import Any

import msgspec
from litestar import Response
from litestar.response import Stream

from adapters.http.cases import Moment
from adapters.http.web import i18n
from adapters.http.web.staff.moments import Asked, address
from adapters.http.web.staff.room import Context, Desk
from adapters.http.web.staff.sheets import Cell, Sheet, workbook
from adapters.http.web.staff.tables import BOM, csv_lines
from adapters.http.web.staff.words import Words
from domain.feedback.categories import CATEGORIES
from projections.case_filters import Filters
from projections.case_index import CaseRow
from projections.case_list import Order

TOGETHER = 500
"""Rows that are read at a time."""
MOST_IN_WORKBOOK = 50_000
"""A workbook is made whole before it is sent; a longer list is told as CSV."""
COLUMNS = ("number", "state", "summary", "category", "unit", "area", "received", "due", "answered", "waiting")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class About(msgspec.Struct, frozen=True):
    """What a file holds. `said`: the filters in force, in words."""

    title: str
    moment: Moment
    asked: Asked
    said: tuple[str, ...] = ()


def exports_of(path: str, query: Mapping[str, Any]) -> list[Context]:
    """The links below a list."""
    return [{"href": address(path, {**query, "format": form}), "text": form.upper()} for form in ("csv", "xlsx")]


async def cases_answer(desk: Desk, name: str, about: About, filters: Filters, order: Order = "due") -> Response[Any]:
    """A list of cases in the form that the address asks for; every page of it is of one state of the log."""
    heads = [desk.words.label("column", key) for key in COLUMNS]
    rows = _rows(desk, about.moment, filters, order)
    if desk.request.query_params.get("format") != "xlsx":
        return await stream(desk, name, about, [(None, heads, rows)])
    found, more = list[list[Cell]](), False
    async for row in rows:
        if more := len(found) == MOST_IN_WORKBOOK:
            break
        found.append(row)
    note = desk.words.gettext("Only the first %(num)s lines; the whole list is in the CSV file.")
    limit = note % {"num": i18n.number(MOST_IN_WORKBOOK, desk.words.language)} if more else ""
    return await sheets_answer(desk, name, about, [Sheet(about.title, heads, found)], limit)


async def stream(
    desk: Desk, name: str, about: About, tables: list[tuple[str | None, list[str], AsyncIterator[list[Cell]]]]
) -> Stream:
    """Line by line: a long list begins to arrive at once, and never lies whole in memory."""
    lines = await preamble(desk, about)

    async def told() -> AsyncIterator[bytes]:
        yield BOM + csv_lines(lines)
        for title, heads, rows in tables:
            yield csv_lines([[], *([[title]] if title else []), heads])
            async for row in rows:
                yield csv_lines([[_text(cell) for cell in row]])

    return Stream(told(), media_type="text/csv; charset=utf-8", headers=_attached(desk, name, "csv"))


async def sheets_answer(desk: Desk, name: str, about: About, sheets: list[Sheet], limit: str = "") -> Response[bytes]:
    """A workbook whose first sheet says what it is."""
    lines = [*await preamble(desk, about), *([["", limit]] if limit else [])]
    content = await asyncio.to_thread(workbook, desk.words.gettext("About this file"), lines, sheets)
    return Response(content, media_type=XLSX, headers=_attached(desk, name, "xlsx"))


async def preamble(desk: Desk, about: About) -> list[list[str]]:
    """Who exported what, when, as of which moment, with which filters."""
    words, actor = desk.words, desk.actor
    names = await desk.room.naming.names([actor.id, actor.authority_id])
    posts = await desk.room.naming.posts([actor.post_id])
    person = [names.get(actor.id, ""), posts.get(actor.post_id, "") if actor.post_id else ""]
    person.append(names.get(actor.authority_id, "") if actor.authority_id else "")
    shown = i18n.moment(about.moment.at, words.language)
    if about.asked.at is None:
        shown = words.gettext("now: %(at)s") % {"at": shown}
    return [
        [about.title],
        [words.gettext("Exported by"), ", ".join(filter(None, person))],
        [words.gettext("Exported at"), i18n.moment(desk.room.clock.now(), words.language)],
        [words.gettext("As of"), shown],
        *([[words.gettext("Which truth?"), _truth(about.asked, words)]] if about.asked.at else []),
        [words.gettext("Filters"), "; ".join(about.said) or words.gettext("none")],
        # A school is not told how much came in elsewhere.
        *([[words.gettext("Place in the log"), str(about.moment.up_to)]] if actor.unit_id is None else []),
        ["", words.gettext("Only what this person may see today.")],
    ]


def _truth(asked: Asked, words: Words) -> str:
    return (
        words.gettext("what had really happened")
        if asked.clock == "happened"
        else words.gettext("what the authority knew")
    )


async def _rows(desk: Desk, moment: Moment, filters: Filters, order: Order) -> AsyncIterator[list[Cell]]:
    after: Any = None
    while True:
        part, moment = await desk.room.cases.page(
            desk.actor, filters, moment=moment, order=order, after=after, limit=TOGETHER
        )
        names = await desk.room.naming.names(i for row in part.rows for i in (row.place_id, row.area_id))
        for row in part.rows:
            yield _cells(desk, row, names)
        after = part.next_after
        if after is None:
            return


def _cells(desk: Desk, row: CaseRow, names: Mapping[Any, str]) -> list[Cell]:
    words, category = desk.words, CATEGORIES.get(row.category)
    return [
        row.number,
        words.label("state", row.status),
        row.title,
        "" if category is None else category.en if words.language == "en" else category.vi,
        names.get(row.place_id, ""),
        names.get(row.area_id, ""),
        row.received_on,
        row.due_on,
        row.answered_on,
        words.label("waits-for", row.waiting_for) if row.waiting_for else "",
    ]


def _text(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def _attached(desk: Desk, name: str, suffix: str) -> dict[str, str]:
    day = desk.room.today().isoformat()
    return {
        "content-disposition": f'attachment; filename="{name}-{day}.{suffix}"',
        "cache-control": "private, no-store",
    }
