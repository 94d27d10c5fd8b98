"""Lists of cases for `_results.html`: a page of rows with what comes next, who is waited for, and the signs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from adapters.http.api.cases import read_cursor, write_cursor
from adapters.http.cases import Moment
from adapters.http.web import i18n
from adapters.http.web.staff.moments import address
from adapters.http.web.staff.room import Context, Desk, ids
from adapters.http.web.staff.terms import row_term
from adapters.http.web.staff.words import Words
from domain.calendar import Calendar, legal_date
from domain.feedback.vocabulary import Stage
from projections.case_index import CaseRow
from projections.case_list import Filters, Order

ROWS = 25
SORTS: tuple[Order, ...] = ("due", "received", "number")
HANDLED = frozenset({Stage.CLASSIFIED, Stage.IN_HANDLING})
"""Classified and in somebody's hand: whoever took it in handles it, unless it is assigned to somebody else."""


Decorate = Callable[[Sequence[CaseRow], list[Context]], Awaitable[None]]
"""Adds to the lines of a page what only this page shows."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for. `query` is the page's address without sort and cursor."""

    path: str
    query: Mapping[str, Any]
    filters: Filters
    order: Order = "due"
    cursor: str = ""
    moment: Moment | None = None
    columns: Sequence[str] = ("due", "number", "summary", "unit", "state", "next", "waiting")
    sortable: bool = False
    rows: int | None = None
    """On one page; the usual number where none is said."""
    empty: str = ""
    decorate: Decorate | None = None


async def results(desk: Desk, wanted: Listing) -> tuple[Context, Moment]:
    """The context of the list, and the moment that it shows."""
    moment, order, after = wanted.moment, wanted.order, None
    if wanted.cursor:
        moment, order, after = read_cursor(wanted.cursor)
    found, shown = await desk.room.cases.page(
        desk.actor, wanted.filters, moment=moment, order=order, after=after, limit=wanted.rows or ROWS
    )
    names = await desk.room.naming.names(
        identifier for row in found.rows for identifier in ids(row.place_id, row.area_id, row.holder_id)
    )
    calendar = await desk.room.calendar(desk.actor)
    back = wanted.moment is not None and not wanted.moment.live
    look = {name: wanted.query.get(name) for name in ("as_of", "clock")} if back else {}
    rows = [row_context(row, shown.day, calendar, names, desk.words, look) for row in found.rows]
    if wanted.decorate:
        await wanted.decorate(found.rows, rows)
    cursor = write_cursor(shown, order, found.next_after) if found.next_after else None
    sorted_query = {**wanted.query, "sort": order if order != "due" else ""}
    return {
        "total": found.total,
        "total_beyond": i18n.number(found.beyond, desk.words.language) if found.beyond else None,
        "columns": _columns(wanted, order, desk.words),
        "rows": rows,
        "select": None,
        "empty": wanted.empty,
        "previous": address(wanted.path, sorted_query) if wanted.cursor else None,
        "next_page": address(wanted.path, {**sorted_query, "cursor": cursor}) if cursor else None,
        "tags": [],
    }, shown


def _columns(wanted: Listing, order: Order, words: Words) -> list[Context]:
    def column(key: str) -> Context:
        sortable = wanted.sortable and key in SORTS
        direction = "descending" if key == "received" else "ascending"
        return {
            "key": key,
            "text": words.label("column", key),
            "sort": address(wanted.path, {**wanted.query, "sort": key}) if sortable else None,
            "order": direction if sortable and key == order else None,
        }

    return [column(key) for key in wanted.columns]


def row_context(
    row: CaseRow,
    day: date,
    calendar: Calendar,
    names: Mapping[UUID, str],
    words: Words,
    look: Mapping[str, str | None] = {},
) -> Context:
    """One line. `look`: the moment that is looked at, for the link."""
    return {
        "id": str(row.case_id),
        "href": address(f"/cases/{row.case_id}", dict(look)),
        "number": row.number or words.gettext("no number yet"),
        "summary": summary(row, words),
        "unit": names.get(row.place_id, ""),
        "place": names.get(row.area_id),
        "state": words.label("state", row.status),
        "next": words.label("next", next_key(row)),
        "waiting": waiting(row, names, words),
        "received": row.received_on,
        "term": row_term(row, day, calendar),
        "signs": signs(row, words),
    }


def summary(row: CaseRow, words: Words) -> str:
    """The neutral title of the officer; before there is one, what the sender chose."""
    if row.title:
        return row.title
    return words.gettext("Not yet classified. The sender chose: %(topic)s") % {
        "topic": words.label("topic-choice", row.topic)
    }


def next_key(row: CaseRow) -> str:
    """What has to be done next: a key of the labels `next`."""
    if row.correction:
        return "correction"
    if row.closed or row.answered:
        return row.status
    if row.spam_proposed and not row.waits_for_release:
        return "spam-proposed"
    if row.holder_id is None:
        return "assign" if row.classified else "submitted"
    return _in_hand(row) if row.status in HANDLED else row.status


def _in_hand(row: CaseRow) -> str:
    if row.returned:
        return "returned"
    return "drafted" if row.draft_number and not row.new_reply else Stage.IN_HANDLING


def waiting(row: CaseRow, names: Mapping[UUID, str], words: Words) -> Context | None:
    """Who is waited for, and since which day."""
    if not row.waiting_for:
        return None
    holder = names.get(row.holder_id) if row.holder_id and row.waiting_for == "holder" else None
    since = legal_date(row.waiting_since) if row.waiting_since else None
    return {"who": holder or words.label("waits-for", row.waiting_for), "since": since}


_PASSING = frozenset({"held", "new-reply", "returned", "reopened"})


def signs(row: CaseRow, words: Words, *, lasting: bool = False) -> list[str]:
    """What must not be overlooked, in words. `lasting`: without those that come and go with an act."""
    shown = (
        ("held", row.held),
        ("urgent", row.urgent),
        ("child", row.sensitivity == "child-protected"),
        ("restricted", row.narrow and row.sensitivity != "child-protected"),
        ("new-reply", row.new_reply and not row.answered),
        ("returned", row.returned),
        ("reopened", row.reopened and not row.closed),
    )
    found = [words.label("sign", key) for key, there in shown if there and not (lasting and key in _PASSING)]
    if late := row.entered_late_days:
        text = words.ngettext("recorded %(num)d day late", "recorded %(num)d days late", late)
        found.append(text % {"num": late})
    return found
