"""The authority's own terms: set or repealed by a paper of its own, within what the law allows."""

from __future__ import annotations

from datetime import date

from application.access import Actor, ForbiddenError, Role
from application.execute import Act, Executor
from application.law import policy_id
from application.ports import Clock, Receipt, Request
from domain.law.policy_facts.commands import AdoptAuthorityTerm, PolicyCommand, RepealAuthorityTerm
from domain.law.policy_facts.policy import POLICY
from domain.law.rules import DayCount, Unit

KEEPS_POLICIES = frozenset({Role.HEAD, Role.ADMINISTRATOR})


class PoliciesDesk:
    """A head or an administrator, for the own authority. Raises what the executor raises."""

    def __init__(self, execute: Executor, clock: Clock) -> None:
        self._execute, self._clock = execute, clock

    async def adopt(
        self,
        actor: Actor,
        request: Request,
        *,
        rule_id: str,
        value: int,
        unit: Unit,
        day_count: DayCount,
        document: str,
        from_day: date,
    ) -> Receipt:
        """From a day on. Terms that run already keep the day that they were given."""
        command = AdoptAuthorityTerm(
            by=actor.id,
            at=self._clock.now(),
            rule_id=rule_id,
            value=value,
            unit=unit,
            day_count=day_count,
            document=document,
            from_day=from_day,
        )
        return await self._do(actor, request, command)

    async def repeal(self, actor: Actor, request: Request, *, rule_id: str, document: str, from_day: date) -> Receipt:
        """The default, or the law's own reading, again."""
        command = RepealAuthorityTerm(
            by=actor.id, at=self._clock.now(), rule_id=rule_id, document=document, from_day=from_day
        )
        return await self._do(actor, request, command)

    async def _do(self, actor: Actor, request: Request, command: PolicyCommand) -> Receipt:
        if actor.authority_id is None:
            raise ForbiddenError
        act = Act(POLICY, policy_id(actor.authority_id), command, _official, _keeps)
        return await self._execute(actor, request, act)


def _official(actor: Actor, _state: object) -> bool:
    return actor.kind == "official"


def _keeps(actor: Actor, _state: object) -> bool:
    return bool(actor.roles & KEEPS_POLICIES)
