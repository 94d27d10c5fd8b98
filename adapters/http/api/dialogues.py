"""Dialogue meetings: planned, announced, held, their opinions settled, closed, told to the public. One address each."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.params import QueryParameter

from adapters.http.api.case_json import Json, of_moment
from adapters.http.api.cases import AsOf, moment_of
from adapters.http.api.dialogue_bodies import AnnounceBody, HoldMeetingBody, MeetingMinutesBody, OpinionsBody, PlanBody
from adapters.http.api.dialogue_json import (
    dialogue_json,
    dialogue_row_json,
    ids_of,
    paper_answer,
    taken_json,
)
from adapters.http.api.views import Done, done
from adapters.http.conditional import Intents, etag, path_id
from adapters.http.dialogues import DialogueReader, must_read
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.naming import Naming
from adapters.http.openapi import BODY, FILES, KINDS, NEW
from adapters.http.opinion_sheets import SheetRefusedError, grid_of, numbered_rows, row_id
from adapters.http.problems import FieldFault, InvalidInputError
from application.access import Actor, ForbiddenError
from application.dialogue_access import plans
from application.dialogue_rows import Row
from application.dialogue_sheet import Cells, UnknownColumnError
from application.dialogues import DialogueDesk, MinutesScan, Plan
from projections.dialogues import GOING_ON, STAGES, DialogueFilters, DialogueOrder

MOST_ROWS = 200
SCAN_LIMIT, ROWS_LIMIT = 60 * 1024 * 1024, 6 * 1024 * 1024
"""Bytes of a body with a scan in base64, and of one with rows."""
PARTS = ("open", "late", *STAGES, "all")
DialoguePart = Literal[
    "open", "late", "planned", "announced", "held", "recorded", "routed", "summarised", "closed", "all"
]


class DialogueController(Controller):
    """Hội nghị đối thoại."""

    path = "/api/dialogues"
    tags = ("Dialogue meetings",)

    @get("", operation_id="ListDialogues", summary="Dialogue meetings of your authority")
    async def list_all(
        self,
        *,
        actor: Injected[Actor],
        dialogue_reader: Injected[DialogueReader],
        part: FromQuery[DialoguePart] = "open",
        q: FromQuery[str] = "",
        sort: FromQuery[DialogueOrder] = "newest",
        as_of: AsOf = None,
        cursor: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST_ROWS)] = 50,
    ) -> Json:
        """By the day of the meeting, or what is due first; with `as_of` as they stood at that moment."""
        must_read(actor)
        moment = await dialogue_reader.moment(moment_of(as_of))
        after = read_cursor(cursor) if cursor else None
        filters = filters_of(part, moment.day, q)
        page = await dialogue_reader.page(actor, filters, moment, order=sort, after=after, limit=limit)
        return {
            **of_moment(moment),
            "total": page.total,
            "dialogues": [dialogue_row_json(row) for row in page.rows],
            "next_cursor": write_cursor(page.next_after) if page.next_after else None,
        }

    @post("", operation_id="PlanDialogue", opt={BODY: PlanBody, NEW: True})
    async def plan(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Lập kế hoạch, for the own authority."""

        async def allowed() -> None:
            if not plans(actor):
                raise ForbiddenError

        wish = await intents.read(request, actor.id, PlanBody, allowed, new=True)
        await allowed()
        planned = await dialogues.plan(actor, wish.request, Plan(**msgspec.structs.asdict(wish.body)))
        return done(planned.receipt)

    @get("/{dialogue_id:str}", operation_id="GetDialogue", summary="One dialogue meeting with its opinions")
    async def read(
        self,
        dialogue_id: FromPath[str],
        actor: Injected[Actor],
        dialogue_reader: Injected[DialogueReader],
        naming: Injected[Naming],
        as_of: AsOf = None,
    ) -> Response[Json]:
        """What was said and what became of it, at the moment asked for, and what you may do now."""
        seen = await dialogue_reader.one(actor, path_id(dialogue_id), moment_of(as_of))
        body = dialogue_json(seen, await naming.names(ids_of(seen)))
        return Response(body, headers={"ETag": etag(seen.view.row.version)})

    @get(
        "/{dialogue_id:str}/minutes",
        operation_id="GetDialogueMinutes",
        summary="The scan of the minutes",
        opt={KINDS: FILES},
    )
    async def minutes(
        self, dialogue_id: FromPath[str], actor: Injected[Actor], dialogue_reader: Injected[DialogueReader]
    ) -> Response[bytes]:
        """Byte for byte as it was filed."""
        return paper_answer(*await dialogue_reader.minutes(actor, path_id(dialogue_id)))

    @post("/{dialogue_id:str}/announcements", operation_id="AnnounceDialogue", opt={BODY: AnnounceBody})
    async def announce(
        self,
        dialogue_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Thông báo: how and when those who are invited were told."""
        identifier = path_id(dialogue_id)
        seen = asked(dialogues, actor, identifier, "announcements")
        wish = await intents.read(request, actor.id, AnnounceBody, seen)
        body = wish.body
        receipt = await dialogues.announce(
            actor, wish.request, identifier, announced_on=body.announced_on, how=body.how
        )
        return done(receipt)

    @post(
        "/{dialogue_id:str}/meetings",
        operation_id="HoldDialogue",
        opt={BODY: HoldMeetingBody},
        request_max_body_size=SCAN_LIMIT,
    )
    async def hold(
        self,
        dialogue_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Đã tổ chức, with the minutes or without them yet."""
        identifier = path_id(dialogue_id)
        seen = asked(dialogues, actor, identifier, "meetings")
        wish = await intents.read(request, actor.id, HoldMeetingBody, seen)
        body = wish.body
        receipt = await dialogues.hold(
            actor,
            wish.request,
            identifier,
            held_on=body.held_on,
            participants=body.participants,
            minutes=MinutesScan(body.minutes.name, body.minutes.content) if body.minutes else None,
        )
        return done(receipt)

    @post(
        "/{dialogue_id:str}/minutes",
        operation_id="FileDialogueMinutes",
        opt={BODY: MeetingMinutesBody},
        request_max_body_size=SCAN_LIMIT,
    )
    async def file_minutes(
        self,
        dialogue_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
    ) -> Response[Done]:
        """Nộp biên bản; the last scan counts."""
        identifier = path_id(dialogue_id)
        wish = await intents.read(request, actor.id, MeetingMinutesBody, asked(dialogues, actor, identifier, "minutes"))
        scan = MinutesScan(wish.body.name, wish.body.content)
        return done(await dialogues.file_minutes(actor, wish.request, identifier, scan))

    @post(
        "/{dialogue_id:str}/opinions",
        operation_id="RecordOpinions",
        opt={BODY: OpinionsBody},
        request_max_body_size=ROWS_LIMIT,
    )
    async def opinions(
        self,
        dialogue_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        dialogues: Injected[DialogueDesk],
        dialogue_reader: Injected[DialogueReader],
    ) -> Response[Json]:
        """Ghi ý kiến: good rows are taken, the others kept with what is wrong with them. No row is lost."""
        identifier = path_id(dialogue_id)
        wish = await intents.read(request, actor.id, OpinionsBody, asked(dialogues, actor, identifier, "opinions"))
        found = await dialogues.seen(actor, identifier, "opinions")
        rows, mended = await _rows(wish.body, found.state.next_number, wish.request.id)
        receipt = await dialogues.take_in(actor, wish.request, identifier, rows, mended)
        facts = await dialogue_reader.done_by(receipt, wish.request.id)
        answer = {"id": str(receipt.case_id), "version": receipt.version, **taken_json(facts)}
        return Response(answer, status_code=201, headers={"ETag": etag(receipt.version)})


async def _rows(body: OpinionsBody, first_number: int, wish: UUID) -> tuple[list[Row], list[UUID]]:
    if body.rows:
        rows = [
            Row(
                id=one.row_id or row_id(wish, place),
                again=one.again,
                cells=Cells(
                    number=one.number.strip() or str(first_number + place),
                    speaker=one.speaker.strip(),
                    text=one.text.strip(),
                    level=one.level.strip(),
                    body=one.body.strip(),
                    due_on=one.due_on.strip(),
                    due_reason=one.due_reason.strip(),
                    numbered=bool(one.number.strip()) or one.row_id is not None,
                ),
            )
            for place, one in enumerate(body.rows)
        ]
        return rows, [one.row_id for one in body.rows if one.row_id is not None]
    field = "workbook" if body.workbook else "sheet"
    try:
        return numbered_rows(await grid_of(body.workbook, body.sheet), first_number, wish), []
    except SheetRefusedError as error:
        raise InvalidInputError(FieldFault(field, error.code)) from None
    except UnknownColumnError:
        raise InvalidInputError(FieldFault(field, "unknown column")) from None


def asked(dialogues: DialogueDesk, actor: Actor, identifier: UUID, action: str) -> Callable[[], Awaitable[None]]:
    """What is asked before any fault of a request is named."""

    async def ask() -> None:
        await dialogues.seen(actor, identifier, action)

    return ask


def filters_of(part: str, today: date, words: str = "") -> DialogueFilters:
    """What a part of the list holds: `open` what is not closed, `late` those of it with an opinion past its day."""
    if part == "late":
        return DialogueFilters(stages=GOING_ON, due_before=today, words=words)
    stages: tuple[str, ...] = GOING_ON if part == "open" else (part,) if part in STAGES else ()
    return DialogueFilters(stages=stages, words=words)


def write_cursor(after: tuple[date, UUID]) -> str:
    """Opaque to clients."""
    return base64.urlsafe_b64encode(msgspec.json.encode(after)).decode().rstrip("=")


def read_cursor(text: str) -> tuple[date, UUID]:
    """Raises InvalidInputError."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=tuple[date, UUID])
    except (msgspec.DecodeError, binascii.Error, ValueError):
        raise InvalidInputError(FieldFault("cursor", "wrong")) from None
