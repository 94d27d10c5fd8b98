"""Who may see a dialogue meeting and who may do what to it: pure, deny by default.

The posts of the authority that take in and settle what people say. Only a head closes it and speaks to the public.
"""

from __future__ import annotations

from application.access import Actor, Policy, Role
from domain.dialogues.dialogue import possible_actions
from domain.dialogues.state import Dialogue

WORKERS = frozenset({Role.INTAKE, Role.OFFICER, Role.HEAD})
READS = WORKERS | {Role.AUDITOR}
"""Roles that have a list of them at all; an auditor while a stated purpose lasts."""
HEADS = frozenset({Role.HEAD})

MAY: dict[str, frozenset[Role]] = {
    "announcements": WORKERS,
    "meetings": WORKERS,
    "minutes": WORKERS,
    "opinions": WORKERS,
    "row-dismissals": WORKERS,
    "routings": WORKERS,
    "answers": WORKERS,
    "transfers": WORKERS,
    "reopenings": WORKERS,
    "summaries": WORKERS,
    "closures": HEADS,
    "publications": HEADS,
    "withdrawals": HEADS,
}
"""Action → roles. The names are those of the API's paths."""


def plans(actor: Actor) -> bool:
    """Whether this person may plan a meeting of the own authority."""
    return actor.kind == "official" and actor.authority_id is not None and bool(actor.roles & WORKERS)


def reads_any(actor: Actor) -> bool:
    """Whether any meeting at all could be seen: asked before one is loaded."""
    return actor.kind == "system" or plans(actor) or (_audits(actor) and actor.authority_id is not None)


def sees_dialogue(actor: Actor, state: Dialogue | None) -> bool:
    """Those of the own authority."""
    if state is None or state.authority_id is None:
        return False
    return actor.kind == "system" or (reads_any(actor) and actor.authority_id == state.authority_id)


def may(action: str) -> Policy:
    """The policy of one act."""
    roles = MAY[action]

    def asked(actor: Actor, state: Dialogue | None) -> bool:
        return sees_dialogue(actor, state) and (actor.kind == "system" or bool(actor.roles & roles))

    return asked


def dialogue_actions(state: Dialogue, actor: Actor) -> tuple[str, ...]:
    """What this person may do to it now."""
    return tuple(sorted(action for action in possible_actions(state) if may(action)(actor, state)))


def _audits(actor: Actor) -> bool:
    return actor.kind == "official" and Role.AUDITOR in actor.roles and actor.audit_purpose_until is not None
