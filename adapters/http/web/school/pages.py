"""The pages of a school's account: what it has to do, and each request for explanation (glossary 3.6)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import UploadFile

from adapters.http.api.explanation_json import file_answer
from adapters.http.api.school import FILES_LIMIT, checked_count
from adapters.http.authenticate import SignedIn
from adapters.http.conditional import path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.problems import answer_to, sentence_of
from adapters.http.web.render import page
from adapters.http.web.school.rows import SOURCES, SchoolRow
from adapters.http.web.staff.explanation_words import files, questions, request_term, said
from adapters.http.web.staff.forms import NOTHING, PAGE, REASON, TEXT, Errors, Typed, is_day, new_command, typed_of
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, ids, shell
from adapters.http.web.staff.signing_in import to
from application.access import NotVisibleError, Role
from application.execute import StaleVersionError, VersionMissingError
from application.explanation_access import SCHOOL_ACTS
from application.explanations import MOST_FILES, Paper
from application.ports import FileRefusedError, OutcomeUnknownError
from domain.calendar import legal_date
from domain.kernel import RefusalError
from projections.explanations import Explanations

HOME = "/school"
PAPERS = "papers"


class SchoolPages(Controller):
    """`/school`."""

    path = HOME
    include_in_schema = False

    @get("/")
    async def home(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Việc của trường: what waits for the school, then what it has done."""
        desk = desk_of(room, request, signed_in)
        desk.need(frozenset({Role.SCHOOL}))
        rows: list[SchoolRow] = [row for source in SOURCES for row in await source(desk)]
        names = await room.naming.names(ids(desk.actor.unit_id))
        context = await shell(desk, HOME) | {
            "unit": names.get(desk.actor.unit_id, "") if desk.actor.unit_id else "",
            "waiting": [row for row in rows if row.waits],
            "done_rows": [row for row in rows if not row.waits],
        }
        return page(request, "school/home.html", context)

    @get("/requests/{explanation_id:str}")
    async def one(
        self,
        explanation_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The questions; that they were read is recorded with the first look."""
        return await _one(desk_of(room, request, signed_in), path_id(explanation_id), NOTHING, {})

    @get("/requests/{explanation_id:str}/files/{file_id:str}")
    async def file(
        self,
        explanation_id: FromPath[str],
        file_id: FromPath[str],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[bytes]:
        """What came with the request, or what the school sent."""
        reader = room.explanation_reader
        return file_answer(*await reader.school_file(signed_in.actor, path_id(explanation_id), path_id(file_id)))

    @post("/requests/{explanation_id:str}/{act:str}", status_code=200, request_max_body_size=FILES_LIMIT)
    async def do(
        self,
        explanation_id: FromPath[str],
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The explanation, or a wish for more time; refused, it comes back with what was typed."""
        desk, identifier = desk_of(room, request, signed_in), path_id(explanation_id)
        if act not in SCHOOL_ACTS:
            raise NotVisibleError

        async def seen() -> None:
            await room.explanation_reader.must_be_asked(desk.actor, identifier)

        wish = await room.intents.read_form(request, desk.actor.id, seen)
        typed = await typed_of(request)
        if await room.explanations.known(wish) is None:
            await seen()
            if wish.if_version is None:
                raise VersionMissingError
            if errors := await _faults(desk, identifier, act, typed):
                return await _one(desk, identifier, typed, errors, status_code=400)
        try:
            receipt = await _perform(desk, wish, identifier, act, typed)
        except (RefusalError, FileRefusedError) as error:
            status = 409 if isinstance(error, RefusalError) else 400
            return await _one(desk, identifier, typed, _refusal(desk, error), status_code=status)
        except StaleVersionError:
            late = {PAGE: desk.words.gettext("The request has changed meanwhile. Look at it, then send it again.")}
            return await _one(desk, identifier, typed, late, status_code=412)
        except OutcomeUnknownError:
            retry = {"action": request.url.path, "fields": [list(pair) for pair in typed.texts()]}
            context = {"status": 503, "retry": retry}
            return page(request, "error.html", context, status_code=503, headers={"retry-after": "2"})
        await room.visibility.visible(receipt, (Explanations.name,))
        return to(f"{HOME}/requests/{identifier}?done={act}")


async def _perform(desk: Desk, wish: Any, identifier: UUID, act: str, typed: Typed) -> Any:
    requests = desk.room.explanations
    if act == "more-time-requests":
        until = date.fromisoformat(typed.one("until"))
        return await requests.ask_more_time(desk.actor, wish, identifier, until, typed.one("reason"))
    seen = await requests.of_school(desk.actor, identifier)
    parts = {number: typed.one(f"answer-{number}") for number in seen.state.questions}
    papers = await _papers(desk.request)
    checked_count([paper.data for paper in papers])
    return await requests.give(desk.actor, wish, identifier, parts, papers)


async def _papers(request: Request[Any, Any, Any]) -> list[Paper]:
    form = await request.form()
    found = [value for key, value in form.multi_items() if key == PAPERS and isinstance(value, UploadFile)]
    return [Paper((upload.filename or "")[:200], data) for upload in found if (data := await upload.read())]


async def _faults(desk: Desk, identifier: UUID, act: str, typed: Typed) -> Errors:
    _, found = desk.words.gettext, Errors()
    if act == "more-time-requests":
        if not is_day(typed.one("until")):
            found["until"] = _("Write a day, for example 28/08/2026.")
        if not typed.one("reason"):
            found["reason"] = _("Write the reason.")
        elif len(typed.one("reason")) > REASON:
            found["reason"] = _("A reason has at most %(most)s characters.") % {"most": REASON}
        return found
    seen = await desk.room.explanations.of_school(desk.actor, identifier)
    for number in sorted(seen.state.questions):
        text = typed.one(f"answer-{number}")
        if not text:
            found[f"answer-{number}"] = _("Question %(number)s has no answer yet.") % {"number": number}
        elif len(text) > TEXT:
            found[f"answer-{number}"] = _("An answer has at most %(most)s characters.") % {"most": TEXT}
    return found


def _refusal(desk: Desk, error: Exception) -> Errors:
    answer = answer_to(error)
    field = PAPERS if isinstance(error, FileRefusedError) else answer.field
    return {field if field in (PAPERS, "until", "reason") else PAGE: sentence_of(answer, desk.words.language)}


async def _one(desk: Desk, identifier: UUID, typed: Typed, errors: Errors, *, status_code: int = 200) -> Response[str]:
    seen = await desk.room.explanation_reader.for_school(desk.actor, identifier)
    row, shown, words = seen.row, seen.shown, desk.words
    names = await desk.room.naming.names(ids(row.authority_id))
    where, calendar = f"{HOME}/requests/{row.id}", await desk.room.calendar(desk.actor)
    lost = typed is not NOTHING and bool(await _papers(desk.request))
    asked = [{**item, "typed": typed.one(f"answer-{item['number']}")} for item in questions(row, shown, words)]
    context: Context = await shell(desk, HOME, errors=errors) | {
        "number": row.number,
        "authority": names.get(row.authority_id, ""),
        "state": words.label("school-state", row.status),
        "due": request_term(row, desk.room.today(), calendar, words, school=True),
        "questions": asked,
        "files": files(where, row.attachments, shown, words),
        "given_files": files(where, row.given_files, shown, words),
        "given_on": legal_date(row.given_at) if row.given_at else None,
        "more_time": {
            "until": row.time_wanted,
            "reason": said(shown, row.time_reason, words),
            "refusal": said(shown, row.time_refused, words) if row.time_refused else None,
            "waits": row.status == "more-time-asked",
        }
        if row.time_asked_at
        else None,
        "acts": {
            name: {"action": f"{where}/{name}", "command_id": new_command(), "version": row.version}
            for name in seen.actions
        },
        "typed": {name: typed.one(name) for name in ("until", "reason")},
        "most_files": MOST_FILES,
        "lost": lost,
    }
    return page(desk.request, "school/request.html", context, status_code=status_code)
