"""What is asked of the register of places, in the imperative. `place_id` is the stream."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel import Command
from domain.schools.vocabulary import PlaceKind, SchoolLevel


class PlaceActCommand(Command, frozen=True):
    place_id: UUID


class RegisterPlace(PlaceActCommand, frozen=True):
    kind: PlaceKind
    name: str
    source: str
    demo: bool = False
    level: SchoolLevel | None = None
    area_id: UUID | None = None
    authority_id: UUID | None = None
    poster: bool = False
    """Whether people may report about it by its public code."""
    remote: bool = False
    valid_from: date | None = None


class EntrustPlace(PlaceActCommand, frozen=True):
    authority_id: UUID
    from_day: date


class ClosePlace(PlaceActCommand, frozen=True):
    valid_to: date
    successor_id: UUID | None
    source: str


PlaceCommand = RegisterPlace | EntrustPlace | ClosePlace
