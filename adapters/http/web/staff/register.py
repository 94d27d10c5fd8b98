"""The register: every case that one may see, with filters, sorting, pages, and as a table for spreadsheets."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get

from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.web.render import page, wants_part
from adapters.http.web.staff.exports import About, cases_answer, exports_of
from adapters.http.web.staff.listing import SORTS, Listing, results
from adapters.http.web.staff.moments import Asked, address, asked_moment, band, look_back
from adapters.http.web.staff.room import READERS, Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from adapters.http.web.staff.words import Words
from application.access import Role
from domain.calendar import DAY
from domain.feedback.categories import CATEGORIES
from domain.feedback.vocabulary import Stage
from projections.authorities import authority
from projections.case_list import Filters, Order
from projections.places import find_places, place_names

PATH = "/cases"
NO_CATEGORY = "none"
"""Cases that nobody has classified yet."""
DAYS = ("due_before", "received_from", "received_to", "answered_from", "answered_to")
COLUMNS = ("due", "number", "summary", "unit", "state", "next", "received")


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """The filters as the address has them, words that mean nothing left out."""

    q: str = ""
    statuses: tuple[str, ...] = ()
    category: str = ""
    area: UUID | None = None
    place: str = ""
    due_before: date | None = None
    received_from: date | None = None
    received_to: date | None = None
    answered_from: date | None = None
    answered_to: date | None = None
    open_only: bool = False
    held: bool = False
    """What waits to be screened, which the register otherwise leaves out."""
    sort: Order = "due"

    def as_address(self) -> Context:
        """For links; what is empty is left out there."""
        return {
            "q": self.q,
            "status": list(self.statuses),
            "category": self.category,
            "area": str(self.area) if self.area else "",
            "place": self.place,
            "due_before": _iso(self.due_before),
            "received_from": _iso(self.received_from),
            "received_to": _iso(self.received_to),
            "answered_from": _iso(self.answered_from),
            "answered_to": _iso(self.answered_to),
            "open": "1" if self.open_only else "",
            "held": "1" if self.held else "",
        }


def query_of(request: Request[Any, Any, Any]) -> Query:
    """Reads the address; what is no day, no id, no state does not narrow."""
    asked = request.query_params
    sort = asked.get("sort", "")
    return Query(
        q=asked.get("q", "").strip()[:200],
        statuses=tuple(word for word in asked.getall("status", []) if word in set(Stage)),
        category=asked.get("category", "") if asked.get("category", "") in {*CATEGORIES, NO_CATEGORY} else "",
        area=identifier_of(asked.get("area", "")),
        place=asked.get("place", "").strip()[:200],
        due_before=day_of(asked.get("due_before", "")),
        received_from=day_of(asked.get("received_from", "")),
        received_to=day_of(asked.get("received_to", "")),
        answered_from=day_of(asked.get("answered_from", "")),
        answered_to=day_of(asked.get("answered_to", "")),
        open_only=asked.get("open", "") == "1",
        held=asked.get("held", "") == "1",
        sort=next((order for order in SORTS if order == sort), "due"),
    )


async def filters_of(desk: Desk, query: Query) -> Filters:
    """As the list wants them. A place that nobody is called gives an empty list."""
    filters = Filters(
        statuses=query.statuses,
        categories=(query.category.replace(NO_CATEGORY, ""),) if query.category else (),
        area_id=query.area,
        place_ids=await _places(desk, query.place),
        due_before=min(query.due_before, date.max - DAY) + DAY if query.due_before else None,
        received_from=query.received_from,
        received_to=query.received_to,
        answered_from=query.answered_from,
        answered_to=query.answered_to,
        open_only=query.open_only,
        held=query.held,
    )
    return await desk.room.searches.filters(query.q, filters)


async def _places(desk: Desk, text: str) -> tuple[UUID, ...] | None:
    if not text:
        return None
    return tuple(row.id for row in await find_places(desk.room.db, q=text, limit=500))


class RegisterController(Controller):
    """`/cases` and `/cases/export`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def register(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The whole page, or for htmx the list alone."""
        desk = desk_of(room, request, signed_in)
        desk.need(READERS)
        if Role.AUDITOR in desk.actor.roles and desk.actor.audit_purpose_until is None:
            return to(address("/purpose", {"next": PATH}))
        query, asked = query_of(request), asked_moment(desk)
        moment = await room.cases.moment(asked.at, asked.clock) if asked.at else None
        listing = Listing(
            path=PATH,
            query={**query.as_address(), **asked.query()},
            filters=await filters_of(desk, query),
            order=query.sort,
            cursor=request.query_params.get("cursor", ""),
            moment=moment,
            columns=COLUMNS,
            sortable=True,
            empty=desk.words.gettext("No case matches. Take a filter away."),
        )
        shown, _moment = await results(desk, listing)
        shown |= {"tags": await _tags(desk, query, asked), "export": _export(query, asked)}
        if wants_part(request):
            return page(request, "_results_part.html", shown)
        context = await shell(desk, PATH) | shown
        kept = {**query.as_address(), "sort": query.sort if query.sort != "due" else ""}
        context |= {
            "action": PATH,
            "filter": await _filter(desk, query),
            "look_back": look_back(PATH, asked, marks=[], happened=True) | {"keep": kept},
            "past": band(PATH, asked, kept),
        }
        return page(request, "staff/register.html", context)

    @get("/export")
    async def export(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """The same list as a table: the same right, the same moment."""
        desk = desk_of(room, request, signed_in)
        desk.need(READERS)
        query, asked = query_of(request), asked_moment(desk)
        moment = await room.cases.moment(asked.at, asked.clock if asked.at else "known")
        said = [tag["text"] for tag in await _tags(desk, query, asked)]
        about = About(desk.words.gettext("Feedback register"), moment, asked, tuple(said))
        return await cases_answer(desk, "register", about, await filters_of(desk, query), query.sort)


async def _filter(desk: Desk, query: Query) -> Context:
    words = desk.words
    return {
        "q": query.q,
        "states": [
            {"value": stage.value, "text": words.label("state", stage.value), "checked": stage.value in query.statuses}
            for stage in Stage
        ],
        "kinds": [],
        "category": query.category,
        "categories": [{"value": code, "text": category_name(code, words)} for code in (*CATEGORIES, NO_CATEGORY)],
        "area": str(query.area) if query.area else "",
        "areas": [{"value": str(area), "text": name} for area, name in (await areas_of(desk)).items()],
        "place": query.place,
        "due_before": _iso(query.due_before),
        "received_from": _iso(query.received_from),
        "received_to": _iso(query.received_to),
        "answered_from": _iso(query.answered_from),
        "answered_to": _iso(query.answered_to),
        "open": query.open_only,
        "held": query.held,
        "sort": query.sort if query.sort != "due" else "",
    }


async def areas_of(desk: Desk) -> dict[UUID, str]:
    """The areas that the actor's authority is competent for: those of the own post where it has some."""
    if desk.actor.authority_id is None:
        return {}
    row = await authority(desk.room.db, desk.actor.authority_id)
    found = {since.id for since in row.areas} if row else set[UUID]()
    wanted = found & desk.actor.areas if desk.actor.areas else found
    return dict(sorted((await place_names(desk.room.db, wanted)).items(), key=lambda item: item[1]))


async def _tags(desk: Desk, query: Query, asked: Asked) -> list[Context]:
    """What is in force, each with the address without it."""
    words, whole = desk.words, {**query.as_address(), **asked.query()}
    found: list[tuple[str, Context]] = []
    for word in query.statuses:
        rest = [other for other in query.statuses if other != word]
        found.append((words.label("state", word), {"status": rest}))
    if query.q:
        found.append((f"“{query.q}”", {"q": ""}))
    if query.category:
        found.append((category_name(query.category, words), {"category": ""}))
    if query.open_only:
        found.append((words.label("filter", "open"), {"open": ""}))
    if query.held:
        found.append((words.label("filter", "held"), {"held": ""}))
    if query.area:
        names = await place_names(desk.room.db, [query.area])
        found.append((names.get(query.area, words.gettext("Area")), {"area": ""}))
    if query.place:
        found.append((query.place, {"place": ""}))
    bounds = [key for key in DAYS if whole[key]]
    found += [(f"{words.label('filter', key)}: {date.fromisoformat(whole[key]):%d/%m/%Y}", {key: ""}) for key in bounds]
    return [{"text": text, "href": address(PATH, {**whole, **change})} for text, change in found]


def _export(query: Query, asked: Asked) -> list[Context]:
    return exports_of(f"{PATH}/export", {**query.as_address(), "sort": query.sort, **asked.query()})


def category_name(code: str, words: Words) -> str:
    """In the reader's language; empty for a code that is none."""
    if code == NO_CATEGORY:
        return words.gettext("Not yet classified")
    category = CATEGORIES.get(code)
    return "" if category is None else category.en if words.language == "en" else category.vi


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def day_of(text: str) -> date | None:
    """None for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def identifier_of(text: str) -> UUID | None:
    """None for what is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None
