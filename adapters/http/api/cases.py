"""Cases of all kinds: lists, one case, its history and its dates, at any moment."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Response, get
from litestar.params import QueryParameter

from adapters.http.api.case_json import Json, case_json, fact_json, of_moment, row_json, term_json
from adapters.http.api.differences import differences, fact_differences
from adapters.http.cases import CaseClock, Cases, FeedbackAnswer, Moment, must_list
from adapters.http.conditional import etag, path_id
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.naming import Naming
from adapters.http.openapi import FILES, KINDS
from adapters.http.problems import FieldFault, InvalidInputError
from adapters.http.searches import Searches
from application.access import Actor, NotVisibleError
from application.ports import Files, Mark
from domain.calendar import legal_date
from projections.case_list import Filters, Order

MOST_ROWS = 200
AsOf = Annotated[
    str | None,
    QueryParameter(name="as_of", description="RFC 3339 with offset: the state at that moment.", format="date-time"),
]
"""A text for `moment_of`: the framework would take a bare number for seconds since 1970."""


ClockName = Annotated[
    CaseClock, QueryParameter(name="clock", description="`known`: as recorded by then. `happened`: as it had happened.")
]


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended: the log index of the list with its stamp, the order and the last row.

    `at` is the moment of the list where its day is not that of the stamp: the same list gives the same cursor, whether
    it was asked for as the present or looked back at. By the clock "happened" it is always there: the stamp says how
    far the list knows, and not which moment it shows.
    """

    log_index: Annotated[int, msgspec.Meta(ge=-1, lt=2**62)]
    stamp: Annotated[datetime, msgspec.Meta(tz=True)] | None
    at: Annotated[datetime, msgspec.Meta(tz=True)] | None
    order: Order
    after: tuple[bool | str, ...]
    key: UUID
    clock: CaseClock = "known"


def write_cursor(moment: Moment, order: Order, after: tuple[Any, ...]) -> str:
    """Opaque to clients. All pages of a list show the state of the first."""
    stamp = moment.mark.recorded_at
    told = moment.clock == "known" and stamp is not None and legal_date(stamp) == moment.day
    at = None if told else moment.at
    place = _Place(moment.up_to, stamp, at, order, msgspec.to_builtins(after[:-1]), after[-1], moment.clock)
    return base64.urlsafe_b64encode(msgspec.json.encode(place)).decode().rstrip("=")


def read_cursor(text: str) -> tuple[Moment, Order, tuple[Any, ...]]:
    """Raises InvalidInputError."""
    try:
        place = msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=_Place)
        at = aware(place.at or place.stamp)
        if at is None or any("\0" in str(value) for value in place.after):
            raise InvalidInputError(FieldFault("cursor", "wrong"))
        return (
            Moment(Mark(place.log_index, place.stamp), at, live=False, clock=place.clock),
            place.order,
            (*_typed(place.order, place.after), place.key),
        )
    except (msgspec.DecodeError, msgspec.ValidationError, binascii.Error, ValueError, UnicodeError):
        raise InvalidInputError(FieldFault("cursor", "wrong")) from None


def _typed(order: Order, after: tuple[Any, ...]) -> tuple[Any, ...]:
    shapes: dict[Order, type[Any]] = {
        "due": tuple[bool, date],
        "received": tuple[bool, date],
        "number": tuple[bool, str],
    }
    typed: tuple[Any, ...] = msgspec.convert(after, shapes[order])
    return typed


