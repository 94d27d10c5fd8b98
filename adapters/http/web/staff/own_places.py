"""Wards and schools of the own authority, for its administrator: what is there, and what is added."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.injected import FromPath, Injected
from adapters.http.web.staff.forms import NOTHING, Field, Typed
from adapters.http.web.staff.moments import address
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of
from adapters.http.web.staff.running import Form, Page, cell, line_field, section, show, take
from application.access import NotVisibleError, Role
from application.places import NewPlace, place_id_of
from application.ports import Receipt
from application.ports import Request as Wish
from domain.schools.place import DEMO_MARK, PlaceAlreadyRegisteredError
from domain.schools.vocabulary import AREAS, PlaceKind, SchoolLevel
from domain.searching import sort_key
from projections.authorities import Authorities, authority
from projections.places import PlaceRow, Places, find_places, place_names

PATH = "/places"
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
SEEN_IN = (Places.name, Authorities.name)
MOST_PLACES = 5_000
MOST_SHOWN = 200
"""Whoever has more finds them by name."""
NAME, SOURCE = 200, 300
"""Characters, as in the API."""
UNITS = tuple(kind for kind in PlaceKind if kind not in AREAS)


class PlacesController(Controller):
    """`/places`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def places(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """What the authority has today."""
        desk = desk_of(room, request, signed_in)
        desk.need(ADMINISTRATORS)
        return await show(desk, *await _page(desk, NOTHING))

    @post("/{act:str}", status_code=200)
    async def change(
        self,
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """One more."""
        desk = desk_of(room, request, signed_in)
        desk.need(ADMINISTRATORS)
        return await take(desk, act, lambda typed: _page(desk, typed))


async def _page(desk: Desk, typed: Typed) -> tuple[Page, dict[str, Form]]:
    _ = desk.words.gettext
    own = _own(desk)
    areas = await _areas(desk, own)
    q = desk.request.query_params.get("q", "").strip()
    found = await _places(desk, q, own, areas)
    rest = len(found) - MOST_SHOWN
    page = Page(
        path=PATH,
        title=_("Places"),
        explain=[
            _("First add the wards or communes that the authority is competent for, then the schools in them."),
            _("Each school gets a public code of its own, which stands on its poster."),
        ],
        filter={
            "action": PATH,
            "fields": [Field(id="q", kind="text", label=_("Part of the name"), value=q, width=20).context()],
            "do": _("Filter places"),
        },
        sections=[
            section(
                "places",
                _("Wards and schools"),
                [_("Name of the place"), _("Kind of place"), _("School level"), _("Area of the place"), _("Code")],
                [_row(row, areas, desk) for row in found[:MOST_SHOWN]],
                _("No place is called so.") if q else _("There is none yet."),
                _("%(rest)s more places: look for them by name.") % {"rest": rest} if rest > 0 else "",
            )
        ],
        seen_in=SEEN_IN,
    )
    return page, {"wards": _wards(desk, typed, own), "units": _units(desk, typed, own, areas)}


def _own(desk: Desk) -> UUID:
    if desk.actor.authority_id is None:
        raise NotVisibleError
    return desk.actor.authority_id


async def _areas(desk: Desk, own: UUID) -> dict[UUID, str]:
    """All of the authority, also for a post that works in some of them: the record is kept as a whole."""
    row = await authority(desk.room.db, own)
    names = await place_names(desk.room.db, {since.id for since in row.areas} if row else ())
    return dict(sorted(names.items(), key=lambda item: sort_key(item[1])))


async def _places(desk: Desk, q: str, own: UUID, areas: dict[UUID, str]) -> list[PlaceRow]:
    """The own areas, then what the authority is competent for."""
    today = desk.room.today()
    rows = [row for row in await find_places(desk.room.db, q=q, limit=MOST_PLACES) if row.exists_on(today)]
    ours = [row for row in rows if row.id in areas or row.authority_on(today) == own]
    return sorted(ours, key=lambda row: row.kind not in AREAS)


def _row(row: PlaceRow, areas: dict[UUID, str], desk: Desk) -> list[Context]:
    words, code = desk.words, row.public_code
    return [
        cell(row.name),
        cell(words.label("place-kind", row.kind.value)),
        cell(words.label("school-level", row.level.value) if row.level else "–"),
        cell(areas.get(row.area_id, "–") if row.area_id else "–"),
        cell(code or "–", href=address("/qr", {"q": row.name}) if code else ""),
    ]


def _wards(desk: Desk, typed: Typed, own: UUID) -> Form:
    _ = desk.words.gettext
    kinds = Field(
        id="kind",
        kind="radios",
        label=_("Kind of place"),
        value=typed.one("kind") or PlaceKind.WARD.value,
        items=_kinds(desk, tuple(kind for kind in PlaceKind if kind in AREAS)),
    )

    async def add(wish: Wish, sent: Typed) -> Receipt:
        kind, name = PlaceKind(sent.one("kind")), sent.one("name")
        area = NewPlace(
            id=_id(own, kind, name), kind=kind, name=name, source=sent.one("source"), demo=_invented(desk, name)
        )
        try:
            return await desk.room.registry.register_area(desk.actor, wish, area, own)
        except PlaceAlreadyRegisteredError:
            raise PlaceAlreadyRegisteredError(field="name") from None

    return Form(name="wards", fields=(_name(desk, typed), kinds, _source(desk, typed)), perform=add, keeps=True)


def _units(desk: Desk, typed: Typed, own: UUID, areas: dict[UUID, str]) -> Form:
    _, words = desk.words.gettext, desk.words
    fields = (
        _name(desk, typed),
        Field(
            id="kind",
            kind="radios",
            label=_("Kind of place"),
            value=typed.one("kind") or PlaceKind.SCHOOL.value,
            items=_kinds(desk, UNITS),
        ),
        Field(
            id="level",
            kind="select",
            label=_("School level"),
            hint=_("For schools only."),
            value=typed.one("level"),
            items=(("", "–"), *((level.value, words.label("school-level", level.value)) for level in SchoolLevel)),
            required=False,
        ),
        Field(
            id="area_id",
            kind="select",
            label=_("Area of the place"),
            hint="" if areas else _("The authority has no ward or commune yet: add one first."),
            value=typed.one("area_id"),
            items=(("", _("Choose …")), *((str(area), name) for area, name in areas.items())),
        ),
        Field(
            id="poster",
            kind="radios",
            label=_("Poster with QR code"),
            hint=_("People can then send feedback about it."),
            value=typed.one("poster") or "yes",
            items=(("yes", _("yes")), ("no", _("no"))),
        ),
        _source(desk, typed),
    )

    async def add(wish: Wish, sent: Typed) -> Receipt:
        kind, name, area = PlaceKind(sent.one("kind")), sent.one("name"), UUID(sent.one("area_id"))
        level = SchoolLevel(sent.one("level")) if sent.one("level") else None
        unit = NewPlace(
            id=_id(own, kind, name, str(area), level or ""),
            kind=kind,
            name=name,
            source=sent.one("source"),
            demo=_invented(desk, name),
            level=level,
            area_id=area,
            authority_id=own,
            poster=sent.one("poster") == "yes",
        )
        try:
            return await desk.room.registry.register(desk.actor, wish, unit)
        except PlaceAlreadyRegisteredError:
            raise PlaceAlreadyRegisteredError(field="name") from None

    return Form(name="units", fields=fields, perform=add, keeps=True)


def _name(desk: Desk, typed: Typed) -> Field:
    _ = desk.words.gettext
    return line_field(typed, "name", _("Name of the place"), hint=_("As people call it, in full."), most=NAME)


def _source(desk: Desk, typed: Typed) -> Field:
    _ = desk.words.gettext
    hint = _("For example the number of the decision, or the published list.")
    return line_field(typed, "source", _("Where the name is from"), hint=hint, most=SOURCE)


def _kinds(desk: Desk, kinds: tuple[PlaceKind, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, desk.words.label("place-kind", kind.value)) for kind in kinds)


def _id(own: UUID, kind: PlaceKind, name: str, *more: str) -> UUID:
    """From what it is, so that the same one is not entered twice. Tones count: Hoa Ban is not Hòa Bàn."""
    return place_id_of("/".join((str(own), kind.value, *more, sort_key(" ".join(name.lower().split())))))


def _invented(desk: Desk, name: str) -> bool:
    """Only a store for trying out takes invented places, and they say so in their name."""
    return desk.room.settings.demo and name.endswith(DEMO_MARK)
