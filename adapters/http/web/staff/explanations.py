"""Requests for explanation for officials: the list of all that they see, one of them, and what is done to it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.api.explanation_json import file_answer
from adapters.http.api.explanations import filters_of, names_of, read_cursor, write_cursor
from adapters.http.authenticate import SignedIn
from adapters.http.cases import must_list
from adapters.http.conditional import path_id
from adapters.http.explanations import StaffRequest
from adapters.http.injected import FromPath, Injected
from adapters.http.problems import answer_to, sentence_of
from adapters.http.web.render import page
from adapters.http.web.staff.explanation_words import files, questions, request_term, said
from adapters.http.web.staff.forms import PAGE, REASON, Errors, Typed, is_day, new_command, typed_of
from adapters.http.web.staff.moments import address, asked_moment, band, look_back
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, ids, shell
from adapters.http.web.staff.signing_in import to
from adapters.http.web.staff.tables import csv_answer
from application.access import NotVisibleError
from application.execute import StaleVersionError, VersionMissingError
from application.explanation_access import STAFF_ACTS
from domain.calendar import legal_date
from domain.kernel import RefusalError
from projections.explanations import ExplanationRow, Explanations

PATH = "/explanations"
PARTS = ("waiting", "late", "more-time-asked", "given", "recalled", "all")
ROWS, MOST_EXPORTED = 25, 5_000


class ExplanationsController(Controller):
    """`/explanations`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def list_all(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """In parts with counts, what is due first on top; also as it stood at another moment."""
        desk = desk_of(room, request, signed_in)
        must_list(desk.actor)
        return page(request, "staff/explanations.html", await _list(desk))

    @get("/export")
    async def export(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The chosen part for a spreadsheet, without what was asked and answered."""
        desk = desk_of(room, request, signed_in)
        must_list(desk.actor)
        filters = filters_of(_part(desk), room.today())
        found = await room.explanation_reader.page(desk.actor, filters, limit=MOST_EXPORTED)
        names = await names_of(room.naming, found.rows)
        _, state = desk.words.gettext, desk.words.label
        head = [_("Number"), _("School or unit"), _("State"), _("Asked on"), _("Due by the end of"), _("Explained on")]
        lines = [
            [
                row.number,
                names.get(row.place_id, ""),
                state("explanation-state", row.status),
                legal_date(row.asked_at).isoformat(),
                row.due_on.isoformat(),
                legal_date(row.given_at).isoformat() if row.given_at else "",
            ]
            for row in found.rows
        ]
        return csv_answer("explanations.csv", [head, *lines])

    @get("/{explanation_id:str}")
    async def one(
        self,
        explanation_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Questions, answers, dates, and what may be done now."""
        desk = desk_of(room, request, signed_in)
        return await _one(desk, path_id(explanation_id))

    @get("/{explanation_id:str}/files/{file_id:str}")
    async def file(
        self,
        explanation_id: FromPath[str],
        file_id: FromPath[str],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[bytes]:
        """The copy that went to the school, or what the school sent."""
        reader = room.explanation_reader
        return file_answer(*await reader.staff_file(signed_in.actor, path_id(explanation_id), path_id(file_id)))

    @post("/{explanation_id:str}/{act:str}", status_code=200)
    async def do(
        self,
        explanation_id: FromPath[str],
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Recalls, more time or none: done, and back to the request."""
        desk, identifier = desk_of(room, request, signed_in), path_id(explanation_id)
        if act not in STAFF_ACTS:
            raise NotVisibleError

        async def seen() -> None:
            await room.explanations.of_staff(desk.actor, identifier, act)

        wish = await room.intents.read_form(request, desk.actor.id, seen)
        typed = await typed_of(request)
        if await room.explanations.known(wish) is None:
            await seen()
            if wish.if_version is None:
                raise VersionMissingError
            if errors := _faults(desk, act, typed):
                return await _one(desk, identifier, typed, errors, status_code=400)
        try:
            receipt = await _perform(desk, wish, identifier, act, typed)
        except RefusalError as error:
            answer = answer_to(error)
            fault = {answer.field or PAGE: sentence_of(answer, desk.words.language)}
            return await _one(desk, identifier, typed, fault, status_code=409)
        except StaleVersionError:
            late = {PAGE: desk.words.gettext("The request has changed meanwhile. Look at it, then send it again.")}
            return await _one(desk, identifier, typed, late, status_code=412)
        await room.visibility.visible(receipt, (Explanations.name,))
        return to(f"{PATH}/{identifier}?done={act}")


async def _perform(desk: Desk, wish: Any, identifier: UUID, act: str, typed: Typed) -> Any:
    requests, actor = desk.room.explanations, desk.actor
    match act:
        case "recalls":
            return await requests.recall(actor, wish, identifier, typed.one("reason"))
        case "more-time-grants":
            until = typed.one("until")
            return await requests.grant_more_time(actor, wish, identifier, date.fromisoformat(until) if until else None)
        case _:
            return await requests.refuse_more_time(actor, wish, identifier, typed.one("reason"))


def _faults(desk: Desk, act: str, typed: Typed) -> Errors:
    _ = desk.words.gettext
    if act == "more-time-grants":
        until = typed.one("until")
        return {} if not until or is_day(until) else {"until": _("Write a day, for example 28/08/2026.")}
    reason = typed.one("reason")
    if not reason:
        return {"reason": _("Write the reason.")}
    return {"reason": _("A reason has at most %(most)s characters.") % {"most": REASON}} if len(reason) > REASON else {}


def _part(desk: Desk) -> str:
    wanted = desk.request.query_params.get("part", "waiting")
    return "" if wanted == "all" else wanted if wanted in PARTS else "waiting"


async def _list(desk: Desk) -> Context:
    room, words = desk.room, desk.words
    asked = asked_moment(desk, happened=False)
    moment = await room.cases.moment(asked.at) if asked.at else None
    day, part = moment.day if moment else room.today(), _part(desk)
    cursor = desk.request.query_params.get("cursor", "")
    found = await room.explanation_reader.page(
        desk.actor,
        filters_of(part, day),
        up_to=moment.up_to if moment else None,
        after=read_cursor(cursor) if cursor else None,
        limit=ROWS,
    )
    names = await names_of(room.naming, found.rows)
    calendar = await room.calendar(desk.actor)
    query = {"part": part or "all", **asked.query()}
    counts = await room.explanation_reader.counts(
        desk.actor, [filters_of("" if name == "all" else name, day) for name in PARTS]
    )
    context = await shell(desk, PATH)
    return context | {
        "tabs": [
            {
                "href": address(PATH, {**query, "part": name}),
                "text": words.label("explanation-part", name),
                "count": None if asked.at else count,
                "active": name == (part or "all"),
            }
            for name, count in zip(PARTS, counts, strict=True)
        ],
        "rows": [_row(row, day, calendar, names, words) for row in found.rows],
        "next_page": address(PATH, {**query, "cursor": write_cursor(found.next_after)}) if found.next_after else None,
        "export": None if asked.at else address(f"{PATH}/export", query),
        "look_back": look_back(PATH, asked, marks=[], happened=False) | {"keep": {"part": part or "all"}},
        "past": band(PATH, asked, {"part": part or "all"}),
    }


def _row(row: ExplanationRow, day: date, calendar: Any, names: Any, words: Any) -> Context:
    return {
        "href": f"{PATH}/{row.id}",
        "number": row.number,
        "unit": names.get(row.place_id, ""),
        "state": words.label("explanation-state", row.status),
        "by": names.get(row.asked_by, ""),
        "case": f"/cases/{row.case_id}",
        "term": request_term(row, day, calendar, words) if row.waits or row.given_at else None,
    }


async def _one(
    desk: Desk, identifier: UUID, typed: Typed | None = None, errors: Errors | None = None, *, status_code: int = 200
) -> Response[str]:
    seen = await desk.room.explanation_reader.for_staff(desk.actor, identifier)
    context = await shell(desk, PATH, errors=errors or {}) | await _request(desk, seen)
    context["typed"] = {name: typed.one(name) if typed else "" for name in ("reason", "until")}
    return page(desk.request, "staff/explanation.html", context, status_code=status_code)


async def _request(desk: Desk, seen: StaffRequest) -> Context:
    row, shown, words = seen.row, seen.shown, desk.words
    names = await desk.room.naming.names(ids(row.place_id, row.asked_by, row.authority_id))
    where = f"{PATH}/{row.id}"
    calendar = await desk.room.calendar(desk.actor)
    opened = shown.sees("personal")
    more_time = None
    if row.time_asked_at is not None:
        more_time = {
            "until": row.time_wanted,
            "on": legal_date(row.time_asked_at),
            "reason": said(shown, row.time_reason, words),
            "refusal": said(shown, row.time_refused, words) if row.time_refused else None,
            "waits": row.status == "more-time-asked",
        }
    return {
        "number": row.number,
        "case": f"/cases/{row.case_id}",
        "unit": names.get(row.place_id, ""),
        "by": names.get(row.asked_by, ""),
        "asked_at": row.asked_at,
        "opened_at": row.opened_at,
        "given_at": row.given_at,
        "recalled": {"at": row.recalled_at, "reason": row.recall_reason} if row.recalled_at else None,
        "state": words.label("explanation-state", row.status),
        "due": None if row.recalled_at else request_term(row, desk.room.today(), calendar, words),
        "questions": questions(row, shown, words) if opened else [],
        "files": files(where, row.attachments, shown, words) if opened else [],
        "given_files": files(where, row.given_files, shown, words) if opened else [],
        "circle": _circle(seen, desk),
        "more_time": more_time,
        "acts": {
            name: {"action": f"{where}/{name}", "command_id": new_command(), "version": row.version}
            for name in seen.actions
        },
    }


def _circle(seen: StaffRequest, desk: Desk) -> Context | None:
    """How many could know, for those who work on the case."""
    if not seen.shown.sees("informant"):
        return None
    row, words = seen.row, desk.words
    return {
        "count": said(seen.shown, row.could_know, words),
        "reason": said(seen.shown, row.few_reason, words) if row.few_reason else None,
    }
