"""The units of the demo while the story is told: no read model follows it then, so they are looked up in the story."""

from __future__ import annotations

from uuid import UUID

from adapters.demo import source
from adapters.demo.source import Unit
from adapters.demo.telling import REFORM, place_of
from application.places import place_id_of
from application.ports import Clock, PlaceInfo
from domain.schools.codes import public_code


class ToldPlaces:
    """As the read model of places answers once it has caught up."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._units = {place_id_of(unit.slug): unit for unit in source.world().units}

    async def by_code(self, code: str) -> PlaceInfo | None:
        """By what stands on its poster."""
        return next((self._told(unit) for key, unit in self._units.items() if public_code(key) == code), None)

    async def by_id(self, place_id: UUID) -> PlaceInfo | None:
        """Under the authority that is competent at this moment of the story."""
        unit = self._units.get(place_id)
        return self._told(unit) if unit else None

    def _told(self, unit: Unit) -> PlaceInfo:
        return place_of(source.world(), unit, unit.later if self._clock.now() >= REFORM else unit.first)
