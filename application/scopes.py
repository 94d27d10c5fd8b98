"""What a person may see in lists of a case kind: the same question as its policy asks of one case, as values."""

from __future__ import annotations

from uuid import UUID

import msgspec


class ComplaintScope(msgspec.Struct, frozen=True, kw_only=True):
    """For lists of complaints. All flags false: nothing."""

    person_id: UUID
    acts_as: frozenset[UUID]
    """Oneself and whom one stands in for."""
    unit_id: UUID | None = None
    authority_id: UUID | None = None
    everything: bool = False
    """The system itself."""
    principal: bool = False
    school_officer: bool = False
    staff: bool = False
    """Works at the authority and may hold one."""
    whole: bool = False
    """Sees all that its authority resolves."""
    takes_in: bool = False
    head: bool = False
    registry: bool = False
    auditor: bool = False
