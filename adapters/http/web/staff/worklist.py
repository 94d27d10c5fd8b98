"""My work: parts with counts, urgent cases on top, then by due date (glossary 3.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.exports import About, cases_answer, exports_of
from adapters.http.web.staff.listing import Listing, results
from adapters.http.web.staff.moments import address, asked_moment, band, look_back
from adapters.http.web.staff.room import READERS, SCREENERS, SCREENING_PATH, Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import HOME, to
from adapters.http.web.staff.words import Words
from application.access import Actor, Role
from domain.calendar import DAY, Calendar
from projections.case_list import Filters

SOON_WORKING_DAYS = 3
SCREENING = "screening"
"""The part of what looked like junk; its page lets it in."""


class Part(msgspec.Struct, frozen=True):
    """One tab."""

    key: str
    filters: Filters


def parts(actor: Actor, day: date, calendar: Calendar) -> tuple[Part, ...]:
    """The tabs of this person on this day. Answered and closed cases are not work."""
    soon = calendar.add_working_days(day, SOON_WORKING_DAYS) + DAY
    roles = tuple(word for role, word in ((Role.INTAKE, "intake"), (Role.HEAD, "head")) if role in actor.roles)
    absent = tuple(sorted(actor.stands_in_for))
    work = (
        Part("late", Filters(open_only=True, due_before=day)),
        Part("today", Filters(open_only=True, due_from=day, due_before=day + DAY)),
        Part("soon", Filters(open_only=True, due_from=day + DAY, due_before=soon)),
        Part("mine", Filters(open_only=True, waits_for_person=actor.id, waits_for_roles=roles, in_place_of=absent)),
        Part("new", Filters(open_only=True, statuses=("submitted",))),
        Part("sender", Filters(open_only=True, waiting_for=("sender",))),
        Part("release", Filters(open_only=True, waiting_for=("head",))),
        Part("all", Filters(open_only=True)),
    )
    # What waits to be screened is nobody's work yet: it stands in its own part only.
    known = tuple(Part(part.key, msgspec.structs.replace(part.filters, held=False)) for part in work)
    screens = bool(actor.roles & SCREENERS)
    return (*known, Part(SCREENING, Filters(open_only=True, held=True))) if screens else known


class WorklistController(Controller):
    """`/` and `/work`."""

    include_in_schema = False

    @get(["/", HOME])
    async def worklist(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """What is to be done; who has no cases goes to where the own work is."""
        desk = desk_of(room, request, signed_in)
        if elsewhere := _elsewhere(desk):
            return elsewhere
        return await _worklist(desk)

    @get(f"{HOME}/export")
    async def export(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The chosen tab as a table."""
        desk = desk_of(room, request, signed_in)
        desk.need(READERS)
        asked = asked_moment(desk)
        moment = await room.cases.moment(asked.at)
        tabs = parts(desk.actor, moment.day, await room.calendar(desk.actor))
        chosen = next((part for part in tabs if part.key == request.query_params.get("tab")), tabs[-1])
        about = About(desk.words.gettext("My work"), moment, asked, (desk.words.label("tab", chosen.key),))
        return await cases_answer(desk, "work", about, chosen.filters)


def _elsewhere(desk: Desk) -> Response[Any] | None:
    roles, lang = desk.actor.roles, {"lang": desk.request.query_params.get("lang")}
    if Role.ADMINISTRATOR in roles:
        return to(address("/accounts", lang))
    if Role.SCHOOL in roles:
        return to(address("/school", lang))
    if Role.AUDITOR in roles and desk.actor.audit_purpose_until is None:
        return to(address("/purpose", lang))
    return None


async def _worklist(desk: Desk) -> Response[Any]:
    asked, words, cases = asked_moment(desk), desk.words, desk.room.cases
    moment = await cases.moment(asked.at) if asked.at else None
    day = moment.day if moment else desk.room.today()
    tabs = parts(desk.actor, day, await desk.room.calendar(desk.actor))
    counts = await cases.counts(desk.actor, [part.filters for part in tabs], moment)
    chosen = _chosen(desk.request.query_params.get("tab", ""), tabs, counts)
    query = {"tab": chosen.key, **({"as_of": asked.query()["as_of"]} if asked.at else {})}
    listing = Listing(
        path=HOME,
        query=query,
        filters=chosen.filters,
        cursor=desk.request.query_params.get("cursor", ""),
        moment=moment,
        empty=_empty(desk, chosen, words),
    )
    shown, _moment = await results(desk, listing)
    context = await shell(desk, HOME) | shown
    context |= {
        "tabs": [_tab(part, count, chosen, query, words) for part, count in zip(tabs, counts, strict=True)],
        "bulk": None,
        "export": exports_of(f"{HOME}/export", query) if desk.actor.roles & READERS else None,
        "look_back": look_back(HOME, asked, marks=[], happened=False) | {"keep": {"tab": chosen.key}},
        "past": band(HOME, asked, {"tab": chosen.key}),
    }
    return page(desk.request, "staff/worklist.html", context)


def _chosen(key: str, tabs: tuple[Part, ...], counts: tuple[int, ...]) -> Part:
    """The one asked for; else the first with something in it of late, today, mine; else all."""
    for part in tabs:
        if part.key == key and key != SCREENING:
            return part
    first = ("late", "today", "mine")
    filled = {part.key for part, count in zip(tabs, counts, strict=True) if count}
    wanted = next((key for key in first if key in filled), "all")
    return next(part for part in tabs if part.key == wanted)


def _tab(part: Part, count: int, chosen: Part, query: Context, words: Words) -> Context:
    href = SCREENING_PATH if part.key == SCREENING else address(HOME, {**query, "tab": part.key})
    return {"href": href, "text": words.label("tab", part.key), "count": count, "active": part is chosen}


def _empty(desk: Desk, chosen: Part, words: Words) -> str:
    if not desk.actor.roles & READERS:
        return words.gettext("This account has no cases of its own yet.")
    return words.label("empty", chosen.key)
