"""My work: parts with counts, urgent cases on top, then by due date (glossary 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.case_acts import RELEASE
from adapters.http.web.staff.exports import About, cases_answer, exports_of
from adapters.http.web.staff.listing import Decorate, Listing, results
from adapters.http.web.staff.moments import address, asked_moment, band, look_back
from adapters.http.web.staff.room import READERS, SCREENERS, SCREENING_PATH, Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.several import PATH as SEVERAL
from adapters.http.web.staff.several import offered
from adapters.http.web.staff.signing_in import HOME, to
from adapters.http.web.staff.triage import excerpts, main_context
from adapters.http.web.staff.words import Words
from application.access import Actor, Role
from application.complaint_access import SCHOOL_STAFF
from domain.calendar import DAY, Calendar
from projections.case_filters import Filters
from projections.case_index import CaseRow

SOON_WORKING_DAYS = 3
WAITING = ("mine", "colleagues", "sender", "unit", "release")
"""Tabs by whom a case waits for: together they are the last tab. A head finds what waits for release in two of them."""
ONLY_FILLED = frozenset({"colleagues"})
"""Tabs that are shown only where something stands in them."""
UNTAKEN = Filters(open_only=True, statuses=("submitted",), urgent=True)
"""Danger that nobody has received, screened or not."""
SCREENING = "screening"
"""The part of what looked like junk; its page lets it in."""
TRIAGE = "triage"
TRIAGED = 40
"""Cases on one page of the compact view: a day's work of an officer."""


class Part(msgspec.Struct, frozen=True):
    """One tab."""

    key: str
    filters: Filters


def parts(actor: Actor, day: date, calendar: Calendar) -> tuple[Part, ...]:
    """The tabs of this person on this day; each holds part of what the last one holds.

    Answered and closed cases are not work, unless a correction of the answer waits for a head. Whatever is work waits
    for somebody, and stands in one of `WAITING`.
    """
    soon = calendar.add_working_days(day, SOON_WORKING_DAYS) + DAY
    mine = Filters(
        to_do=True,
        waits_for_person=actor.id,
        waits_for_roles=waited_for(actor),
        in_place_of=tuple(sorted(actor.stands_in_for)),
    )
    work = (
        Part("late", Filters(open_only=True, due_before=day)),
        Part("today", Filters(open_only=True, due_from=day, due_before=day + DAY)),
        Part("soon", Filters(open_only=True, due_from=day + DAY, due_before=soon)),
        Part("mine", mine),
        Part("new", Filters(open_only=True, statuses=("submitted",))),
        Part("sender", Filters(open_only=True, waiting_for=("sender",))),
        Part("unit", Filters(open_only=True, waiting_for=("unit",))),
        Part("colleagues", msgspec.structs.replace(mine, waits_for_others=True)),
        Part("release", Filters(to_do=True, waiting_for=("head",))),
        Part("all", Filters(to_do=True)),
    )
    # What waits to be screened is nobody's work yet and stands in its own part only, unless it is urgent.
    known = tuple(Part(part.key, msgspec.structs.replace(part.filters, screened=True)) for part in work)
    screens = bool(actor.roles & SCREENERS)
    return (*known, Part(SCREENING, Filters(open_only=True, held=True))) if screens else known


def waited_for(actor: Actor) -> tuple[str, ...]:
    """In which words of `waiting_for` this post is meant."""
    by_role = ((Role.INTAKE, ("intake", "second")), (Role.HEAD, ("head", "second")))
    return tuple(dict.fromkeys(word for role, words in by_role if role in actor.roles for word in words))


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
        moment = await room.cases.moment(asked.at, asked.clock if asked.at else "known")
        tabs = parts(desk.actor, moment.day, await room.calendar(desk.actor))
        chosen = next((part for part in tabs if part.key == request.query_params.get("tab")), tabs[-1])
        about = About(desk.words.gettext("My work"), moment, asked, (desk.words.label("tab", chosen.key),))
        return await cases_answer(desk, "work", about, chosen.filters)


