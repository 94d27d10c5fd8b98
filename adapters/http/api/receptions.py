"""Days of reception: the list, one day, the register of visits, and one address for each thing that is done."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.params import QueryParameter

from adapters.http.api.case_json import Json, of_moment
from adapters.http.api.cases import AsOf, moment_of
from adapters.http.api.explanation_json import file_answer
from adapters.http.api.reception_bodies import (
    SCANS_LIMIT,
    DayBody,
    DayCorrectionBody,
    LinkBody,
    ReopeningBody,
    VisitBody,
    VisitCorrectionBody,
    VisitMinutesBody,
    day_told,
    read_cursor,
    visit_told,
    write_cursor,
)
from adapters.http.api.reception_json import (
    day_json,
    day_row_json,
    ids_of,
    ids_of_day,
    ids_of_lines,
    line_json,
)
from adapters.http.api.views import Done, done
from adapters.http.conditional import Intents, Nothing, etag, path_id
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.naming import Naming
from adapters.http.openapi import BODY, FILES, KINDS, NEW
from adapters.http.receptions import ReceptionReader, must_read
from application.access import Actor, ForbiddenError
from application.feedback_intake import Scan
from application.reception_access import records
from application.receptions import ReceptionDesk
from domain.reception.vocabulary import VisitKind, VisitResult
from projections.reception_days import DayFilters
from projections.reception_visits import Place, RegisterFilters

MOST_ROWS = 200


class ReceptionController(Controller):
    """Tiếp công dân."""

    path = "/api/receptions"
    tags = ("Reception",)

    @get("", operation_id="ListReceptionDays", summary="Days of reception of your authority")
    async def list_days(
        self,
        *,
        actor: Injected[Actor],
        reception_reader: Injected[ReceptionReader],
        naming: Injected[Naming],
        from_day: FromQuery[date | None] = None,
        to_day: FromQuery[date | None] = None,
        sort: FromQuery[Literal["newest", "oldest"]] = "newest",
        as_of: AsOf = None,
        cursor: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST_ROWS)] = 50,
    ) -> Json:
        """By day; with `as_of` as they stood at that moment."""
        must_read(actor)
        after = read_cursor(cursor, tuple[date, UUID]) if cursor else None
        moment = await reception_reader.moment(moment_of(as_of))
        filters = DayFilters(from_day=from_day, to_day=to_day)
        found = await reception_reader.days(actor, filters, moment, order=sort, after=after, limit=limit)
        names = await naming.names(one for row in found.rows for one in ids_of_day(row))
        words = reception_reader.words(actor)
        return {
            **of_moment(moment),
            "total": found.total,
            "days": [day_row_json(row, words, names) for row in found.rows],
            "next_cursor": write_cursor(found.next_after) if found.next_after else None,
        }

    @get("/register", operation_id="ListReceptionVisits", summary="The register of visits of your authority")
    async def register(
        self,
        *,
        actor: Injected[Actor],
        reception_reader: Injected[ReceptionReader],
        naming: Injected[Naming],
        from_day: FromQuery[date | None] = None,
        to_day: FromQuery[date | None] = None,
        kind: FromQuery[VisitKind | None] = None,
        result: FromQuery[VisitResult | None] = None,
        sort: FromQuery[Literal["newest", "oldest"]] = "oldest",
        as_of: AsOf = None,
        cursor: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST_ROWS)] = 50,
    ) -> Json:
        """Sổ tiếp công dân, by day and number; with `as_of` as it stood at that moment."""
        must_read(actor)
        after = read_cursor(cursor, Place) if cursor else None
        moment = await reception_reader.moment(moment_of(as_of))
        filters = RegisterFilters(
            days=DayFilters(from_day=from_day, to_day=to_day),
            kinds=(kind,) if kind else (),
            results=(result,) if result else (),
        )
        found = await reception_reader.register(actor, filters, moment, order=sort, after=after, limit=limit)
        names = await naming.names(ids_of_lines(found.lines))
        words = reception_reader.words(actor)
        return {
            **of_moment(moment),
            "total": found.total,
            "visits": [line_json(line, words, names) for line in found.lines],
            "next_cursor": write_cursor(found.next_after) if found.next_after else None,
        }

    @get("/{day_id:str}", operation_id="GetReceptionDay", summary="One day of reception with its visits")
    async def read(
        self,
        day_id: FromPath[str],
        actor: Injected[Actor],
        reception_reader: Injected[ReceptionReader],
        naming: Injected[Naming],
        as_of: AsOf = None,
    ) -> Response[Json]:
        """What was written of every visit, and what you may do now."""
        seen = await reception_reader.one(actor, path_id(day_id), moment_of(as_of))
        body = day_json(seen, await naming.names(ids_of(seen)))
        return Response(body, headers={"ETag": etag(seen.row.version)})

    @get(
        "/{day_id:str}/files/{file_id:str}",
        operation_id="GetReceptionMinutes",
        summary="A scan of signed minutes",
        opt={KINDS: FILES},
    )
    async def file(
        self,
        day_id: FromPath[str],
        file_id: FromPath[str],
        actor: Injected[Actor],
        reception_reader: Injected[ReceptionReader],
    ) -> Response[bytes]:
        """Byte for byte as it was brought."""
        return file_answer(*await reception_reader.file(actor, path_id(day_id), path_id(file_id)))

    @post("", operation_id="OpenReceptionDay", opt={BODY: DayBody, NEW: True})
    async def open_day(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        receptions: Injected[ReceptionDesk],
    ) -> Response[Done]:
        """Mở buổi tiếp công dân: today's, or an earlier one with the reason why it comes late."""

        async def seen() -> None:
            if not records(actor):
                raise ForbiddenError

        wish = await intents.read(request, actor.id, DayBody, seen, new=True)
        body = wish.body
        return done(await receptions.open_day(actor, wish.request, day_told(body), body.late_reason))

    @post("/{day_id:str}/day-corrections", operation_id="CorrectReceptionDay", opt={BODY: DayCorrectionBody})
    async def correct_day(
        self,
        day_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        receptions: Injected[ReceptionDesk],
    ) -> Response[Done]:
        """Đính chính buổi tiếp; what stood there first stays beside it."""
        identifier = path_id(day_id)
        asked = seen_day(receptions, actor, identifier, "day-corrections")
        wish = await intents.read(request, actor.id, DayCorrectionBody, asked)
        told = day_told(wish.body)
        return done(await receptions.correct_day(actor, wish.request, identifier, told, wish.body.reason))

    @post("/{day_id:str}/visits", operation_id="RecordVisit", opt={BODY: VisitBody})
    async def record(
        self,
        day_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        receptions: Injected[ReceptionDesk],
    ) -> Response[Done]:
        """Ghi lượt tiếp, with the next number of the day."""
        identifier = path_id(day_id)
        wish = await intents.read(request, actor.id, VisitBody, seen_day(receptions, actor, identifier, "visits"))
        told = visit_told(wish.body)
        return done(await receptions.record_visit(actor, wish.request, identifier, told, wish.body.late_reason))

    @post("/{day_id:str}/corrections", operation_id="CorrectVisit", opt={BODY: VisitCorrectionBody})
    async def correct(
        self,
        day_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        receptions: Injected[ReceptionDesk],
    ) -> Response[Done]:
        """Đính chính lượt tiếp; what stood there first stays beside it."""
        identifier = path_id(day_id)
        asked = seen_day(receptions, actor, identifier, "corrections")
        wish = await intents.read(request, actor.id, VisitCorrectionBody, asked)
        body = wish.body
        receipt = await receptions.correct_visit(
            actor, wish.request, identifier, body.number, visit_told(body), body.reason
        )
        return done(receipt)

    @post(
        "/{day_id:str}/minutes",
        operation_id="AttachMinutes",
        opt={BODY: VisitMinutesBody},
        request_max_body_size=SCANS_LIMIT,
    )
    async def attach(
        self,
        day_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        receptions: Injected[ReceptionDesk],
    ) -> Response[Done]:
        """Biên bản có chữ ký, kept byte for byte."""
        identifier = path_id(day_id)
        wish = await intents.read(
            request, actor.id, VisitMinutesBody, seen_day(receptions, actor, identifier, "minutes")
        )
        body = wish.body
        scans = [Scan(one.name, one.content) for one in body.scans]
        receipt = await receptions.attach_minutes(actor, wish.request, identifier, body.number, body.signing, scans)
        return done(receipt)

    @post("/{day_id:str}/links", operation_id="LinkVisit", opt={BODY: LinkBody})
    async def link(
        self,
        day_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        receptions: Injected[ReceptionDesk],
    ) -> Response[Done]:
        """Gắn hồ sơ: the case that grew from a visit, by its number."""
        identifier = path_id(day_id)
        wish = await intents.read(request, actor.id, LinkBody, seen_day(receptions, actor, identifier, "links"))
        body = wish.body
        receipt = await receptions.link(actor, wish.request, identifier, body.number, body.case_number, body.reason)
        return done(receipt)

    @post("/{day_id:str}/closings", operation_id="CloseReceptionDay", opt={BODY: Nothing})
    async def close(
        self,
        day_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        receptions: Injected[ReceptionDesk],
    ) -> Response[Done]:
        """Kết thúc buổi tiếp; not while an oral complaint has no signed minutes."""
        identifier = path_id(day_id)
        wish = await intents.read(request, actor.id, Nothing, seen_day(receptions, actor, identifier, "closings"))
        return done(await receptions.close(actor, wish.request, identifier))

    @post("/{day_id:str}/reopenings", operation_id="ReopenReceptionDay", opt={BODY: ReopeningBody})
    async def reopen(
        self,
        day_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        receptions: Injected[ReceptionDesk],
    ) -> Response[Done]:
        """Mở lại buổi tiếp, for a visit that was forgotten."""
        identifier = path_id(day_id)
        asked = seen_day(receptions, actor, identifier, "reopenings")
        wish = await intents.read(request, actor.id, ReopeningBody, asked)
        return done(await receptions.reopen(actor, wish.request, identifier, wish.body.reason))


def seen_day(receptions: ReceptionDesk, actor: Actor, identifier: UUID, action: str) -> Any:
    """What is asked before any fault of a request is named."""

    async def seen() -> None:
        await receptions.day(actor, identifier, action)

    return seen
