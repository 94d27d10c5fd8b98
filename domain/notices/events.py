"""How an official wants to be told. STORED FOR EVER. One stream per account, beside the account's own."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.kernel import Fact, Internal, Personal, Sealed
from domain.notices.vocabulary import MailKind


class MailAddressGiven(Fact, frozen=True):
    """The official's own address, sealed under the account's key (Đã khai báo địa chỉ thư điện tử nhận thông báo)."""

    TOPIC: ClassVar[str] = "notice.mail_address_given.v1"
    account_id: Internal[UUID]
    address: Personal[Sealed]


class MailAddressWithdrawn(Fact, frozen=True):
    """No mail goes out any more (Đã thôi nhận thư điện tử)."""

    TOPIC: ClassVar[str] = "notice.mail_address_withdrawn.v1"
    account_id: Internal[UUID]


class MailsChosen(Fact, frozen=True):
    """Which mails the official wants (Đã chọn loại thư điện tử nhận)."""

    TOPIC: ClassVar[str] = "notice.mails_chosen.v1"
    account_id: Internal[UUID]
    kinds: Internal[tuple[MailKind, ...]]


NoticeFact = MailAddressGiven | MailAddressWithdrawn | MailsChosen
