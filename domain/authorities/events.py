"""Facts about authorities. STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.

One stream per authority. Two relations are told apart: the administrative superior (UBND xã → UBND tỉnh), and
professional guidance (Sở GD&ĐT → schools), which gives figures and no cases.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.authorities.levels import Level
from domain.kernel import Fact, Internal, Public


class AuthorityEstablished(Fact, frozen=True):
    """A body begins (Đã thành lập). `code` is its short name for ever, `valid_from` its first day."""

    TOPIC: ClassVar[str] = "authority.established.v1"
    code: Public[str]
    name: Public[str]
    level: Public[Level]
    province: Public[str]
    valid_from: Public[date]
    predecessor_ids: Public[tuple[UUID, ...]]
    source: Public[str]
    demo: Public[bool]


class AuthoritySubordinated(Fact, frozen=True):
    """Its administrative superior from a day on (Đã xác định cấp trên)."""

    TOPIC: ClassVar[str] = "authority.subordinated.v1"
    superior_id: Public[UUID]
    from_day: Public[date]


class ProfessionalGuidanceAssigned(Fact, frozen=True):
    """This body guides the schools of others: it sees figures, never cases (Đã giao hướng dẫn chuyên môn)."""

    TOPIC: ClassVar[str] = "authority.professional_guidance_assigned.v1"
    guided_ids: Public[tuple[UUID, ...]]
    from_day: Public[date]


class AreaAssigned(Fact, frozen=True):
    """Wards or communes that it is competent for, from a day on (Đã giao địa bàn)."""

    TOPIC: ClassVar[str] = "authority.area_assigned.v1"
    area_ids: Public[tuple[UUID, ...]]
    from_day: Public[date]


class AuthorityDissolved(Fact, frozen=True):
    """`valid_to` is its last day; the successors take over what is open (Đã giải thể)."""

    TOPIC: ClassVar[str] = "authority.dissolved.v1"
    valid_to: Public[date]
    successor_ids: Public[tuple[UUID, ...]]
    reason: Internal[str]


class PublicContactPublished(Fact, frozen=True):
    """Where people reach it from a day on (Đã công bố thông tin liên hệ). An empty field: not stated."""

    TOPIC: ClassVar[str] = "authority.public_contact_published.v1"
    from_day: Public[date]
    address: Public[str]
    hotline: Public[str]
    paper_place: Public[str]
    reception_days: Public[str]
    reception_place: Public[str]
    denunciation_place: Public[str]


AuthorityFact = (
    AuthorityEstablished
    | AuthoritySubordinated
    | ProfessionalGuidanceAssigned
    | AreaAssigned
    | AuthorityDissolved
    | PublicContactPublished
)
