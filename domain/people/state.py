"""What the rules about accounts read, and how facts make it. Names and titles belong to a projection."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.people import events as f
from domain.people.roles import Role


class Post(msgspec.Struct, frozen=True):
    """A post and the days on which it is held; both ends are included."""

    id: UUID
    roles: frozenset[Role]
    authority_id: UUID
    area_ids: frozenset[UUID]
    unit_id: UUID | None
    from_day: date
    until_day: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether the post is held on this legal day."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)


class Delegation(msgspec.Struct, frozen=True):
    """A right to sign that was given to this account; both days are included."""

    id: UUID
    from_account_id: UUID
    authority_id: UUID
    categories: frozenset[str]
    from_day: date
    until_day: date

    def runs_on(self, day: date) -> bool:
        """Whether it lets sign on this legal day."""
        return self.from_day <= day <= self.until_day


class StandIn(msgspec.Struct, frozen=True):
    """Somebody absent whom this account stands in for; both days are included."""

    id: UUID
    for_account_id: UUID
    authority_id: UUID
    from_day: date
    until_day: date

    def runs_on(self, day: date) -> bool:
        """Whether it counts on this legal day."""
        return self.from_day <= day <= self.until_day


class Account(msgspec.Struct, frozen=True):
    """One account. `epoch` grows with each fact that ends every session opened before it."""

    posts: tuple[Post, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    purposes: tuple[tuple[UUID, datetime], ...] = ()
    """Until when a stated purpose lasts, by auditor post; the latest statement counts."""
    locked: bool = False
    epoch: int = 0
    stand_ins: tuple[StandIn, ...] = ()
    start_code_until: datetime | None = None
    """Until when a start code opens the choice of a password; None: the holder has chosen one."""
    second_factor: bool = False

    def posts_on(self, day: date) -> tuple[Post, ...]:
        """The posts held on this legal day, in the order in which they were given: the first is the usual one."""
        return tuple(post for post in self.posts if post.held_on(day))

    def delegation(self, delegation_id: UUID) -> Delegation | None:
        """The delegation of this id."""
        return next((given for given in self.delegations if given.id == delegation_id), None)

    def stand_in(self, stand_in_id: UUID) -> StandIn | None:
        """The appointment of this id."""
        return next((given for given in self.stand_ins if given.id == stand_in_id), None)

    def post(self, post_id: UUID) -> Post | None:
        """The post of this id, held or ended."""
        return next((post for post in self.posts if post.id == post_id), None)


def evolve(state: Account | None, fact: f.AccountFact) -> Account:  # noqa: C901, PLR0912 - one arm per fact
    """Rule-free and total: history already happened, so nothing here may refuse it, in any order."""
    state = state or Account()
    match fact:
        case f.AccountOpened():
            after = state
        case f.PostGiven():
            after = _with_post(state, fact)
        case f.PostEnded():
            after = replace(state, posts=tuple(_ended(post, fact) for post in state.posts))
        case f.AccountLocked():
            after = replace(state, locked=True, epoch=state.epoch + 1)
        case f.AccountUnlocked():
            after = replace(state, locked=False)
        case f.PasswordReplaced():
            after = replace(state, epoch=state.epoch + 1, start_code_until=None)
        case f.StartCodeIssued():
            after = replace(state, epoch=state.epoch + 1, start_code_until=fact.expires_at)
        case f.SecondFactorEnrolled():
            after = replace(state, second_factor=True)
        case f.SecondFactorRemoved():
            after = replace(state, second_factor=False, epoch=state.epoch + 1)
        case f.StandInAppointed():
            after = _with_stand_in(state, fact)
        case f.StandInEnded():
            shorter = (_until(given, fact) for given in state.stand_ins)
            after = replace(state, stand_ins=tuple(shorter))
        case f.AuditPurposeStated():
            others = tuple(stated for stated in state.purposes if stated[0] != fact.post_id)
            after = replace(state, purposes=(*others, (fact.post_id, fact.until)))
        case f.SigningDelegated():
            after = _with_delegation(state, fact)
        case f.DelegationEnded():
            after = replace(state, delegations=tuple(_shortened(given, fact) for given in state.delegations))
        case _:
            assert_never(fact)
    return after


def _with_post(state: Account, fact: f.PostGiven) -> Account:
    post = Post(
        fact.post_id,
        frozenset(fact.roles),
        fact.authority_id,
        frozenset(fact.area_ids),
        fact.unit_id,
        fact.from_day,
    )
    return replace(state, posts=(*(held for held in state.posts if held.id != post.id), post))


def _ended(post: Post, fact: f.PostEnded) -> Post:
    return replace(post, until_day=fact.until_day) if post.id == fact.post_id else post


def _with_delegation(state: Account, fact: f.SigningDelegated) -> Account:
    given = Delegation(
        fact.delegation_id,
        fact.from_account_id,
        fact.authority_id,
        frozenset(fact.categories),
        fact.from_day,
        fact.until_day,
    )
    return replace(state, delegations=(*(old for old in state.delegations if old.id != given.id), given))


def _shortened(given: Delegation, fact: f.DelegationEnded) -> Delegation:
    return replace(given, until_day=fact.until_day) if given.id == fact.delegation_id else given


def _with_stand_in(state: Account, fact: f.StandInAppointed) -> Account:
    given = StandIn(fact.stand_in_id, fact.for_account_id, fact.authority_id, fact.from_day, fact.until_day)
    return replace(state, stand_ins=(*(old for old in state.stand_ins if old.id != given.id), given))


def _until(given: StandIn, fact: f.StandInEnded) -> StandIn:
    return replace(given, until_day=fact.until_day) if given.id == fact.stand_in_id else given
