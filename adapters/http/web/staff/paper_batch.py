"""Several sheets from one visit: place and day once, then row after row, each saved by itself (Nhiều phiếu)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post

from adapters.http.api.submissions import PUBLIC_LIMIT
from adapters.http.authenticate import SignedIn
from adapters.http.cases import READ
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.forms import NOTHING, Errors, Field, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.paper_form import (
    BATCH,
    PATH,
    PHOTOS,
    PaperForm,
    own_faults,
    own_place,
    own_units,
    scans_of,
    submission,
    three_ways,
)
from adapters.http.web.staff.paper_slip import slip
from adapters.http.web.staff.room import ENTERERS, Context, Desk, StaffRoom, desk_of, shell
from application import ports
from application.feedback_intake import Scan, Submitted
from application.identifiers import scoped_id
from application.ports import (
    CommandReusedError,
    FileRefusedError,
    OutcomeUnknownError,
    PlaceInfo,
    VersionConflictError,
)
from domain.feedback.vocabulary import Channel
from domain.kernel import RefusalError
from projections.places import PlaceRow

FIRST_ROWS, MOST_ROWS, MOST_KEYS = 3, 30, 1_000
SHARED = ("unit", "received_at", "late_reason", "paper_day", "received_at_place", "collected_by")
OF_ROW = ("topic", "danger", "text", "submitter_role", "name", "phone", "address")
NO_STORE = {"cache-control": "no-store"}
SAYS_NO = (RefusalError, FileRefusedError, CommandReusedError, OutcomeUnknownError, VersionConflictError)
"""What is told beside its row; an unknown outcome is settled when the same row is sent again."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet. `key` stays the same when the page comes back, so that files and drafts find their row."""

    key: str
    command_id: str
    typed: Typed
    scans: list[Scan] = []
    errors: Errors = {}

    @property
    def empty(self) -> bool:
        """Nobody has put anything in."""
        return not self.scans and not any(self.typed.one(name) for name in OF_ROW)


class Visit(msgspec.Struct, frozen=True):
    """What all sheets share, as it was typed."""

    desk: Desk
    typed: Typed
    units: list[PlaceRow]

    def fields(self) -> tuple[Field, ...]:
        """Unit, moment, place, who collected."""
        form = PaperForm(self.desk.words, self.typed, self.units)
        return tuple(field for field in form.receipt() if field.id in SHARED)


