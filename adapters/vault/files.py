"""Files by the hash of their ciphertext, under the key of their subject; durable before the fact that names them.

`files/3f/<subject>/<address>`: a folder per subject, so that what an erasure leaves unreadable can also be removed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import msgspec

from adapters.vault.durable import make_folder, replace, sync_folder
from adapters.vault.keyring import KeyRing
from adapters.vault.sanitiser import Sanitiser
from adapters.vault.sniffing import MediaType, sniff
from adapters.vault.subject_key import SealBrokenError
from application.ports import ErasedError, FileRefusedError, StoredFile

MOST_BYTES = 20 * 2**20
"""Of one file, as it comes in."""
ADDRESS_SIGNS = 64
ERASED_MARK = "erased"
"""Stays in an erased subject's folder and says how many files there were."""


class FileMeta(msgspec.Struct, frozen=True):
    """The sealed part of a stored file: its original name (empty for a citizen's) and the hash of its plaintext."""

    name: str
    sha256: str


class FileVault:
    """The port Files over a folder, with the keys of a KeyRing."""

    def __init__(self, folder: Path, ring: KeyRing, sanitiser: Sanitiser | None = None) -> None:
        self.folder, self._ring = folder, ring
        self._sanitiser = sanitiser or Sanitiser()

    async def keep_public_image(self, subject: UUID, context: str, data: bytes) -> StoredFile:
        """A citizen's photo or PDF, made anew without metadata. Raises FileRefusedError, ErasedError, KeyError."""
        media_type = checked(data)
        clean = await self._sanitiser.remake(media_type, data)
        return await asyncio.to_thread(self._keep, subject, context, "", media_type, clean)

    async def keep_evidence(self, subject: UUID, context: str, name: str, data: bytes) -> StoredFile:
        """An official's file, byte for byte. Raises FileRefusedError, ErasedError, KeyError."""
        return await asyncio.to_thread(self._keep, subject, context, name, checked(data), data)

    async def read(self, subject: UUID, address: str) -> bytes:
        """The plaintext. Raises ErasedError, FileNotFoundError, SealBrokenError when the stored bytes were altered."""
        return await asyncio.to_thread(self._read, subject, address)

    async def erase(self, subject: UUID) -> int:
        """Removes what is left of a subject whose key is gone. Answers how many there were, also when asked again."""
        return await asyncio.to_thread(self._erase, subject)

    async def sweep(self, known_addresses: Collection[str], older_than: datetime) -> int:
        """Removes files that no fact names and that are older than this aware instant. Answers how many."""
        return await asyncio.to_thread(self._sweep, frozenset(known_addresses), older_than)

    def _keep(self, subject: UUID, context: str, name: str, media_type: MediaType, data: bytes) -> StoredFile:
        blob = self._ring.encrypt_file(subject, data)
        meta = msgspec.json.encode(FileMeta(name, sha256(data).hexdigest())).decode()
        stored = StoredFile(sha256(blob).hexdigest(), media_type, len(data), self._ring.seal(subject, context, meta))
        folder = self._folder_of(subject)
        make_folder(folder)
        replace(folder / stored.address, blob)
        return stored

    def _read(self, subject: UUID, address: str) -> bytes:
        if self._ring.erased(subject):
            raise ErasedError
        if not _is_address(address):
            raise FileNotFoundError
        blob = (self._folder_of(subject) / address).read_bytes()
        if sha256(blob).hexdigest() != address:
            raise SealBrokenError
        return self._ring.decrypt_file(subject, blob)

    def _erase(self, subject: UUID) -> int:
        folder = self._folder_of(subject)
        if not folder.is_dir():
            return 0
        mark = folder / ERASED_MARK
        files = [path for path in folder.iterdir() if _is_address(path.name)]  # not what another runner writes here
        if not mark.exists():
            replace(mark, str(len(files)).encode())
        for path in files:
            path.unlink(missing_ok=True)
        sync_folder(folder)
        return int(mark.read_text(encoding="ascii"))

    def _sweep(self, known: frozenset[str], older_than: datetime) -> int:
        removed = 0
        for path in self.all_paths():
            old = datetime.fromtimestamp(path.stat().st_mtime, UTC) < older_than
            if old and path.name not in known and path.name != ERASED_MARK:
                path.unlink(missing_ok=True)
                removed += 1
        return removed

    def all_paths(self) -> Iterator[Path]:
        """Everything that rests here, marks and leftovers of a crash included."""
        return (path for path in self.folder.glob("*/*/*") if path.is_file())

    def _folder_of(self, subject: UUID) -> Path:
        return self.folder / subject.hex[:2] / str(subject)


def checked(data: bytes) -> MediaType:
    """The kind of a file that may be taken in. Raises FileRefusedError."""
    if len(data) > MOST_BYTES:
        raise FileRefusedError("file-too-large")
    if (media_type := sniff(data)) is None:
        raise FileRefusedError("file-type-not-allowed")
    return media_type


def _is_address(name: str) -> bool:
    return len(name) == ADDRESS_SIGNS and all(sign in "0123456789abcdef" for sign in name)
