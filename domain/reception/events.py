"""What happened on a day of reception. STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.

One stream per day of reception (buổi tiếp công dân) of an authority, or of a school whose principal receives. Each
visit has a running number in its day and a random subject of its own: words and papers of a visit are sealed under that
one, so that one erasure reaches all of it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

import msgspec

from domain.kernel import Fact, Informant, Internal, Personal, Public, Sealed
from domain.reception.vocabulary import DayKind, LinkedKind, Signing, VisitKind, VisitResult


class ReceptionPaper(msgspec.Struct, frozen=True):
    """A scan of minutes. `address` is the SHA-256 of its ciphertext; name and SHA-256 of the bytes lie in `meta`."""

    id: Internal[UUID]
    address: Internal[str]
    media_type: Internal[str]
    size: Internal[int]
    meta: Personal[Sealed]


class Receiver(msgspec.Struct, frozen=True, kw_only=True):
    """Who received: an official by account, or anybody else by written name; and the post in which that was."""

    official_id: Internal[UUID | None]
    name: Personal[Sealed | None]
    post: Internal[str]


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What was written down of one visit. `people_count`: how many came, of whom `people` names those who spoke."""

    people: Personal[Sealed]
    people_count: Internal[int]
    contact: Personal[Sealed | None]
    content: Personal[Sealed]
    wanted: Personal[Sealed | None]
    kind: Internal[VisitKind]
    place_id: Internal[UUID | None]
    """The unit concerned, where there is one."""
    result: Internal[VisitResult]
    result_text: Personal[Sealed | None]


class ReceptionDayOpened(Fact, frozen=True):
    """A day of reception was entered (Đã mở buổi tiếp công dân). `school_id`: of a school; None: of the authority."""

    TOPIC: ClassVar[str] = "reception.day_opened.v1"
    authority_id: Public[UUID]
    school_id: Public[UUID | None]
    subject_id: Internal[UUID]
    day: Internal[date]
    place: Internal[str]
    receiver: Internal[Receiver]
    kind: Internal[DayKind]
    late_reason: Internal[str] = ""
    """Why it was entered on a later day; empty where it was not."""


class ReceptionDayCorrected(Fact, frozen=True):
    """What was entered of the day was wrong (Đã đính chính buổi tiếp công dân): this is right."""

    TOPIC: ClassVar[str] = "reception.day_corrected.v1"
    day: Internal[date]
    place: Internal[str]
    receiver: Internal[Receiver]
    kind: Internal[DayKind]
    reason: Internal[str]


class VisitRecorded(Fact, frozen=True):
    """Somebody came and was heard (Đã ghi lượt tiếp công dân)."""

    TOPIC: ClassVar[str] = "reception.visit_recorded.v1"
    number: Internal[int]
    subject_id: Informant[UUID]
    recorded_by: Internal[UUID]
    visit: Internal[Visit]
    late_reason: Internal[str] = ""


class MinutesAttached(Fact, frozen=True):
    """Signed minutes of a visit were kept (Đã lưu biên bản có chữ ký)."""

    TOPIC: ClassVar[str] = "reception.minutes_attached.v1"
    number: Internal[int]
    signing: Internal[Signing]
    papers: Internal[tuple[ReceptionPaper, ...]]


class VisitCorrected(Fact, frozen=True):
    """What was written of a visit was wrong (Đã đính chính lượt tiếp công dân): this is right. The first stays."""

    TOPIC: ClassVar[str] = "reception.visit_corrected.v1"
    number: Internal[int]
    visit: Internal[Visit]
    reason: Personal[Sealed]


class VisitLinked(Fact, frozen=True):
    """A case grew from a visit (Đã gắn hồ sơ với lượt tiếp). `reason`: why another one than before."""

    TOPIC: ClassVar[str] = "reception.visit_linked.v1"
    number: Internal[int]
    case_id: Informant[UUID]
    case_kind: Internal[LinkedKind]
    case_number: Internal[str]
    reason: Internal[str] = ""


class ReceptionDayClosed(Fact, frozen=True):
    """Nobody is received any more on that day (Đã kết thúc buổi tiếp công dân)."""

    TOPIC: ClassVar[str] = "reception.day_closed.v1"


class ReceptionDayReopened(Fact, frozen=True):
    """Something of that day was forgotten (Đã mở lại buổi tiếp công dân)."""

    TOPIC: ClassVar[str] = "reception.day_reopened.v1"
    reason: Internal[str]


ReceptionFact = (
    ReceptionDayOpened
    | ReceptionDayCorrected
    | VisitRecorded
    | MinutesAttached
    | VisitCorrected
    | VisitLinked
    | ReceptionDayClosed
    | ReceptionDayReopened
)
