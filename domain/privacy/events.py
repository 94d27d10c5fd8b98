"""Facts about the erasure of a subject. STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.

One stream per subject. A subject is a random id made for a submission; that it once had a key stays known, whose it was
does not. Papers are named by number and day; what officials write here must not name the person.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from domain.kernel import Fact, Informant, Internal, Personal, Sealed
from domain.law.term import Term
from domain.privacy.vocabulary import ErasureGround, RefusalGround


class ErasureRequested(Fact, frozen=True):
    """Somebody asked that a subject's data be destroyed (Đã tiếp nhận yêu cầu xóa dữ liệu cá nhân)."""

    TOPIC: ClassVar[str] = "privacy.erasure_requested.v1"
    subject_id: Informant[UUID]
    request_id: Internal[UUID]
    case_id: Internal[UUID]
    authority_id: Internal[UUID]
    requested_by: Internal[UUID]
    """The official who entered the request: may not approve it."""
    ground: Internal[ErasureGround]
    document: Internal[str]
    requested_on: Internal[date]
    note: Personal[Sealed | None] = None
    late_reason: Internal[str] = ""
    term: Internal[Term | None] = None
    """Until when the subject must be answered."""


class ErasureRefused(Fact, frozen=True):
    """The request is not met (Đã từ chối xóa dữ liệu cá nhân)."""

    TOPIC: ClassVar[str] = "privacy.erasure_refused.v1"
    request_id: Internal[UUID]
    ground: Internal[RefusalGround]
    reason: Internal[str]
    document: Internal[str]


class LegalHoldPlaced(Fact, frozen=True):
    """The data are evidence and must stay (Đã áp dụng lưu giữ bắt buộc)."""

    TOPIC: ClassVar[str] = "privacy.legal_hold_placed.v1"
    subject_id: Informant[UUID]
    hold_id: Internal[UUID]
    reason: Internal[str]
    document: Internal[str]


class LegalHoldLifted(Fact, frozen=True):
    """That evidence is no longer needed (Đã gỡ lưu giữ bắt buộc)."""

    TOPIC: ClassVar[str] = "privacy.legal_hold_lifted.v1"
    hold_id: Internal[UUID]
    reason: Internal[str]
    document: Internal[str]


class ErasureApproved(Fact, frozen=True):
    """A second person agreed: the destruction follows at once (Đã duyệt xóa dữ liệu cá nhân)."""

    TOPIC: ClassVar[str] = "privacy.erasure_approved.v1"
    subject_id: Informant[UUID]
    request_id: Internal[UUID]
    approved_by: Internal[UUID]
    document: Internal[str]


class SubjectErased(Fact, frozen=True):
    """The certificate of destruction (Giấy xác nhận đã xóa dữ liệu cá nhân)."""

    TOPIC: ClassVar[str] = "privacy.subject_erased.v1"
    subject_id: Informant[UUID]
    request_id: Internal[UUID]
    destroyed_at: Internal[datetime]
    keys: Internal[int]
    identities: Internal[int]
    index_entries: Internal[int]
    files: Internal[int]
    last_key_backup_expires_on: Internal[date]
    """Until this day an old backup of the keys may still hold a copy; the same day when no backups are kept."""


PrivacyFact = ErasureRequested | ErasureRefused | LegalHoldPlaced | LegalHoldLifted | ErasureApproved | SubjectErased
