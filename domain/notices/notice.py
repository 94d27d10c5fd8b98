"""An official's own word on mails: an address, and which of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import assert_never

import msgspec
from msgspec.structs import replace

from domain.kernel import Decider, RefusalError, Sealed
from domain.notices import commands as c
from domain.notices import events as f
from domain.notices.vocabulary import MailKind

LONGEST_ADDRESS = 254
"""Characters (RFC 5321)."""
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")


class MailAddressInvalidError(RefusalError):
    code = "mail-address-invalid"


class NoMailAddressError(RefusalError):
    code = "mail-address-missing"


class MailWishes(msgspec.Struct, frozen=True):
    """Without a choice: all of them."""

    address: Sealed | None = None
    kinds: frozenset[MailKind] = frozenset(MailKind)


def is_address(text: str) -> bool:
    """Whether a mail could be sent there: the plain form, without names and comments."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def decide(state: MailWishes | None, command: c.NoticeCommand) -> Sequence[f.NoticeFact]:
    """Raises the refusals of this module."""
    state = state or MailWishes()
    match command:
        case c.GiveMailAddress():
            if not command.plausible:
                raise MailAddressInvalidError(field="address")
            if state.address and state.address.commitment == command.address.commitment:
                return ()
            return (f.MailAddressGiven(account_id=command.by, address=command.address),)
        case c.WithdrawMailAddress():
            if state.address is None:
                raise NoMailAddressError(field="address")
            return (f.MailAddressWithdrawn(account_id=command.by),)
        case c.ChooseMails():
            if command.kinds == state.kinds:
                return ()
            return (f.MailsChosen(account_id=command.by, kinds=tuple(sorted(command.kinds))),)
        case _:
            assert_never(command)


def evolve(state: MailWishes | None, fact: f.NoticeFact) -> MailWishes:
    """Total."""
    state = state or MailWishes()
    match fact:
        case f.MailAddressGiven():
            return replace(state, address=fact.address)
        case f.MailAddressWithdrawn():
            return replace(state, address=None)
        case f.MailsChosen():
            return replace(state, kinds=frozenset(fact.kinds))
        case _:
            assert_never(fact)


NOTICES: Decider[MailWishes, c.NoticeCommand, f.NoticeFact] = Decider("notice", decide, evolve)
