"""What people ask of an account, in the imperative. `account_id` is the stream; `by` who asks."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.kernel import Command, Sealed
from domain.people.roles import Role


class NewPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post to be given. `unit_id` is the school of a school account and of nobody else."""

    post_id: UUID
    title: str
    roles: frozenset[Role]
    authority_id: UUID
    from_day: date
    area_ids: frozenset[UUID] = frozenset()
    unit_id: UUID | None = None


class PeopleCommand(Command, frozen=True):
    account_id: UUID


class OpenAccount(PeopleCommand, frozen=True):
    """An account begins with its first post."""

    username: str
    display_name: Sealed
    post: NewPost


class GivePost(PeopleCommand, frozen=True):
    post: NewPost


class EndPost(PeopleCommand, frozen=True):
    post_id: UUID
    until_day: date
    reason: str


class LockAccount(PeopleCommand, frozen=True):
    reason: str


class UnlockAccount(PeopleCommand, frozen=True):
    reason: str


class ReplacePassword(PeopleCommand, frozen=True):
    """The new password itself never gets here."""


class StateAuditPurpose(PeopleCommand, frozen=True):
    post_id: UUID
    purpose: str
    until: datetime


class DelegateSigning(PeopleCommand, frozen=True):
    """To this account. `head_of` are the authorities that the delegating post heads on `from_day` (looked up)."""

    delegation_id: UUID
    from_post_id: UUID
    authority_id: UUID
    head_of: frozenset[UUID]
    categories: frozenset[str]
    from_day: date
    until_day: date


class EndDelegation(PeopleCommand, frozen=True):
    """By who delegated or by who received it."""

    delegation_id: UUID
    until_day: date
    reason: str


AccountCommand = (
    OpenAccount
    | GivePost
    | EndPost
    | LockAccount
    | UnlockAccount
    | ReplacePassword
    | StateAuditPurpose
    | DelegateSigning
    | EndDelegation
)
