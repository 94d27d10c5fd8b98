"""Protection of senders: what a sender reports by the code, and what the few people in charge do. One address each."""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.params import QueryParameter

from adapters.http.api.case_json import Json
from adapters.http.api.feedback import Text
from adapters.http.api.protection_json import ids_of_row, ids_of_task, task_json, task_row_json
from adapters.http.api.submissions import key_of
from adapters.http.api.views import Done, done
from adapters.http.authenticate import client_address
from adapters.http.conditional import Intents, Nothing, etag, path_id, read_json
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.naming import Naming
from adapters.http.openapi import BODY, NEW, OPEN
from adapters.http.problems import FieldFault, InvalidInputError
from adapters.http.protection import ProtectionReader, case_now, must_read
from adapters.http.senders import Senders
from application.access import Actor
from application.protection import ProtectionDesk
from domain.protection.vocabulary import ProtectionOutcome, Whom
from projections.protection import ProtectionStatus, TaskFilters

MOST_ROWS = 200
OPEN_STATES: tuple[ProtectionStatus, ...] = ("new", "taken")
TaskList = Literal["open", "new", "taken", "closed", "all"]
TaskText = Annotated[str, msgspec.Meta(max_length=20_000)]


class WorseTreatmentBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`since`: about which day it began. `part`: the matter, where the submission became several."""

    text: Text
    whom: Whom
    since: date | None = None
    part: int = 0


class HandTaskOverBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    official_id: UUID


class MeasureBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    note: Text


class CloseTaskBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`words` are read by the sender, `reason` stays inside; `referred_to`: the body that has it now."""

    outcome: ProtectionOutcome
    words: TaskText
    reason: TaskText = ""
    referred_to: Annotated[str, msgspec.Meta(max_length=500)] = ""


class WorseTreatmentController(Controller):
    """By the code, in whatever state the case is."""

    path = "/api/track/{code:str}/protection-reports"
    tags = ("Tracking",)
    response_headers = {"Referrer-Policy": "no-referrer"}  # noqa: RUF012 - litestar reads it from the class

    @post("", operation_id="ReportWorseTreatment", opt={BODY: WorseTreatmentBody, NEW: True, OPEN: True})
    async def report(
        self,
        code: FromPath[str],
        request: Request[Any, Any, Any],
        intents: Injected[Intents],
        senders: Injected[Senders],
        protection: Injected[ProtectionDesk],
        protection_reader: Injected[ProtectionReader],
    ) -> Response[Done]:
        """Báo bị đối xử xấu hơn: read by the child-protection contact and the heads, by nobody else."""
        sender = await senders.by_code(code, client_address(request))
        body = await read_json(request, WorseTreatmentBody)
        wish = await intents.request_of(request, sender.actor.id, key_of(request))
        there = await case_now(senders, sender, body.part)
        reported = await protection.report(
            there.actor, wish, there.case_id, whom=body.whom, since=body.since, text=body.text
        )
        await protection_reader.known_soon(reported.receipt)
        return done(reported.receipt)


