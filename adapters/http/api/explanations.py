"""What officials do with requests for explanation: one address for each intention."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.params import QueryParameter

from adapters.http.api.case_json import Json, of_moment
from adapters.http.api.cases import AsOf, moment_of
from adapters.http.api.explanation_json import file_answer, staff_json, staff_request_json, staff_row_json
from adapters.http.api.feedback import Reason, ReasonBody, Text
from adapters.http.api.views import Done, done
from adapters.http.cases import Cases, FeedbackAnswer, must_list
from adapters.http.conditional import Intents, etag, path_id
from adapters.http.explanations import ExplanationReader
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.naming import Naming
from adapters.http.openapi import BODY, FILES, KINDS
from adapters.http.problems import FieldFault, InvalidInputError
from application.access import Actor
from application.explanations import Asking, CasePhoto, ExplanationDesk
from projections.explanations import WAITING, ExplanationFilters, ExplanationRow

MOST_ROWS = 200
ExplanationList = Literal["", "waiting", "late", "more-time-asked", "given", "recalled"]


class PhotoBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the case. `looked_at`: you saw it, and nothing in it gives a person away."""

    file_id: UUID
    looked_at: bool


class AskExplanationBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`could_know`: how many people could know of the matter; below five `few_reason` says why it is asked anyway.

    `due_on` another day than the rule's needs `date_reason`, which the school reads. `preview_confirmed`: what the
    school will see was shown to whoever sends it.
    """

    questions: Annotated[list[Text], msgspec.Meta(min_length=1, max_length=30)]
    could_know: Annotated[int, msgspec.Meta(ge=0, le=100_000)]
    preview_confirmed: bool
    few_reason: Reason = ""
    attachments: Annotated[tuple[PhotoBody, ...], msgspec.Meta(max_length=30)] = ()
    due_on: date | None = None
    date_reason: Reason = ""


class GrantBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Without `until` the day that the school asked for."""

    until: date | None = None


class ExplanationAsked(msgspec.Struct, frozen=True):
    """The case with its version now, and the request that was made."""

    id: UUID
    version: int
    explanation_id: UUID


class CaseExplanationController(Controller):
    """Yêu cầu giải trình of one case."""

    path = "/api/feedback/{case_id:str}/explanation-requests"
    tags = ("Explanations",)

    @get("", operation_id="ListCaseExplanations", summary="What was asked of the unit about this case")
    async def list_of_case(
        self,
        case_id: FromPath[str],
        actor: Injected[Actor],
        cases: Injected[Cases],
        explanations: Injected[ExplanationReader],
        naming: Injected[Naming],
        as_of: AsOf = None,
    ) -> Json:
        """Every request with its questions and answers, at the moment asked for."""
        answer = await cases.feedback(actor, path_id(case_id), moment_of(as_of))
        rows = await explanations.of_case(answer)
        names = await names_of(naming, rows)
        shown = [staff_json(row, answer.disclose, answer.moment.day, names) for row in rows]
        return {**of_moment(answer.moment), "case_id": str(answer.view.case_id), "explanations": shown}

    @post("", operation_id="AskExplanation", opt={BODY: AskExplanationBody})
    async def ask(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        cases: Injected[Cases],
        requests: Injected[ExplanationDesk],
    ) -> Response[ExplanationAsked]:
        """Questions in your own words, never those of the sender; files only after a look at each."""
        identifier = path_id(case_id)

        async def seen() -> None:
            await requests.case(actor, identifier, "explanation-requests")

        wish = await intents.read(request, actor.id, AskExplanationBody, seen)
        await seen()
        body = wish.body
        photos: tuple[CasePhoto, ...] = ()
        if body.attachments:
            photos = photos_of(await cases.feedback(actor, identifier), body.attachments)
        what = Asking(
            questions=body.questions,
            could_know=body.could_know,
            few_reason=body.few_reason,
            photos=photos,
            due_on=body.due_on,
            date_reason=body.date_reason,
            preview_confirmed=body.preview_confirmed,
        )
        asked = await requests.request(actor, wish.request, identifier, what)
        answer = ExplanationAsked(asked.receipt.case_id, asked.receipt.version, asked.explanation_id)
        return Response(answer, status_code=201, headers={"ETag": etag(asked.receipt.version)})


def photos_of(answer: FeedbackAnswer, wanted: tuple[PhotoBody, ...]) -> tuple[CasePhoto, ...]:
    """The files of the case by their ids. Raises InvalidInputError for others."""
    view = answer.view
    kept = [*view.opened.attachments, *(item for message in view.messages for item in message.attachments)]
    known = {item.id: item for item in kept} if answer.disclose.sees("personal") else {}
    if strange := [n for n, photo in enumerate(wanted) if photo.file_id not in known]:
        raise InvalidInputError(FieldFault(f"attachments.{strange[0]}.file_id", "no such file"))
    return tuple(CasePhoto(known[photo.file_id], photo.looked_at) for photo in wanted)


