"""A petition whose kept year is over was ordered to be destroyed: its key, what that leaves unreadable, its files."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from application.execute import Executor
from application.ports import Recorded, Vault
from application.reactions.erase_subject import ErasableFiles, ErasableIdentities
from domain.feedback.events import PetitionPurged
from domain.feedback.feedback import FEEDBACK
from domain.kernel import Fact


class SubjectsOfCase(Protocol):
    """Further subjects whose data came from this case."""

    async def of_case(self, case_id: UUID) -> tuple[UUID, ...]: ...


class PurgePetition:
    """At least once: each step may be repeated. The order itself is the certificate: the fact with its signed list."""

    name = "purge-petition"
    facts: tuple[type[Fact], ...] = (PetitionPurged,)

    def __init__(
        self,
        execute: Executor,
        vault: Vault,
        identities: ErasableIdentities,
        files: ErasableFiles,
        related: SubjectsOfCase,
    ) -> None:
        self._execute, self._vault, self._identities, self._files = execute, vault, identities, files
        self._related = related

    async def react(self, recorded: Recorded) -> None:
        """Destroys what the order names, and the copies that were sent along when the unit was asked to explain."""
        seen = await self._execute.load(FEEDBACK, recorded.originator_id)
        if seen is None or seen.state.subject_id is None or not seen.state.purged:
            return
        await self._vault.destroy(seen.state.subject_id)
        await self._identities.erase(seen.state.subject_id)
        await self._files.erase(seen.state.subject_id)
        for other in await self._related.of_case(recorded.originator_id):
            await self._vault.destroy(other)
            await self._files.erase(other)
