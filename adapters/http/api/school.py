"""What a school's account does as JSON: it reads its own requests and answers them, and learns nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post

from adapters.http.api.case_json import Json
from adapters.http.api.explanation_json import file_answer, school_json, school_row_json
from adapters.http.api.views import Done, done
from adapters.http.conditional import Intents, etag, path_id
from adapters.http.explanations import ExplanationReader
from adapters.http.injected import FromPath, Injected
from adapters.http.naming import Naming
from adapters.http.openapi import BODY, FILES, KINDS
from application.access import Actor
from application.explanations import MOST_FILES, ExplanationDesk, Paper
from application.ports import FileRefusedError

FILES_LIMIT = 60 * 1024 * 1024
"""Bytes of an answer: papers in base64 and the texts."""
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]


class SchoolPartBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    question: int
    text: Words


class SchoolPaperBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`content` in base64: JPEG, PNG, WebP or PDF."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    content: bytes


class SchoolAnswerBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    parts: Annotated[list[SchoolPartBody], msgspec.Meta(max_length=30)]
    papers: Annotated[tuple[SchoolPaperBody, ...], msgspec.Meta(max_length=MOST_FILES)] = ()


class MoreTimeBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    until: date
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]


class SchoolController(Controller):
    """Việc của trường."""

    path = "/api/school/requests"
    tags = ("School",)

    @get("", operation_id="ListSchoolRequests", summary="What your school is asked to explain")
    async def list_requests(self, actor: Injected[Actor], explanations: Injected[ExplanationReader]) -> Json:
        """What waits first, by day. Only for the account of a school."""
        rows, today = await explanations.of_unit(actor), explanations.today()
        return {"requests": [school_row_json(row, today) for row in rows]}

    @get("/{explanation_id:str}", operation_id="OpenSchoolRequest", summary="Read one request")
    async def read(
        self,
        explanation_id: FromPath[str],
        actor: Injected[Actor],
        explanations: Injected[ExplanationReader],
        naming: Injected[Naming],
    ) -> Response[Json]:
        """The first reading is recorded: from then on the authority cannot recall the request."""
        seen = await explanations.for_school(actor, path_id(explanation_id))
        body = school_json(seen, explanations.today(), await naming.names([seen.row.authority_id]))
        return Response(body, headers={"ETag": etag(seen.row.version)})

    @post(
        "/{explanation_id:str}/answers",
        operation_id="GiveExplanation",
        opt={BODY: SchoolAnswerBody},
        request_max_body_size=FILES_LIMIT,
    )
    async def answer(
        self,
        explanation_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        requests: Injected[ExplanationDesk],
        explanations: Injected[ExplanationReader],
    ) -> Response[Done]:
        """Giải trình: every question has its answer, with papers."""
        identifier = path_id(explanation_id)
        wish = await intents.read(request, actor.id, SchoolAnswerBody, _seen(explanations, actor, identifier))
        parts = {part.question: part.text for part in wish.body.parts}
        papers = [Paper(paper.name, paper.content) for paper in wish.body.papers]
        return done(await requests.give(actor, wish.request, identifier, parts, papers))

    @post("/{explanation_id:str}/more-time-requests", operation_id="AskMoreTime", opt={BODY: MoreTimeBody})
    async def more_time(
        self,
        explanation_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        requests: Injected[ExplanationDesk],
        explanations: Injected[ExplanationReader],
    ) -> Response[Done]:
        """Xin thêm thời gian: until a later day, with a reason; the authority decides."""
        identifier = path_id(explanation_id)
        wish = await intents.read(request, actor.id, MoreTimeBody, _seen(explanations, actor, identifier))
        return done(await requests.ask_more_time(actor, wish.request, identifier, wish.body.until, wish.body.reason))

    @get(
        "/{explanation_id:str}/files/{file_id:str}",
        operation_id="GetSchoolFile",
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
        """What came with the request, or what the school sent."""
        return file_answer(*await explanations.school_file(actor, path_id(explanation_id), path_id(file_id)))


def _seen(explanations: ExplanationReader, actor: Actor, identifier: UUID) -> Callable[[], Awaitable[None]]:
    async def seen() -> None:
        await explanations.must_be_asked(actor, identifier)

    return seen


def checked_count(papers: list[bytes]) -> None:
    """Raises FileRefusedError."""
    if len(papers) > MOST_FILES:
        raise FileRefusedError("too-many-files", MOST_FILES)
