"""What is asked of an authority's record, in the imperative. `authority_id` is the stream."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.authorities.levels import Level
from domain.kernel import Command


class AuthorityActCommand(Command, frozen=True):
    authority_id: UUID


class EstablishAuthority(AuthorityActCommand, frozen=True):
    code: str
    name: str
    level: Level
    province: str
    valid_from: date
    superior_id: UUID | None = None
    predecessor_ids: frozenset[UUID] = frozenset()
    source: str = ""
    demo: bool = False


class SubordinateAuthority(AuthorityActCommand, frozen=True):
    """`above` are the superior and everybody above it on that day (looked up)."""

    superior_id: UUID
    above: frozenset[UUID]
    from_day: date


class AssignProfessionalGuidance(AuthorityActCommand, frozen=True):
    guided_ids: frozenset[UUID]
    from_day: date


class AssignArea(AuthorityActCommand, frozen=True):
    area_ids: frozenset[UUID]
    from_day: date


class DissolveAuthority(AuthorityActCommand, frozen=True):
    valid_to: date
    successor_ids: frozenset[UUID]
    reason: str


class PublishPublicContact(AuthorityActCommand, frozen=True):
    """Where people reach the authority; what is not known stays empty."""

    from_day: date
    address: str = ""
    hotline: str = ""
    paper_place: str = ""
    reception_days: str = ""
    reception_place: str = ""
    denunciation_place: str = ""


AuthorityCommand = (
    EstablishAuthority
    | SubordinateAuthority
    | AssignProfessionalGuidance
    | AssignArea
    | DissolveAuthority
    | PublishPublicContact
)
