"""What somebody has in hand goes to a colleague: all of it or some, each case with its own outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.api.bulk import shown_everywhere
from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.problems import answer_to, sentence_of
from adapters.http.web import i18n
from adapters.http.web.render import page
from adapters.http.web.staff.dossier import Colleague, colleagues
from adapters.http.web.staff.forms import NOTHING, PAGE, Errors, Field, Typed, faults, new_command, typed_of
from adapters.http.web.staff.listing import summary
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.running import reason_of
from application.access import NotVisibleError
from application.feedback_access import STAFF
from application.reassignment import MOST_AT_ONCE, REASSIGNS, Reassigned, Wanted, reassign
from projections.case_filters import Filters
from projections.case_index import CaseRow

PATH = "/hand-over"


class HandOverController(Controller):
    """`/hand-over`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def form(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Whose cases, then which of them and to whom."""
        desk = desk_of(room, request, signed_in)
        desk.need(REASSIGNS)
        return await _page(desk, Typed({"of": [request.query_params.get("of", "")]}), {})

    @post("/", status_code=200)
    async def hand_over(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Case after case; what was refused stays to be tried again."""
        desk = desk_of(room, request, signed_in)
        desk.need(REASSIGNS)
        wish = await room.intents.read_form(request, desk.actor.id, new=True)
        typed = await typed_of(request)
        people = await _people(desk)
        wanted, fields = _wanted(typed), _fields(desk, typed, people)
        errors = faults(fields, typed, desk.words)
        if not wanted:
            errors[PAGE] = desk.words.gettext("Choose at least one case.")
        chosen = typed.identifier("handler_id")
        handler = await room.officials.colleague(desk.actor, chosen) if chosen else None
        if errors or handler is None:
            missing = desk.words.gettext("Choose one of the list: %(label)s.") % {
                "label": desk.words.gettext("New handler")
            }
            return await _page(desk, typed, errors or {"handler_id": missing})
        done = await reassign(room.feedback, desk.actor, wish, wanted, handler, typed.one("reason"))
        await shown_everywhere(done, room.visibility)
        return await _page(desk, typed, {}, done)


async def _page(desk: Desk, typed: Typed, errors: Errors, done: Sequence[Reassigned] | None = None) -> Response[str]:
    _, people = desk.words.gettext, await _people(desk)
    holder = typed.identifier("of")
    rows = await _held(desk, holder) if holder else []
    chosen = {str(one.case_id) for one in _wanted(typed)}
    failed = {one.case_id for one in done or () if one.error is not None}
    context = await shell(desk, PATH, errors=errors) | {
        "title": _("Hand cases over"),
        "back": "/administration",
        "action": PATH,
        "command_id": new_command(),
        "holders": [{"value": "", "text": _("Choose …")}, *({"value": str(p.id), "text": p.text} for p in people)],
        "holder": str(holder or ""),
        "cases": [_case(row, desk, checked=str(row.case_id) in chosen if errors or failed else True) for row in rows],
        "inputs": [field.context() for field in _fields(desk, typed if errors or failed else NOTHING, people)],
        "outcomes": [await _outcome(one, desk) for one in done] if done is not None else None,
        "most": MOST_AT_ONCE,
    }
    return page(desk.request, "staff/hand_over.html", context, status_code=400 if errors else 200)


async def _people(desk: Desk) -> list[Colleague]:
    if desk.actor.authority_id is None:
        raise NotVisibleError
    return [p for p in await colleagues(desk, desk.actor.authority_id) if p.roles & STAFF]


async def _held(desk: Desk, holder: UUID) -> Sequence[CaseRow]:
    """Only what the actor may see."""
    filters = Filters(holder_id=holder, open_only=True)
    found, _moment = await desk.room.cases.page(desk.actor, filters, limit=MOST_AT_ONCE)
    return found.rows


def _fields(desk: Desk, typed: Typed, people: list[Colleague]) -> tuple[Field, ...]:
    _ = desk.words.gettext
    items = (("", _("Choose …")), *((str(p.id), p.text) for p in people if str(p.id) != typed.one("of")))
    handler = Field(id="handler_id", kind="select", label=_("New handler"), value=typed.one("handler_id"), items=items)
    return (handler, reason_of(desk, typed))


def _wanted(typed: Typed) -> list[Wanted]:
    """`id.version` of each box that was ticked; what is none is left out."""
    found = []
    for text in typed.all("case")[:MOST_AT_ONCE]:
        identifier, _, version = text.partition(".")
        try:
            found.append(Wanted(UUID(identifier), int(version[:9])))
        except ValueError:
            continue
    return found


def _case(row: CaseRow, desk: Desk, *, checked: bool) -> Context:
    return {
        "value": f"{row.case_id}.{row.version}",
        "id": str(row.case_id),
        "href": f"/cases/{row.case_id}",
        "number": row.number or desk.words.gettext("no number yet"),
        "summary": summary(row, desk.words),
        "due": i18n.short_day(row.due_on) if row.due_on else "–",
        "checked": checked,
    }


async def _outcome(one: Reassigned, desk: Desk) -> Context:
    found, _moment = await desk.room.cases.page(desk.actor, Filters(case_ids=(one.case_id,)), limit=1)
    number = found.rows[0].number if found.rows else desk.words.gettext("a case that you do not see any more")
    if one.error is None:
        return {"number": number, "good": True, "text": desk.words.gettext("handed over")}
    sentence = sentence_of(answer_to(one.error), desk.words.language)
    return {"number": number, "good": False, "text": sentence or desk.words.gettext("This case is not there any more.")}