class PaperBatchController(Controller):
    """`/paper/batch`."""

    path = BATCH
    include_in_schema = False

    @get("/")
    async def form(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[str]:
        """Empty rows."""
        desk = desk_of(room, request, signed_in)
        desk.need(ENTERERS)
        visit = Visit(desk, NOTHING, await own_units(desk))
        return await _shown(visit, [_empty(str(number)) for number in range(1, FIRST_ROWS + 1)], [], {})

    @post("/", status_code=200, request_max_body_size=4 * PUBLIC_LIMIT)
    async def enter(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[str]:
        """Row by row. What is saved shows its code; what is not comes back with its reason, and repeats nothing."""
        desk = desk_of(room, request, signed_in)
        desk.need(ENTERERS)
        typed = await typed_of(request)
        visit = Visit(desk, typed, await own_units(desk))
        rows = await _rows(request, typed)
        if typed.one("more"):
            return await _shown(visit, [*rows, _empty(str(_next_key(rows)))], [], {})
        errors = faults(visit.fields(), typed, desk.words) | {
            name: text for name, text in own_faults(desk.words, typed, []).items() if name in SHARED
        }
        place = await own_place(desk, typed.identifier("unit"))
        if place is None:
            errors.setdefault("unit", desk.words.gettext("Your authority is not competent for this unit today."))
        filled = [row for row in rows if not row.empty]
        if not errors and not filled:
            errors["rows"] = desk.words.gettext("Fill in at least one sheet.")
        if errors or place is None:
            return await _shown(visit, rows, [], errors)
        room.feedback.must_enter(desk.actor, place)
        return await _saved(visit, place, filled)


async def _saved(visit: Visit, place: PlaceInfo, rows: list[Row]) -> Response[str]:
    """A failure of one row is told beside it; the others go on."""
    saved, failed = list[tuple[Row, Submitted]](), list[Row]()
    for row in rows:
        done = await _save(visit, place, row)
        if isinstance(done, Submitted):
            saved.append((row, done))
        else:
            failed.append(msgspec.structs.replace(row, errors=done))
    slips = []
    for row, done in saved:
        await visit.desk.room.visibility.visible(done.receipt, READ)
        slips.append(await slip(visit.desk, done.receipt.case_id, done.code) | {"key": row.key})
    return await _shown(visit, failed, slips, {})


async def _save(visit: Visit, place: PlaceInfo, row: Row) -> Submitted | Errors:
    desk = visit.desk
    typed = _whole(visit.typed, row.typed)
    form = PaperForm(desk.words, typed)
    fields = (*form.content(), *form.sender())
    if errors := faults(fields, typed, desk.words) | own_faults(desk.words, typed, row.scans):
        return errors
    try:
        return await desk.room.feedback.submit(desk.actor, _wish(desk, typed, row), place, submission(typed, row.scans))
    except SAYS_NO as error:
        known = (*fields, *visit.fields())
        return refusal(error, desk.words, known, {})


def _whole(shared: Typed, row: Typed) -> Typed:
    """A row with what its visit shares. What is collected in a hamlet are sheets."""
    values = {name: [shared.one(name)] for name in SHARED} | {name: [row.one(name)] for name in OF_ROW}
    return Typed({**values, "channel": [Channel.OFFLINE_SHEET.value]})


def _wish(desk: Desk, typed: Typed, row: Row) -> ports.Request:
    """A command of its own for each row: sent again, it answers the same code."""
    parts = [f"{name}={value}".encode() for name, value in sorted(typed.texts())]
    parts += [scan.name.encode() + sha256(scan.data).digest() for scan in row.scans]
    try:
        key = UUID(row.command_id)
    except ValueError:
        key = UUID(new_command())
    fingerprint = desk.room.intents.fingerprint_of(desk.request, *parts)
    return ports.Request(id=scoped_id(desk.actor.id, key), fingerprint=fingerprint)


async def _rows(request: Request[Any, Any, Any], typed: Typed) -> list[Row]:
    keys = dict.fromkeys(key for key in typed.all("row") if key.isdecimal() and 0 < int(key) < MOST_KEYS)
    return [
        Row(
            key=key,
            command_id=typed.one(f"row-{key}-command_id") or new_command(),
            typed=Typed({name: [typed.one(f"row-{key}-{name}")] for name in OF_ROW}),
            scans=await scans_of(request, f"row-{key}-{PHOTOS}"),
        )
        for key in list(keys)[:MOST_ROWS]
    ]


def _empty(key: str) -> Row:
    return Row(key=key, command_id=new_command(), typed=NOTHING)


def _next_key(rows: list[Row]) -> int:
    return max((int(row.key) for row in rows), default=0) + 1


async def _shown(visit: Visit, rows: list[Row], slips: list[Context], errors: Errors) -> Response[str]:
    words = visit.desk.words
    whole = dict(errors)
    for row in rows:
        whole |= {_row_id(row.key, name): f"{_numbered(words, row.key)}: {text}" for name, text in row.errors.items()}
    context = await shell(visit.desk, PATH, errors=whole) | {
        "ways": three_ways(words, BATCH),
        "action": BATCH,
        "shared": [field.context() for field in visit.fields()],
        "rows": [_row(visit, row) for row in rows],
        "blank": _row(visit, _empty("0")),
        "slips": slips,
        "most": MOST_ROWS,
        "lost": sum(len(row.scans) for row in rows),
    }
    status = 400 if whole else 200
    return page(visit.desk.request, "staff/paper_batch.html", context, status_code=status, headers=NO_STORE)


def _row(visit: Visit, row: Row) -> Context:
    form = PaperForm(visit.desk.words, row.typed)
    fields = {field.id: field for field in (*form.content(), *form.sender())}
    inputs = {name: fields[name].context() | {"id": _row_id(row.key, name)} for name in (PHOTOS, *OF_ROW)}
    return {
        "key": row.key,
        "title": _numbered(visit.desk.words, row.key),
        "command_id": row.command_id,
        "main": [inputs[name] for name in (PHOTOS, "text")],
        "pair": [inputs[name] for name in ("topic", "danger")],
        "sender": [inputs[name] for name in ("submitter_role", "name", "phone", "address")],
    }


def _row_id(key: str, name: str) -> str:
    return f"row-{key}-{name}" if name in (*OF_ROW, PHOTOS) else name


def _numbered(words: Any, key: str) -> str:
    text: str = words.gettext("Sheet %(number)s") % {"number": key}
    return text
