"""Who of an authority is to be told of a case: only people who may see it today."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

import msgspec

from application.access import Actor, Role
from application.feedback_access import STAFF, sees_feedback
from application.people import actor_of
from application.ports import Clock, EventStore, Offices
from application.protection_access import works_on
from domain.calendar import legal_date
from domain.duty.duty import DUTY
from domain.feedback.state import Feedback
from domain.people.account import ACCOUNT
from domain.protection.protection import Protection

TAKERS = frozenset({Role.INTAKE, Role.HEAD})
"""Who can take a case in, and so can be on duty."""


def duty_list_id(authority_id: UUID) -> UUID:
    """The stream of an authority's duty list."""
    return uuid5(authority_id, "duty")


class Office(msgspec.Struct, frozen=True):
    """The people of an authority as they are at one moment."""

    actors: tuple[Actor, ...] = ()
    on_duty: frozenset[UUID] = frozenset()

    def takers(self, state: Feedback) -> tuple[UUID, ...]:
        """Who is on duty; where nobody is, the intake posts; where none of those may see it, the heads."""
        may_take = [actor for actor in self.actors if actor.roles & TAKERS and sees_feedback(actor, state)]
        intake = [actor for actor in may_take if Role.INTAKE in actor.roles]
        duty = [actor for actor in may_take if actor.id in self.on_duty]
        return _ids(duty or intake or may_take)

    def contacts(self, state: Feedback) -> tuple[UUID, ...]:
        """The child-protection contacts."""
        return self._with(Role.CHILD_CONTACT, state)

    def heads(self, state: Feedback) -> tuple[UUID, ...]:
        """Who releases and signs."""
        return self._with(Role.HEAD, state)

    def protectors(self, task: Protection, state: Feedback) -> tuple[UUID, ...]:
        """Who may look after a sender that is treated worse, whether they see the case or not."""
        return _ids(actor for actor in self.actors if works_on(actor, task, state))

    def responsible(self, state: Feedback) -> tuple[UUID, ...]:
        """Who holds the case; where nobody does, who could take it."""
        holder = (actor for actor in self.actors if actor.id == state.holder_id and actor.roles & STAFF)
        return _ids(holder) or self.takers(state)

    def _with(self, role: Role, state: Feedback) -> tuple[UUID, ...]:
        return _ids(actor for actor in self.actors if role in actor.roles and sees_feedback(actor, state))


def _ids(actors: Iterable[Actor]) -> tuple[UUID, ...]:
    return tuple(sorted({actor.id for actor in actors}))


class OfficeBook:
    """Looks an office up, account by account, as it is now."""

    def __init__(self, store: EventStore, clock: Clock, offices: Offices) -> None:
        self._store, self._clock, self._offices = store, clock, offices

    async def of(self, authority_id: UUID) -> Office:
        """Every working post of the authority, and who is on duty today."""
        now, actors = self._clock.now(), []
        for account_id in await self._offices.accounts_in(authority_id):
            seen = await self._store.load(ACCOUNT, account_id)
            held = seen.state.posts_on(legal_date(now)) if seen and not seen.state.locked else ()
            for post in held:
                actor = actor_of(account_id, seen.state, now, post.id) if seen else None
                if actor and actor.authority_id == authority_id:
                    actors.append(actor)
        duty = await self._store.load(DUTY, duty_list_id(authority_id))
        on_duty = duty.state.on(legal_date(now)) if duty else ()
        return Office(tuple(actors), frozenset(on_duty))

    async def protectors(self, task: Protection, state: Feedback) -> tuple[UUID, ...]:
        """In the authority of the case; where nobody is left there, in the superior one that has the case before it."""
        offices = [found for found in (state.authority_id, state.superior_id) if found is not None]
        for authority_id in offices:
            if told := (await self.of(authority_id)).protectors(task, state):
                return told
        return ()
