"""The desk that keeps the record of authorities, and the question who administers whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from application.access import Actor, ForbiddenError, NotVisibleError, Policy, Role, everyone
from application.execute import Act, Executor
from application.identifiers import seeded_id
from application.ports import Clock, Receipt, Request
from domain.authorities import commands as c
from domain.authorities.authority import AUTHORITY, Authority
from domain.authorities.levels import Level
from domain.calendar import legal_date

HIGHEST_TREE = 8
"""Steps from a body to the top; more can only be a circle."""

Chains = Mapping[UUID, frozenset[UUID]]
"""For each authority: itself and everybody above it."""


def authority_id_of(code: str) -> UUID:
    """The id follows from the code, so that no code is used twice."""
    return seeded_id(f"authority/{code}")


def administers(actor: Actor, authority_id: UUID | None, chains: Chains) -> bool:
    """An administrator works for his own authority and those below it; the system for all."""
    if actor.kind == "system":
        return True
    if actor.kind != "official" or Role.ADMINISTRATOR not in actor.roles or authority_id is None:
        return False
    return actor.authority_id is not None and actor.authority_id in chains.get(authority_id, frozenset())


class AuthorityTree:
    """Looks upwards in the tree of administrative superiors, as it is on a day."""

    def __init__(self, execute: Executor) -> None:
        self._execute = execute

    async def above(self, authority_id: UUID, day: date) -> frozenset[UUID]:
        """The authority itself and its superiors up to the top; empty when there is no such authority."""
        chain: set[UUID] = set()
        current: UUID | None = authority_id
        while current is not None and current not in chain and len(chain) < HIGHEST_TREE:
            seen = await self._execute.load(AUTHORITY, current)
            if seen is None:
                break
            chain.add(current)
            current = seen.state.superior_on(day)
        return frozenset(chain)

    async def superior(self, authority_id: UUID, day: date) -> UUID | None:
        """Who stands directly above it on that day."""
        seen = await self._execute.load(AUTHORITY, authority_id)
        return seen.state.superior_on(day) if seen else None

    async def chains(self, authority_ids: Iterable[UUID], day: date) -> Chains:
        """The same for several."""
        return {authority_id: await self.above(authority_id, day) for authority_id in set(authority_ids)}


def exists(_actor: Actor, state: Any) -> bool:
    """The record of authorities and places is no secret: who is signed in sees what is there."""
    return state is not None


class AuthoritiesDesk:
    """Raises what the executor raises."""

    def __init__(self, execute: Executor, clock: Clock, tree: AuthorityTree) -> None:
        self._execute, self._clock, self._tree = execute, clock, tree

    async def establish(
        self,
        actor: Actor,
        request: Request,
        *,
        code: str,
        name: str,
        level: Level,
        province: str,
        valid_from: date,
        superior_id: UUID | None = None,
        predecessor_ids: frozenset[UUID] = frozenset(),
        source: str = "",
        demo: bool = False,
    ) -> Receipt:
        """A new body, by an administrator of a body above it; one without superior by the installation alone."""
        command = c.EstablishAuthority(
            by=actor.id,
            at=self._clock.now(),
            authority_id=authority_id_of(code),
            code=code,
            name=name,
            level=level,
            province=province,
            valid_from=valid_from,
            superior_id=superior_id,
            predecessor_ids=predecessor_ids,
            source=source,
            demo=demo,
        )
        chains = await self._chains(superior_id)
        act = Act(AUTHORITY, command.authority_id, command, everyone, _administering(superior_id, chains))
        return await self._execute(actor, request, act)

    async def subordinate(
        self, actor: Actor, request: Request, authority_id: UUID, superior_id: UUID, from_day: date
    ) -> Receipt:
        """Below another superior from a day on. Raises NotVisibleError when there is no such superior."""
        above = await self._tree.above(superior_id, from_day)
        if not above:
            raise NotVisibleError
        command = c.SubordinateAuthority(
            by=actor.id,
            at=self._clock.now(),
            authority_id=authority_id,
            superior_id=superior_id,
            above=above,
            from_day=from_day,
        )
        return await self._do(actor, request, command)

    async def assign_guidance(
        self, actor: Actor, request: Request, authority_id: UUID, guided_ids: frozenset[UUID], from_day: date
    ) -> Receipt:
        """Professional guidance of the schools of other bodies: figures, no cases."""
        command = c.AssignProfessionalGuidance(
            by=actor.id, at=self._clock.now(), authority_id=authority_id, guided_ids=guided_ids, from_day=from_day
        )
        return await self._do(actor, request, command)

    async def assign_area(
        self, actor: Actor, request: Request, authority_id: UUID, area_ids: frozenset[UUID], from_day: date
    ) -> Receipt:
        """Wards and communes that it is competent for."""
        command = c.AssignArea(
            by=actor.id, at=self._clock.now(), authority_id=authority_id, area_ids=area_ids, from_day=from_day
        )
        return await self._do(actor, request, command)

    async def dissolve(
        self,
        actor: Actor,
        request: Request,
        authority_id: UUID,
        valid_to: date,
        successor_ids: frozenset[UUID],
        reason: str,
    ) -> Receipt:
        """`valid_to` is its last day."""
        command = c.DissolveAuthority(
            by=actor.id,
            at=self._clock.now(),
            authority_id=authority_id,
            valid_to=valid_to,
            successor_ids=successor_ids,
            reason=reason,
        )
        return await self._do(actor, request, command)

    async def publish_contact(
        self, actor: Actor, request: Request, authority_id: UUID, from_day: date, told: Mapping[str, str]
    ) -> Receipt:
        """Telephone and places that posters and pages state: by its own heads, or by who administers it."""
        command = c.PublishPublicContact(
            by=actor.id, at=self._clock.now(), authority_id=authority_id, from_day=from_day, **told
        )
        may = publishes_contact(authority_id, await self._chains(authority_id))
        return await self._execute(actor, request, Act(AUTHORITY, authority_id, command, exists, may))

    async def must_publish(self, actor: Actor, authority_id: UUID) -> None:
        """The same question before a malformed request is examined."""
        seen = await self._execute.load(AUTHORITY, authority_id)
        state: Authority | None = seen.state if seen else None
        if not exists(actor, state):
            raise NotVisibleError
        require(publishes_contact(authority_id, await self._chains(authority_id)), actor, state)

    async def must_see(self, actor: Actor, authority_id: UUID) -> None:
        """For a malformed request: what is missing is answered so, and who may not act is told, before its faults."""
        seen = await self._execute.load(AUTHORITY, authority_id)
        state: Authority | None = seen.state if seen else None
        if not exists(actor, state):
            raise NotVisibleError
        require(_administering(authority_id, await self._chains(authority_id)), actor, state)

    async def _do(self, actor: Actor, request: Request, command: c.AuthorityActCommand) -> Receipt:
        may = _administering(command.authority_id, await self._chains(command.authority_id))
        return await self._execute(actor, request, Act(AUTHORITY, command.authority_id, command, exists, may))

    async def _chains(self, authority_id: UUID | None) -> Chains:
        return await self._tree.chains([authority_id] if authority_id else [], legal_date(self._clock.now()))


def require(may: Policy, actor: Actor, state: Any) -> None:
    """Raises ForbiddenError when the policy says no."""
    if not may(actor, state):
        raise ForbiddenError


def publishes_contact(authority_id: UUID, chains: Chains) -> Policy:
    """Its head speaks for it; an administrator keeps its record."""
    administering = _administering(authority_id, chains)

    def asked(actor: Actor, state: Any) -> bool:
        heads = actor.kind == "official" and Role.HEAD in actor.roles and actor.authority_id == authority_id
        return heads or administering(actor, state)

    return asked


def _administering(authority_id: UUID | None, chains: Chains) -> Policy:
    return lambda actor, _state: administers(actor, authority_id, chains)
