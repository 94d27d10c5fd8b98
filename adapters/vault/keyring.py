"""Sealing by subject: a key file for each, beside the database. Destroying it erases what it sealed, wherever it is."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Collection
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.vault.durable import sync_folder
from adapters.vault.key_files import Freshness, destroy_key, fill_key, freshness, read_key
from adapters.vault.subject_key import (
    KEY_FILE_BYTES,
    NONCE_BYTES,
    SealBrokenError,
    SubjectKey,
    is_tombstone,
    subject_key,
    unwrap,
)
from application.ports import ErasedError
from domain.kernel import Sealed

CACHED_KEYS = 4096
VALUE, FILE = b"hoso-value-1", b"hoso-file-1"


class UnknownSubjectError(KeyError):
    """There is no key for this subject, nor was one destroyed: the key store is not the one of this database."""


class KeyRing:
    """The port Vault over a folder of key files. Several processes may use one folder at once.

    A key unwrapped before is used only after a `stat` of its file: what one process destroys, all refuse at once.
    """

    def __init__(self, folder: Path, installation: UUID, master: bytes) -> None:
        self.folder, self.installation = folder, installation
        self._master = AESGCM(master)
        self._cache: dict[UUID, tuple[Freshness, SubjectKey]] = {}

    async def create_subject(self, subject: UUID) -> None:
        """Makes the subject's key durable. Idempotent. Raises ErasedError."""
        await self.create_subjects((subject,))

    async def create_subjects(self, subjects: Collection[UUID]) -> None:
        """The same for many at once, with one sync per folder. Raises ErasedError at the first erased one."""
        await asyncio.to_thread(self._create, subjects)

    def seal(self, subject: UUID, context: str, text: str) -> Sealed:
        """Raises ErasedError, or UnknownSubjectError (a KeyError) when the subject has no key."""
        key, value_id = self._key(subject), uuid4()
        nonce, ciphertext = key.encrypt(text.encode(), _bound(subject, value_id, context))
        return Sealed(subject, value_id, context, nonce, ciphertext, key.commit(text))

    def open(self, value: Sealed) -> str:
        """The plaintext. Raises ErasedError, UnknownSubjectError, or SealBrokenError when the value was altered."""
        key = self._key(value.subject)
        bound = _bound(value.subject, value.value_id, value.context)
        text = key.decrypt(value.nonce, value.ciphertext, bound).decode()
        if not hmac.compare_digest(key.commit(text), value.commitment):
            raise SealBrokenError
        return text

    def encrypt_file(self, subject: UUID, data: bytes) -> bytes:
        """A file's bytes as they rest. Raises ErasedError, UnknownSubjectError."""
        nonce, ciphertext = self._key(subject).encrypt(data, FILE + subject.bytes)
        return nonce + ciphertext

    def decrypt_file(self, subject: UUID, blob: bytes) -> bytes:
        """Raises ErasedError, UnknownSubjectError, SealBrokenError."""
        return self._key(subject).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], FILE + subject.bytes)

    async def destroy(self, subject: UUID) -> None:
        """Renames a tombstone over the key, durably, also where there was no key. Idempotent."""
        await asyncio.to_thread(destroy_key, self._path(subject), subject)
        self._cache.pop(subject, None)

    def erased(self, subject: UUID) -> bool:
        try:
            return is_tombstone(read_key(self._path(subject))[1])
        except FileNotFoundError:
            return False

    def secret(self, name: str) -> bytes:
        """An installation-wide secret for keyed hashes. Raises KeyDamagedError, FileNotFoundError."""
        return unwrap(self._master, self._bound_name(name), (self.folder / "secrets" / name).read_bytes())

    def _key(self, subject: UUID) -> SubjectKey:
        path = self._path(subject)
        try:
            known = self._cache.get(subject)
            if known and known[0] == freshness(path.stat()):
                return known[1]
            fresh, content = read_key(path)
        except FileNotFoundError:
            raise UnknownSubjectError(str(subject)) from None
        if is_tombstone(content):
            self._cache.pop(subject, None)
            raise ErasedError
        if len(content) < KEY_FILE_BYTES:  # being filled, or left so by a crash: no fact can name it yet
            raise UnknownSubjectError(str(subject))
        key = subject_key(self._master, self._bound_name(str(subject)), content)
        if len(self._cache) >= CACHED_KEYS:
            self._cache.clear()
        self._cache[subject] = fresh, key
        return key

    def _create(self, subjects: Collection[UUID]) -> None:
        folders: set[Path] = set()
        try:
            for subject in subjects:
                path = self._path(subject)
                folders.add(path.parent)
                fill_key(path, self._master, self._bound_name(str(subject)))
        finally:
            for folder in folders:
                sync_folder(folder)

    def _path(self, subject: UUID) -> Path:
        return subject_path(self.folder, subject)

    def _bound_name(self, name: str) -> bytes:
        return bound_name(self.installation, name)


def subject_path(folder: Path, subject: UUID) -> Path:
    """Where a subject's key or tombstone lies: 256 folders, made once, so that no act has to make one."""
    return folder / "subjects" / subject.hex[:2] / str(subject)


def bound_name(installation: UUID, name: str) -> bytes:
    """What a key file is authenticated with: the installation and its own name."""
    return installation.bytes + name.encode()


def _bound(subject: UUID, value_id: UUID, context: str) -> bytes:
    return VALUE + subject.bytes + value_id.bytes + context.encode()
