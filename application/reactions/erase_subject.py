"""An approved erasure is carried out: the key first, then what it leaves unreadable, then the certificate."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from application.access import SYSTEM, system_only
from application.execute import Act, Executor
from application.ports import Clock, Recorded, Vault
from application.privacy import erasure_stream_of
from application.reactions.base import request_for
from domain.kernel import Fact
from domain.privacy.commands import CertifyErasure, ErasedThings
from domain.privacy.erasure import ERASURE
from domain.privacy.events import ErasureApproved


class IdentityRows(Protocol):
    """How many rows an erasure took."""

    @property
    def identities(self) -> int: ...

    @property
    def index_entries(self) -> int: ...


class ErasableIdentities(Protocol):
    """Identities that can be forgotten."""

    async def erase(self, subject: UUID) -> IdentityRows:
        """Idempotent, and answers the same counts each time."""
        ...


class ErasableFiles(Protocol):
    """Files that can be removed."""

    async def erase(self, subject: UUID) -> int:
        """Idempotent, and answers the same count each time."""
        ...


class RelatedSubjects(Protocol):
    """Further subjects whose data came from the same case."""

    async def of_erasure(self, erasure_stream: UUID) -> tuple[UUID, ...]: ...


class EraseSubject:
    """At least once: every step may be repeated after a crash, and the certificate's command id follows from the fact.

    `key_backup_days`: for how many days a backup of the key store is kept, 0 where none is made.
    """

    name = "erase-subject"
    facts: tuple[type[Fact], ...] = (ErasureApproved,)

    def __init__(
        self,
        execute: Executor,
        clock: Clock,
        vault: Vault,
        identities: ErasableIdentities,
        files: ErasableFiles,
        *,
        key_backup_days: int,
        related: RelatedSubjects | None = None,
    ) -> None:
        self._related = related
        self._execute, self._clock, self._vault = execute, clock, vault
        self._identities, self._files, self._key_backup_days = identities, files, key_backup_days

    async def react(self, recorded: Recorded) -> None:
        """Destroys, then appends `SubjectErased`."""
        fact = recorded.fact
        if not isinstance(fact, ErasureApproved):
            return
        things = await self._destroy(fact.subject_id, recorded.originator_id)
        command = CertifyErasure(
            by=SYSTEM.id, at=self._clock.now(), things=things, key_backup_days=self._key_backup_days
        )
        act = Act(ERASURE, erasure_stream_of(fact.subject_id), command, system_only, system_only)
        await self._execute(SYSTEM, request_for(self, recorded), act)

    async def _destroy(self, subject: UUID, erasure_stream: UUID) -> ErasedThings:
        """The key first: a request for explanation that comes after the look at the log finds it gone."""
        await self._vault.destroy(subject)
        related = await self._related.of_erasure(erasure_stream) if self._related else ()
        rows = await self._identities.erase(subject)
        files = await self._files.erase(subject)
        for other in related:
            await self._vault.destroy(other)
            files += await self._files.erase(other)
        keys = 1 + len(related)
        return ErasedThings(keys=keys, identities=rows.identities, index_entries=rows.index_entries, files=files)
