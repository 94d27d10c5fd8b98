"""The head's desk: answers and corrections that wait for release, each with what it answers and what changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.case_acts import RELEASE
from adapters.http.web.staff.dossier import Dossier, colleagues, open_dossier
from adapters.http.web.staff.forms import new_command
from adapters.http.web.staff.register import category_name
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.sender_sees import sender_sees
from adapters.http.web.staff.terms import case_terms, running_reply
from adapters.http.web.staff.wordings import changed_words
from application.access import NotVisibleError, Role
from domain.calendar import Calendar
from projections.case_filters import Filters
from projections.feedback_view import Draft
from projections.people import StaffingToday

SHOWN = 20
"""Answers on one page: the most urgent ones."""


class Ground(msgspec.Struct, frozen=True):
    """What is the same for everything on the desk. `others`: how many other heads could release it."""

    calendar: Calendar
    others: int


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
        found, _moment = await room.cases.page(desk.actor, Filters(waiting_for=("head",), to_do=True), limit=SHOWN)
        ground = Ground(await room.calendar(desk.actor), await other_heads(desk))
        waiting = [item for row in found.rows if (item := await _item(desk, row.case_id, ground))]
        context = await shell(desk, RELEASE) | {
            "waiting": waiting,
            "total": found.total,
            "more": max(0, found.total - len(found.rows)),
            "delegations": await _delegations(desk),
            "delegate": {"href": "/arrangements"},
        }
        return page(request, "staff/head_desk.html", context)


async def other_heads(desk: Desk) -> int:
    """How many others could release what this person drafted."""
    actor = desk.actor
    if actor.authority_id is None:
        return 0
    return await StaffingToday(desk.room.db).others(actor.authority_id, (Role.HEAD,), desk.room.today(), actor.id)


async def _delegations(desk: Desk) -> list[Context]:
    """Who signs in this person’s place today, until which day, for what."""
    actor = desk.actor
    if actor.authority_id is None:
        return []
    people = {person.id: person for person in await colleagues(desk, actor.authority_id)}
    given = await desk.room.officials.signs_for(actor, people)
    return [
        {
            "to": people[account_id].text,
            "until": one.until_day,
            "categories": [category_name(code, desk.words) or code for code in sorted(one.categories)],
        }
        for account_id, one in given
    ]


async def _item(desk: Desk, case_id: UUID, ground: Ground) -> Context | None:
    """None when the case went away between the list and here."""
    try:
        dossier = await open_dossier(desk, case_id)
    except NotVisibleError:
        return None
    draft, view = dossier.draft, dossier.answer.view
    if draft is None or not (view.waits_for_release or view.correction_waits):
        return None
    release, give_back = ("corrections", "correction-returns") if draft.correction else ("releases", "returns")
    if release not in dossier.answer.actions:
        return None
    own = draft.drafter_id == desk.actor.id
    return {
        "id": str(view.case_id),
        "version": view.version,
        "href": dossier.href,
        "number": dossier.number,
        "title": dossier.title(),
        "unit": dossier.names.get(view.opened.place_id, ""),
        "content": dossier.text(view.opened.content),
        "requests": _requests(dossier, draft),
        "correction": _correction(dossier, draft),
        "sees": await sender_sees(desk, dossier),
        "by": dossier.name(draft.drafter_id),
        "own": own and ground.others > 0,
        "alone": own and ground.others == 0,
        "superior": f"{dossier.href}/superior-referrals" if "superior-referrals" in dossier.answer.actions else None,
        "submitted_at": draft.submitted_at or draft.drafted_at,
        "term": running_reply(case_terms(view, dossier.answer.moment.day, ground.calendar, desk.words)),
        "changed": changed_since_return(dossier, draft),
        "release": {"action": f"{dossier.href}/{release}?from=desk", "command_id": new_command()},
        "give_back": {"action": f"{dossier.href}/{give_back}?from=desk", "command_id": new_command()},
    }


def _requests(dossier: Dossier, draft: Draft) -> list[Context]:
    covered = {part.request for part in draft.parts}
    return [
        {"text": dossier.said(item.text), "answered": item.number in covered} for item in dossier.answer.view.requests
    ]


def _correction(dossier: Dossier, draft: Draft) -> Context | None:
    """The answer that the sender has, with what the correction takes away and puts in its place."""
    sent = dossier.answer.view.released
    if not draft.correction or sent is None:
        return None
    return {"reason": draft.correction_reason, "sent_at": sent.released_at, "parts": _changes(dossier, sent, draft)}


def changed_since_return(dossier: Dossier, draft: Draft) -> Context | None:
    """Which answers differ from the draft that was returned, and how; None when none was."""
    drafts = dossier.answer.view.drafts
    before = next((old for old in reversed(drafts[:-1]) if old.returned_at), None)
    if before is None or before.number >= draft.number or before.correction != draft.correction:
        return None
    parts = _changes(dossier, before, draft)
    numbers = [str(part["number"]) for part in parts if part["number"]]
    return {"sentence": _changed(dossier, before, draft, numbers), "parts": parts}


def _changed(dossier: Dossier, before: Draft, draft: Draft, numbers: list[str]) -> str:
    words, reason = dossier.words, dossier.said(before.return_reason)
    if numbers:
        text = words.gettext("Returned before (%(reason)s). Since then changed: answers to requests %(numbers)s.")
    elif before.outcome == draft.outcome:
        text = words.gettext("Returned before (%(reason)s). Since then nothing was changed.")
    else:
        text = words.gettext("Returned before (%(reason)s). Since then only the outcome was changed.")
    return text % {"reason": reason, "numbers": ", ".join(numbers)}


def _changes(dossier: Dossier, before: Draft, after: Draft) -> list[Context]:
    """Request by request what differs; number 0 is the outcome."""
    old = {part.request: dossier.said(part.text) for part in before.parts}
    new = {part.request: dossier.said(part.text) for part in after.parts}
    found = [
        {"number": number, "words": changed_words(old.get(number, ""), new.get(number, ""))}
        for number in sorted({*old, *new})
        if old.get(number) != new.get(number)
    ]
    if before.outcome != after.outcome:
        label = dossier.words.label
        outcome = [
            {"what": "gone", "text": label("outcome", before.outcome)},
            {"what": "new", "text": label("outcome", after.outcome)},
        ]
        found.insert(0, {"number": 0, "words": outcome})
    return found
