"""The desk that keeps the register of places: wards, communes, schools, tutoring facilities."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from application.access import Actor, NotVisibleError, Policy, Role, everyone
from application.authorities import AuthorityTree, Chains, administers, exists, require
from application.execute import Act, Executor
from application.identifiers import seeded_id
from application.ports import Clock, Receipt, Request
from domain.authorities.authority import AUTHORITY
from domain.authorities.commands import AssignArea
from domain.calendar import legal_date
from domain.schools import commands as c
from domain.schools.place import PLACE, Place
from domain.schools.vocabulary import PlaceKind, SchoolLevel


def place_id_of(slug: str) -> UUID:
    """The id of a place of the reference data: `SCH-TH-kim-dong`, `DEMO-TH-hoa-ban`, `ADM-ta-phoi`."""
    return seeded_id(f"place/{slug}")


class NewPlace(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a place. A real one from published lists: kind, name and source, nothing else."""

    id: UUID
    kind: PlaceKind
    name: str
    source: str
    demo: bool = False
    level: SchoolLevel | None = None
    area_id: UUID | None = None
    authority_id: UUID | None = None
    poster: bool = False
    remote: bool = False
    valid_from: date | None = None


class PlacesDesk:
    """Raises what the executor raises."""

    def __init__(self, execute: Executor, clock: Clock, tree: AuthorityTree) -> None:
        self._execute, self._clock, self._tree = execute, clock, tree

    async def register(self, actor: Actor, request: Request, place: NewPlace) -> Receipt:
        """By an administrator of the authority that is competent, or of any for a place without one."""
        command = c.RegisterPlace(
            by=actor.id,
            at=self._clock.now(),
            place_id=place.id,
            kind=place.kind,
            name=place.name,
            source=place.source,
            demo=place.demo,
            level=place.level,
            area_id=place.area_id,
            authority_id=place.authority_id,
            poster=place.poster,
            remote=place.remote,
            valid_from=place.valid_from,
        )
        chains = await self._chains(place.authority_id)

        def may(actor: Actor, _state: Any) -> bool:
            return _any_administrator(actor, place.authority_id) or administers(actor, place.authority_id, chains)

        return await self._execute(actor, request, Act(PLACE, place.id, command, everyone, may))

    async def register_area(self, actor: Actor, request: Request, area: NewPlace, keeper_id: UUID) -> Receipt:
        """A ward or commune, and in the same append that this authority is competent for it from today on."""
        at, today = self._clock.now(), self._today()
        registering = c.RegisterPlace(
            by=actor.id, at=at, place_id=area.id, kind=area.kind, name=area.name, source=area.source, demo=area.demo
        )
        assigning = AssignArea(
            by=actor.id, at=at, authority_id=keeper_id, area_ids=frozenset({area.id}), from_day=today
        )
        chains = await self._chains(keeper_id)

        def may(actor: Actor, _state: Any) -> bool:
            return administers(actor, keeper_id, chains)

        return await self._execute(
            actor,
            request,
            Act(PLACE, area.id, registering, everyone, may),
            Act(AUTHORITY, keeper_id, assigning, exists, may),
        )

    async def entrust(
        self, actor: Actor, request: Request, place_id: UUID, authority_id: UUID, from_day: date
    ) -> Receipt:
        """To another authority from a day on, by an administrator of both."""
        command = c.EntrustPlace(
            by=actor.id, at=self._clock.now(), place_id=place_id, authority_id=authority_id, from_day=from_day
        )
        chains = await self._chains(authority_id, await self._present(place_id))

        def may(actor: Actor, state: Any) -> bool:
            return administers(actor, authority_id, chains) and self._keeps(actor, state, chains)

        return await self._execute(actor, request, Act(PLACE, place_id, command, exists, may))

    async def close(
        self,
        actor: Actor,
        request: Request,
        place_id: UUID,
        valid_to: date,
        successor_id: UUID | None,
        source: str,
    ) -> Receipt:
        """`valid_to` is its last day."""
        command = c.ClosePlace(
            by=actor.id,
            at=self._clock.now(),
            place_id=place_id,
            valid_to=valid_to,
            successor_id=successor_id,
            source=source,
        )
        may = await self._keeper(place_id)
        return await self._execute(actor, request, Act(PLACE, place_id, command, exists, may))

    async def must_see(self, actor: Actor, place_id: UUID) -> None:
        """For a malformed request: what is missing is answered so, and who may not act is told, before its faults."""
        seen = await self._execute.load(PLACE, place_id)
        if seen is None:
            raise NotVisibleError
        require(await self._keeper(place_id), actor, seen.state)

    async def _keeper(self, place_id: UUID) -> Policy:
        chains = await self._chains(await self._present(place_id))
        return lambda actor, state: self._keeps(actor, state, chains)

    def _keeps(self, actor: Actor, state: Place | None, chains: Chains) -> bool:
        present = state.authority_on(self._today()) if state else None
        return _any_administrator(actor, present) or administers(actor, present, chains)

    async def _present(self, place_id: UUID) -> UUID | None:
        seen = await self._execute.load(PLACE, place_id)
        return seen.state.authority_on(self._today()) if seen else None

    async def _chains(self, *authority_ids: UUID | None) -> Chains:
        return await self._tree.chains([known for known in authority_ids if known], self._today())

    def _today(self) -> date:
        return legal_date(self._clock.now())


def _any_administrator(actor: Actor, authority_id: UUID | None) -> bool:
    """Nobody is competent for it yet: whoever administers anything may say more about it."""
    return authority_id is None and (actor.kind == "system" or Role.ADMINISTRATOR in actor.roles)
