"""Erasing the data of a sender: asked for by one person, decided by another, unless they are evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.conditional import path_id
from adapters.http.injected import FromPath, Injected
from adapters.http.web.render import page
from adapters.http.web.staff.act_kinds import Doing
from adapters.http.web.staff.erasure_acts import ERASING
from adapters.http.web.staff.forms import NOTHING, PAGE, Errors, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from adapters.http.web.staff.words import Words
from application.access import NotVisibleError
from application.execute import StaleVersionError
from application.ports import Recorded
from application.privacy import SEES, available_actions, erasure_stream_of
from domain.kernel import RefusalError
from domain.privacy import events as f
from domain.privacy.erasure import Erasure
from projections.case_list import case_of_number, row_of

PATH = "/erasures"
ORDER = ("erasure-approvals", "erasure-requests", "erasure-refusals", "legal-holds", "legal-hold-liftings")


class ErasuresController(Controller):
    """`/erasures` finds the case, `/cases/{id}/erasure` shows and does."""

    include_in_schema = False

    @get(PATH)
    async def find(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """By register number: a custodian does not see the cases themselves."""
        desk = desk_of(room, request, signed_in)
        desk.need(SEES)
        number = request.query_params.get("number", "").strip()
        errors = {}
        if number and desk.actor.authority_id:
            found = await case_of_number(room.db, desk.actor.authority_id, number)
            if found and await _may_open(desk, found):
                return to(f"/cases/{found}/erasure")
            errors["number"] = desk.words.gettext("No case with this number that you may open.")
        context = await shell(desk, PATH, errors=errors) | {"action": PATH, "number": number}
        return page(request, "staff/erasures.html", context)

    @get("/cases/{case_id:str}/erasure")
    async def erasure(
        self,
        case_id: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """How it stands, and what this person may do."""
        desk = desk_of(room, request, signed_in)
        return await _erasure_page(desk, path_id(case_id))

    @post("/cases/{case_id:str}/erasure/{act:str}", status_code=200)
    async def do(
        self,
        case_id: FromPath[str],
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """One step."""
        desk, identifier = desk_of(room, request, signed_in), path_id(case_id)
        if act not in ERASING:
            raise NotVisibleError

        async def seen() -> None:
            await room.privacy.must_see(desk.actor, identifier, act)

        wish = await room.intents.read_form(request, desk.actor.id, seen)
        await seen()
        typed, chosen = await typed_of(request), ERASING[act]
        _version, state = await room.privacy.erasure_of(desk.actor, identifier)
        fields = chosen.fields(desk.words, typed, state)
        if errors := faults([field for field in fields if field.id != "hold_id"], typed, desk.words):
            return await _erasure_page(desk, identifier, act, typed, errors, 400)
        try:
            receipt = await chosen.perform(Doing(desk, wish, identifier, typed))
        except RefusalError as error:
            return await _erasure_page(desk, identifier, act, typed, refusal(error, desk.words, fields, {}), 409)
        except StaleVersionError:
            text = desk.words.gettext("The case has changed in the meantime. Look at what is new, then send it again.")
            return await _erasure_page(desk, identifier, act, typed, {PAGE: text}, 412)
        await room.visibility.visible(receipt, ("case_index",))
        return to(f"/cases/{identifier}/erasure?done={act}")


async def _may_open(desk: Desk, case_id: UUID) -> bool:
    try:
        await desk.room.privacy.erasure_of(desk.actor, case_id)
    except NotVisibleError:
        return False
    return True


async def _erasure_page(
    desk: Desk, case_id: UUID, opened: str = "", typed: Typed = NOTHING, errors: Errors | None = None, status: int = 200
) -> Response[str]:
    version, state = await desk.room.privacy.erasure_of(desk.actor, case_id)
    row, words = await row_of(desk.room.db, case_id), desk.words
    number = row.number if row and row.number else words.gettext("no number yet")
    history = await _history(desk, state)
    names = await desk.room.naming.names(recorded.actor_id for recorded in history)
    actions = available_actions(state, desk.actor)
    context = await shell(desk, PATH, errors=errors or {}) | {
        "case": {"number": number, "href": f"/cases/{case_id}", "version": version},
        "subject": words.gettext("The sender of case %(number)s") % {"number": number},
        "state": words.label("erasure-state", state_of(state)),
        "history": [_line(recorded, names, words) for recorded in history],
        "acts": [_act(name, case_id, opened, typed, state, words) for name in ORDER if name in actions],
        "errors": errors or {},
    }
    return page(desk.request, "staff/erasure.html", context, status_code=status)


def state_of(state: Erasure | None) -> str:
    """A key of the labels `erasure-state`."""
    if state is None:
        return "none"
    signs = ((state.erased, "erased"), (state.approved, "approved"), (bool(state.holds), "held"))
    return next((key for there, key in signs if there), "requested" if state.request_id else "none")


def _act(name: str, case_id: UUID, opened: str, typed: Typed, state: Erasure | None, words: Words) -> Context:
    own = typed if name == opened else NOTHING
    act = ERASING[name]
    return {
        "id": name,
        "title": words.label("act", name),
        "open": name == opened,
        "action": f"/cases/{case_id}/erasure/{name}",
        "command_id": new_command(),
        "fields": [field.context() for field in act.fields(words, own, state)],
        "do": words.label("act-do", name),
        "warning": act.warning,
        "explain": words.known("act-explain", name) or None,
    }


async def _history(desk: Desk, state: Erasure | None) -> list[Recorded]:
    if state is None or state.subject_id is None:
        return []
    return await desk.room.log.of_streams((erasure_stream_of(state.subject_id),))


def _line(recorded: Recorded, names: Mapping[UUID, str], words: Words) -> Context:
    fact: Any = recorded.fact
    told = []
    for name in ("ground", "reason", "document", "last_key_backup_expires_on"):
        if value := getattr(fact, name, None):
            kind = "erasure-refusal" if isinstance(fact, f.ErasureRefused) else "erasure-ground"
            shown = words.label(kind, value.value) if name == "ground" else str(value)
            told.append(f"{words.label('fact-field', name)}: {shown}")
    by = (
        names.get(recorded.actor_id, "")
        if recorded.actor_kind == "official"
        else words.label("actor", recorded.actor_kind)
    )
    return {
        "title": words.label("topic", type(fact).TOPIC),
        "by": by,
        "at": recorded.occurred_at,
        "recorded_at": recorded.recorded_at,
        "late_days": 0,
        "text": "\n".join(told) or None,
        "href": None,
    }