class ProtectionController(Controller):
    """Việc bảo vệ người gửi."""

    path = "/api/protection-tasks"
    tags = ("Protection",)

    @get("", operation_id="ListProtectionTasks", summary="Reports of worse treatment that you may see")
    async def list_all(
        self,
        *,
        actor: Injected[Actor],
        protection_reader: Injected[ProtectionReader],
        naming: Injected[Naming],
        part: FromQuery[TaskList] = "open",
        sort: FromQuery[Literal["newest", "oldest"]] = "newest",
        cursor: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST_ROWS)] = 50,
    ) -> Json:
        """By the moment of the report."""
        must_read(actor)
        after = read_cursor(cursor) if cursor else None
        page = await protection_reader.page(
            actor, filters_of(part), oldest_first=sort == "oldest", after=after, limit=limit
        )
        names = await naming.names(one for task in page.tasks for one in ids_of_row(task))
        return {
            "total": page.total,
            "tasks": [task_row_json(task, names) for task in page.tasks],
            "next_cursor": write_cursor(page.next_after) if page.next_after else None,
        }

    @get("/{task_id:str}", operation_id="GetProtectionTask", summary="One report of worse treatment")
    async def read(
        self,
        task_id: FromPath[str],
        actor: Injected[Actor],
        protection_reader: Injected[ProtectionReader],
        naming: Injected[Naming],
    ) -> Response[Json]:
        """The sender's words, what was done, and what you may do now."""
        seen = await protection_reader.one(actor, path_id(task_id))
        body = task_json(seen, await naming.names(ids_of_task(seen)))
        return Response(body, headers={"ETag": etag(seen.row.version)})

    @post("/{task_id:str}/takings", operation_id="TakeProtectionTask", opt={BODY: Nothing})
    async def take(
        self,
        task_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        protection: Injected[ProtectionDesk],
    ) -> Response[Done]:
        """Nhận việc: you have it in hand from now on."""
        identifier = path_id(task_id)
        wish = await intents.read(request, actor.id, Nothing, seen(protection, actor, identifier, "takings"))
        return done(await protection.take(actor, wish.request, identifier))

    @post("/{task_id:str}/hand-overs", operation_id="HandProtectionTaskOver", opt={BODY: HandTaskOverBody})
    async def hand_over(
        self,
        task_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        protection: Injected[ProtectionDesk],
    ) -> Response[Done]:
        """Bàn giao, to another of the few who may."""
        identifier = path_id(task_id)
        asked = seen(protection, actor, identifier, "hand-overs")
        wish = await intents.read(request, actor.id, HandTaskOverBody, asked)
        return done(await protection.hand_over(actor, wish.request, identifier, wish.body.official_id))

    @post("/{task_id:str}/measures", operation_id="NoteProtectionMeasure", opt={BODY: MeasureBody})
    async def note(
        self,
        task_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        protection: Injected[ProtectionDesk],
    ) -> Response[Done]:
        """Ghi biện pháp; the sender does not read it."""
        identifier = path_id(task_id)
        wish = await intents.read(request, actor.id, MeasureBody, seen(protection, actor, identifier, "measures"))
        return done(await protection.note_measure(actor, wish.request, identifier, wish.body.note))

    @post("/{task_id:str}/closures", operation_id="CloseProtectionTask", opt={BODY: CloseTaskBody})
    async def close(
        self,
        task_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        protection: Injected[ProtectionDesk],
    ) -> Response[Done]:
        """Kết thúc, with words for the sender. Nothing found needs a reason, and is held against nobody."""
        identifier = path_id(task_id)
        wish = await intents.read(request, actor.id, CloseTaskBody, seen(protection, actor, identifier, "closures"))
        body = wish.body
        receipt = await protection.close(
            actor,
            wish.request,
            identifier,
            outcome=body.outcome,
            referred_to=body.referred_to,
            reason=body.reason,
            words=body.words,
        )
        return done(receipt)


def seen(protection: ProtectionDesk, actor: Actor, identifier: UUID, action: str) -> Any:
    """What is asked before any fault of a request is named."""

    async def asked() -> None:
        await protection.task(actor, identifier, action)

    return asked


def filters_of(part: str) -> TaskFilters:
    """What a part of the list holds."""
    states: dict[str, tuple[ProtectionStatus, ...]] = {
        "open": OPEN_STATES,
        "new": ("new",),
        "taken": ("taken",),
        "closed": ("closed",),
    }
    return TaskFilters(statuses=states.get(part, ()))


def write_cursor(after: tuple[datetime, UUID]) -> str:
    """Opaque to clients."""
    return base64.urlsafe_b64encode(msgspec.json.encode(after)).decode().rstrip("=")


def read_cursor(text: str) -> tuple[datetime, UUID]:
    """Raises InvalidInputError."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=tuple[datetime, UUID])
    except (msgspec.DecodeError, binascii.Error, ValueError):
        raise InvalidInputError(FieldFault("cursor", "wrong")) from None
