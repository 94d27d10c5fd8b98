"""The folder of the keys: founding it at `hoso init`, opening it at every start.

- `installation.json`: the id of the installation, and a sample by which a wrong installation key is noticed
- `installation.key`: the installation key, unless the surroundings give it
- `secrets/`: keys of keyed hashes, wrapped
- `subjects/00` to `ff/`: a wrapped key or a tombstone per subject
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.vault.durable import make_folder, sync_folder, write_new
from adapters.vault.installation import KEY_FILE, InstallationKeyError, given_key, key_of, make_key_file
from adapters.vault.keyring import KeyRing, bound_name
from adapters.vault.subject_key import KEY_BYTES, KeyDamagedError, unwrap, wrap

MARK_FILE = "installation.json"
SAMPLE = b"the installation key of this key store"
SECRETS = ("tracking-code", "tracking-hash", "fingerprint", "blind-index")


class NoKeyStoreError(Exception):
    """The folder holds no key store."""


class KeyStoreExistsError(Exception):
    """The folder already holds a key store; a new one would make every sealed value unreadable."""


class Installation(msgspec.Struct, frozen=True):
    """`installation.json`. `id` stands in the database too (store_meta): the two must never be mixed."""

    id: UUID
    sample: bytes


def create_key_store(folder: Path, environ: Mapping[str, str]) -> KeyRing:
    """A new, empty key store. Raises KeyStoreExistsError, InstallationKeyError."""
    if (folder / MARK_FILE).exists():
        raise KeyStoreExistsError
    make_folder(folder)
    if (key := given_key(environ)) is None:
        key = key_of(folder, {}) if (folder / KEY_FILE).exists() else make_key_file(folder)
    made = uuid4()
    master = AESGCM(key)
    make_folders(folder)
    for name in SECRETS:
        (folder / "secrets" / name).unlink(missing_ok=True)  # left by an init that a crash ended
        write_new(folder / "secrets" / name, wrap(master, bound_name(made, name), secrets.token_bytes(KEY_BYTES)))
    sync_folder(folder / "secrets")
    mark = Installation(made, wrap(master, bound_name(made, MARK_FILE), SAMPLE))
    write_new(folder / MARK_FILE, msgspec.json.encode(mark))
    sync_folder(folder)
    return KeyRing(folder, made, key)


def make_folders(folder: Path) -> None:
    """All that keys will lie in, so that making a key never has to make a folder."""
    for shard in range(256):
        make_folder(folder / "subjects" / f"{shard:02x}")
    make_folder(folder / "secrets")


def open_key_store(folder: Path, environ: Mapping[str, str]) -> KeyRing:
    """The key store of an earlier init. Raises NoKeyStoreError, InstallationKeyError."""
    mark = installation_of(folder)
    key = key_of(folder, environ)
    check_key(mark, key)
    return KeyRing(folder, mark.id, key)


def check_key(mark: Installation, key: bytes) -> None:
    """Whether this is the key that the store was made with. Raises InstallationKeyError."""
    try:
        unwrap(AESGCM(key), bound_name(mark.id, MARK_FILE), mark.sample)
    except KeyDamagedError:
        raise InstallationKeyError("installation-key-foreign", str(mark.id)) from None


def installation_of(folder: Path) -> Installation:
    """Whose key store this is. Raises NoKeyStoreError."""
    try:
        return msgspec.json.decode((folder / MARK_FILE).read_bytes(), type=Installation)
    except FileNotFoundError:
        raise NoKeyStoreError from None
