"""One dialogue meeting for officials: its pages, its files, and what is done about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.api.dialogue_json import paper_answer
from adapters.http.api.submissions import PUBLIC_LIMIT
from adapters.http.authenticate import SignedIn
from adapters.http.conditional import path_id
from adapters.http.dialogues import DialogueAnswer
from adapters.http.injected import FromPath, Injected
from adapters.http.opinion_sheets import SheetRefusedError
from adapters.http.problems import answer_to, sentence_of
from adapters.http.web.render import page
from adapters.http.web.staff.dialogue_acts import MINUTES, PAGES, fields_of, numbers_of, own_faults, perform, scan_of
from adapters.http.web.staff.dialogue_page import (
    chosen_opinions,
    meeting_context,
    opinion_context,
    opinions_context,
    said,
    speaker,
)
from adapters.http.web.staff.dialogue_rows import SHEET, WORKBOOK, Sent, rows_context, sheet_fault, take_in
from adapters.http.web.staff.exports import About, sheets_answer, stream
from adapters.http.web.staff.forms import NOTHING, PAGE, Errors, Typed, faults, typed_of
from adapters.http.web.staff.moments import Asked, asked_moment, band, look_back
from adapters.http.web.staff.room import DIALOGUES_PATH, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.sheets import Cell, Sheet
from adapters.http.web.staff.signing_in import to
from application.access import NotVisibleError
from application.dialogue_sheet import UnknownColumnError
from application.execute import StaleVersionError, VersionMissingError
from application.ports import FileRefusedError, Receipt
from application.ports import Request as Wish
from domain.kernel import RefusalError
from projections.dialogue_view import OpinionView
from projections.dialogues import Dialogues

PATH = DIALOGUES_PATH
COLUMNS = (
    "number",
    "speaker",
    "text",
    "level",
    "body",
    "due",
    "due-reason",
    "state",
    "answer",
    "answered",
    "receiver",
    "transferred",
    "document",
)


class DialogueController(Controller):
    """`/dialogues/{id}`."""

    path = f"{PATH}/{{dialogue_id:str}}"
    include_in_schema = False

    @get("/")
    async def one(
        self,
        dialogue_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """How far it is, and what may be done; also as it stood at another moment."""
        desk = desk_of(room, request, signed_in)
        return await _meeting(desk, path_id(dialogue_id))

    @get("/opinions")
    async def opinions(
        self,
        dialogue_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """By state and level; several are routed or passed on at once."""
        return await _opinions(desk_of(room, request, signed_in), path_id(dialogue_id))

    @get("/opinions/{number:str}")
    async def opinion(
        self,
        dialogue_id: FromPath[str],
        number: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """One opinion with its history."""
        return await _opinion(desk_of(room, request, signed_in), path_id(dialogue_id), number)

    @get("/rows")
    async def rows(
        self,
        dialogue_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The form for a sheet, and the rows that wait to be mended."""
        return await _rows(desk_of(room, request, signed_in), path_id(dialogue_id))

    @get("/minutes")
    async def minutes(
        self, dialogue_id: FromPath[str], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[bytes]:
        """Byte for byte as it was filed."""
        return paper_answer(*await room.dialogue_reader.minutes(signed_in.actor, path_id(dialogue_id)))

    @get("/export")
    async def export(
        self,
        dialogue_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """The opinions for a spreadsheet; text stays text, whatever it begins with."""
        desk = desk_of(room, request, signed_in)
        asked = asked_moment(desk, happened=False)
        seen = await room.dialogue_reader.one(desk.actor, path_id(dialogue_id), asked.at)
        heads = [desk.words.label("dialogue-opinion-column", key) for key in COLUMNS]
        lines = [_cells(one, desk, seen) for one in chosen_opinions(desk, seen)]
        about = About(seen.view.row.title, seen.moment, asked)
        if request.query_params.get("format") == "xlsx":
            title = desk.words.gettext("Opinions")
            return await sheets_answer(desk, "dialogue", about, [Sheet(title, heads, lines)])
        return await stream(desk, "dialogue", about, [(None, heads, _each(lines))])

    @post("/acts/{act:str}", status_code=200, request_max_body_size=PUBLIC_LIMIT)
    async def do(
        self,
        dialogue_id: FromPath[str],
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Done, and back to the page; refused, the page comes back with everything that was typed."""
        desk, identifier = desk_of(room, request, signed_in), path_id(dialogue_id)
        if act not in PAGES:
            raise NotVisibleError

        async def seen() -> None:
            await room.dialogues.seen(desk.actor, identifier, act)

        wish = await room.intents.read_form(request, desk.actor.id, seen)
        typed = await typed_of(request)
        sent = await Sent.of(desk, typed)
        if await room.dialogues.known(wish) is None:
            await seen()
            if wish.if_version is None:
                raise VersionMissingError
            if errors := await _faults(desk, act, typed, sent):
                return await _again(desk, identifier, act, sent, errors, 400)
        try:
            receipt = await _perform(desk, wish, identifier, act, sent)
        except (SheetRefusedError, UnknownColumnError) as error:
            return await _again(desk, identifier, act, sent, sheet_fault(error, desk.words), 400)
        except (RefusalError, FileRefusedError) as error:
            status = 409 if isinstance(error, RefusalError) else 400
            return await _again(desk, identifier, act, sent, _refusal(desk, act, typed, error), status)
        except StaleVersionError:
            late = {PAGE: desk.words.gettext("The meeting has changed meanwhile. Look at it, then send it again.")}
            return await _again(desk, identifier, act, sent, late, 412)
        await room.visibility.visible(receipt, (Dialogues.name,))
        return to(await _after(desk, identifier, act, typed))


async def _perform(desk: Desk, wish: Wish, identifier: UUID, act: str, sent: Sent) -> Receipt:
    if act == "opinions":
        return await take_in(desk, wish, identifier, sent)
    return await perform(desk, wish, identifier, act, sent.typed)


async def _faults(desk: Desk, act: str, typed: Typed, sent: Sent) -> Errors:
    if act == "opinions":
        return {SHEET: desk.words.gettext("Paste the rows, or choose a workbook.")} if sent.empty else {}
    errors = faults(fields_of(desk, act, typed), typed, desk.words) | own_faults(act, typed, desk.words)
    if act == "minutes" and await scan_of(desk) is None:
        errors[MINUTES] = desk.words.gettext("Choose the scan of the minutes.")
    return errors


def _refusal(desk: Desk, act: str, typed: Typed, error: Exception) -> Errors:
    answer = answer_to(error)
    known = {field.id for field in fields_of(desk, act, typed)} | {"numbers"}
    if act == "opinions":
        known |= {SHEET, WORKBOOK}
    field = MINUTES if isinstance(error, FileRefusedError) else answer.field
    return {field if field in known else PAGE: sentence_of(answer, desk.words.language)}


async def _after(desk: Desk, identifier: UUID, act: str, typed: Typed) -> str:
    """Where one goes on."""
    where, done = f"{PATH}/{identifier}", f"?done=dialogue-{act}"
    match PAGES[act]:
        case "opinion":
            return f"{where}/opinions/{numbers_of(typed)[0]}{done}"
        case "opinions":
            return f"{where}/opinions{done}"
        case "rows":
            seen = await desk.room.dialogue_reader.one(desk.actor, identifier)
            return f"{where}/rows?done=dialogue-rows-wait" if seen.view.aside else f"{where}/opinions{done}"
    return f"{where}{done}"


async def _again(desk: Desk, identifier: UUID, act: str, sent: Sent, errors: Errors, status: int) -> Response[str]:
    typed = sent.typed
    match PAGES[act]:
        case "meeting":
            return await _meeting(desk, identifier, act, typed, errors, status_code=status)
        case "opinions":
            return await _opinions(desk, identifier, act, typed, errors, status_code=status)
        case "opinion":
            number = str((numbers_of(typed) or [0])[0])
            return await _opinion(desk, identifier, number, act, typed, errors, status_code=status)
    return await _rows(desk, identifier, sent, errors, status_code=status)


async def _meeting(
    desk: Desk,
    identifier: UUID,
    act: str = "",
    typed: Typed = NOTHING,
    errors: Errors | None = None,
    *,
    status_code: int = 200,
) -> Response[str]:
    seen, asked = await _seen(desk, identifier)
    where = f"{PATH}/{identifier}"
    context = await shell(desk, PATH, errors=errors or {}) | await meeting_context(desk, seen, asked, act, typed)
    context["look_back"] = look_back(where, asked, marks=[], happened=False)
    context["past"] = band(where, asked, {})
    return page(desk.request, "staff/dialogue.html", context, status_code=status_code)


async def _opinions(
    desk: Desk,
    identifier: UUID,
    act: str = "",
    typed: Typed = NOTHING,
    errors: Errors | None = None,
    *,
    status_code: int = 200,
) -> Response[str]:
    seen, asked = await _seen(desk, identifier)
    context = await shell(desk, PATH, errors=errors or {})
    context |= opinions_context(desk, seen, asked, typed, act, numbers_of(typed))
    context["past"] = band(f"{PATH}/{identifier}/opinions", asked, {})
    return page(desk.request, "staff/dialogue_opinions.html", context, status_code=status_code)


async def _opinion(
    desk: Desk,
    identifier: UUID,
    number: str,
    act: str = "",
    typed: Typed = NOTHING,
    errors: Errors | None = None,
    *,
    status_code: int = 200,
) -> Response[str]:
    seen, asked = await _seen(desk, identifier)
    one = seen.view.opinions.get(int(number)) if number.isascii() and number.isdigit() and len(number) < 8 else None  # noqa: PLR2004 - more digits than any number has
    if one is None:
        raise NotVisibleError
    context = await shell(desk, PATH, errors=errors or {})
    context |= await opinion_context(desk, seen, one, asked, act, typed)
    context["past"] = band(f"{PATH}/{identifier}/opinions/{number}", asked, {})
    return page(desk.request, "staff/dialogue_opinion.html", context, status_code=status_code)


async def _rows(
    desk: Desk, identifier: UUID, sent: Sent | None = None, errors: Errors | None = None, *, status_code: int = 200
) -> Response[str]:
    seen = await desk.room.dialogue_reader.one(desk.actor, identifier)
    shown, reasons = rows_context(desk, seen, sent)
    context = await shell(desk, PATH, errors={**(errors or {}), **reasons}) | shown
    context |= {"title": seen.view.row.title, "meeting_href": f"{PATH}/{identifier}"}
    return page(desk.request, "staff/dialogue_rows.html", context, status_code=status_code)


async def _seen(desk: Desk, identifier: UUID) -> tuple[DialogueAnswer, Asked]:
    asked = asked_moment(desk, happened=False)
    return await desk.room.dialogue_reader.one(desk.actor, identifier, asked.at), asked


def _cells(one: OpinionView, desk: Desk, seen: DialogueAnswer) -> list[Cell]:
    words = desk.words
    return [
        one.number,
        speaker(one, desk, seen),
        said(seen, one.said.text, desk),
        words.label("dialogue-level", one.level.value) if one.level else "",
        one.body,
        one.due_on,
        one.due_reason,
        words.label("dialogue-opinion-state", one.status.value),
        said(seen, one.answer, desk),
        one.answered_on,
        one.receiver,
        one.transferred_on,
        one.document,
    ]


async def _each(rows: list[list[Cell]]) -> AsyncIterator[list[Cell]]:
    for row in rows:
        yield row
