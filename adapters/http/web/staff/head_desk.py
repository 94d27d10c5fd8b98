"""The head's desk: answers that wait for release, each with what it answers and what changed since it was returned."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.arrangements import running_delegations
from adapters.http.web.staff.case_acts import RELEASE
from adapters.http.web.staff.case_context import answer_text
from adapters.http.web.staff.dossier import Dossier, open_dossier
from adapters.http.web.staff.forms import new_command
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.terms import case_terms, running_reply
from application.access import NotVisibleError, Role
from domain.calendar import Calendar
from projections.case_list import Filters
from projections.feedback_view import Draft

SHOWN = 20
"""Answers on one page: the most urgent ones."""


class HeadDeskController(Controller):
    """`/release`."""

    include_in_schema = False

    @get(RELEASE)
    async def desk(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """Each answer with its two buttons."""
        desk = desk_of(room, request, signed_in)
        desk.need(frozenset({Role.HEAD}))
        found, _moment = await room.cases.page(desk.actor, Filters(waiting_for=("head",), open_only=True), limit=SHOWN)
        calendar = await room.calendar(desk.actor)
        waiting = [item for row in found.rows if (item := await _item(desk, row.case_id, calendar))]
        context = await shell(desk, RELEASE) | {
            "waiting": waiting,
            "total": found.total,
            "more": max(0, found.total - len(found.rows)),
            "delegating": await running_delegations(desk),
            "delegate": {"href": "/arrangements"},
        }
        return page(request, "staff/head_desk.html", context)


async def _item(desk: Desk, case_id: Any, calendar: Calendar) -> Context | None:
    """None when the case went away between the list and here."""
    try:
        dossier = await open_dossier(desk, case_id)
    except NotVisibleError:
        return None
    draft = dossier.draft
    if draft is None or draft.submitted_at is None or not dossier.answer.view.waits_for_release:
        return None
    view, parts = dossier.answer.view, {part.request: part.text for part in draft.parts}
    return {
        "id": str(view.case_id),
        "version": view.version,
        "href": dossier.href,
        "number": dossier.number,
        "title": dossier.title(),
        "unit": dossier.names.get(view.opened.place_id, ""),
        "content": dossier.text(view.opened.content),
        "requests": [
            {
                "text": dossier.said(item.text),
                "answer": dossier.said(parts[item.number]) if item.number in parts else None,
            }
            for item in view.requests
        ],
        "answer": answer_text(dossier, draft),
        "by": dossier.name(draft.drafter_id),
        "own": draft.drafter_id == desk.actor.id,
        "submitted_at": draft.submitted_at,
        "term": running_reply(case_terms(view, dossier.answer.moment.day, calendar, desk.words)),
        "changed": changed_since_return(dossier, draft),
        "release": {"action": f"{dossier.href}/releases?from=desk", "command_id": new_command()},
        "give_back": {"action": f"{dossier.href}/returns?from=desk", "command_id": new_command()},
    }


def changed_since_return(dossier: Dossier, draft: Draft) -> str | None:
    """Which answers differ from the draft that was returned; None when none was."""
    words, drafts = dossier.words, dossier.answer.view.drafts
    before = next((old for old in reversed(drafts[:-1]) if old.returned_at), None)
    if before is None or before.number >= draft.number:
        return None
    old = {part.request: dossier.text(part.text) for part in before.parts}
    new = {part.request: dossier.text(part.text) for part in draft.parts}
    changed = [str(number) for number in sorted({*old, *new}) if old.get(number) != new.get(number)]
    reason = dossier.said(before.return_reason)
    if not changed and before.outcome == draft.outcome:
        text = words.gettext("Returned before (%(reason)s). Since then nothing was changed.")
    elif not changed:
        text = words.gettext("Returned before (%(reason)s). Since then only the outcome was changed.")
    else:
        text = words.gettext("Returned before (%(reason)s). Since then changed: answers to requests %(numbers)s.")
    return text % {"reason": reason, "numbers": ", ".join(changed)}
