"""What a key file holds: two keys of one subject wrapped by the installation key, or a tombstone.

Key file: magic, nonce (12), AES-256-GCM of data key and commitment key (64), tag (16). Authenticated with it: the
installation and the file's own name, so that a key file moved to another name or installation does not open.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from hashlib import sha256
from typing import Final
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_MAGIC: Final = b"hoso-key-1\n"
TOMB_MAGIC: Final = b"hoso-tombstone-1\n"
NONCE_BYTES, KEY_BYTES, TAG_BYTES = 12, 32, 16
KEY_FILE_BYTES = len(KEY_MAGIC) + NONCE_BYTES + 2 * KEY_BYTES + TAG_BYTES


class KeyDamagedError(Exception):
    """A key file does not open: altered, from another installation, or under another name than its own."""


class SealBrokenError(Exception):
    """A sealed value or file does not open under its subject's key: altered, or moved from another place."""


class SubjectKey(msgspec.Struct, frozen=True):
    """The unwrapped keys of one subject. Never leaves the process, never logged."""

    data: AESGCM
    commitment: bytes

    def encrypt(self, plaintext: bytes, bound_to: bytes) -> tuple[bytes, bytes]:
        """Nonce and ciphertext, which opens only with the same `bound_to`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce, self.data.encrypt(nonce, plaintext, bound_to)

    def decrypt(self, nonce: bytes, ciphertext: bytes, bound_to: bytes) -> bytes:
        """Raises SealBrokenError."""
        try:
            return self.data.decrypt(nonce, ciphertext, bound_to)
        except (InvalidTag, ValueError) as error:
            raise SealBrokenError from error

    def commit(self, text: str) -> bytes:
        """HMAC-SHA256 of the text in NFC: binds the key too, which GCM alone does not."""
        return hmac.digest(self.commitment, unicodedata.normalize("NFC", text).encode(), sha256)


def new_key_file(master: AESGCM, bound_to: bytes) -> bytes:
    """The content of a key file with two fresh random keys."""
    return wrap(master, bound_to, secrets.token_bytes(2 * KEY_BYTES))


def wrap(master: AESGCM, bound_to: bytes, keys: bytes) -> bytes:
    """`keys` as they rest in the key store."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return KEY_MAGIC + nonce + master.encrypt(nonce, keys, bound_to)


def unwrap(master: AESGCM, bound_to: bytes, content: bytes) -> bytes:
    """Raises KeyDamagedError."""
    head = len(KEY_MAGIC)
    if not content.startswith(KEY_MAGIC):
        raise KeyDamagedError
    try:
        return master.decrypt(content[head : head + NONCE_BYTES], content[head + NONCE_BYTES :], bound_to)
    except (InvalidTag, ValueError) as error:
        raise KeyDamagedError from error


def subject_key(master: AESGCM, bound_to: bytes, content: bytes) -> SubjectKey:
    """The keys in a key file. Raises KeyDamagedError."""
    keys = unwrap(master, bound_to, content)
    if len(keys) != 2 * KEY_BYTES:
        raise KeyDamagedError
    return SubjectKey(AESGCM(keys[:KEY_BYTES]), keys[KEY_BYTES:])


def tombstone(subject: UUID) -> bytes:
    """What stands in the place of a destroyed key, for ever."""
    return TOMB_MAGIC + subject.bytes


def is_tombstone(content: bytes) -> bool:
    """Whether this content of a key file says that the key was destroyed."""
    return content.startswith(TOMB_MAGIC)
