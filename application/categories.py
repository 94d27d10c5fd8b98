"""How closely an authority keeps a category: looked up when something is classified, said by the authority itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid5

from application.access import Actor, ForbiddenError, Role
from application.execute import Act, Executor
from application.ports import Clock, Log, Receipt, Recorded, Request
from domain.calendar import legal_date
from domain.feedback.category_facts.events import CategoryNarrowed, CategoryNarrowingLifted
from domain.feedback.category_facts.narrowing import CATEGORY, CategoryCommand, LiftNarrowing, NarrowCategory
from domain.feedback.vocabulary import Sensitivity

KEEPS_CATEGORIES = frozenset({Role.HEAD, Role.ADMINISTRATOR})


def categories_id(authority_id: UUID) -> UUID:
    """The stream of an authority's own words on categories."""
    return uuid5(authority_id, "categories")


class CategoryBook(Protocol):
    """Where the desk learns what an authority says of its categories."""

    async def narrowed(self, authority_id: UUID | None, moment: datetime) -> Mapping[str, Sensitivity]:
        """The categories that are kept closer than in the catalogue, on the legal day of `moment`."""
        ...


class CatalogueOnly:
    """Nobody narrows anything."""

    async def narrowed(self, _authority_id: UUID | None, _moment: datetime) -> Mapping[str, Sensitivity]:
        """Nothing."""
        return {}


CATALOGUE_ONLY = CatalogueOnly()


class RecordedCategories:
    """A CategoryBook that reads the authority's stream."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def narrowed(self, authority_id: UUID | None, moment: datetime) -> Mapping[str, Sensitivity]:
        """See CategoryBook."""
        known = [fact for fact in await self.history(authority_id) if fact.recorded_at <= moment]
        facts = [fact.fact for fact in known if isinstance(fact.fact, CategoryNarrowed | CategoryNarrowingLifted)]
        state = CATEGORY.fold(facts)
        return state.narrowed_on(legal_date(moment)) if state else {}

    async def history(self, authority_id: UUID | None) -> list[Recorded]:
        """Every word of the authority, in order."""
        return await self._log.of_streams((categories_id(authority_id),)) if authority_id else []


class CategoriesDesk:
    """A head or an administrator, for the own authority. Raises what the executor raises."""

    def __init__(self, execute: Executor, clock: Clock) -> None:
        self._execute, self._clock = execute, clock

    async def narrow(
        self,
        actor: Actor,
        request: Request,
        *,
        category: str,
        sensitivity: Sensitivity,
        document: str,
        from_day: date,
    ) -> Receipt:
        """Fewer people see what is classified so from that day on; what was classified before stays."""
        command = NarrowCategory(
            by=actor.id,
            at=self._clock.now(),
            category=category,
            sensitivity=sensitivity,
            document=document,
            from_day=from_day,
        )
        return await self._do(actor, request, command)

    async def lift(self, actor: Actor, request: Request, *, category: str, document: str, from_day: date) -> Receipt:
        """The catalogue's word again."""
        command = LiftNarrowing(
            by=actor.id, at=self._clock.now(), category=category, document=document, from_day=from_day
        )
        return await self._do(actor, request, command)

    async def _do(self, actor: Actor, request: Request, command: CategoryCommand) -> Receipt:
        if actor.authority_id is None:
            raise ForbiddenError
        return await self._execute(
            actor, request, Act(CATEGORY, categories_id(actor.authority_id), command, _official, _keeps)
        )


def _official(actor: Actor, _state: object) -> bool:
    return actor.kind == "official"


def _keeps(actor: Actor, _state: object) -> bool:
    return bool(actor.roles & KEEPS_CATEGORIES)
