"""What an official says about notices by mail."""

from __future__ import annotations

from domain.kernel import Command, Sealed
from domain.notices.vocabulary import MailKind


class GiveMailAddress(Command, frozen=True):
    """`plausible`: the text was an address; what was sealed cannot be looked at any more."""

    address: Sealed
    plausible: bool


class WithdrawMailAddress(Command, frozen=True):
    pass


class ChooseMails(Command, frozen=True):
    kinds: frozenset[MailKind]


NoticeCommand = GiveMailAddress | WithdrawMailAddress | ChooseMails
