"""What officials ask about a subject's data, in the imperative."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from domain.kernel import Command, Sealed
from domain.law.law import Law
from domain.privacy.vocabulary import ErasureGround, RefusalGround


class RequestErasure(Command, frozen=True):
    """`received_at`: when the request arrived, if that was earlier; an earlier day needs `late_reason`."""

    subject_id: UUID
    request_id: UUID
    case_id: UUID
    authority_id: UUID
    ground: ErasureGround
    document: str
    note: Sealed | None = None
    received_at: datetime | None = None
    late_reason: str = ""
    law: Law | None = None

    def happened_at(self) -> datetime:
        """When the request arrived."""
        return self.received_at or self.at


class RefuseErasure(Command, frozen=True):
    ground: RefusalGround
    reason: str
    document: str


class PlaceLegalHold(Command, frozen=True):
    subject_id: UUID
    hold_id: UUID
    reason: str
    document: str


class LiftLegalHold(Command, frozen=True):
    hold_id: UUID
    reason: str
    document: str


class ApproveErasure(Command, frozen=True):
    document: str


class ErasedThings(msgspec.Struct, frozen=True):
    """What was destroyed, counted."""

    keys: int
    identities: int
    index_entries: int
    files: int


class CertifyErasure(Command, frozen=True):
    """By the reaction that destroyed. `key_backup_days`: for how many days backups of the key store are kept."""

    things: ErasedThings
    key_backup_days: int


PrivacyCommand = RequestErasure | RefuseErasure | PlaceLegalHold | LiftLegalHold | ApproveErasure | CertifyErasure
