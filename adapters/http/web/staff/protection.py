"""Protection of senders: the list of reports of worse treatment, one of them, and what is done about it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.api.protection import filters_of, read_cursor, write_cursor
from adapters.http.api.protection_json import ids_of_row
from adapters.http.authenticate import SignedIn
from adapters.http.conditional import path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.protection import must_read
from adapters.http.web.render import page
from adapters.http.web.staff.exports import About, exports_of, sheets_answer, stream
from adapters.http.web.staff.forms import NOTHING, PAGE, Errors, Typed, faults, refusal, typed_of
from adapters.http.web.staff.moments import Asked, address
from adapters.http.web.staff.protection_acts import ACTS, fields_of, perform
from adapters.http.web.staff.protection_page import task_context
from adapters.http.web.staff.room import PROTECTION_PATH, Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.sheets import Cell, Sheet
from adapters.http.web.staff.signing_in import to
from application.access import NotVisibleError
from application.execute import StaleVersionError, VersionMissingError
from domain.alerts.stages import target_at
from domain.calendar import legal_date
from domain.kernel import RefusalError
from projections.notices import Notices
from projections.protection import ProtectionTasks, Task

PARTS = ("open", "new", "taken", "closed", "all")
SORTS = ("newest", "oldest")
COLUMNS = ("reported", "state", "whom", "since", "unit", "case", "holder", "take-by", "closed", "outcome")
ROWS, MOST_EXPORTED = 25, 5_000


class ProtectionPages(Controller):
    """`/protection`."""

    path = PROTECTION_PATH
    include_in_schema = False

    @get("/")
    async def list_all(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """In parts with counts; what nobody has taken says so."""
        desk = desk_of(room, request, signed_in)
        must_read(desk.actor)
        return page(request, "staff/protection.html", await _list(desk))

    @get("/export")
    async def export(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The chosen part for a spreadsheet, without a word of anybody."""
        desk = desk_of(room, request, signed_in)
        must_read(desk.actor)
        words, (part, sort) = desk.words, _chosen(desk)
        found = await room.protection_reader.page(
            desk.actor, filters_of(part), oldest_first=sort == "oldest", limit=MOST_EXPORTED
        )
        names = await room.naming.names(one for task in found.tasks for one in ids_of_row(task))
        title = words.gettext("Protection of senders")
        heads = [words.label("protection-column", key) for key in COLUMNS]
        rows = [_cells(task, names, desk) for task in found.tasks]
        said = (words.label("protection-part", part),)
        about = About(title, await room.cases.moment(), Asked(), said)
        if request.query_params.get("format") == "xlsx":
            return await sheets_answer(desk, "protection", about, [Sheet(title, heads, rows)])
        return await stream(desk, "protection", about, [(None, heads, _each(rows))])

    @get("/{task_id:str}")
    async def one(
        self,
        task_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The sender's words, what was done, and what may be done now."""
        return await _one(desk_of(room, request, signed_in), path_id(task_id))

    @post("/{task_id:str}/{act:str}", status_code=200)
    async def do(
        self,
        task_id: FromPath[str],
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Done, and back to the task."""
        desk, identifier = desk_of(room, request, signed_in), path_id(task_id)
        if act not in ACTS:
            raise NotVisibleError

        async def seen() -> None:
            await room.protection.task(desk.actor, identifier, act)

        wish = await room.intents.read_form(request, desk.actor.id, seen)
        typed = await typed_of(request)
        if await room.protection.known(wish) is None:
            await seen()
            if wish.if_version is None:
                raise VersionMissingError
            fields = await fields_of(desk, identifier, act, typed)
            if errors := faults(fields, typed, desk.words):
                return await _one(desk, identifier, act, typed, errors, status_code=400)
        try:
            receipt = await perform(desk, wish, identifier, act, typed)
        except RefusalError as error:
            fields = await fields_of(desk, identifier, act, typed)
            errors = refusal(error, desk.words, fields, {})
            return await _one(desk, identifier, act, typed, errors, status_code=409)
        except StaleVersionError:
            late = {PAGE: desk.words.gettext("The task has changed meanwhile. Look at it, then send it again.")}
            return await _one(desk, identifier, act, typed, late, status_code=412)
        await room.visibility.visible(receipt, (ProtectionTasks.name, Notices.name))
        return to(f"{PROTECTION_PATH}/{identifier}?done=protection-{act}")


def _chosen(desk: Desk) -> tuple[str, str]:
    part, sort = desk.request.query_params.get("part", ""), desk.request.query_params.get("sort", "")
    return part if part in PARTS else "open", sort if sort in SORTS else "newest"


async def _list(desk: Desk) -> Context:
    room, words, (part, sort) = desk.room, desk.words, _chosen(desk)
    cursor = desk.request.query_params.get("cursor", "")
    after = read_cursor(cursor) if cursor else None
    reader = room.protection_reader
    found = await reader.page(desk.actor, filters_of(part), oldest_first=sort == "oldest", after=after, limit=ROWS)
    names = await room.naming.names(one for task in found.tasks for one in ids_of_row(task))
    counts = await reader.counts(desk.actor, [filters_of(name) for name in PARTS])
    query = {"part": part, "sort": sort}
    other = next(name for name in SORTS if name != sort)
    return await shell(desk, PROTECTION_PATH) | {
        "tabs": [
            {
                "href": address(PROTECTION_PATH, {**query, "part": name}),
                "text": words.label("protection-part", name),
                "count": count,
                "active": name == part,
            }
            for name, count in zip(PARTS, counts, strict=True)
        ],
        "rows": [_row(task, names, desk) for task in found.tasks],
        "sort": {
            "text": words.label("protection-sort", other),
            "href": address(PROTECTION_PATH, {**query, "sort": other}),
        },
        "next_page": address(PROTECTION_PATH, {**query, "cursor": write_cursor(found.next_after)})
        if found.next_after
        else None,
        "exports": exports_of(f"{PROTECTION_PATH}/export", query),
    }


def _row(task: Task, names: Mapping[UUID, str], desk: Desk) -> Context:
    row, words = task.row, desk.words
    take_by = target_at(row.term)
    return {
        "href": f"{PROTECTION_PATH}/{row.id}",
        "reported_at": row.reported_at,
        "state": words.label("protection-state", row.status),
        "whom": words.label("protection-whom-staff", row.whom.value),
        "unit": names.get(task.case.place_id, ""),
        "number": task.case.number or words.gettext("(no number yet)"),
        "holder": names.get(row.holder_id, "") if row.holder_id else "",
        "take_by": take_by if row.status == "new" else None,
        "late": row.status == "new" and desk.room.clock.now() > take_by,
    }


def _cells(task: Task, names: Mapping[UUID, str], desk: Desk) -> list[Cell]:
    row, words = task.row, desk.words
    return [
        legal_date(row.reported_at),
        words.label("protection-state", row.status),
        words.label("protection-whom-staff", row.whom.value),
        row.since,
        names.get(task.case.place_id, ""),
        task.case.number,
        names.get(row.holder_id, "") if row.holder_id else "",
        legal_date(target_at(row.term)),
        legal_date(row.closed_at) if row.closed_at else None,
        words.label("protection-outcome", row.outcome.value) if row.outcome else "",
    ]


async def _each(rows: list[list[Cell]]) -> AsyncIterator[list[Cell]]:
    for row in rows:
        yield row


async def _one(
    desk: Desk,
    identifier: UUID,
    act: str = "",
    typed: Typed = NOTHING,
    errors: Errors | None = None,
    *,
    status_code: int = 200,
) -> Response[str]:
    seen = await desk.room.protection_reader.one(desk.actor, identifier)
    context = await shell(desk, PROTECTION_PATH, errors=errors or {}) | await task_context(desk, seen, act, typed)
    return page(desk.request, "staff/protection_task.html", context, status_code=status_code)
