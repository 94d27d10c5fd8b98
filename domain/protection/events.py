"""A sender says that somebody is treated worse since the message. STORED FOR EVER: add fields with defaults or a .v2.

One stream per report (việc bảo vệ người gửi), with an id of its own. The words of the sender and all that is written
about them rest sealed under the key of the case's sender: whoever erases the one erases the other.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.kernel import Fact, Informant, Internal, Personal, Public, Sealed
from domain.law.term import Term
from domain.protection.vocabulary import ProtectionOutcome, Whom


class ProtectionReported(Fact, frozen=True):
    """A sender said to be treated worse since the message (Người gửi báo bị đối xử xấu hơn). Nothing is decided by it.

    `since`: about which day it began, where the sender said one. `term`: until when somebody must have taken it; the
    authority's own rule, no law sets it.
    """

    TOPIC: ClassVar[str] = "protection.reported.v1"
    case_id: Informant[UUID]
    authority_id: Public[UUID]
    subject_id: Informant[UUID]
    whom: Internal[Whom]
    since: Internal[date | None]
    text: Personal[Sealed]
    term: Internal[Term]


class ProtectionTaken(Fact, frozen=True):
    """Somebody who may has it in hand from now on (Đã nhận việc bảo vệ người gửi)."""

    TOPIC: ClassVar[str] = "protection.taken.v1"
    official_id: Internal[UUID]


class ProtectionHandedOver(Fact, frozen=True):
    """It was given to another person who may have it in hand (Đã bàn giao việc bảo vệ người gửi)."""

    TOPIC: ClassVar[str] = "protection.handed_over.v1"
    official_id: Internal[UUID]


class ProtectionMeasureNoted(Fact, frozen=True):
    """What was done to protect somebody was written down (Đã ghi biện pháp bảo vệ). The sender does not read it."""

    TOPIC: ClassVar[str] = "protection.measure_noted.v1"
    note: Personal[Sealed]


class ProtectionClosed(Fact, frozen=True):
    """Whoever had it in hand has looked at it (Đã xem xong việc bảo vệ người gửi).

    `referred_to`: the body that has it now, for that outcome. `reason` stays inside; `words` are for the sender. Where
    the sender's data were erased before, neither can be kept any more, and both are None.
    """

    TOPIC: ClassVar[str] = "protection.closed.v1"
    outcome: Internal[ProtectionOutcome]
    referred_to: Internal[str]
    reason: Personal[Sealed | None]
    words: Personal[Sealed | None]


ProtectionFact = ProtectionReported | ProtectionTaken | ProtectionHandedOver | ProtectionMeasureNoted | ProtectionClosed
