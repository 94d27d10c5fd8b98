"""The duty list of an authority: kept by its heads and administrators."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from application.access import Actor, ForbiddenError, Policy, Role, everyone
from application.execute import Act, Executor
from application.offices import TAKERS, OfficeBook, duty_list_id
from application.ports import Clock, Receipt, Request
from domain.duty import commands as c
from domain.duty.duty import DUTY, DutyList
from domain.people.account import ACCOUNT

KEEPERS = frozenset({Role.HEAD, Role.ADMINISTRATOR})
"""Who says who is on duty."""


def keeps_duty(actor: Actor, _state: object) -> bool:
    """A head or an administrator, for the own authority."""
    return actor.kind == "system" or (
        actor.kind == "official" and actor.authority_id is not None and bool(actor.roles & KEEPERS)
    )


class DutyDesk:
    """Raises what the executor raises."""

    def __init__(self, execute: Executor, clock: Clock, offices: OfficeBook) -> None:
        self._execute, self._clock, self._offices = execute, clock, offices

    async def list_of(self, authority_id: UUID) -> tuple[int, DutyList]:
        """Version and entries."""
        seen = await self._execute.load(DUTY, duty_list_id(authority_id))
        return (seen.version, seen.state) if seen else (0, DutyList())

    async def candidates(self, authority_id: UUID) -> list[UUID]:
        """Who can take a case in today."""
        office = await self._offices.of(authority_id)
        return sorted({actor.id for actor in office.actors if actor.roles & TAKERS})

    async def told_without_list(self, authority_id: UUID) -> list[UUID]:
        """Who is told where nobody is on duty: the intake posts."""
        office = await self._offices.of(authority_id)
        return sorted({actor.id for actor in office.actors if Role.INTAKE in actor.roles})

    async def put_on_duty(
        self, actor: Actor, request: Request, official_id: UUID, from_day: date, until_day: date
    ) -> Receipt:
        """From a day to a day, both included."""
        authority_id = self._authority(actor)
        command = c.PutOnDuty(
            by=actor.id,
            at=self._clock.now(),
            duty_id=uuid5(request.id, "duty"),
            official_id=official_id,
            able=await self._able(authority_id, official_id, from_day),
            from_day=from_day,
            until_day=until_day,
        )
        return await self._do(actor, request, authority_id, command)

    async def end(self, actor: Actor, request: Request, duty_id: UUID, until_day: date, reason: str) -> Receipt:
        """Earlier than was said; `until_day` yesterday: from now on."""
        command = c.EndDuty(by=actor.id, at=self._clock.now(), duty_id=duty_id, until_day=until_day, reason=reason)
        return await self._do(actor, request, self._authority(actor), command)

    def _authority(self, actor: Actor) -> UUID:
        if actor.authority_id is None or not keeps_duty(actor, None):
            raise ForbiddenError
        return actor.authority_id

    async def _do(self, actor: Actor, request: Request, authority_id: UUID, command: c.DutyCommand) -> Receipt:
        policy: Policy = keeps_duty
        return await self._execute(actor, request, Act(DUTY, duty_list_id(authority_id), command, everyone, policy))

    async def _able(self, authority_id: UUID, official_id: UUID, day: date) -> bool:
        seen = await self._execute.load(ACCOUNT, official_id)
        if seen is None or seen.state.locked:
            return False
        return any(post.authority_id == authority_id and post.roles & TAKERS for post in seen.state.posts_on(day))
