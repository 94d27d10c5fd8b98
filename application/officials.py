"""Colleagues: who can be given a case or be named to read one."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from application.access import Actor
from application.feedback_access import STAFF
from application.people import actor_of
from application.ports import Clock, EventStore
from domain.calendar import legal_date
from domain.people.account import ACCOUNT
from domain.people.state import Delegation


class Officials:
    """Looks accounts up by what they are today."""

    def __init__(self, store: EventStore, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def colleague(self, actor: Actor, account_id: UUID) -> Actor | None:
        """That person in a working post of the same authority, or None."""
        seen = await self._store.load(ACCOUNT, account_id)
        if seen is None or seen.state.locked:
            return None
        now = self._clock.now()
        for post in seen.state.posts_on(legal_date(now)):
            other = actor_of(account_id, seen.state, now, post.id)
            if other and other.authority_id == actor.authority_id and other.roles & STAFF:
                return other
        return None

    async def signs_for(self, actor: Actor, colleagues: Iterable[UUID]) -> list[tuple[UUID, Delegation]]:
        """Which of these colleagues sign in the place of this person today, the first to end first."""
        day = legal_date(self._clock.now())
        found = []
        for account_id in colleagues:
            seen = await self._store.load(ACCOUNT, account_id)
            given = seen.state.delegations if seen and not seen.state.locked else ()
            found += [(account_id, one) for one in given if one.from_account_id == actor.id and one.runs_on(day)]
        return sorted(found, key=lambda one: (one[1].until_day, one[1].id))
