"""Which post may be shown which class of data of a case that it may see: sealed at rest is not hidden on screen."""

from __future__ import annotations

from typing import Literal

from application.access import Actor, Role

PrivacyClass = Literal["public", "internal", "personal", "informant"]

_WORKING: frozenset[PrivacyClass] = frozenset({"public", "internal", "personal", "informant"})

SHOWN: dict[Role, frozenset[PrivacyClass]] = {
    Role.INTAKE: _WORKING,
    Role.OFFICER: _WORKING,
    Role.HEAD: _WORKING,
    Role.CUSTODIAN: _WORKING,
    Role.CHILD_CONTACT: _WORKING,
    Role.AUDITOR: frozenset({"public", "internal", "personal"}),
    Role.ADMINISTRATOR: frozenset({"public"}),
    Role.SCHOOL: frozenset({"public"}),
    Role.REGISTRY: frozenset({"public", "internal", "personal"}),
    Role.PRINCIPAL: frozenset({"public", "internal", "personal"}),
    Role.SCHOOL_OFFICER: frozenset({"public", "internal", "personal"}),
}
"""Role → classes. Name and contact of a sender are never among them: they are opened by an act of its own."""


def shown_to(actor: Actor) -> frozenset[PrivacyClass]:
    """What this person may read in a case that is visible to them."""
    if actor.kind == "system":
        return _WORKING
    return frozenset(word for role in actor.roles for word in SHOWN[role])
