"""What a school has to do, from every kind of case that asks something of it: a new kind adds its source below."""

from __future__ import annotations

from typing import Any, Protocol

import msgspec

from adapters.http.web.staff.explanation_words import request_term
from adapters.http.web.staff.room import Desk


class SchoolRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the school's home page. `term`: see `_term.html`; `next`: who has to do what."""

    kind: str
    number: str
    href: str
    state: str
    next: str
    waits: bool
    """Whether the school has to do something."""
    term: dict[str, Any] | None = None


class RowSource(Protocol):
    """Adds the lines of one kind of case. It may show nothing that the school may not know."""

    async def __call__(self, desk: Desk) -> list[SchoolRow]: ...


async def explanation_rows(desk: Desk) -> list[SchoolRow]:
    """Requests for explanation; their questions are shown only after opening."""
    words, calendar = desk.words, await desk.room.calendar(desk.actor)
    return [
        SchoolRow(
            kind=words.label("school-kind", "explanation"),
            number=row.number,
            href=f"/school/requests/{row.id}",
            state=words.label("school-state", row.status),
            next=words.label("school-next", row.status),
            waits=row.waits,
            term=request_term(row, desk.room.today(), calendar, words, school=True),
        )
        for row in await desk.room.explanation_reader.of_unit(desk.actor)
    ]


SOURCES: tuple[RowSource, ...] = (explanation_rows,)
