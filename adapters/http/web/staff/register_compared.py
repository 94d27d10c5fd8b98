"""The register of a moment beside that of now: what left the list, what came, and what differs in both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get
from msgspec.structs import replace

from adapters.http.authenticate import SignedIn
from adapters.http.cases import Moment
from adapters.http.injected import Injected
from adapters.http.web import i18n
from adapters.http.web.render import page
from adapters.http.web.staff.case_context import category_words
from adapters.http.web.staff.listing import summary
from adapters.http.web.staff.moments import Asked, address, asked_moment
from adapters.http.web.staff.register import COMPARISON, PATH, filters_of, query_of, tags_of
from adapters.http.web.staff.room import READERS, Context, Desk, StaffRoom, desk_of, ids, shell
from adapters.http.web.staff.signing_in import to
from adapters.http.web.staff.words import Words
from application.access import Role
from projections.case_filters import Filters
from projections.case_index import CaseRow
from projections.case_list import Order

MOST = 500
"""Cases of each side that are compared."""


class Side(msgspec.Struct, frozen=True):
    """The list at one moment: the rows by case, and whether there are more than were read."""

    rows: dict[UUID, CaseRow]
    cut: bool


class RegisterComparedController(Controller):
    """`/cases/comparison`."""

    path = COMPARISON
    include_in_schema = False

    @get("/")
    async def compared(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Then beside now, with the filters of the register and today's right. Without a moment: the register."""
        desk = desk_of(room, request, signed_in)
        desk.need(READERS)
        if Role.AUDITOR in desk.actor.roles and desk.actor.audit_purpose_until is None:
            return to(address("/purpose", {"next": PATH}))
        query, asked = query_of(request), asked_moment(desk)
        kept = {**query.as_address(), "sort": query.sort if query.sort != "due" else ""}
        if asked.at is None:
            # The register says what is wrong with a moment, and asks for another.
            return to(address(PATH, {**kept, "as_of": asked.text}))
        moment = await room.cases.moment(asked.at, asked.clock)
        then, now = await _both(desk, await filters_of(desk, query), query.sort, moment)
        context = await shell(desk, PATH) | await _told(desk, asked, then, now)
        context |= {
            "first": {"at": asked.at, "clock": asked.clock, "href": address(PATH, {**kept, **asked.query()})},
            "now": address(PATH, kept),
            "most": i18n.number(MOST, desk.words.language) if then.cut or now.cut else None,
            "tags": await tags_of(desk, query, asked, COMPARISON),
        }
        return page(request, "staff/register_compared.html", context)


async def _both(desk: Desk, filters: Filters, order: Order, moment: Moment) -> tuple[Side, Side]:
    """Both lists. What one side lacks only because it was cut off is looked up there, so that nothing seems gone."""
    cases, actor = desk.room.cases, desk.actor
    first, then = await cases.page(actor, filters, moment=moment, order=order, limit=MOST)
    second, now = await cases.page(actor, filters, order=order, limit=MOST)
    before, after = _by_case(first.rows), _by_case(second.rows)
    if second.next_after and (lacking := tuple(before.keys() - after.keys())):
        found, _ = await cases.page(actor, replace(filters, case_ids=lacking), moment=now, limit=MOST)
        after |= _by_case(found.rows)
    if first.next_after and (lacking := tuple(after.keys() - before.keys())):
        found, _ = await cases.page(actor, replace(filters, case_ids=lacking), moment=then, limit=MOST)
        before |= _by_case(found.rows)
    return Side(before, bool(first.next_after)), Side(after, bool(second.next_after))


def _by_case(rows: Iterable[CaseRow]) -> dict[UUID, CaseRow]:
    return {row.case_id: row for row in rows}


async def _told(desk: Desk, asked: Asked, then: Side, now: Side) -> Context:
    """The three lists, each in the order of the register, and how many cases are the same."""
    words, look = desk.words, asked.query()
    every = (row for side in (then, now) for row in side.rows.values())
    names = await desk.room.naming.names(identifier for row in every for identifier in ids(row.holder_id))
    both = [(row, now.rows[case]) for case, row in then.rows.items() if case in now.rows]
    differing = [
        _line(after, address(f"/cases/{after.case_id}/compare", look), words) | {"changes": changes}
        for before, after in both
        if (changes := differences(before, after, names, words))
    ]
    return {
        "gone": [
            _line(row, address(f"/cases/{case}/compare", look), words)
            for case, row in then.rows.items()
            if case not in now.rows
        ],
        "came": [_line(row, f"/cases/{case}", words) for case, row in now.rows.items() if case not in then.rows],
        "differing": differing,
        "same": len(both) - len(differing),
    }


def _line(row: CaseRow, href: str, words: Words) -> Context:
    return {
        "href": href,
        "number": row.number or words.gettext("no number yet"),
        "summary": summary(row, words),
        "state": words.label("state", row.status),
    }


def differences(before: CaseRow, after: CaseRow, names: Mapping[UUID, str], words: Words) -> list[Context]:
    """Only what reads differently at the two moments."""
    first, second = _fields(before, names, words), _fields(after, names, words)
    return [
        {"label": words.label(*key), "then": first[key] or "–", "now": second[key] or "–"}
        for key in first
        if first[key] != second[key]
    ]


def _fields(row: CaseRow, names: Mapping[UUID, str], words: Words) -> dict[tuple[str, str], str]:
    nameless = words.gettext("An account without a name")
    return {
        ("compare", "state"): words.label("state", row.status),
        ("column", "due"): i18n.day(row.due_on, words.language) if row.due_on else "",
        ("compare", "handler"): names.get(row.holder_id, nameless) if row.holder_id else "",
        ("compare", "category"): category_words(row.category, row.sub_category, words) or "",
        ("column", "number"): row.number,
        ("compare", "title"): row.title,
    }
