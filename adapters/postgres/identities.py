"""Who submitters are: sealed under the key of their subject, found only by an exact name or telephone number."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

import msgspec

from application.ports import ErasedError, Identity, Secrets, Vault
from domain.kernel import Sealed

CONTEXT = "identity"
IndexedField = Literal["name", "phone"]
INDEXED: tuple[IndexedField, ...] = ("name", "phone")

_KEEP = """
insert into submitter_identity as i (ref, subject, sealed, index_entries) values ($1, $2, $3, $4)
on conflict (ref) do update set sealed = excluded.sealed, index_entries = excluded.index_entries
where i.subject = excluded.subject and i.sealed is not null
returning 1
"""


class IdentityTakenError(Exception):
    """The reference already belongs to another subject, or to an erased one."""


class ErasedRows(msgspec.Struct, frozen=True):
    """What an erasure took: identities, and hashes for exact search. The same however often it is asked."""

    identities: int
    index_entries: int


class SealedIdentities:
    """The port Identities on two tables. `pool` is asyncpg's."""

    def __init__(self, pool: Any, vault: Vault, secrets: Secrets) -> None:
        self._pool, self._vault, self._secrets = pool, vault, secrets

    async def keep(self, ref: UUID, subject: UUID, identity: Identity) -> None:
        """Repeating replaces. Keeps nothing of an empty identity. Raises ErasedError, KeyError, IdentityTakenError."""
        if identity == Identity():
            return
        sealed = self._vault.seal(subject, CONTEXT, msgspec.json.encode(identity).decode())
        hashes = [
            (subject, field, self._secrets.blind_index(field, value))
            for field in INDEXED
            if (value := getattr(identity, field))
        ]
        async with self._pool.acquire() as connection, connection.transaction():
            if not await connection.fetchval(_KEEP, ref, subject, msgspec.msgpack.encode(sealed), len(hashes)):
                raise IdentityTakenError
            await connection.executemany("insert into blind_index values ($1, $2, $3) on conflict do nothing", hashes)

    async def open(self, ref: UUID) -> Identity | None:
        """None when nobody left a name there. Raises ErasedError."""
        row = await self._pool.fetchrow("select sealed from submitter_identity where ref = $1", ref)
        if row is None:
            return None
        if row["sealed"] is None:
            raise ErasedError
        sealed = msgspec.msgpack.decode(row["sealed"], type=Sealed)
        return msgspec.json.decode(self._vault.open(sealed), type=Identity)

    async def find(self, field: IndexedField, value: str) -> list[UUID]:
        """The subjects with exactly this name or number, in any of its writings. An erased one is never found."""
        found = await self._pool.fetch(
            "select subject from blind_index where field = $1 and hash = $2 order by subject",
            field,
            self._secrets.blind_index(field, value),
        )
        return [row["subject"] for row in found if not self._vault.erased(row["subject"])]

    async def erase(self, subject: UUID) -> ErasedRows:
        """Forgets what was kept of a subject, but not that there was something. Call it after the key is gone."""
        async with self._pool.acquire() as connection, connection.transaction():
            kept = await connection.fetch(
                "update submitter_identity set sealed = null where subject = $1 returning index_entries", subject
            )
            await connection.execute("delete from blind_index where subject = $1", subject)
        return ErasedRows(len(kept), sum(row["index_entries"] for row in kept))

    async def erase_again(self) -> list[UUID]:
        """Forgets whoever has a tombstone and yet stands here: after an older database was restored. Answers whom."""
        rows = await self._pool.fetch(
            "select subject from submitter_identity where sealed is not null union select subject from blind_index"
        )
        gone = [row["subject"] for row in rows if self._vault.erased(row["subject"])]
        for subject in gone:
            await self.erase(subject)
        return gone
