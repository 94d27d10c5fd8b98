"""Facts about accounts and posts. STORED FOR EVER: add fields with defaults or add a .v2 topic; never edit.

One stream per account. No secret is ever part of a fact: the hash of a password lives in a table of its own.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from domain.kernel import Fact, Internal, Personal, Sealed
from domain.people.roles import Role


class AccountOpened(Fact, frozen=True):
    """Somebody got a user name (Đã mở tài khoản). The name of the person is sealed under the account's own key."""

    TOPIC: ClassVar[str] = "people.account_opened.v1"
    username: Internal[str]
    display_name: Personal[Sealed]


class PostGiven(Fact, frozen=True):
    """The account holds a post from a day on (Đã bố trí vị trí). `area_ids` empty: the whole territory."""

    TOPIC: ClassVar[str] = "people.post_given.v1"
    post_id: Internal[UUID]
    title: Internal[str]
    roles: Internal[tuple[Role, ...]]
    authority_id: Internal[UUID]
    area_ids: Internal[tuple[UUID, ...]]
    unit_id: Internal[UUID | None]
    from_day: Internal[date]


class PostEnded(Fact, frozen=True):
    """`until_day` is the last day in the post (Đã thôi giữ vị trí)."""

    TOPIC: ClassVar[str] = "people.post_ended.v1"
    post_id: Internal[UUID]
    until_day: Internal[date]
    reason: Internal[str]


class AccountLocked(Fact, frozen=True):
    """Nobody signs in with it, and who is signed in is out (Đã khóa tài khoản)."""

    TOPIC: ClassVar[str] = "people.account_locked.v1"
    reason: Internal[str]


class AccountUnlocked(Fact, frozen=True):
    TOPIC: ClassVar[str] = "people.account_unlocked.v1"
    reason: Internal[str]


class PasswordReplaced(Fact, frozen=True):
    """Every session opened before it is over (Đã thay mật khẩu). `by_holder`: not by an administrator."""

    TOPIC: ClassVar[str] = "people.password_replaced.v1"
    by_holder: Internal[bool]


class AuditPurposeStated(Fact, frozen=True):
    """Why an auditor wants to look, and until when (Đã nêu mục đích kiểm tra). The purpose names no person."""

    TOPIC: ClassVar[str] = "people.audit_purpose_stated.v1"
    post_id: Internal[UUID]
    purpose: Internal[str]
    until: Internal[datetime]


class SigningDelegated(Fact, frozen=True):
    """A head lets this account release and sign for the authority (Đã ủy quyền ký).

    `categories` empty: everything. Both days are included.
    """

    TOPIC: ClassVar[str] = "people.signing_delegated.v1"
    delegation_id: Internal[UUID]
    from_account_id: Internal[UUID]
    from_post_id: Internal[UUID]
    authority_id: Internal[UUID]
    categories: Internal[tuple[str, ...]]
    from_day: Internal[date]
    until_day: Internal[date]


class DelegationEnded(Fact, frozen=True):
    """`until_day` is its last day (Đã chấm dứt ủy quyền)."""

    TOPIC: ClassVar[str] = "people.delegation_ended.v1"
    delegation_id: Internal[UUID]
    until_day: Internal[date]
    reason: Internal[str]


class StartCodeIssued(Fact, frozen=True):
    """An administrator printed a start code (Đã cấp mã kích hoạt). Every session before it is over; no secret is here.

    It opens nothing after `expires_at`, and nothing but the choice of a password before.
    """

    TOPIC: ClassVar[str] = "people.start_code_issued.v1"
    expires_at: Internal[datetime]


class StandInAppointed(Fact, frozen=True):
    """This account acts for somebody who is absent (Đã cử người làm thay). Both days are included."""

    TOPIC: ClassVar[str] = "people.stand_in_appointed.v1"
    stand_in_id: Internal[UUID]
    """Of the appointment."""
    for_account_id: Internal[UUID]
    authority_id: Internal[UUID]
    from_day: Internal[date]
    until_day: Internal[date]
    reason: Internal[str]


class StandInEnded(Fact, frozen=True):
    """`until_day` is its last day (Đã thôi làm thay)."""

    TOPIC: ClassVar[str] = "people.stand_in_ended.v1"
    stand_in_id: Internal[UUID]
    until_day: Internal[date]
    reason: Internal[str]


class SecondFactorEnrolled(Fact, frozen=True):
    """Signing in asks for a second step from now on (Đã bật xác thực hai bước). The secret lies elsewhere, sealed."""

    TOPIC: ClassVar[str] = "people.second_factor_enrolled.v1"


class SecondFactorRemoved(Fact, frozen=True):
    """By another administrator, when the telephone is lost (Đã gỡ xác thực hai bước)."""

    TOPIC: ClassVar[str] = "people.second_factor_removed.v1"
    reason: Internal[str]


AccountFact = (
    AccountOpened
    | PostGiven
    | PostEnded
    | AccountLocked
    | AccountUnlocked
    | PasswordReplaced
    | AuditPurposeStated
    | SigningDelegated
    | DelegationEnded
    | StartCodeIssued
    | StandInAppointed
    | StandInEnded
    | SecondFactorEnrolled
    | SecondFactorRemoved
)