class CasesController(Controller):
    path = "/api/cases"
    tags = ("Cases",)

    @get("", operation_id="ListCases", summary="Cases that you may see")
    async def list_cases(
        self,
        *,
        actor: Injected[Actor],
        cases: Injected[Cases],
        naming: Injected[Naming],
        searches: Injected[Searches],
        kind: FromQuery[str] = "",
        status: FromQuery[str] = "",
        q: FromQuery[str] = "",
        area: FromQuery[UUID | None] = None,
        due_before: FromQuery[date | None] = None,
        held: FromQuery[bool | None] = None,
        as_of: AsOf = None,
        clock_name: ClockName = "known",
        order: FromQuery[Order] = "due",
        cursor: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST_ROWS)] = 50,
    ) -> Json:
        """Filtered, ordered and paged; with `as_of` as it stood at that moment, within what you may see today.

        By the clock `happened` a list holds what had happened by then, known today. Without `as_of` both clocks show
        the present. A cursor keeps moment and clock.
        """
        must_list(actor)
        at, statuses = moment_of(as_of), (plain("status", status),) if status else ()
        kind = plain("kind", kind)
        filters = Filters(kind=kind, statuses=statuses, area_id=area, due_before=due_before, held=held)
        filters = await searches.filters(q, filters)
        moment, after = (await cases.moment(at, clock_name) if at else None), None
        if cursor:
            moment, order, after = read_cursor(cursor)
        page, shown = await cases.page(actor, filters, moment=moment, order=order, after=after, limit=limit)
        names = await naming.names(
            identifier for row in page.rows for identifier in (row.place_id, row.area_id, row.holder_id)
        )
        return {
            **of_moment(shown),
            "clock": shown.clock,
            "total": page.total,
            "cases": [row_json(row, shown.day, names) for row in page.rows],
            "next_cursor": write_cursor(shown, order, page.next_after) if page.next_after else None,
        }

    @get("/{case_id:str}", operation_id="GetCase", summary="One case")
    async def case(
        self,
        case_id: FromPath[str],
        actor: Injected[Actor],
        cases: Injected[Cases],
        naming: Injected[Naming],
        as_of: AsOf = None,
        clock_name: ClockName = "known",
    ) -> Response[Json]:
        """By the clock `known`: what had been recorded. By `happened`: what had happened, known today."""
        answer = await cases.feedback(actor, path_id(case_id), moment_of(as_of), clock_name)
        body = case_json(answer, await names_of(naming, answer))
        return Response(body, headers={"ETag": etag(answer.view.version)})

    @get("/{case_id:str}/history", operation_id="GetCaseHistory", summary="Every fact of a case")
    async def history(
        self,
        case_id: FromPath[str],
        actor: Injected[Actor],
        cases: Injected[Cases],
        naming: Injected[Naming],
        as_of: AsOf = None,
        clock_name: ClockName = "known",
    ) -> Json:
        """Who did what when, by both clocks, in which post and why."""
        answer = await cases.feedback(actor, path_id(case_id), moment_of(as_of), clock_name)
        names, posts = await naming.of_history(answer.history)
        return {
            **of_moment(answer.moment),
            "case_id": case_id,
            "facts": [fact_json(recorded, answer.disclose, names, posts) for recorded in answer.history],
        }

    @get("/{case_id:str}/differences", operation_id="GetCaseDifferences", summary="One case at two moments")
    async def differences(
        self,
        case_id: FromPath[str],
        actor: Injected[Actor],
        cases: Injected[Cases],
        naming: Injected[Naming],
        as_of: AsOf = None,
        clock_name: ClockName = "known",
        other: Annotated[
            str | None,
            QueryParameter(name="with", description="The second moment; without it, the present.", format="date-time"),
        ] = None,
        other_clock: Annotated[
            CaseClock | None, QueryParameter(name="with_clock", description="Its clock; without it, the same.")
        ] = None,
    ) -> Json:
        """What differs, field by field, and the facts that only one of the two moments has."""
        identifier = path_id(case_id)
        before = await cases.feedback(actor, identifier, moment_of(as_of), clock_name)
        after = await cases.feedback(actor, identifier, moment_of(other, "with"), other_clock or clock_name)
        sides = [case_json(one, await names_of(naming, one)) for one in (before, after)]
        return {"case_id": case_id, **differences(*sides), **fact_differences(before, after)}

    @get("/{case_id:str}/deadlines", operation_id="GetCaseDeadlines", summary="The dates of a case, and why")
    async def deadlines(
        self,
        case_id: FromPath[str],
        actor: Injected[Actor],
        cases: Injected[Cases],
        as_of: AsOf = None,
        clock_name: ClockName = "known",
    ) -> Json:
        """Each with rule, article, badge and the steps that lead to the day."""
        answer = await cases.feedback(actor, path_id(case_id), moment_of(as_of), clock_name)
        return {
            **of_moment(answer.moment),
            "case_id": case_id,
            "deadlines": [term_json(line, answer.moment.day) for line in answer.view.terms],
        }

    @get(
        "/{case_id:str}/files/{file_id:str}",
        operation_id="GetCaseFile",
        summary="A photo or paper of a case",
        opt={KINDS: FILES},
    )
    async def file(
        self,
        case_id: FromPath[str],
        file_id: FromPath[str],
        actor: Injected[Actor],
        cases: Injected[Cases],
        files: Injected[Files],
    ) -> Response[bytes]:
        """As kept: without the data that cameras write into pictures."""
        answer = await cases.feedback(actor, path_id(case_id))
        return await file_response(answer, path_id(file_id), files)

    @get(
        "/{case_id:str}/files/{file_id:str}/original",
        operation_id="GetOriginalFile",
        summary="A scan as it came",
        opt={KINDS: FILES},
    )
    async def original(
        self,
        case_id: FromPath[str],
        file_id: FromPath[str],
        actor: Injected[Actor],
        cases: Injected[Cases],
        files: Injected[Files],
    ) -> Response[bytes]:
        """Byte for byte, for whoever may see how it came; `Digest` holds its SHA-256."""
        answer = await cases.feedback(actor, path_id(case_id))
        return await original_response(answer, path_id(file_id), files)


