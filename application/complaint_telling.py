"""Who is told that a duty of a complaint runs out: only people who may see it today, so nobody who is involved."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from application.access import Actor
from application.complaint_access import at_resolver, keeps_registry, resolves, sees_complaint
from domain.complaints.state import Complaint
from domain.complaints.vocabulary import Resolver, Stage


def told_office(state: Complaint) -> UUID | None:
    """The authority whose posts are asked: a school's are kept by the authority that runs it."""
    return state.authority_id if state.resolver is Resolver.SCHOOL_HEAD else state.resolver_id


def concerned(actors: Iterable[Actor], state: Complaint, purpose: str) -> tuple[UUID, ...]:
    """The holder and the resolver, the verifiers while it is verified, the registry where it has to be sent.

    Where none of those is there, whoever else of the resolver's may see it: a duty must not run out unheard.
    """
    there = [actor for actor in actors if at_resolver(actor, state) and sees_complaint(actor, state)]
    return _ids(actor for actor in there if _told(actor, state, purpose)) or _ids(there)


def _told(actor: Actor, state: Complaint, purpose: str) -> bool:
    if resolves(actor, state) or actor.id == state.holder_id:
        return True
    if purpose == "send" and keeps_registry(actor, state):
        return True
    return state.stage is Stage.UNDER_VERIFICATION and actor.id in state.verifiers


def _ids(actors: Iterable[Actor]) -> tuple[UUID, ...]:
    return tuple(sorted({actor.id for actor in actors}))
