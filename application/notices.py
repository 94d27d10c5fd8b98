"""An official's own word on mails. The address is sealed under the account's key before the command is built."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID, uuid5

from application.access import Actor, ForbiddenError, everyone
from application.execute import Act, Executor
from application.ports import Clock, Receipt, Request, Vault
from domain.kernel import Command, Sealed
from domain.notices import commands as c
from domain.notices.events import MailAddressGiven
from domain.notices.notice import NOTICES, MailAddressInvalidError, MailWishes, is_address
from domain.notices.vocabulary import MailKind


def wishes_id(account_id: UUID) -> UUID:
    """The stream of an account's wishes."""
    return uuid5(account_id, "notices")


class NoticesDesk:
    """Raises what the executor raises."""

    def __init__(self, execute: Executor, clock: Clock, vault: Vault) -> None:
        self._execute, self._clock, self._vault = execute, clock, vault

    async def wishes(self, actor: Actor) -> tuple[int, MailWishes]:
        """Version and wishes of the own account."""
        seen = await self._execute.load(NOTICES, wishes_id(actor.id))
        return (seen.version, seen.state) if seen else (0, MailWishes())

    def opened(self, address: Sealed) -> str:
        """For the own page only. Raises ErasedError."""
        return self._vault.open(address)

    async def give_address(self, actor: Actor, request: Request, address: str) -> Receipt:
        """Where mails go from now on."""
        text = address.strip()
        if not is_address(text):
            raise MailAddressInvalidError(field="address")
        sealed = self._vault.seal(actor.id, f"{MailAddressGiven.TOPIC}:address", text)
        command = c.GiveMailAddress(by=actor.id, at=self._clock.now(), address=sealed, plausible=True)
        return await self._do(actor, request, command)

    async def withdraw_address(self, actor: Actor, request: Request) -> Receipt:
        """No mails any more."""
        return await self._do(actor, request, c.WithdrawMailAddress(by=actor.id, at=self._clock.now()))

    async def choose(self, actor: Actor, request: Request, kinds: Collection[MailKind]) -> Receipt:
        """Which mails."""
        command = c.ChooseMails(by=actor.id, at=self._clock.now(), kinds=frozenset(kinds))
        return await self._do(actor, request, command)

    async def _do(self, actor: Actor, request: Request, command: Command) -> Receipt:
        if actor.kind != "official":
            raise ForbiddenError
        return await self._execute(actor, request, Act(NOTICES, wishes_id(actor.id), command, everyone, everyone))
