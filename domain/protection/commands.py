"""What a sender reports and what the people in charge do about it, in the imperative. Texts arrive sealed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel import Command, Sealed
from domain.law.law import Law
from domain.protection.vocabulary import ProtectionOutcome, Whom


class ReportWorseTreatment(Command, frozen=True):
    """`text` None: nothing was written. `open_already`: reports of the same sender that nobody has finished with."""

    case_id: UUID
    authority_id: UUID
    subject_id: UUID
    whom: Whom
    since: date | None
    text: Sealed | None
    open_already: int
    law: Law


class TakeProtection(Command, frozen=True):
    """By who may see it."""


class HandProtectionOver(Command, frozen=True):
    """`permitted`: the colleague is one of the few who may see it."""

    official_id: UUID
    permitted: bool


class NoteMeasure(Command, frozen=True):
    """`note` None: nothing was written."""

    note: Sealed | None


class CloseProtection(Command, frozen=True):
    """`words`: what the sender reads; `reason` stays inside. None: nothing was written.

    `erased`: the sender's data are gone, so that nothing can be written to or about the sender any more.
    """

    outcome: ProtectionOutcome
    referred_to: str
    reason: Sealed | None
    words: Sealed | None
    erased: bool = False


ProtectionCommand = ReportWorseTreatment | TakeProtection | HandProtectionOver | NoteMeasure | CloseProtection
