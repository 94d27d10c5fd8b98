"""Who is acting, and who may see or do what: pure, deny by default. Asked on the loaded state, never before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from application.ports import ActorKind
from domain.people.roles import Role as Role  # noqa: PLC0414 - who asks for an Actor finds the roles beside it


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who acts, in which post, for which authority. `areas` empty: the whole territory of the authority."""

    kind: ActorKind
    id: UUID
    post_id: UUID | None = None
    unit_id: UUID | None = None
    authority_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    areas: frozenset[UUID] = frozenset()
    audit_purpose_until: datetime | None = None
    """An auditor sees cases only while a stated purpose lasts."""
    stands_in_for: frozenset[UUID] = frozenset()
    """Absent colleagues of the same authority whose cases this person has in hand today."""
    direct_answers: frozenset[tuple[str, UUID]] = frozenset()
    """Categories that a head lets this person answer directly today, each with the delegation that says so."""

    @property
    def acts_as(self) -> frozenset[UUID]:
        """Oneself and whom one stands in for: whose cases one has in hand."""
        return self.stands_in_for | {self.id}

    def delegation_for(self, category: str) -> UUID | None:
        """By which delegation own answers of this category may go out without a head; the same one every time."""
        return min((given for named, given in self.direct_answers if named == category), default=None)


ANYONE = UUID("00000000-0000-0000-0000-0000000000c1")
SYSTEM = Actor(kind="system", id=UUID("00000000-0000-0000-0000-000000000001"))


class NotVisibleError(Exception):
    """Answered exactly like a case that does not exist."""


class ForbiddenError(Exception):
    """Visible, but not for this act."""


class NotSignedInError(Exception):
    """Nobody is signed in."""


Policy = Callable[[Actor, Any], bool]


def everyone(_actor: Actor, _state: Any) -> bool:
    """For acts that need no post: a citizen's first submission, or one authorised by its tracking code."""
    return True


def system_only(actor: Actor, _state: Any) -> bool:
    """For reactions and the loader."""
    return actor.kind == "system"
