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
    """An account begins with its first post. `start_code_until`: for how long a printed code opens it."""

    username: str
    display_name: Sealed
    post: NewPost
    start_code_until: datetime | None = None


class GivePost(PeopleCommand, frozen=True):
    post: NewPost


class EndPost(PeopleCommand, frozen=True):
    """`open_cases`: how many the account would still hold without this post (looked up)."""

    post_id: UUID
    until_day: date
    reason: str
    open_cases: int = 0


class LockAccount(PeopleCommand, frozen=True):
    """`open_cases`: how many the account holds (looked up)."""

    reason: str
    open_cases: int = 0


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


class IssueStartCode(PeopleCommand, frozen=True):
    """The code itself never gets here."""

    expires_at: datetime


class AppointStandIn(PeopleCommand, frozen=True):
    """This account for `for_account_id`, by that person or by a head of the authority.

    `absent_works`: whether the absent person works in the authority on `from_day` (looked up); `head_of`: the
    authorities that `by` heads.
    """

    stand_in_id: UUID
    for_account_id: UUID
    authority_id: UUID
    absent_works: bool
    head_of: frozenset[UUID]
    from_day: date
    until_day: date
    reason: str


class EndStandIn(PeopleCommand, frozen=True):
    """By either side, or by a head."""

    stand_in_id: UUID
    head_of: frozenset[UUID]
    until_day: date
    reason: str


class EnrolSecondFactor(PeopleCommand, frozen=True):
    """The first code was right."""


class RemoveSecondFactor(PeopleCommand, frozen=True):
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
    | IssueStartCode
    | AppointStandIn
    | EndStandIn
    | EnrolSecondFactor
    | RemoveSecondFactor
)
