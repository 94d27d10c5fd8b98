"""Sorting many cases without opening each: what was written, and the one act that usually comes next."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from adapters.http.disclose import Discloser
from adapters.http.web.staff.case_acts import RELEASE
from adapters.http.web.staff.forms import new_command
from adapters.http.web.staff.listing import next_key
from adapters.http.web.staff.room import Context, Desk
from application.access import Actor, Role
from application.disclosure import shown_to
from application.feedback_access import STAFF
from application.ports import Recorded
from projections.case_index import CaseRow
from projections.feedback_view import covered, feedback_view

EXCERPT = 280
"""Characters of a text that are shown: about four lines of a desk, seven of a phone."""
ONE_CLICK = frozenset({"acknowledgements"})
"""Acts that need no words and can be put right."""
_BY_STEP = {
    "submitted": "acknowledgements",
    "acknowledged": "classifications",
    "assign": "assignments",
    "in-handling": "drafts",
    "returned": "drafts",
    "drafted": "release-requests",
    "spam-proposed": "spam-confirmations",
    "under-assessment": "information-assessments",
}
_TAKES_IN = frozenset({Role.INTAKE, Role.HEAD})
_BY_POST = frozenset({"acknowledgements", "assignments", "spam-confirmations"})
"""Acts of a post; the others are of who has the case in hand."""


def main_act(row: CaseRow, actor: Actor) -> str | None:
    """The act that this person would do next with it, by its name; None: somebody else's turn.

    A line holds less than the case: the page of the act asks the rules again.
    """
    act = _BY_STEP.get(next_key(row))
    if act is None:
        return None
    if act == "spam-confirmations" and row.spam_proposer_id == actor.id:
        return None
    mine = row.holder_id == actor.id and bool(actor.roles & STAFF)
    by_post = bool(actor.roles & _TAKES_IN) and (act in _BY_POST or act == "classifications")
    return act if by_post or (mine and act not in _BY_POST) else None


def main_context(row: CaseRow, desk: Desk, back: str) -> Context | None:
    """The button of a line. `back`: where to go on afterwards, as the query of the list."""
    if Role.HEAD in desk.actor.roles and row.waiting_for == "head":
        text = desk.words.label("act", "corrections" if row.correction else "releases")
        return {"href": f"{RELEASE}#w-{row.case_id}", "text": text, "form": None}
    act = main_act(row, desk.actor)
    if act is None:
        return None
    text, href = desk.words.label("act", act), f"/cases/{row.case_id}/{act}?from=work{back}"
    if act not in ONE_CLICK:
        return {"href": href, "text": text, "form": None}
    form = {"id": f"do-{row.case_id}", "action": href, "command_id": new_command(), "version": row.version}
    return {"href": None, "text": text, "form": form}


async def excerpts(desk: Desk, case_ids: Sequence[UUID]) -> dict[UUID, Context]:
    """The beginning of what the sender wrote, or of the latest reply, of cases that this person may see."""
    of_case: dict[UUID, list[Recorded]] = {}
    for recorded in await desk.room.log.of_streams(case_ids):
        of_case.setdefault(recorded.originator_id, []).append(recorded)
    return {case_id: said for case_id, facts in of_case.items() if (said := _excerpt(desk, facts))}


def _excerpt(desk: Desk, facts: list[Recorded]) -> Context | None:
    view = feedback_view(facts)
    if view is None:
        return None
    replies = [message for message in view.messages if message.reply is not None]
    sealed = replies[-1].reply if replies else view.opened.content
    shown = Discloser(desk.room.vault, shown_to(desk.actor), covered(facts)).text(sealed)
    if not isinstance(shown, str):
        return None if shown is None else {"text": desk.words.gettext("Erased"), "reply": False, "more": False}
    text = " ".join(shown.split())
    short = text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"
    return {"text": short, "reply": bool(replies), "more": len(text) > EXCERPT}
