"""Facts about wards, communes, schools, facilities. STORED FOR EVER: add fields with defaults or add a .v2 topic.

A real place that is taken from published lists has a name and its source, and nothing that was not published there.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.kernel import Fact, Public
from domain.schools.vocabulary import PlaceKind, SchoolLevel


class PlaceRegistered(Fact, frozen=True):
    """The register knows a place (Đã ghi vào danh mục). `public_code` empty: it has no poster."""

    TOPIC: ClassVar[str] = "place.registered.v1"
    kind: Public[PlaceKind]
    name: Public[str]
    source: Public[str]
    demo: Public[bool]
    level: Public[SchoolLevel | None] = None
    area_id: Public[UUID | None] = None
    authority_id: Public[UUID | None] = None
    public_code: Public[str] = ""
    remote: Public[bool] = False
    valid_from: Public[date | None] = None


class PlaceEntrusted(Fact, frozen=True):
    """Another authority is competent for it from a day on (Đã giao cơ quan quản lý)."""

    TOPIC: ClassVar[str] = "place.entrusted.v1"
    authority_id: Public[UUID]
    from_day: Public[date]


class PlaceClosed(Fact, frozen=True):
    """`valid_to` is its last day (Đã ngừng hoạt động)."""

    TOPIC: ClassVar[str] = "place.closed.v1"
    valid_to: Public[date]
    successor_id: Public[UUID | None]
    source: Public[str]


PlaceFact = PlaceRegistered | PlaceEntrusted | PlaceClosed
