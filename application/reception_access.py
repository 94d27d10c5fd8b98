"""Who may see and keep the days of reception of an authority: pure, deny by default.

The register of a school whose principal receives is not the authority's: those roles get none of it.
"""

from __future__ import annotations

from application.access import Actor, Policy, Role
from domain.reception.reception import Reception, possible_actions
from domain.reception.visits import Entry
from domain.reception.vocabulary import VisitKind

RECORDS = frozenset({Role.INTAKE, Role.OFFICER, Role.HEAD})
"""Roles that keep the register."""
READS = RECORDS | {Role.AUDITOR}
"""Roles that have the register at all."""
GUARDS = frozenset({Role.INTAKE, Role.HEAD})
"""Roles that read who came with a denunciation, besides whoever wrote it down (Luật Tố cáo 2018)."""
ACTS = ("visits", "minutes", "links", "corrections", "closings", "reopenings", "day-corrections")
"""What may be done to a day, in the order of its page. The names are those of the API's paths."""


def records(actor: Actor, _state: object = None) -> bool:
    """May enter a day of reception of the own authority."""
    return _official(actor) and bool(actor.roles & RECORDS)


def reads_any(actor: Actor) -> bool:
    """Whether there is a register for this person: an auditor has it while a stated purpose lasts."""
    audits = Role.AUDITOR in actor.roles and actor.audit_purpose_until is not None
    return _official(actor) and (bool(actor.roles & RECORDS) or audits)


def sees_day(actor: Actor, state: Reception | None) -> bool:
    """Those of the own authority."""
    return (
        state is not None
        and state.school_id is None
        and state.authority_id is not None
        and state.authority_id == actor.authority_id
        and reads_any(actor)
    )


def may(_action: str) -> Policy:
    """The policy of one act on a day: who keeps the register may each of them."""
    return lambda actor, state: sees_day(actor, state) and records(actor)


def reads_words(actor: Actor, kind: VisitKind, recorded_by: object) -> bool:
    """Whether this person is shown who came and what was said; a denouncer's identity is kept close."""
    return kind is not VisitKind.DENUNCIATION or actor.id == recorded_by or bool(actor.roles & GUARDS)


def writes_words(actor: Actor, entry: Entry | None) -> bool:
    """Whether this person may correct a visit or bring its minutes: nobody rewrites what is kept from him."""
    return entry is None or reads_words(actor, entry.kind, entry.recorded_by)


def available_actions(state: Reception, actor: Actor) -> tuple[str, ...]:
    """What this person may do to the day now: buttons, the API's `actions` and tests read the same list."""
    if not sees_day(actor, state) or not records(actor):
        return ()
    return tuple(act for act in ACTS if act in possible_actions(state))


def _official(actor: Actor) -> bool:
    return actor.kind == "official" and Role.SCHOOL not in actor.roles and actor.authority_id is not None
