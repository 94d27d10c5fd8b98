"""An official's word on mails."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.kernel import Sealed
from domain.notices import commands as c
from domain.notices import notice as n
from domain.notices.events import MailAddressGiven, MailAddressWithdrawn, MailsChosen
from domain.notices.vocabulary import MailKind
from tests.support.given import Given

NOW, MAI = datetime(2026, 3, 2, 2, tzinfo=UTC), UUID(int=2)


def sealed(commitment: bytes = b"one") -> Sealed:
    return Sealed(MAI, UUID(int=9), "notice.mail_address_given.v1:address", b"nonce", b"text", commitment)


def give(address: Sealed, *, plausible: bool = True) -> c.GiveMailAddress:
    return c.GiveMailAddress(by=MAI, at=NOW, address=address, plausible=plausible)


def choose(*kinds: MailKind) -> c.ChooseMails:
    return c.ChooseMails(by=MAI, at=NOW, kinds=frozenset(kinds))


def test_an_address_is_given_replaced_and_withdrawn() -> None:
    first = Given(n.NOTICES).when(give(sealed())).then(MailAddressGiven(account_id=MAI, address=sealed()))
    first.when(give(sealed())).then()
    other = sealed(b"two")
    second = first.when(give(other)).then(MailAddressGiven(account_id=MAI, address=other))
    gone = second.when(c.WithdrawMailAddress(by=MAI, at=NOW)).then(MailAddressWithdrawn(account_id=MAI))
    assert gone.state.address is None
    gone.when(c.WithdrawMailAddress(by=MAI, at=NOW)).refused(n.NoMailAddressError, field="address")


def test_what_is_no_address_is_refused() -> None:
    Given(n.NOTICES).when(give(sealed(), plausible=False)).refused(n.MailAddressInvalidError, field="address")


def test_mails_are_chosen_and_all_of_them_are_usual() -> None:
    assert n.MailWishes().kinds == set(MailKind)
    Given(n.NOTICES).when(choose(*MailKind)).then()
    Given(n.NOTICES).when(choose(MailKind.DUE)).then(MailsChosen(account_id=MAI, kinds=(MailKind.DUE,)))


@pytest.mark.parametrize("text", ["mai@doithong.gov.vn", "a.b+c@x.vn", "O'Neil@a-b.example.org"])
def test_plain_addresses_are_addresses(text: str) -> None:
    assert n.is_address(text)


@pytest.mark.parametrize(
    "text",
    ["", "mai", "mai@", "@x.vn", "mai@x", "Mai <mai@x.vn>", "mai@x.vn\nBcc: y@z.vn", "a" * 250 + "@x.vn", "a@-x.vn"],
)
def test_anything_else_is_none(text: str) -> None:
    assert not n.is_address(text)
