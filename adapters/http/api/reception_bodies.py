"""Bodies of what is done at a day of reception, and what they are for the desk."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec

from adapters.http.api.feedback import Reason
from adapters.http.problems import FieldFault, InvalidInputError
from application.receptions import MOST_PAPERS, DayTold, VisitTold
from domain.reception.vocabulary import DayKind, Signing, VisitKind, VisitResult

SCANS_LIMIT = 60 * 1024 * 1024
"""Bytes of a request with scans in base64."""
Short = Annotated[str, msgspec.Meta(max_length=500)]
Long = Annotated[str, msgspec.Meta(max_length=20_000)]
Number = Annotated[int, msgspec.Meta(ge=1, le=10_000)]


class DayBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`official_id`: who received, by account; or `receiver_name` and `receiver_post` in writing.

    A `day` of the past needs `late_reason`.
    """

    day: date
    place: Short
    kind: DayKind
    official_id: UUID | None = None
    receiver_name: Short = ""
    receiver_post: Short = ""
    late_reason: Reason = ""


class DayCorrectionBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it as it should have stood."""

    day: date
    place: Short
    kind: DayKind
    reason: Reason
    official_id: UUID | None = None
    receiver_name: Short = ""
    receiver_post: Short = ""


class VisitBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`people`: who spoke, one a line. An oral complaint is written into minutes, whose signed scan comes after it."""

    people: Long
    content: Long
    kind: VisitKind
    result: VisitResult
    people_count: int = 1
    contact: Long = ""
    wanted: Long = ""
    unit_id: UUID | None = None
    result_text: Long = ""
    late_reason: Reason = ""


class VisitCorrectionBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of the visit as it should have stood."""

    number: Number
    people: Long
    content: Long
    kind: VisitKind
    result: VisitResult
    reason: Reason
    people_count: int = 1
    contact: Long = ""
    wanted: Long = ""
    unit_id: UUID | None = None
    result_text: Long = ""


class MinutesScanBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`content` in base64: JPEG, PNG, WebP or PDF."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    content: bytes


class VisitMinutesBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`signing` null: nobody signed, which is refused."""

    number: Number
    signing: Signing | None
    scans: Annotated[tuple[MinutesScanBody, ...], msgspec.Meta(max_length=MOST_PAPERS)]


class LinkBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`reason` where another case was linked before."""

    number: Number
    case_number: Short
    reason: Reason = ""


class ReopeningBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Reason


def day_told(body: DayBody | DayCorrectionBody) -> DayTold:
    """As the desk wants it."""
    return DayTold(
        day=body.day,
        place=body.place,
        kind=body.kind,
        official_id=body.official_id,
        receiver_name=body.receiver_name,
        receiver_post=body.receiver_post,
    )


def visit_told(body: VisitBody | VisitCorrectionBody) -> VisitTold:
    """As the desk wants it."""
    return VisitTold(
        people=body.people,
        people_count=body.people_count,
        contact=body.contact,
        content=body.content,
        wanted=body.wanted,
        kind=body.kind,
        place_id=body.unit_id,
        result=body.result,
        result_text=body.result_text,
    )


def write_cursor(after: tuple[Any, ...]) -> str:
    """Opaque to clients."""
    return base64.urlsafe_b64encode(msgspec.json.encode(after)).decode().rstrip("=")


def read_cursor(text: str, shape: Any) -> Any:
    """Raises InvalidInputError."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=shape)
    except (msgspec.DecodeError, binascii.Error, ValueError):
        raise InvalidInputError(FieldFault("cursor", "wrong")) from None