async def original_response(answer: FeedbackAnswer, file_id: UUID, files: Files) -> Response[bytes]:
    """A download of the evidence, never shown in the page. Raises NotVisibleError, ErasedError."""
    opened = answer.view.opened
    found = next((item for item in opened.originals if item.attachment_id == file_id), None)
    if found is None or not (answer.disclose.sees("personal") and answer.disclose.sees("informant")):
        raise NotVisibleError
    try:
        content = await files.read(opened.subject_id, found.address)
    except FileNotFoundError:
        raise NotVisibleError from None
    suffix = found.media_type.rsplit("/", 1)[-1].replace("jpeg", "jpg")
    headers = {
        "Content-Disposition": f'attachment; filename="{found.attachment_id}-original.{suffix}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
        "Digest": f"sha-256={base64.b64encode(sha256(content).digest()).decode()}",
    }
    return Response(content, media_type=found.media_type, headers=headers)


async def file_response(answer: FeedbackAnswer, file_id: UUID, files: Files) -> Response[bytes]:
    """A download that runs nothing. Raises NotVisibleError, ErasedError."""
    view = answer.view
    kept = [*view.opened.attachments, *(item for message in view.messages for item in message.attachments)]
    found = next((item for item in kept if item.id == file_id), None)
    if found is None or not answer.disclose.sees("personal"):
        raise NotVisibleError
    try:
        content = await files.read(view.opened.subject_id, found.address)
    except FileNotFoundError:
        raise NotVisibleError from None
    suffix = found.media_type.rsplit("/", 1)[-1].replace("jpeg", "jpg")
    headers = {
        "Content-Disposition": f'inline; filename="{found.id}.{suffix}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=found.media_type, headers=headers)


async def names_of(naming: Naming, answer: FeedbackAnswer) -> dict[UUID, str]:
    """Everybody and every place that a case names."""
    view = answer.view
    people = [view.holder_id, *view.readers, *(note.by for note in view.notes)]
    people += [draft.drafter_id for draft in view.drafts] + [draft.releaser_id for draft in view.drafts]
    return await naming.names([view.authority_id, view.opened.area_id, view.opened.place_id, *people])


def moment_of(text: str | None, field: str = "as_of") -> datetime | None:
    """What was asked for in an address. Raises InvalidInputError."""
    if text is None:
        return None
    try:
        return aware(msgspec.convert(text, datetime), field)
    except msgspec.ValidationError:
        raise InvalidInputError(FieldFault(field, "wrong")) from None


def aware(moment: datetime | None, field: str = "as_of") -> datetime | None:
    """A moment needs its offset, and a legal day. Raises InvalidInputError."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise InvalidInputError(FieldFault(field, "without offset"))
    try:
        legal_date(moment)
        return moment.astimezone(UTC)
    except OverflowError:
        raise InvalidInputError(FieldFault(field, "out of range")) from None


def plain(field: str, text: str) -> str:
    """What a column of words can be compared with. Raises InvalidInputError."""
    if "\0" in text:
        raise InvalidInputError(FieldFault(field, "wrong"))
    return text
