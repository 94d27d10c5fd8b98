"""The record of authorities and the register of places."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post
from litestar.params import QueryParameter

from adapters.http.api.views import Done, done
from adapters.http.conditional import Intents, path_id
from adapters.http.injected import FromPath, FromQuery, Injected
from adapters.http.openapi import BODY, NEW
from adapters.http.problems import FieldFault, InvalidInputError
from application.access import Actor, ForbiddenError, Role
from application.authorities import AuthoritiesDesk
from application.places import NewPlace, PlacesDesk, place_id_of
from application.ports import Reader, Receipt, Visibility
from domain.authorities.levels import Level
from domain.schools.vocabulary import PlaceKind, SchoolLevel
from projections.authorities import Authorities, AuthorityRow
from projections.authorities import authorities as all_of
from projections.places import PlaceRow, Places, find_places

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
MOST_PLACES = 200


class EstablishBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`code` never changes and is never used again."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    name: Name
    level: Level
    province: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    valid_from: date
    superior_id: UUID
    predecessor_ids: frozenset[UUID] = frozenset()
    source: Annotated[str, msgspec.Meta(max_length=300)] = ""


class SubordinateBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    superior_id: UUID
    from_day: date


class GuidanceBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    guided_ids: Annotated[frozenset[UUID], msgspec.Meta(min_length=1)]
    from_day: date


class AreaBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    area_ids: Annotated[frozenset[UUID], msgspec.Meta(min_length=1)]
    from_day: date


class DissolveBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`valid_to` is its last day."""

    valid_to: date
    successor_ids: frozenset[UUID]
    reason: Reason


Told = Annotated[str, msgspec.Meta(max_length=120)]


class ContactBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As a whole, from a day on; an empty field is not stated anywhere."""

    from_day: date
    address: Told = ""
    hotline: Told = ""
    paper_place: Told = ""
    reception_days: Told = ""
    reception_place: Told = ""
    denunciation_place: Told = ""


class RegisterPlaceBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`slug` is the short name of the place in the list that it comes from; it never changes."""

    slug: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    kind: PlaceKind
    name: Name
    source: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    level: SchoolLevel | None = None
    area_id: UUID | None = None
    authority_id: UUID | None = None
    poster: bool = False
    remote: bool = False
    valid_from: date | None = None


class EntrustBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    authority_id: UUID
    from_day: date


class ClosePlaceBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`valid_to` is its last day."""

    valid_to: date
    source: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    successor_id: UUID | None = None


class AuthoritiesAnswer(msgspec.Struct, frozen=True):
    items: list[AuthorityRow]


class PlacesAnswer(msgspec.Struct, frozen=True):
    items: list[PlaceRow]


class AuthorityController(Controller):
    """One route per intention."""

    path = "/api/authorities"
    tags = ("Authorities",)

    @get("/", operation_id="ListAuthorities")
    async def all_authorities(
        self,
        actor: Injected[Actor],  # noqa: ARG002 - asking for the actor is what keeps strangers out
        db: Injected[Reader],
    ) -> AuthoritiesAnswer:
        """All of them, dissolved ones too."""
        return AuthoritiesAnswer(await all_of(db))

    @post("/", operation_id="EstablishAuthority", opt={BODY: EstablishBody, NEW: True})
    async def establish(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        authorities: Injected[AuthoritiesDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """Below an authority that one administers."""
        wish = await intents.read(request, actor.id, EstablishBody, _administrator(actor), new=True)
        receipt = await authorities.establish(actor, wish.request, **msgspec.structs.asdict(wish.body))
        return await _shown(receipt, visibility, Authorities.name)

    @post("/{authority_id:str}/superiors", operation_id="SubordinateAuthority", opt={BODY: SubordinateBody})
    async def subordinate(
        self,
        authority_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        authorities: Injected[AuthoritiesDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """Below another superior from a day on."""
        target, desk = path_id(authority_id), authorities
        wish = await intents.read(request, actor.id, SubordinateBody, lambda: desk.must_see(actor, target))
        receipt = await desk.subordinate(actor, wish.request, target, wish.body.superior_id, wish.body.from_day)
        return await _shown(receipt, visibility, Authorities.name)

    @post("/{authority_id:str}/guidances", operation_id="AssignProfessionalGuidance", opt={BODY: GuidanceBody})
    async def guide(
        self,
        authority_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        authorities: Injected[AuthoritiesDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """Professional guidance: figures, no cases."""
        target, desk = path_id(authority_id), authorities
        wish = await intents.read(request, actor.id, GuidanceBody, lambda: desk.must_see(actor, target))
        receipt = await desk.assign_guidance(actor, wish.request, target, wish.body.guided_ids, wish.body.from_day)
        return await _shown(receipt, visibility, Authorities.name)

    @post("/{authority_id:str}/areas", operation_id="AssignArea", opt={BODY: AreaBody})
    async def assign_area(
        self,
        authority_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        authorities: Injected[AuthoritiesDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """Wards and communes that it is competent for."""
        target, desk = path_id(authority_id), authorities
        wish = await intents.read(request, actor.id, AreaBody, lambda: desk.must_see(actor, target))
        receipt = await desk.assign_area(actor, wish.request, target, wish.body.area_ids, wish.body.from_day)
        return await _shown(receipt, visibility, Authorities.name)

    @post("/{authority_id:str}/public-contacts", operation_id="PublishPublicContact", opt={BODY: ContactBody})
    async def publish_contact(
        self,
        authority_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        authorities: Injected[AuthoritiesDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """Telephone and places that posters and public pages state."""
        target, desk = path_id(authority_id), authorities
        wish = await intents.read(request, actor.id, ContactBody, lambda: desk.must_publish(actor, target))
        told = msgspec.structs.asdict(wish.body)
        receipt = await desk.publish_contact(actor, wish.request, target, told.pop("from_day"), told)
        return await _shown(receipt, visibility, Authorities.name)

    @post("/{authority_id:str}/dissolutions", operation_id="DissolveAuthority", opt={BODY: DissolveBody})
    async def dissolve(
        self,
        authority_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        authorities: Injected[AuthoritiesDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """With its last day and its successors."""
        target, desk = path_id(authority_id), authorities
        wish = await intents.read(request, actor.id, DissolveBody, lambda: desk.must_see(actor, target))
        body = wish.body
        receipt = await desk.dissolve(actor, wish.request, target, body.valid_to, body.successor_ids, body.reason)
        return await _shown(receipt, visibility, Authorities.name)


ID_OR_NOTHING = "^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})?$"
"""How forms send a choice that may be left out."""


class PlaceController(Controller):
    """One route per intention."""

    path = "/api/places"
    tags = ("Places",)

    @get("/", operation_id="FindPlaces")
    async def find(
        self,
        actor: Injected[Actor],  # noqa: ARG002 - asking for the actor is what keeps strangers out
        db: Injected[Reader],
        q: FromQuery[str] = "",
        kind: Annotated[str | None, QueryParameter(enum=("", *PlaceKind))] = None,
        area_id: Annotated[str | None, QueryParameter(schema_extra={"pattern": ID_OR_NOTHING})] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=MOST_PLACES)] = 50,
    ) -> PlacesAnswer:
        """By a part of the name, with or without marks."""
        try:
            wanted = PlaceKind(kind) if kind else None
        except ValueError:
            raise InvalidInputError(FieldFault("kind", "wrong")) from None
        try:
            area = UUID(area_id) if area_id else None
        except ValueError:
            raise InvalidInputError(FieldFault("area_id", "wrong")) from None
        return PlacesAnswer(await find_places(db, q=q, kind=wanted, area_id=area, limit=limit))

    @post("/", operation_id="RegisterPlace", opt={BODY: RegisterPlaceBody, NEW: True})
    async def register(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        registry: Injected[PlacesDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """With the source that says that it exists."""
        wish = await intents.read(request, actor.id, RegisterPlaceBody, _administrator(actor), new=True)
        known = msgspec.structs.asdict(wish.body)
        place = NewPlace(id=place_id_of(known.pop("slug")), **known)
        return await _shown(await registry.register(actor, wish.request, place), visibility, Places.name)

    @post("/{place_id:str}/entrustments", operation_id="EntrustPlace", opt={BODY: EntrustBody})
    async def entrust(
        self,
        place_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        registry: Injected[PlacesDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """To another authority from a day on."""
        target = path_id(place_id)
        wish = await intents.read(request, actor.id, EntrustBody, lambda: registry.must_see(actor, target))
        receipt = await registry.entrust(actor, wish.request, target, wish.body.authority_id, wish.body.from_day)
        return await _shown(receipt, visibility, Places.name)

    @post("/{place_id:str}/closures", operation_id="ClosePlace", opt={BODY: ClosePlaceBody})
    async def close(
        self,
        place_id: FromPath[str],
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        registry: Injected[PlacesDesk],
        visibility: Injected[Visibility],
    ) -> Response[Done]:
        """With its last day and the source that says so."""
        target = path_id(place_id)
        wish = await intents.read(request, actor.id, ClosePlaceBody, lambda: registry.must_see(actor, target))
        body = wish.body
        receipt = await registry.close(actor, wish.request, target, body.valid_to, body.successor_id, body.source)
        return await _shown(receipt, visibility, Places.name)


def _administrator(actor: Actor) -> Any:
    async def check() -> None:
        if Role.ADMINISTRATOR not in actor.roles:
            raise ForbiddenError

    return check


async def _shown(receipt: Receipt, visibility: Visibility, read_model: str) -> Response[Done]:
    """Lists that are read next show it already."""
    await visibility.visible(receipt, [read_model])
    return done(receipt)