def _elsewhere(desk: Desk) -> Response[Any] | None:
    roles, lang = desk.actor.roles, {"lang": desk.request.query_params.get("lang")}
    if Role.ADMINISTRATOR in roles:
        return to(address("/accounts", lang))
    if roles & SCHOOL_STAFF or roles == {Role.REGISTRY}:
        return to(address("/complaints", lang))
    if Role.SCHOOL in roles:
        return to(address("/school", lang))
    if Role.AUDITOR in roles and desk.actor.audit_purpose_until is None:
        return to(address("/purpose", lang))
    return None


async def _worklist(desk: Desk) -> Response[Any]:
    asked, words, cases = asked_moment(desk), desk.words, desk.room.cases
    moment = await cases.with_lines(desk.actor, await cases.moment(asked.at, asked.clock)) if asked.at else None
    day = moment.day if moment else desk.room.today()
    tabs = parts(desk.actor, day, await desk.room.calendar(desk.actor))
    *counts, urgent = await cases.counts(desk.actor, [*(part.filters for part in tabs), UNTAKEN], moment)
    chosen = _chosen(desk.request.query_params.get("tab", ""), tabs, counts)
    triage = desk.request.query_params.get("view") == TRIAGE and asked.at is None
    kept = {"tab": chosen.key, "view": TRIAGE if triage else ""}
    listing = Listing(
        path=HOME,
        query={**kept, **asked.query()},
        filters=chosen.filters,
        cursor=desk.request.query_params.get("cursor", ""),
        moment=moment,
        rows=TRIAGED if triage else None,
        empty=_empty(desk, chosen, words),
        decorate=None if asked.at else _decorated(desk, kept, triage=triage),
    )
    shown, _moment = await results(desk, listing)
    context = await shell(desk, HOME) | shown
    context |= {
        "tabs": [
            _tab(part, n, chosen, dict(listing.query), words)
            for part, n in zip(tabs, counts, strict=True)
            if n or part is chosen or part.key not in ONLY_FILLED
        ],
        "ahead": [] if asked.at else _ahead(desk, urgent, counts[[part.key for part in tabs].index("release")]),
        "holds": words.known("tab-holds", chosen.key),
        "triage": triage,
        "views": [
            {"text": words.label("view", key), "href": address(HOME, {**kept, "view": value}), "active": value == now}
            for now in (kept["view"],)
            for key, value in (("table", ""), (TRIAGE, TRIAGE))
        ],
        "bulk": {"action": SEVERAL, "acts": offered(desk)} if desk.actor.roles & READERS and not asked.at else None,
        "export": exports_of(f"{HOME}/export", dict(listing.query)) if desk.actor.roles & READERS else None,
        "look_back": look_back(HOME, asked, marks=[], happened=True) | {"keep": kept},
        "past": band(HOME, asked, kept),
    }
    return page(desk.request, "staff/worklist.html", context)


def _ahead(desk: Desk, urgent: int, release: int) -> list[Context]:
    """What no tab may hide: danger that nobody has taken, and for a head what waits for release."""
    found, words = [], desk.words
    if urgent:
        text = words.ngettext(
            "%(num)d urgent case that nobody has taken yet", "%(num)d urgent cases that nobody has taken yet", urgent
        )
        found.append({"href": address(HOME, {"tab": "new"}), "text": text % {"num": urgent}})
    if release and Role.HEAD in desk.actor.roles:
        text = f"{words.gettext('Waiting for my release')} ({release})"
        found.append({"href": RELEASE, "text": text})
    return found


def _decorated(desk: Desk, kept: Context, *, triage: bool) -> Decorate:
    """Each line with its next act; for triage with the beginning of the text too."""
    back = "".join(f"&{name}={value}" for name, value in kept.items() if value)

    async def decorate(rows: Sequence[CaseRow], lines: list[Context]) -> None:
        texts = await excerpts(desk, [row.case_id for row in rows]) if triage else {}
        for row, line in zip(rows, lines, strict=True):
            line |= {"main": main_context(row, desk, back), "excerpt": texts.get(row.case_id)}
            line["picked"] = f"{row.case_id}.{row.version}"

    return decorate


def _chosen(key: str, tabs: tuple[Part, ...], counts: Sequence[int]) -> Part:
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