class ExplanationController(Controller):
    """Requests for explanation of all cases that one sees."""

    path = "/api/explanations"
    tags = ("Explanations",)

    @get("", operation_id="ListExplanations", summary="Requests for explanation that you may see")
    async def list_all(
        self,
        *,
        actor: Injected[Actor],
        cases: Injected[Cases],
        explanations: Injected[ExplanationReader],
        naming: Injected[Naming],
        part: FromQuery[ExplanationList] = "",
        place: FromQuery[UUID | None] = None,
        number: FromQuery[str] = "",
        as_of: AsOf = None,
        cursor: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST_ROWS)] = 50,
    ) -> Json:
        """By day, by today's right on the cases behind them; with `as_of` as they stood at that moment."""
        must_list(actor)
        moment = await cases.moment(moment_of(as_of))
        filters = filters_of(part, moment.day, place_id=place, number=number)
        up_to = None if moment.live else moment.up_to
        after = read_cursor(cursor) if cursor else None
        page = await explanations.page(actor, filters, up_to=up_to, after=after, limit=limit)
        names = await names_of(naming, page.rows)
        return {
            **of_moment(moment),
            "total": page.total,
            "explanations": [staff_row_json(row, moment.day, names) for row in page.rows],
            "next_cursor": write_cursor(page.next_after) if page.next_after else None,
        }

    @get("/{explanation_id:str}", operation_id="GetExplanation", summary="One request for explanation")
    async def read(
        self,
        explanation_id: FromPath[str],
        actor: Injected[Actor],
        explanations: Injected[ExplanationReader],
        naming: Injected[Naming],
    ) -> Response[Json]:
        """Questions, answers, and what you may do now."""
        seen = await explanations.for_staff(actor, path_id(explanation_id))
        body = staff_request_json(seen, explanations.today(), await names_of(naming, [seen.row]))
        return Response(body, headers={"ETag": etag(seen.row.version)})

    @get(
        "/{explanation_id:str}/files/{file_id:str}",
        operation_id="GetExplanationFile",
        summary="A file of a request",
        opt={KINDS: FILES},
    )
    async def file(
        self,
        explanation_id: FromPath[str],
        file_id: FromPath[str],
        actor: Injected[Actor],
        explanations: Injected[ExplanationReader],
    ) -> Response[bytes]:
        """The copy that went to the school, or what the school sent."""
        return file_answer(*await explanations.staff_file(actor, path_id(explanation_id), path_id(file_id)))

    @post("/{explanation_id:str}/recalls", operation_id="RecallExplanation", opt={BODY: ReasonBody})
    async def recall(
        self,
        explanation_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        requests: Injected[ExplanationDesk],
    ) -> Response[Done]:
        """Thu hồi, only while the school has not opened it."""
        identifier = path_id(explanation_id)
        wish = await intents.read(request, actor.id, ReasonBody, _seen(requests, actor, identifier, "recalls"))
        return done(await requests.recall(actor, wish.request, identifier, wish.body.reason))

    @post("/{explanation_id:str}/more-time-grants", operation_id="GrantMoreTime", opt={BODY: GrantBody})
    async def grant(
        self,
        explanation_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        requests: Injected[ExplanationDesk],
    ) -> Response[Done]:
        """Cho thêm thời gian."""
        identifier = path_id(explanation_id)
        wish = await intents.read(request, actor.id, GrantBody, _seen(requests, actor, identifier, "more-time-grants"))
        return done(await requests.grant_more_time(actor, wish.request, identifier, wish.body.until))

    @post("/{explanation_id:str}/more-time-refusals", operation_id="RefuseMoreTime", opt={BODY: ReasonBody})
    async def refuse(
        self,
        explanation_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        requests: Injected[ExplanationDesk],
    ) -> Response[Done]:
        """Không cho thêm thời gian; the school reads the reason."""
        identifier = path_id(explanation_id)
        seen = _seen(requests, actor, identifier, "more-time-refusals")
        wish = await intents.read(request, actor.id, ReasonBody, seen)
        return done(await requests.refuse_more_time(actor, wish.request, identifier, wish.body.reason))


def _seen(requests: ExplanationDesk, actor: Actor, identifier: UUID, action: str) -> Any:
    async def seen() -> None:
        await requests.of_staff(actor, identifier, action)

    return seen


def filters_of(part: str, today: date, *, place_id: UUID | None = None, number: str = "") -> ExplanationFilters:
    """What a part of the list holds: `waiting` for the school, `late` of those past their day, or one state."""
    statuses: tuple[str, ...] = WAITING if part in ("waiting", "late") else (part,) if part else ()
    return ExplanationFilters(
        statuses=statuses, due_before=today if part == "late" else None, place_id=place_id, number=number
    )


async def names_of(naming: Naming, rows: Any) -> dict[UUID, str]:
    """Schools and officials that these requests name."""
    found: list[ExplanationRow] = list(rows)
    return await naming.names([identifier for row in found for identifier in (row.place_id, row.asked_by)])


def write_cursor(after: tuple[date, UUID]) -> str:
    """Opaque to clients."""
    return base64.urlsafe_b64encode(msgspec.json.encode(after)).decode().rstrip("=")


def read_cursor(text: str) -> tuple[date, UUID]:
    """Raises InvalidInputError."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=tuple[date, UUID])
    except (msgspec.DecodeError, binascii.Error, ValueError):
        raise InvalidInputError(FieldFault("cursor", "wrong")) from None
